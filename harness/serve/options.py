"""Turns the words of a command line into a plan, or says what was wrong and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from fillproof.harness.scenario import ScenarioError, load_venue
from fillproof.harness.scenario.base import Form
from fillproof.harness.scenario.explain import mistakes_of
from fillproof.harness.scenario.mistakes import Places, not_one_of
from fillproof.harness.scenario.quirks import NUMBERS, SWITCHES
from fillproof.harness.scenario.values import Amount, Money
from fillproof.harness.scenario.venue import Venue
from fillproof.harness.serve.control import STRANGER
from fillproof.harness.serve.defaults import Usual
from fillproof.harness.serve.dialects import DIALECTS, Served
from fillproof.harness.serve.lives import WrongLife, lives_of
from fillproof.harness.serve.plan import Account, Book, Plan
from fillproof.harness.worker.venue import instruments_of
from fillproof.simulator.matching import MARKET_ACCOUNT, VENUE_ACCOUNT, Fees
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.units import UnitsError, asset_units

MARKET_FORM = "BASE-QUOTE[:TICK[:LOT[:MIN_QUANTITY[:MAX_QUANTITY[:MIN_NOTIONAL]]]]]"
BALANCE_FORM = "[ACCOUNT:]ASSET:AMOUNT"
ACCOUNT_FORM = "NAME:KEY:SECRET"
QUIRK_FORM = "NAME=VALUE"
BOOK_FORM = "BASE-QUOTE:PRICE[:LEVELS]"

_RULES = ("tick_size", "lot_size", "min_quantity", "max_quantity", "min_notional")
_MOST_LEVELS = 1000
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")
_BALANCE = re.compile(r"(?:([^:]+):)?([A-Z0-9]{1,16}):([^:]+)")
_RESERVED = (MARKET_ACCOUNT, VENUE_ACCOUNT, STRANGER)
_KEY = re.compile(r"[!-9;-~]{1,128}")


class WrongOption(Exception):
    """An option says what cannot be; the message names it and what is allowed."""


@dataclass(frozen=True, slots=True)
class Options:
    """The words of a command line, each list as often as it was written."""

    dialect: str = "binance"
    markets: Sequence[str] = ()
    venue: Path | None = None
    balances: Sequence[str] = ()
    accounts: Sequence[str] = ()
    books: Sequence[str] = ()
    empty: bool = False
    life: str | None = None
    quirks: Sequence[str] = ()
    seed: int = 0


def plan_of(options: Options) -> Plan:
    """Return the plan that the options mean; raises WrongOption."""
    if options.dialect not in DIALECTS:
        raise WrongOption(not_one_of("--dialect: there is no", options.dialect, DIALECTS))
    if options.venue is not None and options.markets:
        raise WrongOption("--market and --venue: both say the markets; leave one of them out")
    served = DIALECTS[options.dialect]
    usual = served.usual
    if options.venue is not None:
        plan = _plan_of_file(options.venue, served)
    elif options.markets:
        markets = _markets(options.markets, served)
        plan = Plan(markets, _accounts(options, usual, usual.own_money(markets.values())))
    else:
        plan = Plan(usual.markets, _accounts(options, usual, usual.balances), usual.books)
    books = tuple(_book(text, plan.markets) for text in options.books) or plan.books
    money = plan.accounts[0].balances
    plan = replace(
        plan,
        dialect=options.dialect,
        accounts=_with_balances(_accounts(options, usual, money), options.balances),
        books=() if options.empty else books,
        quirks={**usual.quirks, **plan.quirks, **dict(map(_quirk, options.quirks))},
        seed=options.seed,
    )
    return _tried(_with_life(plan, options.life, books))


def _with_life(plan: Plan, text: str | None, books: Sequence[Book]) -> Plan:
    """Return the plan with its strangers; where they make a book, there is no other one."""
    try:
        lives = plan.lives if text is None else lives_of(text, plan.markets, books)
    except WrongLife as problem:
        raise WrongOption(str(problem)) from problem
    lively = {life["market"] for life in lives}
    kept = tuple(book for book in plan.books if book.market not in lively)
    return replace(plan, lives=lives, books=kept)


def _tried(plan: Plan) -> Plan:
    """Return the plan when its dialect takes it."""
    try:
        DIALECTS[plan.dialect].check(plan)
    except ValueError as problem:
        raise WrongOption(str(problem)) from problem
    return plan


def _quirk(text: str) -> tuple[str, bool | int]:
    name, _, value = text.partition("=")
    if name not in (*SWITCHES, *NUMBERS):
        known = not_one_of("no quirk is called", name, (*SWITCHES, *NUMBERS))
        raise WrongOption(f"--quirk {text}: {known}")
    if value in ("true", "false"):
        return name, value == "true"
    if not re.fullmatch("[0-9]{1,18}", value):
        raise WrongOption(f"--quirk {text}: {QUIRK_FORM} is allowed: true, false or a number")
    return name, int(value)


def _plan_of_file(path: Path, served: Served) -> Plan:
    try:
        venue = load_venue(path)
    except ScenarioError as problem:
        raise WrongOption(str(problem)) from problem
    document = venue.model_dump(mode="json", by_alias=True, context=Form.DOCUMENT)
    life = document["life"]
    if life is not None and life["traders"] is not None and life["price"] is None:
        raise WrongOption(f"{path}: life: traders need a price to begin at; add price")
    lives = () if life is None else ({**life, "market": venue.lively_market},)
    return Plan(
        markets={name: served.traded(one) for name, one in instruments_of(document).items()},
        accounts=(Account(*served.usual.keys[0], dict(venue.balances)),),
        fees=Fees(venue.fees.maker, venue.fees.taker),
        quirks=dict(venue.quirks),
        lives=lives,
    )


def _markets(texts: Iterable[str], served: Served) -> dict[str, Instrument]:
    markets: dict[str, Instrument] = {}
    for text in texts:
        name, *rules = text.split(":")
        if len(rules) > len(_RULES):
            raise WrongOption(f"--market {text}: {len(rules)} rules; {MARKET_FORM} is allowed")
        if name in markets:
            raise WrongOption(f"--market {text}: {name} stands twice; state it once")
        written = {key: rule for key, rule in zip(_RULES, rules, strict=False) if rule}
        if "lot_size" in written:
            written.setdefault("min_quantity", written["lot_size"])
        document = {"markets": {name: written}}
        markets |= instruments_of(_venue(f"--market {text}", document))
    return {name: served.traded(market) for name, market in markets.items()}


def _venue(option: str, written: Mapping[str, Any]) -> dict[str, Any]:
    """Return a venue block as a normalised document; raises WrongOption with every mistake."""
    try:
        venue = Venue.model_validate(written, context=Form.YAML)
    except ValidationError as error:
        found = [one.text for one in mistakes_of(error, Venue, (), Places(), ())]
        raise WrongOption(f"{option}: {'; '.join(found)}") from error
    problems = [text for _, text in venue.problems()]
    if problems:
        raise WrongOption(f"{option}: {'; '.join(problems)}")
    return venue.model_dump(mode="json", by_alias=True, context=Form.DOCUMENT)


def _accounts(options: Options, usual: Usual, money: Mapping[str, Decimal]) -> tuple[Account, ...]:
    keys = tuple(_account(text) for text in options.accounts) or usual.keys
    for what, index in (("account", 0), ("API key", 1)):
        seen: set[str] = set()
        for key in keys:
            if key[index] in seen:
                raise WrongOption(f"--account: the {what} {key[index]} stands twice")
            seen.add(key[index])
    return tuple(Account(*key, dict(money)) for key in keys)


def _account(text: str) -> tuple[str, str, str]:
    parts = text.split(":", 2)
    name = parts[0]
    if len(parts) != len(ACCOUNT_FORM.split(":")):
        raise WrongOption(f"--account {name}: {ACCOUNT_FORM} is allowed")
    if not _NAME.fullmatch(name) or name in _RESERVED:
        allowed = f"letters, digits and _, a letter first; none of {', '.join(_RESERVED)}"
        raise WrongOption(f'--account {name}: "{name}" is no account; {allowed}')
    _, key, secret = parts
    if not _KEY.fullmatch(key) or not secret:
        raise WrongOption(f"--account {name}: a key of 1 to 128 characters and a secret are needed")
    return name, key, _public_key(name, secret) if secret.startswith("@") else secret


def _public_key(name: str, secret: str) -> str:
    """Return the PEM text of a file that stands for the secret."""
    try:
        return Path(secret[1:]).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else "it is not ASCII text"
        text = f"--account {name}: {secret[1:]} cannot be read: {why}"
        raise WrongOption(f"{text}; a file with a public key in PEM is allowed") from problem


def _with_balances(accounts: tuple[Account, ...], texts: Iterable[str]) -> tuple[Account, ...]:
    money = {account.name: dict(account.balances) for account in accounts}
    for text in texts:
        written = _BALANCE.fullmatch(text)
        if written is None:
            raise WrongOption(f"--balance {text}: {BALANCE_FORM} is allowed, such as USDT:100000")
        name, asset, amount = written.groups()
        if name is not None and name not in money:
            known = not_one_of("there is no account", name, money)
            raise WrongOption(f"--balance {text}: {known}")
        for owner in money if name is None else (name,):
            money[owner][asset] = _money(f"--balance {text}", amount)
    return tuple(replace(account, balances=money[account.name]) for account in accounts)


def _money(option: str, text: str) -> Decimal:
    amount = _amount(option, text, Money)
    try:
        asset_units(amount)
    except UnitsError as problem:
        raise WrongOption(f"{option}: {problem}") from problem
    return amount


def _amount(option: str, text: str, kind: Any) -> Decimal:
    try:
        amount: Decimal = TypeAdapter(kind).validate_python(text)
    except ValidationError as error:
        raise WrongOption(f"{option}: {error.errors()[0]['msg']}") from error
    return amount


def _book(text: str, markets: Mapping[str, Instrument]) -> Book:
    option = f"--book {text}"
    name, *rest = text.split(":")
    if not rest or len(rest) > len(("price", "levels")):
        raise WrongOption(f"{option}: {BOOK_FORM} is allowed")
    if name not in markets:
        raise WrongOption(f"{option}: {not_one_of('there is no market', name, markets)}")
    price = _amount(option, rest[0], Amount)
    try:
        markets[name].price_ticks(price)
    except UnitsError as problem:
        raise WrongOption(f"{option}: {problem}") from problem
    if len(rest) == 1:
        return Book(name, price)
    if not rest[1].isdecimal() or not 1 <= int(rest[1]) <= _MOST_LEVELS:
        raise WrongOption(f"{option}: {rest[1]} levels; 1 to {_MOST_LEVELS} are allowed")
    return Book(name, price, int(rest[1]))
