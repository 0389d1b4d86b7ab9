"""Carries out words said from outside: of the market, of the venue, and deposits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from pydantic import ValidationError

from fillproof.harness.scenario.actions import Halt, Open, Rest, Sweep
from fillproof.harness.scenario.base import Form, Frozen, shown
from fillproof.harness.scenario.explain import mistakes_of
from fillproof.harness.scenario.mistakes import Places, not_one_of
from fillproof.harness.scenario.yaml_text import Unquoted
from fillproof.harness.serve.plan import Plan
from fillproof.harness.serve.telling import Teller
from fillproof.harness.serve.words import (
    WORDS,
    BustWord,
    CorrectWord,
    DepositWord,
    OneOrder,
    RestateWord,
    TradeWord,
)
from fillproof.simulator.matching import Exchange, OrderView
from fillproof.simulator.vocabulary.commands import (
    BustTrade,
    Command,
    CorrectTrade,
    Deposit,
    EndOrder,
    FillOrder,
    PlaceOrder,
    RestateOrder,
    SetPhase,
)
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import (
    ExecutionType,
    MarketPhase,
    OrderType,
    Side,
    TimeInForce,
)
from fillproof.simulator.vocabulary.reports import ExecutionReport, Impossible, Report
from fillproof.simulator.vocabulary.units import UnitsError, asset_units

STRANGER = "stranger"
_ENDINGS = {"expire": "Expired", "reject": "Rejected"}

Json = dict[str, Any]


class Wrong(Exception):
    """What was said makes no sense; the message says what is allowed."""


class NotNow(Exception):
    """What was said makes sense, but not in the state the venue is in."""


class Control:
    """The words, carried out by `apply`, which returns what the engine reports."""

    def __init__(
        self, plan: Plan, exchange: Exchange, apply: Callable[[Command], tuple[Report, ...]]
    ) -> None:
        self._plan = plan
        self._exchange = exchange
        self._apply = apply
        self._by_symbol = {market.symbol: market for market in plan.markets.values()}
        self._teller = Teller(plan.markets)
        self._strangers = count(1)

    def say(self, word: str, body: bytes) -> Json:
        """Carry out a word with the keys of a JSON body; raises Wrong and NotNow."""
        command = self._command(word, read(word, body))
        reports = self._apply(command)
        for report in reports:
            if isinstance(report, Impossible):
                raise NotNow(report.why)
        told = [self._teller.told(one) for one in reports if isinstance(one, ExecutionReport)]
        if told and told[0]["execution_type"] == ExecutionType.REJECTED and word != "reject":
            raise NotNow(f"the venue refuses it: {told[0]['reason']}")
        return {"done": word, "reports": told}

    def _command(self, word: str, said: Frozen) -> Command:
        command: Command
        match said:
            case OneOrder():
                command = self._of_an_order(word, said)
            case Rest() | Sweep():
                command = self._stranger_order(said)
            case CorrectWord():
                command = self._correction(said)
            case BustWord():
                command = BustTrade(said.trade_id)
            case Halt():
                command = SetPhase(self._market(said.market).symbol, MarketPhase(said.phase))
            case Open():
                command = SetPhase(self._market(said.market).symbol, MarketPhase.TRADING)
            case DepositWord():
                command = Deposit(self._account(said.account), said.asset, _units(said.amount))
            case _:
                raise AssertionError(f"{word} is listed, but nobody carries it out")
        return command

    def _of_an_order(self, word: str, said: OneOrder) -> Command:
        order = self._order(said)
        if isinstance(said, TradeWord | RestateWord):
            lots = _lots(self._by_symbol[order.symbol], "amount", said.amount)
            kind = FillOrder if isinstance(said, TradeWord) else RestateOrder
            return kind(order.venue_order_id, lots)
        return EndOrder(order.venue_order_id, _ENDINGS[word])

    def _stranger_order(self, said: Rest | Sweep) -> PlaceOrder:
        market = self._market(said.market)
        rests = isinstance(said, Rest)
        return PlaceOrder(
            account=STRANGER,
            client_order_id=f"{STRANGER}-{next(self._strangers)}",
            symbol=market.symbol,
            side=Side(said.side),
            order_type=OrderType.LIMIT if rests else OrderType.MARKET,
            time_in_force=TimeInForce.GTC if rests else TimeInForce.IOC,
            quantity_lots=_lots(market, "amount", said.amount),
            price_ticks=_ticks(market, said.price) if isinstance(said, Rest) else None,
        )

    def _correction(self, said: CorrectWord) -> CorrectTrade:
        if said.amount is None and said.price is None:
            raise Wrong("nothing is corrected; write amount, price or both")
        market = self._market(said.market)
        lots = None if said.amount is None else _lots(market, "amount", said.amount)
        ticks = None if said.price is None else _ticks(market, said.price)
        return CorrectTrade(said.trade_id, lots, ticks)

    def _order(self, said: OneOrder) -> OrderView:
        for problem in said.problems():
            raise Wrong(problem)
        found = list(self._named(said))
        live = [order for order in found if order.is_open]
        if len(live) == 1:
            return live[0]
        name = said.order or said.venue_order_id
        if live:
            owners = ", ".join(order.account for order in live)
            raise Wrong(f"{name} is an order of each of {owners}; add account")
        if found:
            raise NotNow(f"order {name} is over: {found[-1].order_status}")
        raise Wrong(f"no order {name}; place it first")

    def _named(self, said: OneOrder) -> Iterator[OrderView]:
        whose = [self._account(said.account)] if said.account else self._account_names()
        if said.venue_order_id is not None:
            order = self._exchange.order(said.venue_order_id)
            if order is not None and (said.account is None or order.account == said.account):
                yield order
            return
        for account in (*whose, STRANGER):
            order = self._exchange.find(account, said.order or "")
            if order is not None:
                yield order

    def _account(self, name: str | None) -> str:
        names = self._account_names()
        if name is not None and name not in names:
            raise Wrong(not_one_of("account: no account is called", name, names))
        return name or names[0]

    def _account_names(self) -> list[str]:
        return [account.name for account in self._plan.accounts]

    def _market(self, name: str) -> Instrument:
        if name not in self._plan.markets:
            raise Wrong(not_one_of("market: the venue has no market", name, self._plan.markets))
        return self._plan.markets[name]


def read(word: str, body: bytes) -> Frozen:
    """Return the keys of a word, checked; raises Wrong with every mistake in them."""
    try:
        said = json.loads(body, parse_float=Unquoted)
    except (ValueError, RecursionError) as problem:
        raise Wrong(f"the body is no JSON: {problem}") from problem
    if not isinstance(said, dict):
        raise Wrong(f"the body is {shown(said)}; write a JSON object with the keys of {word}")
    model = WORDS[word]
    try:
        return model.model_validate(said, context=Form.YAML)
    except ValidationError as error:
        found = mistakes_of(error, model, (), Places(), ())
        raise Wrong("; ".join(mistake.text for mistake in found)) from error


def _lots(market: Instrument, key: str, amount: Any) -> int:
    try:
        return market.quantity_lots(amount)
    except UnitsError as problem:
        raise Wrong(f"{key}: {problem}") from problem


def _ticks(market: Instrument, price: Any) -> int:
    try:
        return market.price_ticks(price)
    except UnitsError as problem:
        raise Wrong(f"price: {problem}") from problem


def _units(amount: Any) -> int:
    try:
        return asset_units(amount)
    except UnitsError as problem:
        raise Wrong(f"amount: {problem}") from problem
