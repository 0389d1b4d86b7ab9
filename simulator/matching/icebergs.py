"""Orders that show a part of themselves at a time."""

from __future__ import annotations

from fillproof.simulator.matching.book import Level
from fillproof.simulator.matching.orders import Order


def hide(order: Order) -> None:
    """Let a resting order show its display quantity, or all it has left if that is less."""
    shown = order.terms.display_quantity_lots
    order.hidden_lots = 0 if shown is None else max(0, order.leaves_lots - shown)


def refresh(order: Order, level: Level, place: int) -> None:
    """Show the next part of an order whose shown part is gone, behind all others of its level."""
    level.go_behind(order, place)
    was_hidden = order.hidden_lots
    hide(order)
    level.hidden_lots += order.hidden_lots - was_hidden
    level.quantity_lots += order.leaves_lots - order.hidden_lots


def uncover(order: Order, level: Level, quantity_lots: int) -> int:
    """Take a quantity from what an order hides; return what must come out of what it shows."""
    hidden = min(quantity_lots, order.hidden_lots)
    order.hidden_lots -= hidden
    level.hidden_lots -= hidden
    return quantity_lots - hidden
