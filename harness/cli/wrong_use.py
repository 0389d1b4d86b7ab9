"""What the person has to put right: one message, exit code 2."""

from __future__ import annotations

import click


class WrongUse(click.ClickException):
    """Ends the command with one line on stderr and exit code 2."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        """Print the message, then the line every run ends with."""
        click.echo(self.format_message(), err=True)
        click.echo("exit 2: nothing was judged", err=True)
