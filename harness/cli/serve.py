"""`fillproof serve`: the venue on a real socket in real time."""

from __future__ import annotations

from pathlib import Path

import click

from fillproof.harness.cli.once import Once
from fillproof.harness.cli.wrong_use import WrongUse
from fillproof.harness.serve.lives import LIFE_FORM
from fillproof.harness.serve.log import FORMS, Log
from fillproof.harness.serve.options import (
    ACCOUNT_FORM,
    BALANCE_FORM,
    BOOK_FORM,
    MARKET_FORM,
    QUIRK_FORM,
    Options,
    WrongOption,
    plan_of,
)
from fillproof.harness.serve.running import CannotWrite, Place, run
from fillproof.harness.serve.venue import LOOPBACK, CannotListen

DEFAULT_PORT = 8787


class NotServed(WrongUse):
    """Ends the command with one line on stderr and exit code 2."""

    def show(self, file: object = None) -> None:
        """Print the one line."""
        click.echo(f"exit 2: {self.format_message()}", err=True)


@click.command("serve", cls=Once)
@click.option("--dialect", default="binance", show_default=True, metavar="NAME")
@click.option("--host", default=LOOPBACK, show_default=True, metavar="ADDRESS")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=DEFAULT_PORT,
    show_default=True,
    help="0 takes a free one; the ready line says which.",
)
@click.option("--market", "markets", multiple=True, metavar=MARKET_FORM, help="A market.")
@click.option(
    "--venue",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="YAML of what stands under `venue:` in a scenario; instead of --market.",
)
@click.option("--account", "accounts", multiple=True, metavar=ACCOUNT_FORM, help="Who may trade.")
@click.option("--balance", "balances", multiple=True, metavar=BALANCE_FORM, help="Their money.")
@click.option("--book", "books", multiple=True, metavar=BOOK_FORM, help="A resting book.")
@click.option("--empty", is_flag=True, help="No resting book.")
@click.option("--life", metavar=LIFE_FORM, help="Strangers that trade by themselves.")
@click.option(
    "--quirk", "quirks", multiple=True, metavar=QUIRK_FORM, help="A switch of the dialect."
)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write each command of the engine to a new file; it can be replayed.",
)
@click.option("--log", "form", type=click.Choice(FORMS), default="text", show_default=True)
def command(
    dialect: str,
    host: str,
    port: int,
    markets: tuple[str, ...],
    venue: Path | None,
    accounts: tuple[str, ...],
    balances: tuple[str, ...],
    books: tuple[str, ...],
    empty: bool,
    life: str | None,
    quirks: tuple[str, ...],
    seed: int,
    journal: Path | None,
    form: str,
) -> None:
    """Serve the venue on a real socket in real time, until SIGINT or SIGTERM.

    Without --market and --venue it has five markets with resting books, and an account with money.
    One line on stdout says when it is ready, where it is and which keys it takes; what happens is
    logged on stderr. It promises no determinism: that is what `fillproof run` is for.
    """
    options = Options(dialect, markets, venue, balances, accounts, books, empty, life, quirks, seed)
    try:
        plan = plan_of(options)
        run(plan, Place(host, port, journal), Log(form, _to_stderr), click.echo, form)
    except (WrongOption, CannotListen, CannotWrite) as problem:
        raise NotServed(str(problem)) from problem


def _to_stderr(line: str) -> None:
    click.echo(line, err=True)
