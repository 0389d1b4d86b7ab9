"""What a connector says of itself, and what a scenario needs that it does not declare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fillproof.harness.connectors.protocol import About, Adapter, Capability, Host
from fillproof.harness.worker.forms import mistake_in_about

Factory = Callable[[Host], Adapter]

_NEEDS = {
    ("order_type", "MARKET"): Capability.MARKET_ORDERS,
    ("time_in_force", "IOC"): Capability.IOC,
    ("time_in_force", "FOK"): Capability.FOK,
    ("time_in_force", "GTD"): Capability.GTD,
    ("op", "amend"): Capability.AMEND,
    ("op", "replace"): Capability.REPLACE,
    ("op", "identify"): Capability.IN_FLIGHT,
    ("op", "stop"): Capability.RESTART,
    ("op", "restart"): Capability.RESTART,
    ("post_only", True): Capability.POST_ONLY,
}

_PLACING = ("buy", "sell")
_NEEDED_TO_PLACE = {
    "stop_loss": Capability.TRIGGERS,
    "take_profit": Capability.TRIGGERS,
    "quote_amount": Capability.QUOTE_AMOUNTS,
    "self_trade_prevention": Capability.SELF_TRADE_PREVENTION,
}


def missing(document: Mapping[str, Any], about: About) -> list[str]:
    """Return what the scenario needs and the connector does not declare."""
    profile = document["venue"]["profile"]
    needs = list(document.get("requires", []))
    for step in document["steps"]:
        stated = [need for (key, value), need in _NEEDS.items() if step.get(key) == value]
        if step["op"] in _PLACING:
            stated += [need for key, need in _NEEDED_TO_PLACE.items() if step.get(key) is not None]
        needs += [need.value for need in stated if need.value not in needs]
    absent = [] if profile in about.profiles else [profile]
    return absent + [need for need in needs if need not in about.capabilities]


def sound_about(made: object, dialect: str) -> About:
    """Return what an adapter says of itself.

    Raises TypeError when that has another form, or is of another dialect than the venue.
    """
    about = getattr(made, "about", None)  # a factory need not return an Adapter
    mistake = mistake_in_about(about)
    if mistake is not None:
        raise TypeError(mistake)
    assert isinstance(about, About), "else there was a mistake in it"
    if about.dialect != dialect:
        wrong = f"about.dialect is {about.dialect!r}, and the venue speaks {dialect!r}"
        raise TypeError(f"{wrong}; a factory that is no class needs the same `about` itself")
    return about


def about_of_class(factory: Factory) -> About | None:
    """Return what the class says of an adapter that could not be made, None if it is no class."""
    about = getattr(factory, "about", None)
    return about if mistake_in_about(about) is None else None
