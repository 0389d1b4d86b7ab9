"""hyperliquid-python-sdk: Exchange and Info, its signatures and its WebSocket thread."""

from __future__ import annotations

from typing import Any

from conformance_tests.clients import keys
from conformance_tests.clients.driving import Stage
from conformance_tests.clients.listening import HeardByThread
from eth_account import Account
from hyperliquid import exchange as sdk_exchange
from hyperliquid.exchange import Exchange
from hyperliquid.info import Info
from hyperliquid.utils.error import ClientError
from hyperliquid.utils.types import Cloid

STRANGE_KEY = "0x" + "a5" * 32
AGENT_BUILDER = "0x" + "b1" * 20

PERPETUAL = "BTC"
SPOT = "BTC/USDC"
CONTRACTS, DELIVERED = "BTC-USD", "BTC-USDC"
GTC: Any = {"limit": {"tif": "Gtc"}}
ALO: Any = {"limit": {"tif": "Alo"}}
IOC: Any = {"limit": {"tif": "Ioc"}}
A, B, C, D, E = (Cloid.from_int(number) for number in range(1, 6))


def statuses(answer: dict[str, Any]) -> Any:
    """Return what became of each part of an action, oids left out; of a refusal its text."""
    if answer["status"] != "ok":
        return answer["response"]
    if "data" not in answer["response"]:
        return answer["response"]["type"]
    return [_without_oid(one) for one in answer["response"]["data"]["statuses"]]


def oid(answer: dict[str, Any]) -> int:
    """Return the number of the one order that an action made."""
    (status,) = answer["response"]["data"]["statuses"]
    (made,) = status.values()
    return int(made["oid"])


def shown(order: dict[str, Any]) -> list[Any]:
    """Return of an order what a trader looks at."""
    return [order.get(key) for key in ("coin", "side", "limitPx", "sz", "origSz", "cloid")]


def of_fill(fill: dict[str, Any]) -> list[Any]:
    """Return of a fill what a trader looks at."""
    return [fill[key] for key in ("coin", "side", "px", "sz", "dir", "closedPnl", "crossed")]


def _without_oid(status: Any) -> Any:
    if not isinstance(status, dict):
        return status
    (word, said), *_ = status.items()
    if isinstance(said, dict):
        return {word: {key: value for key, value in said.items() if key != "oid"}}
    return status


