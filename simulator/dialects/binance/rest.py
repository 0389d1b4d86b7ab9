"""REST: from a request's bytes to its endpoint, and from the outcome to a reply."""

from __future__ import annotations

from fillproof.simulator.dialects.binance import endpoints
from fillproof.simulator.dialects.binance.admission import (
    require_fresh,
    require_key,
    require_signature,
)
from fillproof.simulator.dialects.binance.desk import Call, Desk
from fillproof.simulator.dialects.binance.encoding import encode
from fillproof.simulator.dialects.binance.endpoints import Endpoint
from fillproof.simulator.dialects.binance.errors import Refusal
from fillproof.simulator.dialects.binance.moments import TimeUnit, time_unit
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.binance.signing import rest_payload
from fillproof.simulator.dialects.protocol import HttpAnswer, HttpReply, HttpRequest, Json

_JSON = "application/json;charset=UTF-8"
_HTML = "text/html"
_PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n"
_PAGE_END = "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
_SIGNATURE = frozenset({"signature"})


def answer(desk: Desk, request: HttpRequest, now_ns: int) -> HttpAnswer:
    """Answer one request."""
    endpoint = endpoints.REST.get((request.method, request.path))
    if endpoint is None:
        gone = request.path in endpoints.GONE
        return HttpAnswer(page(410, "410 Gone") if gone else page(404, "404 Not Found"))
    unit = TimeUnit.MILLISECOND
    try:
        unit = time_unit(request.headers.get("x-mbx-time-unit"))
        outcome = endpoint.handler(desk, _admit(desk, endpoint, request, now_ns))
    except Refusal as refusal:
        used = desk.weight.add(endpoint.weight, now_ns)
        return HttpAnswer(error(refusal, used, unit), refusal.reports)
    used = desk.weight.add(0 if endpoint.changes_orders else endpoint.weight, now_ns)
    return HttpAnswer(_reply(200, outcome.result, used, unit), outcome.reports)


def read_parameters(request: HttpRequest) -> Parameters:
    """Read query and body as one form; a GET has no body to the venue."""
    body = "" if request.method == "GET" else request.body.decode("latin-1")
    return Parameters.of_form(request.query, body)


def error(
    refusal: Refusal, used_weight: int = 0, unit: TimeUnit = TimeUnit.MILLISECOND
) -> HttpReply:
    """Return an error reply."""
    return _reply(refusal.status, refusal.body, used_weight, unit)


def page(status: int, title: str) -> HttpReply:
    """Return one of the proxy's own pages."""
    return HttpReply(status, (_PAGE + _PAGE_END).format(title).encode(), _HTML)


def _admit(desk: Desk, endpoint: Endpoint, request: HttpRequest, now_ns: int) -> Call:
    """Check key, signature and age where the endpoint wants them, then the parameters' names."""
    parameters = read_parameters(request)
    if not endpoint.signed:
        parameters.require_known(endpoint.parameters)
        return Call("", parameters, now_ns)
    key = require_key(desk, request.headers.get("x-mbx-apikey"))
    body = b"" if request.method == "GET" else request.body
    parameters.required("timestamp")
    require_signature(key, parameters, rest_payload(request.query, body))
    require_fresh(parameters, now_ns)
    parameters.require_known(endpoint.parameters | _SIGNATURE)
    return Call(key.account, parameters, now_ns)


def _reply(
    status: int, value: Json, used_weight: int, unit: TimeUnit = TimeUnit.MILLISECOND
) -> HttpReply:
    headers = (("x-mbx-used-weight", str(used_weight)), ("x-mbx-used-weight-1m", str(used_weight)))
    return HttpReply(status, encode(value, unit), _JSON, headers)
