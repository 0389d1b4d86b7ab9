"""The zoo as a table: each animal, where its bug shows, and the rule that must be the root."""

from __future__ import annotations

from dataclasses import replace

from conformance_tests.zoo import (
    books,
    chains,
    changes,
    convergence,
    created,
    endings,
    failures,
    fills,
    hygiene,
    inflight,
    late,
    ledgers,
    outcomes,
    placing,
    streams,
    tracking,
    troubles,
)
from conformance_tests.zoo.animal import Animal
from conformance_tests.zoo.planted import LAX, ONE, Planted, planted

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.verdict import Outcome

OFF_THE_GRID = "conformance_tests/zoo/off_the_grid.scenario.yaml"


CONTRACT = (
    planted(placing.WaitsForTheReply, ONE, "L1", Anomaly.BLOCKING_CALL, beside=("T13",)),
    planted(placing.IdFromTheClock, "partial_fills/two_orders_at_once", "L1", Anomaly.SHARED_ID),
    planted(
        placing.TracksAfterTheReply,
        "partial_fills/crossing_the_create_reply",
        "L2",
        Anomaly.UNTRACKED_SEND,
    ),
    planted(placing.TracksTheVenuesId, ONE, "L2", Anomaly.UNTRACKED_SEND),
    planted(placing.HidesItsOrders, ONE, "L2", Anomaly.UNTRACKED_SEND),
    planted(
        placing.ChecksNothing, "rejections/below_minimum_quantity", "L3", Anomaly.UNCHECKED_LIMIT
    ),
    planted(
        placing.ForgetsTheNotional,
        "rejections/below_minimum_notional",
        "L3",
        Anomaly.UNCHECKED_LIMIT,
    ),
    planted(
        placing.ForgetsTheMaximum,
        "rejections/above_maximum_quantity",
        "L3",
        Anomaly.UNCHECKED_LIMIT,
    ),
    planted(
        placing.RefusesInSilence, "rejections/below_minimum_quantity", "L3", Anomaly.UNCHECKED_LIMIT
    ),
    planted(
        placing.CreatesWhatItRefuses,
        "rejections/below_minimum_quantity",
        "L3",
        Anomaly.UNCHECKED_LIMIT,
    ),
    planted(created.CreatedTwice, ONE, "L4", Anomaly.DOUBLED_CREATE),
    planted(
        created.CreatedAtTheReply,
        "partial_fills/crossing_the_create_reply_sell",
        "L4",
        Anomaly.LATE_CREATE,
    ),
    planted(
        created.CreatedAtTheReply,
        "partial_fills/crossing_the_create_reply",
        "L4",
        Anomaly.LATE_CREATE,
    ),
    planted(created.CreatedNever, "partial_fills/matched_on_arrival", "L4", Anomaly.LOST_CREATE),
    planted(created.CreatedAtTheNextPoll, ONE, "L4", Anomaly.LATE_CREATE),
    planted(created.CreatedOnTrust, ONE, "L4", Anomaly.PHANTOM_CREATE),
    planted(created.CreatedAsABuy, "partial_fills/one_sell", "L4", Anomaly.GARBLED_CREATE),
    planted(created.CreatedInQuote, ONE, "L4", Anomaly.GARBLED_CREATE),
    planted(created.CreatedOnTrust, "rejections/by_the_venue", "L5", Anomaly.PHANTOM_CREATE),
    planted(failures.SwallowsRefusals, "rejections/by_the_venue", "L5", Anomaly.GHOST_ORDER),
    planted(failures.SendsNothing, ONE, "L5", Anomaly.GHOST_ORDER),
    planted(failures.FailureTwice, "rejections/by_the_venue", "L5", Anomaly.DOUBLED_TERMINAL),
    planted(
        failures.KnowsNoLateRejection, "rejections/after_acceptance", "L5", Anomaly.GHOST_ORDER
    ),
    planted(
        failures.RefusedCancelMeansGone,
        "cancels/said_unknown_of_a_live_order",
        "L5",
        Anomaly.ZOMBIE_ORDER,
    ),
    planted(
        failures.RefusedCancelMeansGone,
        "cancels/refused_because_filled",
        "L5",
        Anomaly.WRONG_TERMINAL,
    ),
    planted(
        failures.FailureOfTheCancel,
        "cancels/said_unknown_of_a_live_order",
        "L5",
        Anomaly.ZOMBIE_ORDER,
    ),
    planted(fills.DoubleFill, "partial_fills/stream_tells_twice", "L6", Anomaly.DOUBLED_FILL),
    planted(fills.HearsOnlyTheStream, "partial_fills/lost_on_the_stream", "L6", Anomaly.LOST_FILL),
    planted(
        fills.MarksBeforeItTells,
        "partial_fills/crossing_the_create_reply",
        "L6",
        Anomaly.LOST_FILL,
    ),
    planted(fills.InfersFills, "partial_fills/last_fill_held", "L6", Anomaly.GARBLED_FILL),
    planted(fills.PhantomFill, "cancels/partly_filled", "L6", Anomaly.PHANTOM_FILL),
    planted(fills.MergesFills, "partial_fills/matched_on_arrival", "L6", Anomaly.LOST_FILL),
    planted(fills.TellsTheCumulativeAmount, "partial_fills/many", "L6", Anomaly.GARBLED_FILL),
    planted(fills.RoundsTheAmount, "partial_fills/dust_is_left", "L6", Anomaly.GARBLED_FILL),
    planted(fills.ForgetsTheAmount, ONE, "L6", Anomaly.GARBLED_FILL),
    planted(
        fills.TellsTheLimitPrice, "partial_fills/matched_on_arrival", "L6", Anomaly.GARBLED_FILL
    ),
    planted(fills.FeeInTheOtherAsset, ONE, "L6", Anomaly.FEE_DRIFT),
    planted(fills.FeeTwice, ONE, "L6", Anomaly.FEE_DRIFT),
    planted(fills.OrderIdForTradeId, "partial_fills/many", "L6", Anomaly.LOST_FILL),
    planted(late.FillsAtTheNextPoll, ONE, "L6", Anomaly.LATE_FILL),
    planted(late.CompletesAtTheNextPoll, "partial_fills/many", "L7", Anomaly.GHOST_ORDER),
    planted(late.EndsAtTheNextPoll, "cancels/resting", "L8", Anomaly.GHOST_ORDER),
    planted(late.EndsAtTheNextPoll, "expiries/untouched", "L8", Anomaly.GHOST_ORDER),
    planted(endings.CompletedTwice, "partial_fills/many", "L7", Anomaly.DOUBLED_TERMINAL),
    planted(endings.CompletedBeforeTheLastFill, "partial_fills/many", "L7", Anomaly.EARLY_TERMINAL),
    planted(endings.CompletedAtTheFirstFill, ONE, "L7", Anomaly.ZOMBIE_ORDER),
    planted(endings.CompletedAtTheFirstFill, "partial_fills/many", "L7", Anomaly.ZOMBIE_ORDER),
    planted(endings.CompletedNever, "partial_fills/many", "L7", Anomaly.GHOST_ORDER),
    planted(endings.CompletedWithTheLastFill, "partial_fills/many", "L7", Anomaly.GARBLED_TERMINAL),
    planted(
        endings.CompletedAtTheLimitPrice,
        "partial_fills/matched_on_arrival",
        "L7",
        Anomaly.GARBLED_TERMINAL,
    ),
    planted(
        endings.CompletedAsABuy, "partial_fills/matched_on_arrival", "L7", Anomaly.GARBLED_TERMINAL
    ),
    planted(endings.CancelIsCompleted, "cancels/partly_filled", "L7", Anomaly.WRONG_TERMINAL),
    planted(endings.CancelledNever, "cancels/resting", "L8", Anomaly.GHOST_ORDER),
    planted(endings.CancelledTwice, "cancels/resting", "L8", Anomaly.DOUBLED_TERMINAL),
    planted(
        endings.CancelledOnRequest, "cancels/full_while_it_travels", "L8", Anomaly.ZOMBIE_ORDER
    ),
    planted(
        endings.CancelledOnRequest, "cancels/fill_while_it_travels", "L8", Anomaly.ZOMBIE_ORDER
    ),
    planted(endings.CancelIsExpired, "cancels/resting", "L8", Anomaly.WRONG_TERMINAL),
    planted(endings.ExpiredNever, "expiries/untouched", "L8", Anomaly.GHOST_ORDER),
    planted(endings.ExpiredNever, "expiries/ioc_rest", "L8", Anomaly.GHOST_ORDER),
    planted(endings.ExpiryIsCancelled, "expiries/untouched", "L8", Anomaly.WRONG_TERMINAL, LAX),
    planted(failures.CancelIsFailure, "cancels/resting", "L9", Anomaly.WRONG_TERMINAL),
    planted(failures.ExpiryIsFailure, "expiries/untouched", "L9", Anomaly.WRONG_TERMINAL),
    planted(
        failures.RejectedIsCancelled, "rejections/after_acceptance", "L9", Anomaly.WRONG_TERMINAL
    ),
    planted(failures.RejectedIsCancelled, "rejections/by_the_venue", "L9", Anomaly.WRONG_TERMINAL),
    planted(endings.TwoWordsForOneEnd, "expiries/untouched", "L10", Anomaly.DOUBLED_TERMINAL),
    planted(
        endings.CompletedAfterCancelled, "post_cancel_fills/full", "L10", Anomaly.DOUBLED_TERMINAL
    ),
    planted(endings.Reopens, "cancels/before_the_create_reply", "L10", Anomaly.REOPENED_TERMINAL),
    planted(endings.KeepsTrackingTheEnded, "cancels/resting", "L10a", Anomaly.LEAKED_TRACKING, LAX),
    planted(endings.EndsBeforeItsFills, "cancels/crossing_a_fill", "L10a", Anomaly.LATE_FILL, LAX),
    planted(fills.StopsAtTheCancel, "post_cancel_fills/none", "D1", Anomaly.FORGOTTEN_ORDER),
    planted(fills.StopsAtTheCancel, "post_cancel_fills/one_buy", "D1", Anomaly.FORGOTTEN_ORDER),
    planted(chains.NeverLetsGo, "post_cancel_fills/none", "D1", Anomaly.LEAKED_TRACKING),
    planted(
        chains.KeepsWhatIsTakenBack,
        "dex/reorg_removes_a_fill_for_good",
        "D2",
        Anomaly.KEPT_FILL,
    ),
    planted(
        chains.KeepsWhatIsTakenBack, "dex/reorg_while_the_stream_is_held", "D2", Anomaly.KEPT_FILL
    ),
    planted(chains.ReversesTwice, "dex/reorg_removes_a_fill", "D2", Anomaly.PHANTOM_REVERSAL),
    planted(
        chains.ReversesTheWholeOrder, "dex/reorg_removes_a_fill", "D2", Anomaly.PHANTOM_REVERSAL
    ),
    planted(
        chains.BelievesTheMempool,
        "dex/cancel_lost_and_the_order_rests",
        "D3",
        Anomaly.EARLY_TERMINAL,
    ),
    planted(chains.BelievesTheMempool, "dex/injective_cancel_loses", "D3", Anomaly.EARLY_TERMINAL),
    planted(chains.NonceOfTheSecond, "post_cancel_fills/reply_cut_buy", "D4", None),
    planted(
        chains.CountsTheLateFillTwice,
        "dex/fill_one_block_after_an_announced_cancel",
        "L11",
        Anomaly.DOUBLED_FILL,
    ),
    planted(
        chains.IgnoresTheLateFill,
        "dex/fill_at_the_last_block_of_the_window",
        "L11",
        Anomaly.LOST_FILL,
    ),
    planted(
        outcomes.SendsAgainUnderAnotherId,
        "dex/unresolved_order_lands_later",
        "U1",
        Anomaly.SECOND_ORDER,
    ),
    planted(
        outcomes.FailureOnTimeout,
        "dex/unresolved_order_lands_and_fills",
        "U1",
        Anomaly.ZOMBIE_ORDER,
    ),
    planted(fills.OneLateFillIsEnough, "post_cancel_fills/two", "D1", Anomaly.FORGOTTEN_ORDER),
    planted(fills.DoubleFill, "post_cancel_fills/told_twice", "L11", Anomaly.DOUBLED_FILL),
    planted(
        fills.TellsTheCumulativeAmount,
        "post_cancel_fills/after_a_partial_fill",
        "L11",
        Anomaly.GARBLED_FILL,
    ),
    planted(placing.RoundsTheAmountUp, OFF_THE_GRID, "L12", Anomaly.OVERFILL),
    planted(placing.SendsTwiceTheAmount, ONE, "L12", Anomaly.OVERFILL),
    planted(
        outcomes.SendsAgainUnderAnotherId, "outcomes/reply_dropped", "U1", Anomaly.SECOND_ORDER
    ),
    planted(
        outcomes.SendsAgainUnderTheSameId,
        "outcomes/timeout_but_filled_at_once",
        "U1",
        Anomaly.SECOND_ORDER,
    ),
    planted(outcomes.PlacesTwice, ONE, "U1", Anomaly.SECOND_ORDER),
    planted(outcomes.TriesItsKey, ONE, "U1", Anomaly.UNASKED_ORDER),
    planted(
        outcomes.FailureOnTimeout, "outcomes/reply_and_stream_dropped", "U1", Anomaly.ZOMBIE_ORDER
    ),
    planted(
        outcomes.FailureOnServerError,
        "outcomes/unavailable_but_acted",
        "U1",
        Anomaly.ZOMBIE_ORDER,
    ),
    planted(
        outcomes.BelievesThreeNotFounds,
        "outcomes/query_does_not_know_it_yet",
        "U1",
        Anomaly.ZOMBIE_ORDER,
    ),
    planted(outcomes.SellsForBuys, ONE, "U1", Anomaly.GARBLED_ORDER),
    planted(
        outcomes.SendsMarketOrders, "partial_fills/matched_on_arrival", "U1", Anomaly.GARBLED_ORDER
    ),
    planted(outcomes.ForgetsTheTimeInForce, "expiries/ioc_rest", "U1", Anomaly.GARBLED_ORDER),
    planted(
        outcomes.ForgetsPostOnly, "rejections/post_only_would_match", "U1", Anomaly.GARBLED_ORDER
    ),
    planted(outcomes.RoundsToAWorsePrice, OFF_THE_GRID, "U1", Anomaly.GARBLED_ORDER),
    planted(convergence.BalancesOfTheStart, ONE, "C1", Anomaly.STALE_OVERWRITE),
    planted(convergence.LocksNothing, ONE, "C1", Anomaly.BALANCE_DRIFT),
    planted(convergence.ForgetsTheLocked, ONE, "C1", Anomaly.BALANCE_DRIFT),
    planted(convergence.HidesItsBalances, ONE, "C1", Anomaly.BALANCE_DRIFT),
    planted(convergence.ForgetsAnOpenOrder, ONE, "C1", Anomaly.FORGOTTEN_ORDER),
    planted(ledgers.StatesNoPrice, ONE, "C2", Anomaly.BOOK_DRIFT),
    planted(ledgers.StatesNoFee, "partial_fills/one_sell", "C2", Anomaly.BOOK_DRIFT),
    planted(ledgers.TellsDust, "partial_fills/many", "C2", Anomaly.BOOK_DRIFT),
    *inflight.ROWS,
    *tracking.ROWS,
    planted(endings.CancelsNothing, "cancels/resting", "E1", Anomaly.UNEXPECTED_TRACE),
    *books.ROWS,
    *hygiene.ROWS,
    *changes.ROWS,
    *streams.ROWS,
)
"""Bugs in what is told and done, by the rule of the contract that each breaks."""


