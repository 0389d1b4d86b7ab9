"""Torture: each request of a scenario fails in turn, in each way in which it can."""

from __future__ import annotations

from fillproof.harness.torture.strikes import CHANGING, WAYS, Strike, strikes_of, tortured
from fillproof.harness.torture.telling import without_what_could_not_be

__all__ = ["CHANGING", "WAYS", "Strike", "strikes_of", "tortured", "without_what_could_not_be"]
