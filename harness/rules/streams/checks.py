"""The checks of the rules about the user stream, and what gives each something to judge."""

from __future__ import annotations

from collections.abc import Mapping

from fillproof.harness.history import History
from fillproof.harness.rules.case_rule import CaseRule
from fillproof.harness.rules.streams import check
from fillproof.harness.rules.streams.recovery import missed_is_told, misses
from fillproof.harness.rules.streams.sockets import pings, silences
from fillproof.harness.rules.streams.spans import deafnesses, spans


def _was_ready(history: History) -> bool:
    return history.phase("ready") is not None


def _was_pinged(history: History) -> bool:
    return any(True for _ in pings(history))


def _was_deaf(history: History) -> bool:
    return any(True for _ in deafnesses(history))


def _fell_silent(history: History) -> bool:
    bound = history.header.convergence_bound
    found = silences(history, spans(history))
    return any(silence.lasted >= bound or silence.noticed for silence in found)


def _subscribed_twice(history: History) -> bool:
    return len(spans(history)) > 1


CHECKS: Mapping[str, CaseRule] = {
    "S1": CaseRule(check.subscribed_when_ready, _was_ready),
    "S2": CaseRule(check.pings_answered, _was_pinged),
    "S3": CaseRule(check.subscribed_again, _was_deaf),
    "S4": CaseRule(check.opened_with_pauses, _was_deaf),
    "S5": CaseRule(missed_is_told, misses),
    "S6": CaseRule(check.silence_noticed, _fell_silent),
    "S7": CaseRule(check.one_at_a_time, _subscribed_twice),
}