class Driver:
    """`hyperliquid.exchange.Exchange` and `hyperliquid.info.Info`."""

    exchange: Exchange
    info: Info

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.wallet = Account.from_key(keys.ETHEREUM_KEY)
        self.user = self.wallet.address
        self.heard: dict[str, HeardByThread] = {}
        self.oid = 0

    def start(self) -> None:
        self.exchange = Exchange(self.wallet, self.stage.origin)
        self.info = Info(self.stage.origin)

    def stop(self) -> None:
        self.info.disconnect_websocket()

    def _listen(self, name: str, subscription: Any) -> Any:
        heard = self.heard[name] = HeardByThread()
        self.info.subscribe(subscription, heard.add)
        return heard

    def _next(self, name: str) -> Any:
        return self.heard[name].until(lambda _: True)[-1]["data"]

    def _updates(self, status: str) -> Any:
        """Return the order updates up to the first of a status, all in one row."""

        def has(message: Any) -> bool:
            return any(one["status"] == status for one in message["data"])

        messages = self.heard["orderUpdates"].until(has)
        return [[*shown(u["order"]), u["status"]] for m in messages for u in m["data"]]

    # Markets and money -------------------------------------------------------------------------

    def contracts(self) -> Any:
        return self.info.meta()["universe"]

    def spot_markets(self) -> Any:
        meta = self.info.spot_meta()
        tokens = [[one["name"], one["szDecimals"]] for one in meta["tokens"]]
        return [tokens, [[one["name"], one["tokens"]] for one in meta["universe"]]]

    def contexts(self) -> Any:
        meta, contexts = self.info.meta_and_asset_ctxs()
        _, spot = self.info.spot_meta_and_asset_ctxs()
        return [len(meta["universe"]), contexts[0]["markPx"], spot[0]["coin"]]

    def spot_balances(self) -> Any:
        state = self.info.spot_user_state(self.user)
        return [[one["coin"], one["total"], one["hold"]] for one in state["balances"]]

    def margin(self) -> Any:
        state = self.info.user_state(self.user)
        return [state["withdrawable"], state["marginSummary"]["accountValue"]]

    def role_and_fees(self) -> Any:
        fees = self.info.user_fees(self.user)
        return [self.info.user_role(self.user), fees["userCrossRate"], fees["userAddRate"]]

    # Subscriptions -----------------------------------------------------------------------------

    def subscribe_to_account(self) -> Any:
        user: Any = {"user": self.user}
        self._listen("orderUpdates", {"type": "orderUpdates", **user})
        self._listen("userEvents", {"type": "userEvents", **user})
        heard = self._listen("userFills", {"type": "userFills", **user})
        data = heard.until(lambda _: True)[0]["data"]
        return [data["isSnapshot"], data["fills"]]

    def subscribe_to_market(self) -> Any:
        coin: Any = {"coin": PERPETUAL}
        for kind in ("l2Book", "bbo", "activeAssetCtx", "trades"):
            self._listen(kind, {"type": kind, **coin})
        self._listen("candle", {"type": "candle", "interval": "1m", **coin})
        self._listen("allMids", {"type": "allMids"})
        book, best = self._next("l2Book"), self._next("bbo")
        return [
            *(book["coin"], book["levels"], best["bbo"]),
            *(self._next("activeAssetCtx")["coin"], list(self._next("allMids")["mids"])),
        ]

    # Orders ------------------------------------------------------------------------------------

    def place(self) -> Any:
        answer = self.exchange.order(PERPETUAL, True, 1.0, 29000.0, GTC, cloid=A)
        self.oid = oid(answer)
        return [statuses(answer), self._updates("open")]

    def book_after_it(self) -> Any:
        book, best = self._next("l2Book"), self._next("bbo")
        snapshot = self.info.l2_snapshot(PERPETUAL)
        return [book["levels"], best["bbo"], snapshot["levels"] == book["levels"]]

    def open_orders(self) -> Any:
        (order,) = self.info.open_orders(self.user)
        (full,) = self.info.frontend_open_orders(self.user)
        return [shown(order), full["orderType"], full["tif"], full["reduceOnly"]]

    def query_by_both_ids(self) -> Any:
        by_oid = self.info.query_order_by_oid(self.user, self.oid)
        by_cloid = self.info.query_order_by_cloid(self.user, A)
        order = by_oid["order"]
        return [by_oid == by_cloid, shown(order["order"]), order["status"]]

    def partial_fill(self) -> Any:
        self.stage.ask("fill", order=self.oid, amount="0.25")
        event = self._next("userEvents")
        fills = self._next("userFills")
        return [[of_fill(one) for one in fills["fills"]], event["fills"] == fills["fills"]]

    def trade_and_candle(self) -> Any:
        (trade,) = self._next("trades")
        candle = self._next("candle")
        return [trade["px"], trade["sz"], trade["side"], candle["c"], candle["v"], candle["i"]]

    def position(self) -> Any:
        state = self.info.user_state(self.user)
        (one,) = [entry["position"] for entry in state["assetPositions"]]
        keys = ("coin", "szi", "entryPx", "positionValue", "marginUsed", "leverage")
        return [[one[key] for key in keys], state["withdrawable"]]

    def modify_by_oid(self) -> Any:
        answer = self.exchange.modify_order(self.oid, PERPETUAL, True, 2.0, 28500.0, GTC, cloid=B)
        is_new = oid(answer) != self.oid
        self.oid = oid(answer)
        return [statuses(answer), is_new, self._updates("open")]

    def modify_by_cloid(self) -> Any:
        answer = self.exchange.modify_order(B, PERPETUAL, True, 2.0, 28000.0, GTC, cloid=B)
        self.oid = oid(answer)
        return [statuses(answer), self._updates("open")]

    def modify_what_is_gone(self) -> Any:
        return statuses(self.exchange.modify_order(A, PERPETUAL, True, 1.0, 28000.0, GTC))

    def cancel_by_cloid(self) -> Any:
        return [statuses(self.exchange.cancel_by_cloid(PERPETUAL, B)), self._updates("canceled")]

    def cancel_again(self) -> Any:
        return statuses(self.exchange.cancel(PERPETUAL, self.oid))

    def two_orders_at_once(self) -> Any:
        request: Any = {"coin": PERPETUAL, "is_buy": True, "sz": 1.0, "order_type": GTC}
        wanted = [{**request, "limit_px": px, "reduce_only": False} for px in (20000.0, 21000.0)]
        answer = self.exchange.bulk_orders(wanted)
        made = [one["resting"]["oid"] for one in answer["response"]["data"]["statuses"]]
        gone = self.exchange.bulk_cancel([{"coin": PERPETUAL, "oid": one} for one in made])
        return [statuses(answer), statuses(gone)]

    def historical_orders(self) -> Any:
        orders = self.info.historical_orders(self.user)
        return [[*shown(one["order"]), one["status"]] for one in orders][-3:]

    # Orders that trade at once, or not at all --------------------------------------------------

    def market_open(self) -> Any:
        self.stage.ask("rest", market=CONTRACTS, side="sell", amount="2", price="30000")
        return statuses(self.exchange.market_open(PERPETUAL, True, 0.5, px=30000.0))

    def post_only_that_would_match(self) -> Any:
        return statuses(self.exchange.order(PERPETUAL, True, 0.5, 30000.0, ALO))

    def ioc_that_meets_nothing(self) -> Any:
        return statuses(self.exchange.order(PERPETUAL, True, 0.5, 25000.0, IOC, cloid=C))

    def ioc_that_meets_less(self) -> Any:
        return statuses(self.exchange.order(PERPETUAL, True, 2.0, 30000.0, IOC, cloid=D))

    def market_close(self) -> Any:
        self.stage.ask("rest", market=CONTRACTS, side="buy", amount="10", price="31000")
        answer = self.exchange.market_close(PERPETUAL, px=31000.0)
        return [statuses(answer), self.info.user_state(self.user)["assetPositions"]]

    def close_what_is_closed(self) -> Any:
        return statuses(self.exchange.order(PERPETUAL, False, 1.0, 31000.0, IOC, reduce_only=True))

    def fills(self) -> Any:
        by_time = self.info.user_fills_by_time(self.user, 0)
        latest_first = self.info.user_fills(self.user)
        return [by_time == latest_first[::-1], [of_fill(one) for one in by_time]]

    def stop_loss(self) -> Any:
        trigger: Any = {"trigger": {"isMarket": True, "triggerPx": 35000.0, "tpsl": "sl"}}
        answer = self.exchange.order(PERPETUAL, True, 0.1, 36000.0, trigger, cloid=E)
        (order,) = self.info.frontend_open_orders(self.user)
        keys = ("orderType", "isTrigger", "triggerPx", "triggerCondition")
        gone = self.exchange.cancel_by_cloid(PERPETUAL, E)
        return [statuses(answer), [order[key] for key in keys], statuses(gone)]

    # Spot --------------------------------------------------------------------------------------

    def spot_order(self) -> Any:
        answer = self.exchange.order(SPOT, False, 1.0, 40000.0, GTC)
        self.stage.ask("fill", order=oid(answer), amount="0.5")
        gone = self.exchange.cancel(SPOT, oid(answer))
        fill = self.info.user_fills(self.user)[0]
        return [statuses(answer), statuses(gone), of_fill(fill), fill["fee"], fill["feeToken"]]

    # What is refused ---------------------------------------------------------------------------

    def refused_orders(self) -> Any:
        asked: list[tuple[float, float]] = [
            (1.0, 29000.5),
            (0.000012, 29000.0),
            (0.0001, 29000.0),
            (100.0, 29000.0),
        ]
        return [
            statuses(self.exchange.order(PERPETUAL, True, size, price, GTC))
            for size, price in asked
        ]

    def refused_spot_orders(self) -> Any:
        return [
            statuses(self.exchange.order(SPOT, True, size, 29000.0, GTC))
            for size in (0.0001, 100.0)
        ]

    def wrong_signature(self) -> Any:
        stranger = Account.from_key(STRANGE_KEY)
        exchange = Exchange(stranger, self.stage.origin, account_address=self.user)
        answer = exchange.order(PERPETUAL, True, 1.0, 20000.0, GTC)
        return statuses(answer).replace(stranger.address.lower(), "<who signed>")

    def reused_nonce(self) -> Any:
        clock = sdk_exchange.get_timestamp_ms
        now = clock()
        sdk_exchange.get_timestamp_ms = lambda: now
        try:
            asked = [self.exchange.order(PERPETUAL, True, 1.0, 20000.0, GTC) for _ in range(2)]
        finally:
            sdk_exchange.get_timestamp_ms = clock
        self.exchange.cancel(PERPETUAL, oid(asked[0]))
        told = [str(statuses(one)).replace(str(now), "<nonce>") for one in asked]
        return [told, self.info.open_orders(self.user)]

    def nonce_of_last_week(self) -> Any:
        clock = sdk_exchange.get_timestamp_ms
        sdk_exchange.get_timestamp_ms = lambda: clock() - 7 * 86_400_000
        try:
            answer = self.exchange.order(PERPETUAL, True, 1.0, 20000.0, GTC)
        finally:
            sdk_exchange.get_timestamp_ms = clock
        return statuses(answer).partition(":")[0]

    def expired_action(self) -> Any:
        self.exchange.set_expires_after(sdk_exchange.get_timestamp_ms() - 1000)
        late = self.exchange.order(PERPETUAL, True, 1.0, 20000.0, GTC)
        self.exchange.set_expires_after(sdk_exchange.get_timestamp_ms() + 60_000)
        in_time = self.exchange.order(PERPETUAL, True, 1.0, 20000.0, GTC)
        self.exchange.set_expires_after(None)
        gone = self.exchange.cancel(PERPETUAL, oid(in_time))
        return [statuses(late).partition(":")[0], statuses(in_time), statuses(gone)]

    def what_is_no_query(self) -> Any:
        try:
            return self.info.post("/info", {"type": "nonsense"})
        except ClientError as error:
            return [error.status_code, error.error_message]

    # Settings ----------------------------------------------------------------------------------

    def leverage(self) -> Any:
        return [
            statuses(self.exchange.update_leverage(leverage, PERPETUAL)) for leverage in (5, 99)
        ]

    def referrer(self) -> Any:
        answers = [self.exchange.set_referrer("FILLPROOF") for _ in range(2)]
        return [statuses(one) for one in answers]

    def builder(self) -> Any:
        fee: Any = {"b": AGENT_BUILDER, "f": 10}
        terms: Any = (PERPETUAL, True, 1.0, 20000.0, GTC)
        before = self.exchange.order(*terms, builder=dict(fee))
        approved = self.exchange.approve_builder_fee(AGENT_BUILDER, "0.01%")
        after = self.exchange.order(*terms, builder=dict(fee))
        gone = self.exchange.cancel(PERPETUAL, oid(after))
        return [statuses(one) for one in (before, approved, after, gone)]

    def agent(self) -> Any:
        approved, key = self.exchange.approve_agent("bot")
        wallet = Account.from_key(key)
        exchange = Exchange(wallet, self.stage.origin, account_address=self.user)
        answer = exchange.order(PERPETUAL, True, 1.0, 20000.0, GTC)
        gone = exchange.cancel(PERPETUAL, oid(answer))
        role = self.info.user_role(wallet.address)
        names = [one["name"] for one in self.info.extra_agents(self.user)]
        return [statuses(approved), statuses(answer), statuses(gone), role["role"], names]

    def schedule_cancel(self) -> Any:
        soon = sdk_exchange.get_timestamp_ms() + 1000
        later = sdk_exchange.get_timestamp_ms() + 60_000
        return [statuses(self.exchange.schedule_cancel(when)) for when in (soon, later, None)]

    def noop(self) -> Any:
        return statuses(self.exchange.noop(sdk_exchange.get_timestamp_ms()))

    # What else it can ask ----------------------------------------------------------------------

    def history(self) -> Any:
        end = sdk_exchange.get_timestamp_ms()
        candles = self.info.candles_snapshot(PERPETUAL, "1d", end - 86_400_000, end)
        return [
            *(len(candles) > 0, candles[-1]["h"], candles[-1]["l"]),
            *(
                self.info.funding_history(PERPETUAL, 0),
                self.info.user_funding_history(self.user, 0),
            ),
        ]

    def mids(self) -> Any:
        return self.info.all_mids()

    def account_queries(self) -> Any:
        return [
            self.info.query_sub_accounts(self.user),
            self.info.query_referral_state(self.user)["referredBy"],
            self.info.user_rate_limit(self.user)["nRequestsSurplus"],
            self.info.query_user_abstraction_state(self.user),
        ]

    def unsubscribe(self) -> Any:
        return self.info.unsubscribe({"type": "orderUpdates", "user": self.user}, 1)
