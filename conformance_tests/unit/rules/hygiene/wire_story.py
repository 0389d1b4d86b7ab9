"""Writes the wire ledger of a case from a few words, so that the cases of hygiene read as tables.

A story is a list of words; each takes 100 virtual milliseconds.

    ask PATH key=value     a request leaves (signed=no: without a signature; secret=yes, key=yes:
                           with the one in its body, the other in its address; on=control: it opens
                           a socket)
    reply STATUS why=limit wait=60 by=F1   the oldest request that waits is answered
    call NUMBER, answer NUMBER STATUS      the same on a socket
    lose                   the oldest request never arrives, by a fault
    arm skew | stall for=8 | hold          a fault is armed and fires
    pass 5                 so many seconds go by
    left, restarting, stopping, healed     a phase begins
    log                    a log line holds the secret
    open                   a connection is opened
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from conformance_tests.unit.made_cases import HEADER

from fillproof.harness.history import History, read_recording

SECOND = 1_000_000_000
KEYS = {"api_key": "the-key", "api_secret": "the-secret"}
_STEP_NS = SECOND // 10


class WireStory:
    """The lines so far."""

    def __init__(self) -> None:
        connector = {**HEADER["connector"], "keys": KEYS}  # type: ignore[dict-item]
        self.lines: list[dict[str, Any]] = [{**HEADER, "connector": connector}]
        self.t = 0
        self.units = 0
        self.waiting: list[tuple[int, str]] = []
        self.faults = 0

    def write(self, ledger: str, kind: str, **keys: Any) -> None:
        line = {"n": len(self.lines), "t": self.t, "ledger": ledger, "kind": kind}
        self.lines.append({**line, **keys})

    def send(self, direction: str, channel: str, message: Mapping[str, Any], raw: str = "") -> int:
        self.units += 1
        self.write(
            "wire",
            "sent",
            unit=self.units,
            connection="c1",
            direction=direction,
            channel=channel,
            bytes=raw,
            message=message,
        )
        return self.units

    def arrive(
        self, unit: int, direction: str, channel: str, faults: list[str], **more: Any
    ) -> None:
        keys = {"unit": unit, "direction": direction, "channel": channel, "faults": faults}
        self.write("wire", "delivered", **keys, facts=more.get("facts", []))

    def ask(self, path: str = "/order", **keys: str) -> None:
        signed = {} if keys.get("signed") == "no" else {"timestamp": str(self.t), "signature": "x"}
        shown = f"{path}?apiKey=the-key" if keys.get("key") else path
        body = "the-secret" if keys.get("secret") else ""
        message = {
            "method": "GET",
            "path": path,
            "parameters": {**signed, "of": keys.get("of", "")},
        }
        channel = keys.get("on", "query_request")
        unit = self.send("c2v", channel, message, f"GET {shown}\r\n\r\n{body}")
        self.waiting.append((unit, channel))
        if not keys.get("lost"):
            self.arrive(unit, "c2v", channel, [])

    def reply(self, status: str, **keys: str) -> None:
        self.waiting.pop(0)
        unit = self.send("v2c", "query_reply", {"status": int(status), "body": {}})
        fact: dict[str, Any] = {"fact": "turned_away", "why": keys.get("why")}
        fact |= {"retry_after": int(keys["wait"])} if "wait" in keys else {}
        facts = [fact] if "why" in keys else []
        faults = [keys["by"]] if "by" in keys else []
        self.arrive(unit, "v2c", "query_reply", faults, facts=facts)

    def call(self, number: str) -> None:
        message = {"id": number, "method": "order.status", "params": {"signature": "x"}}
        self.arrive(self.send("c2v", "query_request", message), "c2v", "query_request", [])

    def answer(self, number: str, status: str, **keys: str) -> None:
        unit = self.send("v2c", "query_reply", {"id": number, "status": int(status)})
        facts = [{"fact": "turned_away", "why": keys["why"]}] if "why" in keys else []
        self.arrive(unit, "v2c", "query_reply", [], facts=facts)

    def lose(self) -> None:
        unit, _ = self.waiting.pop(0)
        self.write(
            "wire", "lost", unit=unit, direction="c2v", channel="query_request", faults=["F"]
        )

    def arm(self, what: str, **keys: str) -> None:
        self.faults += 1
        name = f"F{self.faults}"
        self.write(
            "wire", "armed", fault=name, what=what, **{"for": int(keys.get("for", 0)) * SECOND}
        )
        self.write("wire", "fired", fault=name, what=what, unit=None)

    def log(self) -> None:
        self.write("told", "log", logger="lib", level="INFO", message="***", holds="secret")

    def open(self) -> None:
        self.write("wire", "open", connection="c9", host="api", port=443)


def told(*words: str) -> History:
    """Return the history of a story."""
    story = WireStory()
    phases = {"down", "left", "restarting", "stopping", "healed", "steps"}
    for text in words:
        verb, *rest = text.split()
        keys = dict(word.split("=", 1) for word in rest if "=" in word)
        plain = [word for word in rest if "=" not in word]
        if verb in phases:
            story.write("run", "phase", phase=verb)
        elif verb == "pass":
            story.t += int(plain[0]) * SECOND
        else:
            act: Callable[..., None] = getattr(story, verb)
            act(*plain, **keys)
        story.t += _STEP_NS
    return read_recording([json.dumps(line) for line in story.lines])
