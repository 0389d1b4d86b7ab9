"""A planted bug as a row of the zoo's table."""

from __future__ import annotations

from dataclasses import dataclass

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.connectors.protocol import Adapter
from fillproof.harness.verdict import Outcome

LAX = Outcome.NON_STRICT
ONE = "partial_fills/one"


@dataclass(frozen=True, slots=True)
class Planted:
    """One bug in one scenario: every root finding is of `rule`, with `outcome`, an `anomaly`.

    `connector` is the name it is run by, `wrong` says what is wrong with it, and `beside` are the
    rules whose findings are roots too. Of a trouble, `says` is in the text of its finding, which
    names a line of the animal unless that is `nowhere`.
    """

    connector: str
    wrong: str
    scenario: str
    rule: str
    outcome: Outcome
    anomaly: Anomaly | None = None
    beside: tuple[str, ...] = ()
    says: str = ""
    nowhere: bool = False

    @property
    def name(self) -> str:
        """Return the name of its class."""
        return self.connector.rpartition(":")[2]


def planted(
    animal: type[Adapter],
    scenario: str,
    rule: str,
    anomaly: Anomaly | None,
    outcome: Outcome = Outcome.FAIL,
    beside: tuple[str, ...] = (),
) -> Planted:
    """Return a row of the table; the docstring of an animal says what is wrong with it."""
    wrong = " ".join((animal.__doc__ or "").split())
    connector = f"{animal.__module__}:{animal.__name__}"
    return Planted(connector, wrong, scenario, rule, outcome, anomaly, beside)
