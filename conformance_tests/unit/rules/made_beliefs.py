"""Words of a made-up story about what a connector believes, and what it signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance_tests.unit.rules.made_order import Order

if TYPE_CHECKING:
    from conformance_tests.unit.rules.build import Story


def reading(story: Story, _: Order | None, flags: list[str], keys: dict[str, str]) -> None:
    """The connector is read when all is quiet: `reading tracked=id-a BTC=10/9`.

    `reading grace of=id-a tracked=` is in the middle of that order's window.

    `reading blind` is one whose balances cannot be read.
    """
    blind = "blind" in flags
    flags = [flag for flag in flags if flag != "blind"]
    tracked, of = keys.pop("tracked", None), keys.pop("of", None)
    balances = {
        asset: dict(zip(("total", "available"), amounts.split("/"), strict=True))
        for asset, amounts in keys.items()
    }
    ids = None if tracked is None else [i for i in tracked.split(",") if i]
    at = flags[0] if flags else "quiet"
    about = {} if of is None else {"client_order_id": of}
    believed = {"tracked": ids, "balances": None if blind else balances}
    story.write("told", "reading", at=at, **about, **believed)


def signed(story: Story, _: Order | None, flags: list[str], __: dict[str, str]) -> None:
    """The connector sends something under a nonce: `signed 17`."""
    message = {"method": "POST", "path": "/exchange", "parameters": {"nonce": int(flags[0])}}
    story.sent("c2v", "cancel_request", message)
