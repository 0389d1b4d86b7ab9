"""What a judgement says: outcomes in their order, findings, and the verdict on a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from fillproof.harness.anomalies import Anomaly


class Outcome(StrEnum):
    """How a case, or one rule of it, came out. The worst comes first."""

    ERROR = "ERROR"
    """Ours: the venue, the scenario or the run was wrong, so nothing is said of the connector."""
    FAIL = "FAIL"
    UNKNOWN = "UNKNOWN"
    """Could not tell; also what was asked for and did not happen."""
    NON_STRICT = "NON_STRICT"
    """Not as the contract recommends, yet no lie."""
    INFO = "INFO"
    """Wrong because a faulty message said exactly that."""
    UNSUPPORTED = "UNSUPPORTED"
    """Not owed: the connector does not promise what it would take."""
    PASS = "PASS"  # noqa: S105 - a word of the verdict, not a secret

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANKS[self]


_RANKS: Mapping[Outcome, int] = {outcome: rank for rank, outcome in enumerate(Outcome)}


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the worst of the outcomes; PASS when there is none."""
    return min(outcomes, key=lambda outcome: outcome.rank, default=Outcome.PASS)


class Severity(StrEnum):
    """How much a rule weighs; says the outcome of a breach."""

    MUST = "MUST"
    SHOULD = "SHOULD"
    ASKED = "ASKED"
    """What the scenario asked for must happen, or nothing can be told."""
    OURS = "OURS"
    """What the venue and the run owe."""

    @property
    def outcome(self) -> Outcome:
        """The outcome of a breach."""
        return _BREACH[self]


_BREACH: Mapping[Severity, Outcome] = {
    Severity.MUST: Outcome.FAIL,
    Severity.SHOULD: Outcome.NON_STRICT,
    Severity.ASKED: Outcome.UNKNOWN,
    Severity.OURS: Outcome.ERROR,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of one rule.

    `order` is the scenario's label and `client_order_id` the connector's id, None for a finding
    about no single order. `anomaly` is None for a finding about the run itself. `expected` lists
    what was allowed. `why` says who is to blame and what shows it. `at` is the line of the
    recording from which on it holds, `marks` the lines that show it. `implied` are the findings
    this one explains; they are not counted.
    """

    rule: str
    outcome: Outcome
    expected: tuple[str, ...]
    actual: str
    why: str
    at: int
    marks: tuple[int, ...] = ()
    order: str | None = None
    client_order_id: str | None = None
    implied: tuple[Finding, ...] = ()
    anomaly: Anomaly | None = None


@dataclass(frozen=True, slots=True)
class FaultCount:
    """A fault of the case: the run's name of it, its kind, where it was, how often it fired."""

    fault: str
    what: str
    channel: str
    fired: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one case.

    `rules` has an outcome for every rule that had something to judge and is nobody's consequence;
    `undeclared` names, for each rule that was not asked, the capabilities it needs. `needs` is
    filled when the whole case is UNSUPPORTED. `converged_after` is how long after the last
    fault had ended the connector told the last of what was true by then, in virtual nanoseconds;
    None when the world never came to rest. `shutdown` is what is said of how it stopped, and is
    part of `outcome`; None when it was never stopped.
    """

    outcome: Outcome
    scenario: str
    connector: str
    version: str
    seed: str
    convergence_bound: int
    findings: tuple[Finding, ...] = ()
    rules: Mapping[str, Outcome] = field(default_factory=dict)
    undeclared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    faults: tuple[FaultCount, ...] = ()
    converged_after: int | None = None
    shutdown: Outcome | None = None


def strictly(verdict: Verdict) -> Verdict:
    """Return the verdict of somebody to whom what is only not recommended is a FAIL."""
    findings = tuple(_strict_finding(finding) for finding in verdict.findings)
    rules = {rule: _strict(outcome) for rule, outcome in verdict.rules.items()}
    outcome = worst((verdict.outcome, *(finding.outcome for finding in findings)))
    return replace(verdict, outcome=outcome, findings=findings, rules=rules)


def _strict_finding(finding: Finding) -> Finding:
    implied = tuple(_strict_finding(one) for one in finding.implied)
    return replace(finding, outcome=_strict(finding.outcome), implied=implied)


def _strict(outcome: Outcome) -> Outcome:
    return Outcome.FAIL if outcome is Outcome.NON_STRICT else outcome
