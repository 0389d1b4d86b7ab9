"""The command line: `fillproof run`, `check`, `replay`, `fuzz`, `list`, `explain`, `init`."""

from fillproof.harness.cli.group import main

__all__ = ["main"]
