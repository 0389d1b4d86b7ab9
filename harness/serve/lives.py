"""Turns `--life` into the strangers of a served venue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from fillproof.harness.numbers import plain
from fillproof.harness.scenario.base import Form
from fillproof.harness.scenario.explain import mistakes_of
from fillproof.harness.scenario.life import Life
from fillproof.harness.scenario.mistakes import Places, not_one_of
from fillproof.harness.scenario.recorded import Steps
from fillproof.harness.scenario.tables import TableError
from fillproof.harness.serve.plan import Book
from fillproof.simulator.vocabulary.instruments import Instrument

LIFE_FORM = "traders[:COUNT[:EVERY]] | replay:FILE[:MARKET]"

_MOST_TRADES = 1_000_000
_USUAL = ("20", "500ms")


class WrongLife(Exception):
    """The word says what cannot be; the message says what is allowed."""


def lives_of(
    text: str, markets: Mapping[str, Instrument], books: Sequence[Book]
) -> tuple[dict[str, Any], ...]:
    """Return the normalised documents of the strangers that `--life` asks for.

    Traders live in every market that has a book, around its price; a replay lives in one market.
    They trade with anybody. Raises WrongLife.
    """
    kind, *words = text.split(":")
    if kind == "traders" and len(words) <= len(("COUNT", "EVERY")):
        return tuple(_traders(text, words, book) for book in _books(text, books))
    if kind == "replay" and words and len(words) <= len(("FILE", "MARKET")):
        return (_replay(text, words, markets),)
    raise WrongLife(f"--life {text}: {LIFE_FORM} is allowed")


def _books(text: str, books: Sequence[Book]) -> Sequence[Book]:
    if not books:
        wanted = "traders need a price to begin at; add --book BASE-QUOTE:PRICE"
        raise WrongLife(f"--life {text}: no market has a book; {wanted}")
    return books


def _traders(text: str, words: Sequence[str], book: Book) -> dict[str, Any]:
    count, every = (*words, *_USUAL[len(words) :])
    if not count.isdecimal():
        raise WrongLife(f'--life {text}: "{count}" traders; a whole number is allowed')
    price = plain(book.price)
    life = _life(text, traders=int(count), every=every, market=book.market, price=price)
    return _document(life)


def _replay(text: str, words: Sequence[str], markets: Mapping[str, Instrument]) -> dict[str, Any]:
    name = words[1] if len(words) > 1 else next(iter(markets))
    if name not in markets:
        raise WrongLife(f"--life {text}: {not_one_of('there is no market', name, markets)}")
    market = markets[name]
    life = _life(text, replay=words[0], market=name)
    steps = Steps(market.tick_size, market.lot_size, market.max_quantity)
    try:
        return _document(life.read(Path(), steps, _MOST_TRADES))
    except TableError as problem:
        raise WrongLife(f"--life {text}: {problem}") from problem


def _life(text: str, **keys: Any) -> Life:
    try:
        life = Life.model_validate({**keys, "apart": False}, context=Form.YAML)
    except ValidationError as error:
        found = "; ".join(one.text for one in mistakes_of(error, Life, (), Places(), ()))
        raise WrongLife(f"--life {text}: {found}") from error
    for _, problem in life.problems():
        raise WrongLife(f"--life {text}: {problem}")
    return life


def _document(life: Life) -> dict[str, Any]:
    return life.model_dump(mode="json", context=Form.DOCUMENT)
