"""What is recorded of orders that are placed over the WebSocket API."""

from __future__ import annotations

import json

from fillproof.harness.worker.faulty import WorldFaults
from fillproof.harness.worker.progress import Progress
from fillproof.harness.worker.recorder import Recorder
from fillproof.harness.worker.tap import WireTap
from fillproof.simulator.universe.clock import Clock
from fillproof.simulator.universe.units_on_wire import Form, Unit


class _Meaning:
    """A dialect of frames: each is what its JSON says."""

    def channel(self, _unit: Unit) -> str:
        return "create_request"

    def message(self, unit: Unit) -> dict[str, object]:
        return dict(json.loads(unit.body))

    def placed_ids(self, unit: Unit) -> tuple[str, ...]:
        return tuple(json.loads(unit.body)["params"]["ids"])

    def facts(self, _unit: Unit) -> list[dict[str, object]]:
        return []

    def book_facts(self, _unit: Unit) -> list[dict[str, object]]:
        return []


def _frame(body: bytes, direction: str) -> Unit:
    unit = Unit("c1", "venue", direction, Form.FRAME, body, opcode=1, body=body)
    unit.channel = "create_request" if direction == "c2v" else "create_reply"
    return unit


def _recorder(lines: list[str]) -> Recorder:
    recorder = Recorder(Clock(), lines.append)
    recorder.header()
    return recorder


def _readings(ids: list[str]) -> tuple[list[tuple[str | None, list[str]]], list[tuple[str, str]]]:
    """Return the readings at a request that places these orders, and what was looked at."""
    lines: list[str] = []
    tap = WireTap(_recorder(lines), Progress(lambda: 0.0))
    tap.meaning, tap.read = _Meaning(), lambda: {"tracked": ["a"]}
    looked: list[tuple[str, str]] = []
    tap.look = lambda at, client_order_id: looked.append((at, client_order_id))
    tap.sent(_frame(json.dumps({"params": {"ids": ids}}).encode(), "c2v"))
    read = [line for line in map(json.loads, lines) if line["kind"] == "reading"]
    return [(line.get("client_order_id"), line["tracked"]) for line in read], looked


def test_an_order_placed_in_a_frame_is_read_as_tracked_or_not() -> None:
    """The reading names the order of the request, so that tracking before sending is judged."""
    assert _readings(["a"]) == ([("a", ["a"])], [("create_request", "a")])


def test_of_several_orders_in_one_request_each_is_read() -> None:
    """Each has a reading of its own, and a request that names none has one without a name."""
    readings, looked = _readings(["a", "b"])
    assert readings == [("a", ["a"]), ("b", ["a"])]
    assert looked == [("create_request", "a"), ("create_request", "b")]
    assert _readings([]) == ([(None, ["a"])], [])


def test_a_reply_in_a_frame_carries_the_fault_that_wrote_it() -> None:
    """A frame has no header to say it, and what a fault invented is no word of the venue."""
    faults = WorldFaults(_recorder([]), Clock())
    faults.answers.sign('{"id":1,"status":400}', ("F1",))
    assert faults.passage(_frame(b'{"id":2,"status":200}', "v2c")).faults == ()
    assert faults.passage(_frame(b'{"id":1,"status":400}', "v2c")).faults == ("F1",)
