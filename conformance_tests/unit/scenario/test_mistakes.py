"""Every mistake is told at its place, with what is allowed."""

from __future__ import annotations

import pickle

import pytest
from conformance_tests.unit.scenario.texts import BUY, scenario, text, wrong

from fillproof.harness.scenario import Mistake, ScenarioError
from fillproof.harness.scenario.actions import ACTIONS

UNIT = "write a number and ms, s, m or h, such as 1.5s"
STEPS = ", ".join(ACTIONS)
REPLIES = (
    "create_reply, cancel_reply, amend_reply, query_reply, trades_reply, account_reply,"
    " reference_reply"
)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (
            "- cancle: a",
            f'4:3: there is no step "cancle"; did you mean "cancel"? allowed: {STEPS}',
        ),
        (
            "- cancel: aa",
            '4:11: no order placed before is called "aa"; did you mean "a"? allowed: a',
        ),
        ("- cancel: {}", "4:11: a cancel names one thing; write either order or client_order_id"),
        (
            "- wait: 5",
            "4:9: for: 5 is not a duration; write a number and ms, s, m or h, such as 1.5s",
        ),
        ("- wait: 0s", '4:9: for: "0s" is no time at all; it must be longer'),
        ("- wait: 7h", "4:9: the waits add up to 7h; less than 6h is allowed (bounds: virtual)"),
        ("- 5", "4:3: a step is one word with its keys, such as `- cancel: a`, not 5"),
        (
            "- {cancel: a, wait: 1s}",
            "4:3: a step is one word with its keys, such as `- cancel: a`, not 2 keys",
        ),
        ("- hold: x", '4:9: hold: "x" is not enough; write its keys as hold: {...}'),
        (
            "- hold: {channel: user_steam, for: 1s}",
            '4:19: channel: no channel is called "user_steam"; did you mean "user_stream"?',
        ),
        (
            "- duplicate: {channel: create_reply}",
            '4:24: channel: no stream is called "create_reply"; allowed: user_stream,',
        ),
        (
            "- resend: {channel: query_request}",
            '4:21: channel: no request to send twice is called "query_request"; did you mean',
        ),
        (
            "- fail: {channel: public_stream, status: 500, code: 1, text: x}",
            f'4:19: channel: no reply channel is called "public_stream"; allowed: {REPLIES}',
        ),
        (
            "- fail: {channel: create_reply, status: 302, code: 1, text: x}",
            "4:41: status: 302 is no error; 200 or 400 to 599 is allowed",
        ),
        (
            "- fail: {channel: create_reply, status: 600, code: 1, text: x}",
            "4:41: status: 600 is no error; 200 or 400 to 599 is allowed",
        ),
        (
            "- fail: {channel: create_reply, status: true, code: 1, text: x}",
            "4:41: status: true is no HTTP status; write a whole number without quotes",
        ),
        ("- skew: {}", "4:9: a clock is wrong in one way; write either ahead or behind"),
        (
            "- unreachable: {how: fog, for: 1s}",
            '4:22: how: no way not to be reached is called "fog"',
        ),
        ("- lag: {channel: create_reply, for: 1s}", "4:18: channel: no reply to a read is called"),
        ("- start", "3:3: buy needs a connector, which starts later; write it after start"),
        (
            "- stop",
            "4:3: the scenario ends without a connector; write restart after",
        ),
        (
            "- restart: {await_point: 3}",
            "4:26: only who is killed ends at an await point; add kill: true, or leave it out",
        ),
        ("- restart: {kill: true, await_point: 0}", "4:38: await_point: 0 is out of range"),
        (
            "- fail: {channel: create_reply, status: 500, code: '1', text: x}",
            '4:52: code: "1" is not allowed; write a whole number without quotes',
        ),
        (
            "- fail: {channel: create_reply, status: 500, code: 1, text: 1, acted: 1}",
            "4:61: text: 1 is not a text of one line; write a text, in quotes",
        ),
        (
            "- drop: {channel: user_stream, count: 1001}",
            "4:39: count: 1001 is out of range; at most 1000 is allowed",
        ),
        (
            "- drop: {channel: user_stream, coun: 1}",
            '4:32: there is no key "coun"; did you mean "count"? allowed: channel, count',
        ),
        ("- drop: {}", '4:9: the key "channel" is missing; add it'),
        (
            "- await: {order: a, told: created}",
            '4:27: told: no event is called "created"; did you mean "Created"? allowed: Created,',
        ),
        (
            "- await: {order: a}",
            "4:10: nothing to wait for; write exactly one of told, truth and wire",
        ),
        (
            "- await: {order: a, told: Created, truth: New}",
            "4:10: told and truth together; write exactly one of told, truth and wire",
        ),
        ("- await: {told: Created}", "4:10: told is about an order; add its label as order"),
        (
            "- await: {order: a, wire: user_stream}",
            "4:18: wire is about a channel, not an order; leave order out",
        ),
        (
            BUY,
            '4:16: an order "a" is placed in line 3; give this one another label',
        ),
        (
            '- sell: {order: b, market: BTC-USD, amount: "1", price: "2"}',
            '4:28: the venue has no market "BTC-USD"; did you mean "BTC-USDT"? allowed: BTC-USDT',
        ),
        (
            '- sell: {order: b, market: BTC-USDT, amount: "1", price: "2", type: market}',
            "4:58: a market order has no price; leave it out, or use type: limit",
        ),
        (
            '- sell: {order: b, market: BTC-USDT, amount: "1"}',
            "4:9: a limit order has a price; add one, or type: market",
        ),
        (
            '- sell: {order: b, market: BTC-USDT, amount: "1", price: "2", time_in_force: gtd}',
            "4:78: GTD needs to know how long; add good_for: 30s",
        ),
        (
            '- sell: {order: b, market: BTC-USDT, amount: "1", price: "2", good_for: 1s}',
            "4:73: good_for is only for time_in_force: gtd; leave one of them out",
        ),
        (
            '- sell: {order: b, market: BTC-USDT, amount: "1", type: market, time_in_force: ioc}',
            "4:80: a market order has no time_in_force IOC; leave it out",
        ),
        (
            '- trade: {order: a, amount: "0.00015"}',
            "4:29: 0.00015 is off the lot; multiples of 0.0001 are allowed",
        ),
        (
            '- trade: {order: a, amount: "1.5"}',
            '4:29: 1.5 is more than "a" has left; at most 1 is allowed',
        ),
        (
            '- rest: {market: BTC-USDT, side: buy, amount: "1", price: "29000.001"}',
            "4:59: 29000.001 is off the tick; multiples of 0.01 are allowed",
        ),
        (
            '- rest: {market: BTC-USDT, side: buy, amount: "1", price: "1"}',
            "4:47: price times amount is less than min_notional; at least 5 is allowed",
        ),
        (
            '- sweep: {market: BTC-USDT, side: up, amount: "1"}',
            '4:35: side: no side is called "up"; allowed: BUY, SELL',
        ),
        (
            '- sweep: {market: BTC-USDT, side: buy, amount: "9001"}',
            "4:48: 9001 is refused; 0.0001 to 9000 is allowed",
        ),
    ],
)
def test_a_wrong_step_is_told_at_its_place(step: str, said: str) -> None:
    """The message names line, column, what was wrong and what is allowed."""
    assert wrong(text(BUY, step))[0].startswith(said)


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (
            ("- stop", "- cancel: a", "- restart"),
            "5:3: cancel needs a connector, which was stopped; write it after restart",
        ),
        (
            ("- stop", "- stop", "- restart"),
            "5:3: stop needs a connector, which was stopped; write it after restart",
        ),
        (
            ("- stop", "- restart: {kill: true}"),
            "5:19: the connector was stopped before; leave kill out, or write it at the stop",
        ),
    ],
)
def test_nobody_asks_a_connector_that_is_not_there(steps: tuple[str, ...], said: str) -> None:
    """Between a stop and the next restart only the venue, the market and time go on."""
    assert wrong(text(BUY, *steps)) == [said]


