"""Tests of the engine as tables: what was asked on the left, what the venue reported on the right.

One line a command, `asked | reported; reported; ...`, time in nanoseconds first where it matters:

    ann buy a1 10 @ 100            | a1 New 0/10
    bob sell b1 4 @ 99 ioc         | b1 New 0/4
                                   | a1 Trade 4 @ 100 PartiallyFilled 4/6
                                   | b1 Trade 4 @ 100 Filled 4/0

`4/6` is cumulative/leaves in lots, prices are ticks. After the limit come `post`, `ioc`, `fok` or
`until 50` (GTD), `stp decrement` (self-trade prevention), `show 3` (iceberg), and `stop 95` or
`take 105` (triggers), either with `trail 100` (hundredths of a percent) instead of the price or
after it; without `@` it is a market order, of a quote quantity as `ann buy a1 worth 500`.
An order that waits is told as `a1 New 0/3 waits`.
What self-trade prevention took is told as `-2`, and in all as `prevented 3`. Also, each asked as
written: `ann cancel a1` (`if new`, `if partially_filled`), `ann cancel all`, `ann amend a1 3 as
a2`, `ann replace a1 with buy a2 3 @ 99` (`or with` to place it all the same), `venue expire a1`
(`reject`, `cancel`), `ann oco L sell a 3 @ 110 post & sell b 3 stop 90` (`oto`, `otoco`, `opo`,
`opoco`; in these two what sells has 0 lots), `ann cancel list L`,
`venue restate a1 5`, of trade 7 `venue bust 7` and `venue correct 7 3 @ 99`,
`venue phase halted`, `fill a1 3`, `wait`. One lot is 1 BTC, one tick 1 USDT; balances are whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType

from msgspec.structs import replace

from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.vocabulary.commands import (
    AmendOrder,
    BustTrade,
    CancelAll,
    CancelOrder,
    CancelOrderList,
    CancelReplace,
    Command,
    CorrectTrade,
    Deposit,
    EndOrder,
    FillOrder,
    PlaceOrder,
    PlaceOrderList,
    RestateOrder,
    SetPhase,
    Trigger,
)
from fillproof.simulator.vocabulary.instruments import Filters, Instrument
from fillproof.simulator.vocabulary.orders import (
    CancelReplaceMode,
    CancelRestriction,
    ContingencyType,
    ExecutionType,
    MarketPhase,
    OrderStatus,
    OrderType,
    Reason,
    SelfTradePrevention,
    Side,
    TimeInForce,
    TriggerKind,
)
from fillproof.simulator.vocabulary.reports import (
    AmendRefused,
    CancelRefused,
    ExecutionReport,
    Impossible,
    ListChanged,
    ListRefused,
    Report,
)
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET, asset_amount, plain

SYMBOL = "BTCUSDT"
NO_FILTERS = Filters()
NO_FEES = Fees(maker=Decimal(0), taker=Decimal(0))
_ENDINGS = {
    "expire": OrderStatus.EXPIRED,
    "reject": OrderStatus.REJECTED,
    "cancel": OrderStatus.CANCELED,
}
_TRIGGERS = {"stop": TriggerKind.STOP_LOSS, "take": TriggerKind.TAKE_PROFIT}
_TERMS = {"@", "post", "ioc", "fok", "until", "stp", "show", "trail", *_TRIGGERS}
_IN_FORCE = {"ioc": TimeInForce.IOC, "fok": TimeInForce.FOK, "until": TimeInForce.GTD}


def instrument(
    min_quantity: str = "1",
    max_quantity: str = "1000",
    min_notional: str = "0",
    filters: Filters = NO_FILTERS,
) -> Instrument:
    """Return the market of the tables: whole coins, whole prices."""
    return Instrument(
        symbol=SYMBOL,
        base="BTC",
        quote="USDT",
        tick_size=Decimal(1),
        lot_size=Decimal(1),
        min_quantity=Decimal(min_quantity),
        max_quantity=Decimal(max_quantity),
        min_notional=Decimal(min_notional),
        filters=filters,
    )


def rejected(reports: Iterable[Report]) -> Reason | None:
    """Return why the order that was asked for never entered; None when it did."""
    first = next(report for report in reports if isinstance(report, ExecutionReport))
    return first.reason if first.execution_type is ExecutionType.REJECTED else None


class Venue:
    """An exchange of one market whose orders are called by their client order ids."""

    def __init__(
        self,
        market: Instrument | None = None,
        fees: Fees = NO_FEES,
        settlement_delay_ns: int = 0,
        purse: str = "ann 1000 BTC, ann 100000 USDT, bob 1000 BTC, bob 100000 USDT",
        trade_groups: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.exchange = Exchange(
            [market or instrument()], fees, settlement_delay_ns, trade_groups=trade_groups
        )
        self.now_ns = 0
        for account, amount, asset in (entry.split() for entry in purse.split(", ")):
            self.exchange.apply(Deposit(account, asset, int(amount) * UNITS_PER_ASSET), 0)

    def play(self, table: str) -> None:
        """Do what the table asks, line by line; raise AssertionError where a report differs."""
        for asked, expected in _rows(table):
            assert list(_said(self.do(asked))) == expected, asked
            self.exchange.check()

    def do(self, asked: str) -> tuple[Report, ...]:
        """Do one thing and return the engine's reports."""
        words = asked.split()
        if words[0] == "at":
            self.now_ns = int(words[1])
            words = words[2:]
        if words == ["wait"]:
            return self.exchange.advance(self.now_ns)
        return self.exchange.apply(self._command(words), self.now_ns)

    def _command(self, words: list[str]) -> Command:
        return self._of_venue(words) if words[0] in {"venue", "fill"} else _of_client(words)

    def _of_venue(self, words: list[str]) -> Command:
        match words:
            case ["fill", name, lots]:
                return FillOrder(self.number(name), int(lots))
            case ["venue", "bust", trade]:
                return BustTrade(int(trade))
            case ["venue", "correct", trade, lots, "@", price]:
                return CorrectTrade(int(trade), int(lots), int(price))
            case ["venue", "restate", name, lots]:
                return RestateOrder(self.number(name), int(lots))
            case ["venue", "phase", phase]:
                return SetPhase(SYMBOL, MarketPhase(phase.upper()))
            case ["venue", ending, name]:
                return EndOrder(self.number(name), _ENDINGS[ending])
        raise ValueError(f"not a line of a table: {words}")

    def number(self, name: str) -> int:
        """Return the venue order id of the latest order of that name."""
        views = [self.exchange.find(account, name) for account in ("ann", "bob")]
        return max(view.venue_order_id for view in views if view is not None)

    def book(self) -> str:
        """Return the book as `bids 100x6 99x1 asks 101x3`, best first."""
        bids, asks = self.exchange.depth(SYMBOL)
        sides = (("bids", bids), ("asks", asks))
        return " ".join(
            " ".join([name, *(f"{price}x{lots}" for price, lots in levels)])
            for name, levels in sides
        )

    def money(self, account: str) -> str:
        """Return an account's balances in whole coins as `USDT 500+500, BTC 10+0`: free, locked."""
        return ", ".join(
            f"{asset} {plain(asset_amount(free))}+{plain(asset_amount(locked))}"
            for asset, (free, locked) in self.exchange.balances(account).items()
        )