def trouble(
    animal: type[Animal],
    rule: str,
    says: str,
    *,
    outcome: Outcome = Outcome.FAIL,
    scenario: str = ONE,
    beside: tuple[str, ...] = (),
    nowhere: bool = False,
) -> Planted:
    """Return a row of the table of troubles."""
    row = planted(animal, scenario, rule, None, outcome, beside)
    return replace(row, says=says, nowhere=nowhere)


TROUBLE = (
    trouble(troubles.RaisesWhenMade, "T1", "NoSuchLuck: no configuration file"),
    trouble(troubles.RaisesAtStart, "T1", "NoSuchLuck: no licence"),
    trouble(troubles.RaisesWhenAsked, "T1", "NoSuchLuck: not even that"),
    trouble(troubles.ServesAPort, "T1", "create_server('127.0.0.1', 8080) is not part of"),
    trouble(troubles.IsNeverReady, "T2", "ready() is still false after 180", nowhere=True),
    trouble(troubles.HangsAtStart, "T2", "start() has not returned after 180 virtual seconds"),
    trouble(troubles.RaisesInATask, "T3", "NoSuchLuck: nothing to do"),
    trouble(troubles.RaisesInATaskOfItsOwn, "T3", "NoSuchLuck: nobody sees it"),
    trouble(troubles.RaisesInACallback, "T3", "NoSuchLuck: wrong number"),
    trouble(
        troubles.RaisesInReading,
        "T3",
        "NoSuchLuck: no comment (4 times)",
        beside=("L2", "C1"),
    ),
    trouble(troubles.RaisesAtStop, "T3", "NoSuchLuck: not now"),
    trouble(troubles.StopsInVain, "T3", "CancelledError"),
    trouble(troubles.CancelsEverything, "T3", "CancelledError", nowhere=True),
    trouble(troubles.LeavesFromATask, "T3", "SystemExit: fatal: enough of this"),
    trouble(
        troubles.TellsOfNobody,
        "T3",
        "Created was told with NoneType for a client order id (str)",
        beside=("L4", "L6"),
    ),
    trouble(
        troubles.TellsFloats,
        "T3",
        "Filled was told with float for its amount (Decimal)",
        beside=("L4", "L6"),
    ),
    trouble(troubles.RaisesInPlace, "T4", "NoSuchLuck: no orders today"),
    trouble(troubles.ReturnsNoId, "T4", "place() returned NoneType", beside=("U1",), nowhere=True),
    trouble(troubles.Leaves, "T4", "SystemExit: fatal: no orders today"),
    trouble(
        troubles.RaisesInCancel, "T5", "NoSuchLuck: no cancels today", scenario="cancels/resting"
    ),
    trouble(troubles.Deadlocks, "T6", "nothing is ready and nothing is scheduled"),
    trouble(troubles.Livelocks, "T7", "loop turns at one virtual instant"),
    trouble(troubles.CannotBeStopped, "T8", "the world outlived 21600 virtual seconds"),
    trouble(troubles.Spins, "T9", "the world took more than 2 s"),
    trouble(troubles.OpensASocket, "T10", "a real connection (socket.connect ('192.0.2.1', 80))"),
    trouble(troubles.LooksUpAName, "T10", "a real name look-up (socket.getaddrinfo 'time.exa"),
    trouble(troubles.StartsAThread, "T10", "a thread (_thread.start"),
    trouble(troubles.UsesAPoolOfThreads, "T10", "a thread (_thread.start"),
    trouble(troubles.StartsAProcess, "T10", "a process (subprocess.Popen 'true'"),
    trouble(troubles.SwallowsItsEscape, "T10", "a process (subprocess.Popen 'true'"),
    Planted(
        "conformance_tests.zoo.threaded:StartsAThreadWhenImported",
        "Its module starts a thread when it is imported.",
        ONE,
        "T10",
        Outcome.FAIL,
        says="importing the connector started the thread warden",
        nowhere=True,
    ),
    trouble(troubles.AsksAnUnknownHost, "T11", "telemetry.example.org:443 is not of this venue"),
    trouble(troubles.AsksAnUnknownPort, "T11", "api.binance.com:8080 is not of this venue"),
    trouble(troubles.LeavesATimer, "T12", "1 timer is left after stop", outcome=LAX),
    trouble(troubles.LeavesATask, "T12", "1 task is left after stop", outcome=LAX),
    trouble(
        troubles.LeavesAConnection, "T12", "c1 to stream.binance.com", outcome=LAX, nowhere=True
    ),
    trouble(troubles.BlocksTheLoop, "T13", "time.sleep(2) stopped the loop", outcome=LAX),
    trouble(troubles.HangsAtStop, "T14", "stop() has not returned after 60 virtual seconds"),
    trouble(troubles.Crashes, "R2", "process was killed by SIGSEGV", outcome=Outcome.ERROR),
    Planted(
        "conformance_tests.zoo.unimportable:CannotBeImported",
        "Its module cannot be imported.",
        ONE,
        "R3",
        Outcome.ERROR,
        says="ImportError: it needs another library",
    ),
)
"""Bugs that trouble the run itself, by the rule of conduct that each breaks."""

HARMLESS = (planted(troubles.Prints, ONE, "", None, Outcome.PASS),)
"""What looks like trouble and is none."""
