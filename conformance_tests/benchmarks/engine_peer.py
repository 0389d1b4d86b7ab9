"""The same operations in the peer's words: `matching-engine`, no balances, no fees."""

from __future__ import annotations

from conformance_tests.benchmarks.engine_workload import OPERATIONS, Workload
from conformance_tests.benchmarks.measure import asked, cpu_seconds, report
from matching_engine.domain import (
    CancelOrder,
    NewOrder,
    OrderType,
    SelfTradePrevention,
    SequencedCommand,
    Side,
    TimeInForce,
)
from matching_engine.engine import MatchingEngine

from fillproof.simulator.vocabulary import commands as ours


class Translator:
    """The workload's commands in the peer's words; it knows orders and accounts by numbers."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._sequence = 0

    def translate(self, command: ours.PlaceOrder | ours.CancelOrder) -> SequencedCommand:
        """Return a command that may follow those before it."""
        self._sequence += 1
        return SequencedCommand(self._sequence, self._sequence, self._in_its_words(command))

    def _in_its_words(self, command: ours.PlaceOrder | ours.CancelOrder) -> NewOrder | CancelOrder:
        account = int(command.account.rpartition("-")[2])
        assert command.client_order_id is not None, "the workload names every order"
        if isinstance(command, ours.CancelOrder):
            return CancelOrder(self._numbers[command.client_order_id], account)
        number = self._numbers[command.client_order_id] = len(self._numbers) + 1
        return NewOrder(
            order_id=number,
            account=account,
            side=Side[command.side.name],
            price=command.price_ticks or 0,
            qty=command.quantity_lots,
            order_type=OrderType[command.order_type.name],
            tif=TimeInForce[command.time_in_force.name],
            stp=SelfTradePrevention.NONE,
        )


def main() -> None:
    """Measure until there are no more turns; the book stays from turn to turn."""
    engine, workload, translator = MatchingEngine(), Workload(), Translator()
    while asked():
        commands = [translator.translate(command) for command in workload.commands(OPERATIONS)]
        before = cpu_seconds()
        for command in commands:
            engine.process(command)
        report(OPERATIONS, cpu_seconds() - before)


if __name__ == "__main__":
    main()
