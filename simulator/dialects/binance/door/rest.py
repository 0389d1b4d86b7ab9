"""REST: from a request's bytes to its endpoint, and from the outcome to a reply."""

from __future__ import annotations

from fillproof.simulator.dialects.binance import endpoints
from fillproof.simulator.dialects.binance.desk import Call, Desk
from fillproof.simulator.dialects.binance.door.admission import (
    admit,
    require_fresh,
    require_key,
    require_signature,
)
from fillproof.simulator.dialects.binance.door.limits import ORDERS, WEIGHT
from fillproof.simulator.dialects.binance.door.signing import rest_payload
from fillproof.simulator.dialects.binance.encoding import encode
from fillproof.simulator.dialects.binance.endpoint import Endpoint, Security
from fillproof.simulator.dialects.binance.errors import INVALID_SIGNATURE, Refusal
from fillproof.simulator.dialects.binance.moments import TimeUnit, time_unit
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.protocol import HttpAnswer, HttpReply, HttpRequest

_JSON = "application/json;charset=UTF-8"
_HTML = "text/html"
_PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n"
_PAGE_END = "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
_TITLES = {
    400: "400 Bad Request",
    404: "404 Not Found",
    405: "405 Not Allowed",
    410: "410 Gone",
    413: "413 Request Entity Too Large",
}
_SIGNATURE = ("signature",)
_SECOND_NS = 1_000_000_000
_USED_WEIGHT = f"x-mbx-used-weight-{WEIGHT.suffix.lower()}"
_ORDER_COUNTS = tuple(f"x-mbx-order-count-{limit.suffix.lower()}" for limit in ORDERS)

# Looked up once: it costs, and every request asks.
_OPEN, _SIGNED = Security.NONE, Security.SIGNED
_MILLISECOND = TimeUnit.MILLISECOND

_Headers = tuple[tuple[str, str], ...]


def answer(desk: Desk, request: HttpRequest, now_ns: int) -> HttpAnswer:
    """Answer one request."""
    path = request.path
    endpoint = endpoints.REST.get((request.method, path))
    if endpoint is None:
        return HttpAnswer(page(405 if path in endpoints.PATHS else 404))
    if endpoint.retired and not desk.quirks.legacy_listen_keys:
        return HttpAnswer(page(410))
    client = desk.limits.client(request.peer)
    unit = _MILLISECOND
    try:
        parameters = read_parameters(request)
        weight = endpoint.cost(parameters)
        used = client.charge(weight, now_ns)
        parameters.require_single()
        unit = time_unit(request.headers.get("x-mbx-time-unit"))
        call = _admit(desk, endpoint, parameters, request, now_ns)
        outcome = endpoint.handler(desk, call)
    except Refusal as refusal:
        headers = _used_weight(client.used_weight(now_ns))
        return HttpAnswer(error(refusal, unit, headers, now_ns), refusal.reports)
    if endpoint.changes_orders:
        used = client.give_back(weight, now_ns)
    headers = _used_weight(used)
    if endpoint.orders:
        headers += _order_counts(desk, endpoint, call)
    return HttpAnswer(HttpReply(200, encode(outcome.result, unit), _JSON, headers), outcome.reports)


def read_parameters(request: HttpRequest) -> Parameters:
    """Read query and body as one form; a GET has no body to the venue."""
    body = "" if request.method == "GET" else request.body.decode("utf-8", "replace")
    return Parameters.of_form(request.query, body)


def error(
    refusal: Refusal,
    unit: TimeUnit = TimeUnit.MILLISECOND,
    headers: _Headers = (),
    now_ns: int = 0,
) -> HttpReply:
    """Return an error reply."""
    if refusal.retry_at_ns is not None:
        seconds = -(-(refusal.retry_at_ns - now_ns) // _SECOND_NS)
        headers = (*headers, ("retry-after", str(seconds)))
    return HttpReply(refusal.status, encode(refusal.body, unit), _JSON, headers)


def page(status: int) -> HttpReply:
    """Return one of the proxy's own pages."""
    return HttpReply(status, (_PAGE + _PAGE_END).format(_TITLES[status]).encode(), _HTML)


def _admit(
    desk: Desk, endpoint: Endpoint, parameters: Parameters, request: HttpRequest, now_ns: int
) -> Call:
    """Check key, signature and age where the endpoint wants them, then the parameters' names."""
    account = ""
    common: tuple[str, ...] = ()
    if endpoint.security is not _OPEN:
        key = require_key(desk, request.headers.get("x-mbx-apikey"))
        account = key.account
    if endpoint.security is _SIGNED:
        body = b"" if request.method == "GET" else request.body
        parameters.required("timestamp")
        payload = rest_payload(request.query, body)
        if not payload.isascii():
            # Characters beyond ASCII must be percent-encoded before they are signed.
            raise INVALID_SIGNATURE.refusal()
        require_signature(key, parameters, payload)
        require_fresh(parameters, now_ns)
        common = _SIGNATURE
    admit(desk, endpoint, parameters, account, common, now_ns)
    return Call(account, parameters, now_ns)


def _order_counts(desk: Desk, endpoint: Endpoint, call: Call) -> _Headers:
    """Count what a request has placed, and return how many are unfilled now."""
    uncounted = 0 if endpoint.counts_itself else endpoint.orders
    counts = desk.limits.orders.placed(call.account, uncounted, call.now_ns)
    return tuple(zip(_ORDER_COUNTS, map(str, counts), strict=True))


def _used_weight(weight: int) -> _Headers:
    used = str(weight)
    return (("x-mbx-used-weight", used), (_USED_WEIGHT, used))
