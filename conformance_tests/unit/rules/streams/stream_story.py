"""Builds recordings of a user stream, so that a rule's cases read as a table.

A story is a list of words between semicolons; each takes 10 virtual milliseconds.

    opens; asks; joins       a connection is opened; its handshake is sent; a subscription stands
                             (`joins fills`: one of that name)
    refused 429              the handshake of the last connection is refused with a status
    ends                     the venue says that the subscription has ended
    closed venue             the last connection is closed, by whom
    ready; away; restarts; up   phases: the connector is ready; is stopped; begins again; is ready
    ping; pong               a ping arrives; a pong is sent
    swallowed                what the venue sends is lost
    arm what=half_open for=5 a fault is armed, for so many seconds; `fire` it fires
    wait 5; heal             seconds pass; all faults have ended
    over                     the case is over; what follows is not judged
    place; new; Created ...  an order, as in the other stories
"""

from __future__ import annotations

import json
from typing import Any

from conformance_tests.unit.rules.build import SECOND, Story, recording

from fillproof.harness.history import History, read_recording
from fillproof.harness.rules import Outcome, judge

HOST = "ws-api"


class StreamStory(Story):
    """Writes the lines of a recording; words of streams come before the others."""

    def __init__(self, header: dict[str, Any]) -> None:
        self.sockets = 0
        super().__init__(header)

    def say(self, word: str, *rest: str) -> None:
        """Write one word of a story."""
        own = getattr(self, f"_{word}", None)
        if own is None:
            super().say(word, *rest)
        else:
            own(*rest)

    @property
    def socket(self) -> str:
        """The last connection that was opened."""
        return f"u{self.sockets}"

    def _opens(self) -> None:
        self.sockets += 1
        self.write("wire", "open", connection=self.socket, host=HOST, port=443)

    def _asks(self) -> None:
        self._crosses("c2v", {"method": "GET", "path": "/ws", "parameters": {}})

    def _refused(self, status: str) -> None:
        self._crosses("v2c", {"status": int(status), "body": ""})

    def _joins(self, name: str = "0") -> None:
        fact = {"fact": "subscribed", "stream": "user_stream", "subscription": name}
        self._crosses("v2c", {}, [fact])

    def _ends(self) -> None:
        fact = {"fact": "subscription_ended", "stream": "user_stream", "subscription": "0"}
        self._crosses("v2c", {}, [fact])

    def _closed(self, by: str) -> None:
        self.write("wire", "closed", connection=self.socket, by=by, code=1001)

    def _ping(self) -> None:
        self._crosses("v2c", {"frame": "ping"})

    def _pong(self) -> None:
        self._crosses("c2v", {"frame": "pong"})

    def _swallowed(self) -> None:
        unit = self._sends("v2c", {"frame": "ping"}, self.socket)
        faults = list(self.faults)[-1:]
        self.write("wire", "lost", unit=unit, direction="v2c", channel="control", faults=faults)

    def _arm(self, *keys: str) -> None:
        said: dict[str, Any] = dict(key.split("=") for key in keys)
        if "for" in said:
            said["for"] = int(said["for"]) * SECOND
        fault = f"F{len(self.faults) + 1}"
        self.faults[fault] = said["what"]
        self.write("wire", "armed", fault=fault, channel="user_stream", **said)

    def _ready(self) -> None:
        self.phase("ready")

    def _away(self) -> None:
        self.phase("down")

    def _restarts(self) -> None:
        self.phase("restarting")

    def _up(self) -> None:
        self.phase("up")

    def _over(self) -> None:
        self.heal()
        self.phase("quiet")
        self.phase("stopping")
        self.ended = True

    def _crosses(
        self,
        direction: str,
        message: dict[str, Any],
        facts: list[dict[str, Any]] | None = None,
    ) -> None:
        unit = self._sends(direction, message, self.socket)
        keys = {"unit": unit, "direction": direction, "channel": "control"}
        self.write("wire", "delivered", **keys, facts=facts or [], faults=[])

    def _sends(self, direction: str, message: dict[str, Any], socket: str) -> str:
        unit = self.next("unit")
        keys = {"unit": unit, "connection": socket, "direction": direction}
        self.write("wire", "sent", **keys, channel="control", bytes="", message=message)
        return unit


def history(story: str) -> History:
    """Return the history of a story."""
    header = json.loads(recording("")[0])
    keys = {key: header[key] for key in header if key not in {"n", "t", "ledger", "kind"}}
    written = StreamStory(keys)
    written.play(story)
    if not written.ended:
        written.say("over")
    written.finish()
    return read_recording([json.dumps(line) for line in written.lines])


def roots(story: str, *rules: str) -> list[tuple[str, Outcome]]:
    """Return rule and outcome of each root finding of these rules (all of S if none), sorted."""
    found = [(finding.rule, finding.outcome) for finding in judge(history(story)).findings]
    return sorted(one for one in found if one[0] in rules or (not rules and one[0][0] == "S"))
