"""The venue on a wire: HTTP and WebSockets by aiohttp around a dialect and its engine."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from email.utils import formatdate
from functools import partial
from itertools import count

from aiohttp import web

from fillproof.simulator.dialects.protocol import (
    Dialect,
    FrameAnswer,
    HttpAnswer,
    HttpReply,
    HttpRequest,
    Later,
    Push,
)
from fillproof.simulator.faults.answers import UNTOUCHED, AnswerFaults, Handling
from fillproof.simulator.matching import Exchange
from fillproof.simulator.server.alarm import Alarm
from fillproof.simulator.server.pushes import CallAt, Clock, Pushes, PushQueue
from fillproof.simulator.server.replicas import Replicas
from fillproof.simulator.server.socket import Socket
from fillproof.simulator.vocabulary.commands import Command
from fillproof.simulator.vocabulary.reports import Report

FAULT_HEADER = "X-Fillproof-Fault"
"""Names the faults that made a reply; a reply on a WebSocket has no place for it."""

_GOING_AWAY = 1001
_RETRY_AFTER = "Retry-After"
_USER_STREAM = "user_stream"
_BAD_REQUEST = 400
_NANOSECONDS = 1_000_000_000
_LONGEST_STOP_SECONDS = 1.0

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
"""Answers a request of any kind; a WebSocket is answered when it is over."""


def _alone(handler: Handler) -> Handler:
    return handler


def _unheard(_text: str, _reply: str) -> None:
    """Nobody listens to frames."""


def _nobody_lags(_fault: str) -> None:
    """Nobody counts the reads that lag."""


class VenueServer:
    """Moves bytes between clients and the dialect, and time to the engine; it decides nothing.

    `clock` tells the venue's wall time in nanoseconds and `call_at` calls back at such a time.
    `on_reports` hears every engine report, once and in order, before any client does. `around` may
    stand between the socket and the venue, to watch or to answer what is not the venue's;
    `on_frame` hears each text frame of a client with its reply, `on_stale` of each reply that lags
    behind what the venue knows, by the fault that made it. An error of the venue itself goes
    to the loop's exception handler.
    """

    def __init__(
        self,
        exchange: Exchange,
        dialect: Dialect,
        clock: Clock,
        call_at: CallAt,
        on_reports: Callable[[tuple[Report, ...]], None],
        answers: AnswerFaults,
        around: Callable[[Handler], Handler] = _alone,
        on_frame: Callable[[str, str], None] = _unheard,
        on_stale: Callable[[str], None] = _nobody_lags,
    ) -> None:
        self._exchange = exchange
        self._dialect = dialect
        self._clock = clock
        self._call_at = call_at
        self._on_reports = on_reports
        self._answers = answers
        self._around = around
        self._on_frame = on_frame
        self._replicas = Replicas(on_stale)
        self._pushes = PushQueue(clock, call_at, self._deliver)
        self._awaited: dict[int, asyncio.Future[HttpReply]] = {}
        self._sockets: dict[int, Socket] = {}
        self._socket_numbers = count(1)
        self._deadline = Alarm(call_at, self._advance)
        self._wake = Alarm(call_at, self._let_dialect_speak)
        self._server: web.Server | None = None
        self._second = -1
        self._date = ""

    @property
    def protocol_factory(self) -> web.Server:
        """What a listening socket is given: makes one protocol for each connection."""
        if self._server is None:
            raise RuntimeError("the venue server was not started")
        return self._server

    async def start(self) -> None:
        """Be ready to serve, on the running loop."""
        self._server = web.Server(self._around(self._handle), access_log=None)

    async def stop(self) -> None:
        """Close every connection, politely as far as the clients answer within a second."""
        for socket in self._sockets.values():
            socket.close(_GOING_AWAY)
        self._deadline.silence()
        self._wake.silence()
        server = self.protocol_factory
        server.pre_shutdown()
        await server.shutdown(_LONGEST_STOP_SECONDS)

    def say_farewell(self) -> None:
        """Tell every socket, in the dialect's words, that the venue is about to stop."""
        self._pushes.hurry()
        self._deliver(self._dialect.farewell(self._clock()))

    def apply(self, command: Command) -> tuple[Report, ...]:
        """Carry out a command that no client sent; the streams tell of it at once."""
        reports = self._exchange.apply(command, self._clock())
        self._settle(reports, delay_ns=0)
        return reports

    def lag(self, fault: str, channel: str) -> None:
        """Answer what is asked on a request channel as of now, until it catches up."""
        self._replicas.freeze(fault, channel, self._dialect)

    def catch_up(self, *faults: str) -> None:
        """Let reads know again what was written; all of them when none is named."""
        for fault in faults:
            self._replicas.catch_up(fault)
        if not faults:
            self._replicas.heal()

    def revoke(self, for_ns: int, *, announced: bool) -> int:
        """End subscriptions to user data, and new ones for so long; return how many ended now.

        With no time at all none ends, and new ones stand again.
        """
        now_ns = self._clock()
        before = len(self._dialect.sockets(_USER_STREAM))
        self._deliver(self._dialect.revoke(now_ns + for_ns, now_ns, announced=announced))
        return before - len(self._dialect.sockets(_USER_STREAM))

    def close_all(self, code: int) -> None:
        """Close every WebSocket, whatever it carries."""
        for socket in self._sockets.values():
            socket.close(code)

    def have(self, act: Callable[[int], tuple[Report, ...]]) -> tuple[Report, ...]:
        """Do something to the exchange at this venue time; the streams tell of it at once."""
        reports = act(self._clock())
        self._settle(reports, delay_ns=0)
        return reports

    def pretend(
        self, reports: tuple[Report, ...], before: Callable[[tuple[Push, ...]], None]
    ) -> tuple[Push, ...]:
        """Have the streams tell what never happened; `before` sees it before it leaves."""
        pushes = self._dialect.publish(reports, self._clock())
        before(pushes)
        self._pushes.put(pushes, delay_ns=0)
        return pushes

    async def close_channel(self, channel: str, code: int) -> int:
        """Close the WebSockets that carry a stream; return how many, when the frames have left."""
        numbers = self._dialect.sockets(channel)
        for number in numbers:
            self._sockets[number].close(code)
        await self._let_writers_run()
        return len(numbers)

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            return await self._answer(request)
        except ConnectionError:
            raise
        except Exception as error:
            context = {"message": f"the venue failed at {request.path}", "exception": error}
            asyncio.get_running_loop().call_exception_handler(context)
            raise

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        headers = request.headers
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge as too_large:
            return self._response(self._dialect.unreadable(too_large.status))
        except web.RequestPayloadError:
            return self._response(self._dialect.unreadable(_BAD_REQUEST))
        except RuntimeError as gone:
            # aiohttp's word for a client that left in the middle of its body.
            raise ConnectionResetError(str(gone)) from gone
        asked = HttpRequest(
            request.method,
            headers.get("host", ""),
            request.raw_path,
            headers,
            body,
            request.remote or "",
        )
        self._advance()
        if headers.get("upgrade", "").lower() == "websocket":
            return await self._serve_socket(request, asked)
        handling = UNTOUCHED
        if self._answers.armed:
            handling = self._answers.handling(self._dialect.request_channel(asked))
        reply = self._http_reply(asked, handling)
        if isinstance(reply, Later):
            reply = await self._wait_for(reply)
        faults = handling.faults
        if self._replicas and not faults:
            channel = self._dialect.request_channel(asked)
            reply, faults = self._replicas.stale(channel, asked, self._clock(), reply)
        if self._dialect.timing.stream_after_reply_ns == 0:
            await self._let_writers_run()
        return self._response(reply, faults)

    async def _wait_for(self, later: Later) -> HttpReply:
        """Return a reply that waits, when the dialect has it; nobody waits who has gone."""
        self._awaited[later.number] = asyncio.get_running_loop().create_future()
        try:
            return await self._awaited[later.number]
        finally:
            del self._awaited[later.number]

    def _http_reply(self, asked: HttpRequest, handling: Handling) -> HttpReply | Later:
        """Hand a request to the dialect as often as its handling says; return what is replied."""
        answer: HttpAnswer | None = None
        for _ in range(handling.times):
            answer = self._dialect.request(asked, self._clock())
            self._settle(answer.reports, self._dialect.timing.stream_after_reply_ns)
        failure = handling.failure
        if failure is not None:
            reply = self._dialect.failure(failure.status, failure.code, failure.text)
            if failure.retry_after_s is None:
                return reply
            wait = (_RETRY_AFTER, str(failure.retry_after_s))
            return HttpReply(reply.status, reply.body, reply.content_type, (*reply.headers, wait))
        assert answer is not None, "only a failure keeps a request from the dialect"
        return answer.reply

    def _response(self, reply: HttpReply, faults: Sequence[str] = ()) -> web.Response:
        headers = {"Content-Type": reply.content_type, **self._common_headers()}
        headers.update(reply.headers)
        if faults:
            headers[FAULT_HEADER] = ",".join(faults)
        return web.Response(status=reply.status, body=reply.body, headers=headers)

    def _common_headers(self) -> dict[str, str]:
        """Return what aiohttp would else write of its own: version and machine time."""
        second = self._clock() // _NANOSECONDS
        if second != self._second:
            self._second = second
            self._date = formatdate(second, usegmt=True)
        return {"Date": self._date, "Server": "nginx"}

    async def _serve_socket(
        self, request: web.BaseRequest, asked: HttpRequest
    ) -> web.StreamResponse:
        closed = self._answers.closed()
        if closed is not None:
            page = self._dialect.failure(closed.status, closed.code, closed.text)
            return self._response(page, (closed.fault,))
        number = next(self._socket_numbers)
        refusal = self._dialect.open_socket(number, asked, self._clock())
        if refusal is not None:
            return self._response(refusal)
        self._look_ahead()
        socket = Socket(self._dialect.timing, self._clock, self._call_at)
        self._sockets[number] = socket
        try:
            socket.response.headers.update(self._common_headers())
            await socket.response.prepare(request)
            await socket.serve(
                partial(self._receive, number), partial(self._receive_control, number)
            )
        except web.HTTPBadRequest as no_handshake:
            return self._response(self._dialect.unreadable(no_handshake.status))
        finally:
            self._dialect.close_socket(number)
            self._look_ahead()
            del self._sockets[number]
        return socket.response

    def _receive(self, number: int, text: str) -> None:
        """Answer one text frame on its socket."""
        self._advance()
        handling = UNTOUCHED
        if self._answers.armed:
            handling = self._answers.handling(self._dialect.frame_channel(text))
        delay_ns = self._dialect.timing.stream_after_reply_ns
        answer: FrameAnswer | None = None
        for _ in range(handling.times):
            answer = self._dialect.receive(number, text, self._clock())
            self._settle(answer.reports, delay_ns)
            self._pushes.put(answer.pushes, delay_ns)
        failure = handling.failure
        if failure is not None:
            reply = self._dialect.frame_failure(text, failure.status, failure.code, failure.text)
        else:
            assert answer is not None, "only a failure keeps a request from the dialect"
            reply = answer.reply
        self._answers.sign(reply, handling.faults)
        self._on_frame(text, reply)
        socket = self._sockets[number]
        if reply:
            socket.send(reply)
        if answer is not None and answer.close is not None:
            socket.close(*answer.close)

    def _receive_control(self, number: int) -> None:
        """Tell the dialect of a ping or pong."""
        close = self._dialect.receive_control(number, self._clock())
        if close is not None:
            self._sockets[number].close(*close)

    def _advance(self) -> None:
        """Let the engine do what is due."""
        self._settle(self._exchange.advance(self._clock()), delay_ns=0)

    def _settle(self, reports: tuple[Report, ...], delay_ns: int) -> None:
        """Tell reports: first to the listener, then to the streams; and look ahead."""
        if reports:
            self._on_reports(reports)
            pushes = self._dialect.publish(reports, self._clock())
            if self._give_replies():
                delay_ns = self._dialect.timing.stream_after_reply_ns
            self._pushes.put(pushes, delay_ns)
        self._look_ahead()

    def _give_replies(self) -> bool:
        """Let those go on whose reply is known by now; return whether there are any."""
        known = self._dialect.take_replies()
        for number, reply in known:
            awaited = self._awaited.get(number)
            if awaited is not None and not awaited.done():
                awaited.set_result(reply)
        return bool(known)

    def _look_ahead(self) -> None:
        """Watch what the engine and the dialect will do by themselves."""
        self._deadline.set(self._exchange.next_deadline_ns())
        self._wake.set(self._dialect.next_wake_ns())

    def _let_dialect_speak(self) -> None:
        self._advance()
        self._settle(self._dialect.act(self._clock()), delay_ns=0)
        self._pushes.put(self._dialect.wake(self._clock()), delay_ns=0)
        self._look_ahead()

    def _deliver(self, pushes: Pushes) -> None:
        for push in pushes:
            self._send(push)

    def _send(self, push: Push) -> None:
        """Send a push, unless its socket has closed since it was made."""
        socket = self._sockets.get(push.socket)
        if socket is not None:
            socket.send(push.text)

    async def _let_writers_run(self) -> None:
        """Return when idle writers have sent what is in their outboxes: they were woken before."""
        await asyncio.sleep(0)
