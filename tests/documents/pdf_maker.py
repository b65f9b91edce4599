"""A small maker of real PDFs, to test with lines exactly where a test wants them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Put:
    """A line of text at a place of a page, in points from the lower left corner.

    ``a) -90 (b`` sets the two 0.09 of a size apart.
    """

    x: float
    y: float
    text: str
    size: int = 10
    bold: bool = False


def pdf_bytes(pages: list[list[Put]], info: str = "") -> bytes:
    """A PDF with nothing but text in Helvetica."""
    count = len(pages)
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        *(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
            for name in ("Helvetica", "Helvetica-Bold")
        ),
    ]
    for number, page in enumerate(pages):
        stream = "\n".join(
            f"BT /F{1 + put.bold} {put.size} Tf {put.x} {put.y} Td [({put.text})] TJ ET" for put in page
        )
        fonts = "<< /F1 3 0 R /F2 4 0 R >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Resources << /Font {fonts} >> "
            f"/Contents {6 + 2 * number} 0 R >>",
            f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream",
        ]
    objects.append(f"<< {info} >>")
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(objects, 1))
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n%%EOF"
    return f"%PDF-1.4\n{body}{trailer}".encode("cp1252")