def test_what_needs_no_connector_goes_on_without_one() -> None:
    """Truth can be awaited of an order, and a counterparty can fill it."""
    away = ("- stop", "- await: {order: a, truth: New}", '- trade: {order: a, amount: "1"}')
    assert scenario(BUY, *away, "- restart").needs >= {"restart"}


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (("- expire: a", "- expire: a"), '5:11: "a" has ended by then (expire); end it once'),
        (
            ("- reject: a", '- trade: {order: a, amount: "1"}'),
            '5:18: "a" has ended by then (reject); trade before that',
        ),
        (
            ('- trade: {order: a, amount: "1"}', "- expire: a"),
            '5:11: "a" is full by then; only a live order can expire',
        ),
        (
            ('- trade: {order: a, amount: "0.7"}', '- trade: {order: a, amount: "0.4"}'),
            '5:29: 0.4 is more than "a" has left; at most 0.3 is allowed',
        ),
    ],
)
def test_what_can_no_longer_happen_is_told_before_anything_runs(
    steps: tuple[str, str], said: str
) -> None:
    """Steps that could only fail on every venue are mistakes of the scenario."""
    assert wrong(text(BUY, *steps)) == [said]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("titel: x", '2:1: there is no key "titel"; did you mean "title"? allowed: title, source,'),
        ("requires: [fee]", '2:12: no capability is called "fee"; did you mean "fees"? allowed:'),
        ("requires: fees", '2:11: requires: "fees" is not allowed; write a list'),
        ("source: 5", "2:9: source: 5 is not a text of one line; write a text, in quotes"),
        ("bounds: {virtual: 6}", f"2:19: virtual: 6 is not a duration; {UNIT}"),
        ("venue: []", "2:8: venue: a list is not allowed; write a mapping of keys"),
        ("venue: {markets: []}", "2:18: markets: a list is not allowed; write a mapping of keys"),
        ("expect: 5", "2:9: expect: 5 is not allowed; write a mapping of keys"),
        (
            "venue: {profile: dex}",
            '2:18: profile: no profile is called "dex"; allowed: centralised, decentralised',
        ),
        ("venue: {links: {latency: 5}}", f"2:26: latency: 5 is not a duration; {UNIT}"),
        (
            "venue: {links: {latncy: 5s}}",
            '2:17: there is no key "latncy"; did you mean "latency"? allowed: latency, jitter',
        ),
        ('venue: {fees: {maker: "1"}}', '2:23: maker: "1" is not a rate; write a part of one'),
        (
            "venue: {quirks: {rate_limits: 0.5}}",
            "2:31: rate_limits: 0.5 is not a switch; write true, false or a whole number",
        ),
        (
            "venue: {quirks: {rate_limit: true}}",
            '2:18: no quirk is called "rate_limit"; did you mean "rate_limits"? allowed:',
        ),
        (
            "venue: {quirks: {rate_limits: 1}}",
            "2:31: rate_limits: 1 is not a switch; write true or false",
        ),
        (
            "venue: {quirks: {snapshot_age_ns: true}}",
            "2:35: snapshot_age_ns: true is not a number; write a whole one, zero or more",
        ),
        (
            "venue: {quirks: {snapshot_age_ns: -1}}",
            "2:35: snapshot_age_ns: -1 is below zero; zero or more is allowed",
        ),
        ("venue: {balances: {USDT: 5}}", '2:26: USDT: the amount 5 is not quoted; write "5"'),
        (
            'venue: {balances: {USDT: "0.000000001"}}',
            "2:26: 0.000000001 USDT is too fine; at most 8 decimals are allowed",
        ),
        (
            "venue: {grace_window: 3s}",
            "2:23: grace_window is only for a decentralised venue; leave it out or",
        ),
        (
            "venue: {profile: decentralised, settlement_delay: 3s}",
            "2:33: settlement_delay is no key any more; the chain says how long a cancel takes:",
        ),
        ("venue: {markets: {BTCUSDT: {}}}", '2:19: "BTCUSDT" is not a market ("BASE-QUOTE"'),
        (
            "venue: {markets: {BTC-USDT: {tick: '1'}}}",
            '2:30: there is no key "tick"; did you mean "tick_size"? allowed: tick_size, lot_size,',
        ),
        (
            "venue: {markets: {BTC-USDT: {lot_size: '0.001'}}}",
            "2:29: min_quantity 0.0001 is not a multiple of lot_size 0.001; state one that is",
        ),
        (
            "venue: {markets: {BTC-USDT: {tick_size: '0.00001'}}}",
            "2:29: tick_size times lot_size has more than 8 decimals; balances would not be exact",
        ),
        (
            "venue: {markets: {BTC-USDT: {min_quantity: '2', max_quantity: '1'}}}",
            "2:44: min_quantity 2 is above max_quantity; at most 1 is allowed",
        ),
    ],
)
def test_a_wrong_head_is_told_at_its_place(head: str, said: str) -> None:
    """What stands around the steps is checked as strictly as they are."""
    assert any(one.startswith(said) for one in wrong(text(BUY, head=head)))


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ("b: {pass: [[Created]]}", '5:3: expect: no order is called "b"; allowed: a'),
        ("a: {}", "5:6: nothing is expected; list traces under pass or non_strict"),
        ("a: {pass: [Created]}", '5:14: this: "Created" is not allowed; write a list'),
        ("a: {pass: [[Filled]]}", '5:15: "Filled" needs a plain amount; write it as "Filled 0.25"'),
        ("a: {pass: [[Filled x]]}", '5:15: "Filled x" needs a plain amount'),
        ("a: {pass: [[Canceled]]}", '5:15: a trace has no "Canceled"; did you mean "Cancelled"?'),
        ("a: {pass: [[Filled: 1]]}", '5:15: a trace has no "a mapping"; allowed: Created'),
        (
            "a: {pass: [[Filled 0.6, Filled 0.6]]}",
            "5:14: the trace fills 1.2; at most the order's 1",
        ),
    ],
)
def test_a_wrong_expectation_is_told_at_its_place(expect: str, said: str) -> None:
    """Traces are words of the contract, of orders that were placed, within their amount."""
    (one,) = wrong(text(BUY, tail=f"expect:\n  {expect}"))
    assert one.startswith(said)


