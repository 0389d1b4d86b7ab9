"""B1 to B9: what is wrong with a book at a quiet moment, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fillproof.harness.history import History
from fillproof.harness.numbers import plain
from fillproof.harness.rules.books.knowledge import Known, facts_at, known_at, old_news
from fillproof.harness.rules.books.levels import Apart, counted, differences, mistake_in
from fillproof.harness.rules.books.looks import Look, looks
from fillproof.harness.rules.found import case_breach
from fillproof.harness.rules.wording import moment, seconds
from fillproof.harness.verdict import Finding, Outcome

TAKING_ANEW_NS = 5_000_000_000
"""How long a connector may take from a sign that its book is wrong to saying so."""

_HEARD = "All that makes the venue's book had been heard."


@dataclass(frozen=True, slots=True)
class _Cause:
    """The rule that wrong levels break, why, and the line that shows it."""

    rule: str
    why: str
    n: int | None = None


def wrong_books(history: History) -> Iterator[Finding]:
    """Yield all that is wrong with every book, each rule once a market: where it shows first."""
    seen: set[tuple[str, str]] = set()
    for market, finding in _look_by_look(history):
        if (finding.rule, market) not in seen:
            seen.add((finding.rule, market))
            yield finding


def _look_by_look(history: History) -> Iterator[tuple[str, Finding]]:
    for look in looks(history):
        yield from ((look.market, finding) for finding in _at(history, look))
    yield from _out_of_sync(history)


def _at(history: History, look: Look) -> Iterator[Finding]:
    if look.believed is None:
        actual, why = "there is no book to read", "The connector promises it (order_book)."
        yield _finding(look, "B7", "a book", actual, why)
    elif look.believed.in_sync:
        yield from _form(look)
        yield from _content(history, look)


def _form(look: Look) -> Iterator[Finding]:
    assert look.believed is not None, "a book in sync was read"
    mistake = mistake_in(look.believed.sides)
    if mistake is not None:
        why = "What the venue said of the book was not of this form."
        yield _finding(look, "B1", "a book that is well formed", mistake, why)


def _content(history: History, look: Look) -> Iterator[Finding]:
    book = look.believed
    assert book is not None, "a book in sync was read"
    apart = tuple(differences(book.sides, look.true.sides))
    if apart:
        yield from _wrong_levels(history, look, apart)
        return
    is_another = book.last_update_id not in {None, look.true.last_update_id}
    if is_another and known_at(history, look).is_whole:
        expected = f"update {look.true.last_update_id}"
        yield _finding(look, "B8", expected, f"update {book.last_update_id}", _HEARD)


def _wrong_levels(history: History, look: Look, apart: Sequence[Apart]) -> Iterator[Finding]:
    known = known_at(history, look)
    cause = _cause(history, look, known, apart)
    if cause is None:
        return
    marks = () if cause.n is None else (cause.n,)
    expected = "the venue's book" if known.is_whole else "the venue's book, or word that it is not"
    yield _finding(look, cause.rule, expected, counted(apart), cause.why, marks)
    believed = look.believed.sides if look.believed else look.true.sides
    if believed.is_crossed and not look.true.sides.is_crossed:
        bid, ask = believed.bids[0][0], believed.asks[0][0]
        actual = f"best bid {plain(bid)}, best ask {plain(ask)}"
        yield _finding(look, "B6", "a best bid below the best ask", actual, cause.why, marks)


def _cause(history: History, look: Look, known: Known, apart: Sequence[Apart]) -> _Cause | None:
    """Return why levels are wrong; None when nothing has shown yet that they are."""
    if known.is_whole:
        prices = {one.price for one in apart}
        facts = facts_at(history, look)
        late = [fact for fact in old_news(facts) if prices & set(fact.sides.prices)]
        if not late:
            return _Cause("B7", _HEARD)
        again = f"What was known already came again at {moment(history, late[-1].t)}."
        return _Cause("B5", f"{_HEARD} {again}", late[-1].n)
    sign = known.sign
    if sign is None or look.t - sign.t < TAKING_ANEW_NS:
        return None
    why = f"It could be known at {moment(history, sign.t)}: {sign.says}."
    return _Cause(sign.rule, why, sign.n)


def _out_of_sync(history: History) -> Iterator[tuple[str, Finding]]:
    """B9: a book does not stay out of sync for longer than the bound while nothing is wrong."""
    since: dict[str, int] = {}
    clear, bound = history.clear_since, history.header.convergence_bound
    all_looks = tuple(looks(history))
    last = {look.market: look.n for look in all_looks}
    for look in all_looks:
        if look.is_claimed or look.believed is None:
            since.pop(look.market, None)
            continue
        began = since.setdefault(look.market, look.t)
        window = 0 if clear is None else max(0, look.t - max(began, clear))
        is_over = window >= bound
        if is_over or (look.n == last[look.market] and history.settled is not None):
            why = f"Nothing was wrong for {seconds(window)}; the convergence bound is "
            yield (
                look.market,
                _finding(
                    look,
                    "B9",
                    "a book in sync",
                    "the book is said not to be in sync",
                    f"{why}{seconds(bound)}.",
                    outcome=Outcome.FAIL if is_over else Outcome.UNKNOWN,
                ),
            )


def _finding(
    look: Look,
    rule: str,
    expected: str,
    actual: str,
    why: str,
    marks: tuple[int, ...] = (),
    outcome: Outcome = Outcome.FAIL,
) -> Finding:
    return case_breach(
        rule,
        expected=expected,
        actual=f"{look.market}: {actual}",
        why=why,
        at=look.n,
        marks=(*marks, look.true.n, look.n),
        outcome=outcome,
    )
