"""The catalogue of faults: what each does to the wire or the venue, and what it can be told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from fillproof.harness.scenario.actions import ACTIONS, Action
from fillproof.harness.scenario.schema import json_schema
from fillproof.harness.scenario.words import CHANNELS

NETWORK = "network"
VENUE = "venue"
CLOCK = "clock"
CLIENT = "client"
GROUPS = (NETWORK, VENUE, CLOCK, CLIENT)


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault; `op` is its id, stable for ever, and its word in scenarios.

    `tells` says what the connector can know afterwards, which decides who is to blame.
    """

    op: str
    group: str
    tells: str

    @property
    def action(self) -> type[Action]:
        """The model of its step."""
        return ACTIONS[self.op]


CATALOGUE = (
    Fault("hold", NETWORK, "all, late: nothing is lost"),
    Fault("delay", NETWORK, "all, late and out of order: nothing is lost"),
    Fault("drop", NETWORK, "nothing of what was dropped, until it asks"),
    Fault("duplicate", NETWORK, "all, twice"),
    Fault("cut", NETWORK, "that the connection broke, not whether the venue had the request"),
    Fault("close", NETWORK, "that the stream ended, not what it would have carried"),
    Fault("revoke", VENUE, "that its subscription ended, or not even that"),
    Fault("half_open", NETWORK, "nothing, and not even that"),
    Fault("trickle", NETWORK, "all, late: a reply counts when its last byte is there"),
    Fault("unreachable", NETWORK, "that nobody is there, or nothing until it gives up"),
    Fault("resend", NETWORK, "the answer to the second of two requests, which it sent once"),
    Fault("fail", VENUE, "an error; `acted` says whether the venue did what was asked"),
    Fault("lag", VENUE, "what was true, as if it were true still"),
    Fault("maintenance", VENUE, "an error for all that it asks; nothing of it was done"),
    Fault("skew", CLOCK, "nothing, unless the venue refuses a timestamp"),
    Fault("stall", CLIENT, "all, late, and at once: nothing is lost"),
    Fault("slow_reader", CLIENT, "all, later and later: nothing is lost"),
)
"""Every fault that a scenario can ask for."""

_HEAD = """\
# The faults

What a scenario can do to the network, to the venue's answers, and to the connector's own machine
and clock. The word of a fault is its id. Each is armed by its step, meets the next messages of its
channel (once it has let `skip` of them pass), and ends when it has met as many as it was asked for,
when its time is over, or with `heal`; at the end of the steps all faults end, and the world runs on
until told and truth agree. Faults that stand before the step `start` meet a connector from its
first moment. The recording has a line for each time one fired, the verdict counts them (`faults` in
the JSON report), and a fault that was armed and met nothing makes the case UNKNOWN: what was asked
for did not happen. What is late or held on a connection comes before its end does: who gave up and
closed has not taken back what was sent. This page is written by
`python -m fillproof.harness.scenario.faults`.

`fillproof torture SCENARIO --connector NAME` asks for one of them at each request of a scenario in
turn ([reports](reports.md#torture)).

`python -m conformance_tests.soak faults --runs 10000 --seed 2` has the reference live under all of
them: a drawn life is lived calmly, then with one fault, with two and with three, each drawn for
what crossed when the same life was lived without it. Steps that a fault makes impossible are left
out, so a case is UNKNOWN only where a fault met nothing all the same, mostly as another one kept it
from that. At the end a table says how often each fault was asked for, met something and fired.
`--life N` begins at the N-th life.

Channels are the roles of messages, whatever the venue calls them: {channels}.
"""


def parameters(fault: Fault) -> Iterator[tuple[str, str, str]]:
    """Yield name, what it can be and default of each key of a fault's step; "" for a must."""
    definition = json_schema()["$defs"][fault.action.__name__]
    required = set(definition.get("required", ()))
    for name, schema in definition["properties"].items():
        default = "" if name in required else _written(schema.get("default", "none"))
        yield name, _kind(schema), default


def page() -> str:
    """Return the page of the catalogue, in Markdown."""
    channels = ", ".join(f"`{channel}`" for channel in CHANNELS)
    return "\n".join((_HEAD.format(channels=channels), *_sections()))


def _sections() -> Iterator[str]:
    for group in GROUPS:
        yield f"## Of the {group}\n"
        for fault in CATALOGUE:
            if fault.group == group:
                yield f"### `{fault.op}`\n"
                yield from _section(fault)


def explained(fault: Fault) -> str:
    """Return a fault as a page of its own."""
    return "\n".join((f"# {fault.op}: a fault of the {fault.group}\n", *_section(fault)))


def _section(fault: Fault) -> Iterator[str]:
    yield f"{fault.action.__doc__}\n"
    yield f"The connector learns: {fault.tells}.\n"
    yield "| key | what it can be | default |"
    yield "|---|---|---|"
    for name, kind, default in parameters(fault):
        yield f"| `{name}` | {kind} | {default or 'must be given'} |"
    yield ""


def _kind(schema: dict[str, object]) -> str:
    choices = schema.get("oneOf")
    if isinstance(choices, list):
        return " or ".join(map(_kind, choices))
    if "const" in schema:
        return str(schema["const"])
    words = schema.get("enum")
    if isinstance(words, list):
        anyone = tuple(words) == CHANNELS
        return "any channel" if anyone else ", ".join(f"`{word}`" for word in words)
    if schema.get("type") == "integer":
        low, high = schema.get("minimum"), schema.get("maximum")
        return f"a whole number from {low} on" if high is None else f"{low} to {high}"
    if schema.get("type") == "boolean":
        return "true or false"
    return "a duration, such as 1.5s" if "ms|s|m|h" in str(schema.get("pattern")) else "a text"


def _written(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


if __name__ == "__main__":
    sys.stdout.write(page())
