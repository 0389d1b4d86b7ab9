"""The `fillproof` command: imports only what is called, and ends with a number of a meaning."""

from __future__ import annotations

import signal
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NamedTuple

import click

from fillproof import __version__
from fillproof.harness.spelling import did_you_mean


class Entry(NamedTuple):
    """A command: the module that has it as `command`, and its line in the help."""

    module: str
    summary: str


COMMANDS = {
    "run": Entry("fillproof.harness.cli.run", "Run scenarios against connectors and judge them."),
    "check": Entry("fillproof.harness.cli.check", "Judge recordings again; nothing is run."),
    "replay": Entry("fillproof.harness.cli.replay", "Run a saved scenario or recording again."),
    "fuzz": Entry("fillproof.harness.cli.fuzz", "Draw scenarios and look for a failing one."),
    "cliffs": Entry("fillproof.harness.cli.cliffs", "Find the delays at which behaviour flips."),
    "torture": Entry(
        "fillproof.harness.cli.torture", "Let each request of a scenario fail in turn."
    ),
    "list": Entry("fillproof.harness.cli.list", "List scenarios, connectors, rules and faults."),
    "explain": Entry(
        "fillproof.harness.cli.explain", "Show what a rule, an anomaly or a fault is."
    ),
    "serve": Entry("fillproof.harness.cli.serve", "Serve the venue on a socket in real time."),
    "journal": Entry("fillproof.harness.cli.journal", "Carry out a venue's command journal again."),
    "init": Entry("fillproof.harness.cli.init", "Write a starter adapter, scenario and conftest."),
}


class Terminated(KeyboardInterrupt):
    """SIGTERM came; it ends a command as Ctrl-C does, so that nothing is left behind."""


def _terminate(_number: int, _frame: object) -> None:
    raise Terminated


@contextmanager
def _terminable() -> Iterator[None]:
    """Have SIGTERM raise Terminated; elsewhere than in the main thread nothing can be had."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Commands(click.Group):
    """A group that imports a command when it is called, not to list it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order they are shown."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, None for a name that is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name].module).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command and its words; for an unknown name say what may have been meant."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            near = did_you_mean(name, COMMANDS)
            ctx.fail(f"no such command {name!r};{near} one of {', '.join(COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; only a new FAIL or an unexpected pass may end with 1."""
        try:
            with _terminable():
                return super().invoke(ctx)
        except Terminated:
            click.echo("terminated", err=True)
            ctx.exit(143)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(130)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception:  # noqa: BLE001 - the last door: nothing may pass for a finding
            traceback.print_exc()
            click.echo("exit 3: Fillproof itself failed", err=True)
            ctx.exit(3)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fillproof")
def main() -> None:
    """Prove that an exchange connector tells its strategy the truth.

    Exit codes: 0 nothing new wrong and at least one case judged; 1 a new FAIL or an unexpected
    pass; 2 wrong use, a wrong scenario, or nothing judged; 3 an ERROR or UNKNOWN. The highest that
    holds wins.
    """
