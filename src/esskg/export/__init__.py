"""Taking the graph away: one short module for each family of formats."""

from esskg.export.registry import FORMATS, Format, export

__all__ = ["FORMATS", "Format", "export"]
