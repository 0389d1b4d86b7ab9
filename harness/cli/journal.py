"""`fillproof journal`: carry out again what a venue was asked."""

from __future__ import annotations

from pathlib import Path

import click

from fillproof.harness.cli.once import Once
from fillproof.harness.cli.wrong_use import WrongUse
from fillproof.harness.serve.journal_file import Carried, JournalRefused, replay_file


class NotReplayed(WrongUse):
    """Ends the command with one line on stderr and exit code 2."""

    def show(self, file: object = None) -> None:
        """Print the one line."""
        click.echo(f"exit 2: {self.format_message()}", err=True)


@click.command("journal", cls=Once)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Carry out again what a venue was asked, and print the digest of what it came to.

    FILE was written by `fillproof serve --journal FILE`. One that is not as it was written, or that
    has no end, is refused with its line; what is before that line is carried out all the same.
    """
    try:
        click.echo(_told(replay_file(file)))
    except JournalRefused as refusal:
        if refusal.before is not None:
            click.echo(f"before the refused line: {_told(refusal.before)}")
        raise NotReplayed(str(refusal)) from refusal


def _told(carried: Carried) -> str:
    return f"{carried.entries} commands, digest {carried.digest}"
