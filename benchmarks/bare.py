"""A Typer program with as many commands as esskg and nothing behind them: what starting up must cost."""

from __future__ import annotations

import typer

app = typer.Typer(name="bare", help="A bare program.", no_args_is_help=True, add_completion=False)


def _command(number: int) -> None:
    def verb(name: str, project: str = "", as_json: bool = False) -> None:
        """A verb that does nothing."""

    app.command(f"verb{number}")(verb)


for number in range(14):
    _command(number)

if __name__ == "__main__":
    app()