def _of_client(words: list[str]) -> Command:
    match words:
        case [account, "cancel", *meant]:
            return _cancel(account, meant)
        case [account, kind, name, *terms] if kind.upper() in ContingencyType.__members__:
            return _list(account, ContingencyType(kind.upper()), name, terms)
        case [account, "replace", name, *terms]:
            return _cancel_replace(account, name, terms)
        case [account, "amend", name, lots, *rest]:
            new_name = rest[1] if rest else None
            return AmendOrder(account, SYMBOL, int(lots), None, name, new_name)
        case [account, side, name, "worth", units, *terms]:
            order = _order(account, side, name, 0, terms)
            return replace(order, quote_quantity_units=int(units) * UNITS_PER_ASSET)
        case [account, side, name, lots, *terms]:
            return _order(account, side, name, int(lots), terms)
    raise ValueError(f"not a line of a table: {words}")


def _cancel(account: str, meant: list[str]) -> Command:
    match meant:
        case ["all"]:
            return CancelAll(account, SYMBOL)
        case ["list", name]:
            return CancelOrderList(account, SYMBOL, None, name)
        case [name, "if", stands]:
            restriction = CancelRestriction(f"ONLY_{stands.upper()}")
            return CancelOrder(account, SYMBOL, None, name, restriction)
    return CancelOrder(account, SYMBOL, client_order_id=meant[0])


def _list(account: str, kind: ContingencyType, name: str, words: list[str]) -> PlaceOrderList:
    orders = []
    for order in " ".join(words).split(" & "):
        side, order_name, lots, *terms = order.split()
        orders.append(_order(account, side, order_name, int(lots), terms))
    return PlaceOrderList(account, SYMBOL, name, kind, tuple(orders))


