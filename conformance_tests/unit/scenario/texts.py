"""Short ways to write a scenario and to read what is wrong with it."""

from __future__ import annotations

from typing import Any

from fillproof.harness.scenario import Scenario, ScenarioError, parse

BUY = '- buy: {order: a, market: BTC-USDT, amount: "1", price: "29000"}'
"""The order most examples speak of."""


def scenario(*steps: str, head: str = "", tail: str = "") -> Scenario:
    """Return a scenario with these steps, one a line; the first stands in line 3."""
    return parse(text(*steps, head=head, tail=tail), name="case.yaml", identity="case")


def text(*steps: str, head: str = "", tail: str = "") -> str:
    """Return its YAML."""
    return "\n".join((f"title: A case{head and chr(10) + head}", "steps:", *steps, tail))


def wrong(written: str) -> list[str]:
    """Return the mistakes of a YAML text, each as "line:column: text"."""
    try:
        parse(written, name="case.yaml", identity="case")
    except ScenarioError as error:
        return [line.removeprefix("case.yaml:") for line in str(error).splitlines()]
    return []


def without_places(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document without the lines and columns it was written at."""
    steps = [
        {key: value for key, value in step.items() if key not in ("line", "column")}
        for step in document["steps"]
    ]
    return document | {"steps": steps}
