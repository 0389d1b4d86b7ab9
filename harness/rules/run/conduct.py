"""What the connector, the scenario and the run owe beside the contract, as tables."""

from __future__ import annotations

from collections.abc import Mapping

from fillproof.harness.rules.rule import Rule
from fillproof.harness.verdict import Severity

_CONNECTOR = "Design: the sealed universe"
_OURS = "Design: blame"


def _must(rule_id: str, sentence: str, implies: tuple[str, ...] = ()) -> Rule:
    return Rule(rule_id, sentence, Severity.MUST, _CONNECTOR, implies=implies)


def _should(rule_id: str, sentence: str) -> Rule:
    return Rule(rule_id, sentence, Severity.SHOULD, _CONNECTOR)


def _ours(rule_id: str, sentence: str) -> Rule:
    return Rule(rule_id, sentence, Severity.OURS, _OURS)


def _asked(rule_id: str, sentence: str) -> Rule:
    return Rule(rule_id, sentence, Severity.ASKED, _OURS)


_WHAT_A_REFUSAL_RAISES = ("T1", "T2", "T3", "T4", "T5")
"""What is refused at the border of the world is an exception to the code that tried."""

_ASKING = _must("T5", "asking for a cancel or an amend does not raise")

TROUBLES: Mapping[str, Rule] = {
    "start_raised": _must("T1", "the connector starts without raising"),
    "never_ready": _must("T2", "the connector gets ready within its time"),
    "adapter_raised": _must("T3", "no exception leaves the connector's own tasks"),
    "place_raised": _must("T4", "placing an order does not raise: what goes wrong is told"),
    "cancel_raised": _ASKING,
    "amend_raised": _ASKING,
    "deadlock": _must("T6", "the connector never waits for what nothing can bring"),
    "livelock": _must("T7", "the connector never keeps busy for ever at one instant"),
    "virtual_time": _must("T8", "a case comes to rest within its bound of virtual time"),
    "wall_time": _must("T9", "a case ends within its bound of the machine's time"),
    "escape": _must(
        "T10", "the connector reaches for nothing outside of the universe", _WHAT_A_REFUSAL_RAISES
    ),
    "unknown_host": _must(
        "T11", "the connector speaks to hosts of its venue only", _WHAT_A_REFUSAL_RAISES
    ),
    "leak": _should("T12", "a stopped connector leaves nothing running"),
    "blocked": _should("T13", "the connector never stops its loop to wait"),
    "never_stopped": _must("T14", "the connector stops within its time"),
    "venue": _ours("R1", "the venue works"),
    "worker_died": _ours("R2", "the worker lives until the case ends"),
    "import_failed": _ours("R3", "the connector's package can be imported in its environment"),
}
"""The rule that each trouble of a recording breaks, by its name."""

UNKNOWN_TROUBLE = _ours("R4", "a recording ends, or says which known trouble ended it")
STEP_POSSIBLE = _ours("R5", "a step is possible when it is reached")
TRUTH_CAME = _ours("R6", "truth comes to what a scenario awaits of it")
STEP_DONE = _asked("R7", "what a scenario asks for happens")
FAULT_FIRED = _asked("R8", "a fault that a scenario arms meets something")
AWAIT_CAME = _asked("R9", "what a scenario awaits of the connector is told")
VENUE_KEEPS_ITS_PROFILE = _ours("V1", "the venue's own reports are consistent with its profile")

CONDUCT: tuple[Rule, ...] = (
    *dict.fromkeys(TROUBLES.values()),
    UNKNOWN_TROUBLE,
    STEP_POSSIBLE,
    TRUTH_CAME,
    STEP_DONE,
    FAULT_FIRED,
    AWAIT_CAME,
    VENUE_KEEPS_ITS_PROFILE,
)