def _cancel_replace(account: str, old: str, terms: list[str]) -> CancelReplace:
    mode = CancelReplaceMode.STOP_ON_FAILURE
    if terms[0] == "or":
        mode, terms = CancelReplaceMode.ALLOW_FAILURE, terms[1:]
    _, side, name, lots, *rest = terms
    cancel = CancelOrder(account, SYMBOL, client_order_id=old)
    return CancelReplace(cancel, _order(account, side, name, int(lots), rest), mode)


def _order(account: str, side: str, name: str, lots: int, words: list[str]) -> PlaceOrder:
    terms = _terms(words)
    price = terms.get("@")
    return PlaceOrder(
        account=account,
        client_order_id=name,
        symbol=SYMBOL,
        side=Side(side.upper()),
        order_type=OrderType.MARKET if price is None else OrderType.LIMIT,
        time_in_force=next(
            (_IN_FORCE[word] for word in terms if word in _IN_FORCE), TimeInForce.GTC
        ),
        quantity_lots=lots,
        price_ticks=None if price is None else int(price),
        post_only="post" in terms,
        expire_at_ns=int(terms["until"]) if "until" in terms else None,
        self_trade_prevention=SelfTradePrevention(terms.get("stp", "none").upper()),
        display_quantity_lots=int(terms["show"]) if "show" in terms else None,
        trigger=_trigger(terms),
    )


def _terms(words: list[str]) -> dict[str, str]:
    """Return each word of an order's terms with the word after it, if that belongs to it."""
    terms: dict[str, str] = {}
    for word, after in pairwise([*words, ""]):
        if word in _TERMS:
            terms[word] = "" if after in _TERMS else after
    return terms


def _trigger(terms: dict[str, str]) -> Trigger | None:
    for word, kind in _TRIGGERS.items():
        if word in terms:
            price, trail = terms[word], terms.get("trail")
            return Trigger(kind, int(price) if price else None, int(trail) if trail else None)
    return None


def _rows(table: str) -> list[tuple[str, list[str]]]:
    """Return what is asked and what must be reported; a line that begins with `|` goes on."""
    rows: list[tuple[str, list[str]]] = []
    for line in filter(None, map(str.strip, table.splitlines())):
        asked, _, reported = line.partition("|")
        if asked:
            rows.append((asked.strip(), []))
        rows[-1][1].extend(" ".join(one.split()) for one in reported.split(";") if one.strip())
    return rows


def _said(reports: Iterable[Report]) -> Iterator[str]:
    """Yield a line for each report about an order; balances and levels have tests of their own."""
    for report in reports:
        if isinstance(report, ExecutionReport):
            yield _execution(report)
        elif isinstance(report, CancelRefused):
            yield f"cancel of {report.client_order_id or 'all'} refused: {report.reason}"
        elif isinstance(report, AmendRefused):
            yield f"amend of {report.client_order_id} refused: {report.reason}"
        elif isinstance(report, ListChanged):
            names = " ".join(client_order_id for _, client_order_id in report.orders)
            yield f"list {report.list_client_order_id} {report.list_status} {names}"
        elif isinstance(report, ListRefused):
            whose = f" by {report.client_order_id}" if report.client_order_id else ""
            yield f"list {report.list_client_order_id} refused{whose}: {report.reason}"
        elif isinstance(report, Impossible):
            yield f"impossible: {report.why}"


def _execution(report: ExecutionReport) -> str:
    name = report.client_order_id
    done = f"{report.cumulative_quantity_lots}/{report.leaves_quantity_lots}"
    if report.prevented_quantity_lots:
        done += f" prevented {report.prevented_quantity_lots}"
    if report.trade_id is not None:
        last = f"{report.last_quantity_lots} @ {report.last_price_ticks}"
        return f"{name} {report.execution_type} {last} {report.order_status} {done}"
    if report.venue_order_id == 0:
        return f"{name} refused: {report.reason}"
    why = "" if report.reason is Reason.NONE else f" {report.reason}"
    if report.order_status is OrderStatus.NEW and not report.is_working and not _change(report):
        why = f" waits{why}"
    return f"{name} {_change(report)}{report.order_status} {done}{why}"


def _change(report: ExecutionReport) -> str:
    """Return what is not said by the new status: an order that lives on, but otherwise."""
    if report.last_prevented_quantity_lots is not None:
        return f"-{report.last_prevented_quantity_lots} "
    if report.execution_type is ExecutionType.REPLACED:
        return f"Replaced {report.original_client_order_id} "
    if report.execution_type in (ExecutionType.RESTATED, ExecutionType.TRIGGERED):
        return f"{report.execution_type} "
    return ""
