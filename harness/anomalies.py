"""The ways in which a connector's word and the venue's truth come apart, by name."""

from __future__ import annotations

from enum import StrEnum


class Anomaly(StrEnum):
    """What a finding is an instance of. The names are stable, as the ids of rules are."""

    LOST_FILL = "lost fill"
    DOUBLED_FILL = "doubled fill"
    PHANTOM_FILL = "phantom fill"
    GARBLED_FILL = "garbled fill"
    FEE_DRIFT = "fee drift"
    LATE_FILL = "late fill"
    OVERFILL = "overfill"
    LOST_CREATE = "lost create"
    LATE_CREATE = "late create"
    DOUBLED_CREATE = "doubled create"
    PHANTOM_CREATE = "phantom create"
    GARBLED_CREATE = "garbled create"
    GHOST_ORDER = "ghost order"
    ZOMBIE_ORDER = "zombie order"
    FORGOTTEN_ORDER = "forgotten order"
    EARLY_TERMINAL = "early terminal"
    DOUBLED_TERMINAL = "doubled terminal"
    WRONG_TERMINAL = "wrong terminal"
    GARBLED_TERMINAL = "garbled terminal"
    REOPENED_TERMINAL = "reopened terminal"
    LEAKED_TRACKING = "leaked tracking"
    REVIVED_ORDER = "revived order"
    TRACKED_TWICE = "tracked twice"
    STRANGERS_ORDER = "stranger's order"
    WRONG_FLAG = "wrong flag"
    UNKNOWN_ID = "unknown id"
    GARBLED_HELPER = "garbled helper"
    LOSSY_JSON = "lossy json"
    SECOND_ORDER = "second order for one intent"
    UNASKED_ORDER = "unasked order"
    GARBLED_ORDER = "garbled order"
    SHARED_ID = "shared id"
    BLOCKING_CALL = "blocking call"
    UNTRACKED_SEND = "untracked send"
    UNCHECKED_LIMIT = "unchecked limit"
    STALE_OVERWRITE = "stale overwrite"
    BALANCE_DRIFT = "balance drift"
    BOOK_DRIFT = "book drift"
    KEPT_FILL = "kept fill"
    PHANTOM_REVERSAL = "phantom reversal"
    UNEXPECTED_TRACE = "unexpected trace"


MEANINGS: dict[Anomaly, str] = {
    Anomaly.LOST_FILL: "The venue filled, and the strategy is never told: it holds a position that "
    "it does not know of.",
    Anomaly.DOUBLED_FILL: "One fill is told twice: the strategy believes in twice the position.",
    Anomaly.PHANTOM_FILL: "A fill is told that the venue has not made, or not yet.",
    Anomaly.GARBLED_FILL: "A fill is told with another trade id, side, price or amount than it "
    "has.",
    Anomaly.KEPT_FILL: "The chain took a fill back, and the strategy keeps it: it believes in a "
    "position that it has not.",
    Anomaly.PHANTOM_REVERSAL: "A fill is told as taken back that stands, or was never told.",
    Anomaly.FEE_DRIFT: "A fill is told with another fee than the venue took: the book drifts.",
    Anomaly.LATE_FILL: "A fill is told after the end of its order, or long after it was known: "
    "whoever looked at the books in between has missed it.",
    Anomaly.OVERFILL: "More is told as filled, or sent, than was asked for.",
    Anomaly.LOST_CREATE: "The venue accepted, and the strategy is never told.",
    Anomaly.LATE_CREATE: "Created comes after what proves it, or long after it was known.",
    Anomaly.DOUBLED_CREATE: "One acceptance is told twice.",
    Anomaly.PHANTOM_CREATE: "Created is told of an order that the venue has not accepted.",
    Anomaly.GARBLED_CREATE: "Created is told with another id, side, price or amount than the order "
    "has.",
    Anomaly.GHOST_ORDER: "The order has ended, or never was, and the strategy still waits for it.",
    Anomaly.ZOMBIE_ORDER: "The order is believed dead, and it is alive: it can still fill.",
    Anomaly.FORGOTTEN_ORDER: "The order is alive, nothing was told to the contrary, and the "
    "connector follows it no more.",
    Anomaly.EARLY_TERMINAL: "An end is told before all that belongs before it.",
    Anomaly.DOUBLED_TERMINAL: "An order is told to have ended more than once.",
    Anomaly.WRONG_TERMINAL: "An order has ended, and another end of it is told.",
    Anomaly.GARBLED_TERMINAL: "Completed is told with another side or other sums than the order's.",
    Anomaly.REOPENED_TERMINAL: "An ended order is told to live again.",
    Anomaly.LEAKED_TRACKING: "The connector follows an order whose end it has told.",
    Anomaly.REVIVED_ORDER: "An order that is over is followed again, and may be told again "
    "as if it lived.",
    Anomaly.TRACKED_TWICE: "One order is followed as two: what happens to it may count twice.",
    Anomaly.STRANGERS_ORDER: "An order of somebody else on the same account is taken for the "
    "strategy's own.",
    Anomaly.WRONG_FLAG: "The in-flight order says that it is done, cancelled or failed when it is "
    "not, or that it is not when it is.",
    Anomaly.UNKNOWN_ID: "The in-flight order has not the venue's id: nothing can be done with it "
    "there.",
    Anomaly.GARBLED_HELPER: "The in-flight order says another asset, price or amount than it has.",
    Anomaly.LOSSY_JSON: "The in-flight order does not come back from its JSON as it was.",
    Anomaly.SECOND_ORDER: "One call became two orders at the venue: twice the position is at risk.",
    Anomaly.UNASKED_ORDER: "An order stands at the venue that no call asked for.",
    Anomaly.GARBLED_ORDER: "The order that was sent is not the one that was asked for.",
    Anomaly.SHARED_ID: "Two orders got one client order id: no event can be told apart.",
    Anomaly.BLOCKING_CALL: "The call returned only after some time, or after the venue answered.",
    Anomaly.UNTRACKED_SEND: "The order was sent before anything followed it: an early answer finds "
    "nobody.",
    Anomaly.UNCHECKED_LIMIT: "An order against a known limit of its market was not stopped, or not "
    "told as failed.",
    Anomaly.STALE_OVERWRITE: "What was true once is believed after what is true now was heard.",
    Anomaly.BALANCE_DRIFT: "The balance that is believed is not the venue's.",
    Anomaly.BOOK_DRIFT: "Who books what was told, and no more, has other amounts than the venue.",
    Anomaly.UNEXPECTED_TRACE: "The events of an order are none of those that its scenario allows.",
}
"""What each means for the strategy, in one sentence."""