def test_all_mistakes_come_at_once() -> None:
    """An author corrects a file once: mistakes of every kind come together, by line."""
    found = wrong(
        "titel: x\nvenue: {fees: {maker: 2}}\nsteps:\n- buy: {order: a, amount: 1}\n- cancel: b\n"
        "- cancel: c\n  - x"
    )
    assert [one.split(":", 1)[0] for one in found] == ["7"]
    found = wrong(
        "titel: x\nvenue: {fees: {maker: 2}}\nsteps:\n- buy: {order: a, amount: 1}\n- cancel: b\n"
        "- stop\ntitel: y\n"
    )
    assert [one.split(" ", 1)[0] for one in found] == [
        "1:1:",
        "1:1:",
        "2:23:",
        "4:8:",
        "4:27:",
        "5:11:",
        "6:3:",
        "7:1:",
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "1:1: a scenario is a mapping with title and steps, not null"),
        ("- a", "1:1: a scenario is a mapping with title and steps, not a list"),
        ("title: x", "1:1: steps: nothing happens; list at least one step"),
        ("title: x\nsteps: []", "2:8: steps: nothing happens; list at least one step"),
        ("title: x\nsteps: {}", "2:8: steps: nothing happens; list at least one step"),
    ],
)
def test_a_file_without_a_story_is_no_scenario(written: str, said: str) -> None:
    """A scenario has a title and at least one step."""
    assert wrong(written) == [said]


def test_the_error_can_be_sent_between_processes() -> None:
    """A worker's error arrives whole: name, mistakes and text."""
    error = ScenarioError("x.yaml", [Mistake(2, 1, "b"), Mistake(1, 5, "a"), Mistake(0, 0, "all")])
    assert str(error) == "x.yaml: all\nx.yaml:1:5: a\nx.yaml:2:1: b"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
