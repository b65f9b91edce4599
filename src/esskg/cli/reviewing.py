"""The verb that decides: review."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from esskg.cli.options import LanguageOption, ProjectOption

if TYPE_CHECKING:
    from esskg.project import Project
    from esskg.query.doubts import Doubt
    from esskg.review import Review

WHY = "read against its sentence in review"


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command()(review)


def review(
    who: Annotated[str, typer.Option(help="Your name, as decisions give it.")] = "",
    language: LanguageOption = "en",
    project: ProjectOption = None,
) -> None:
    """Decide on what waits for review: a accepts, r rejects, s skips, u takes the last one back, q ends.

    Decisions are lines of decisions/review.csv; the next build applies them.

    Example: esskg review --who "Claire Bellerive"
    """
    from esskg.project import open_project

    with open_project(project) as opened:
        decided = _Session(opened, opened.review(), who or getpass.getuser(), language).run()
    typer.echo(f"{decided} decided. esskg build applies it." if decided else "Nothing was decided.")


class _Session:
    """One sitting at the terminal."""

    def __init__(self, project: Project, review: Review, who: str, language: str) -> None:
        self._project, self._review, self._who, self._language = project, review, who, language
        self._done: list[str] = []

    def run(self) -> int:
        """How many statements were decided on."""
        last = ""
        while (doubt := next(self._review.waiting(last), None)) is not None:
            self._show(doubt)
            answer = typer.prompt("a r s u q", default="s", show_default=False).strip().lower()[:1]
            if answer == "q":
                break
            last = self._answered(answer, doubt, last)
        return len(self._done)

    def _answered(self, answer: str, doubt: Doubt, last: str) -> str:
        """Does what was asked for and says behind which statement to go on."""
        from esskg.resolve import DecisionKind

        kinds = {"a": DecisionKind.ACCEPT, "r": DecisionKind.REJECT}
        if answer in kinds:
            self._review.decide(doubt.id, kinds[answer], who=self._who, why=WHY)
            self._done.append(doubt.id)
        elif answer == "u" and self._done:
            self._review.undo(self._done.pop())
            return last
        return doubt.id

    def _show(self, doubt: Doubt) -> None:
        names = self._project.index.labels([doubt.subject, *([] if doubt.dated else [doubt.object])])
        ends = [names.get(end, end) for end in (doubt.subject, doubt.object)]
        modality = "" if doubt.modality == "holds" else f" ({doubt.modality})"
        typer.echo(f"\n{ends[0]} — {doubt.relation}{modality} — {ends[1]}   {doubt.confidence:.0%}")
        for passage in doubt.passages:
            marked = typer.style(passage.exact, bold=True)
            typer.echo(f"    …{passage.prefix}{marked}{passage.suffix}…")
            typer.echo(f"    {passage.title or passage.document} {passage.date}".rstrip())
