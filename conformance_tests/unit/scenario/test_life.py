"""Strangers in a scenario: what can be written, and which files of trades can be read."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest
from conformance_tests.unit.scenario.texts import BUY, scenario, text, without_places, wrong

from fillproof.harness.scenario import ScenarioError, from_document, load, parse, to_yaml
from fillproof.harness.scenario.recorded import Recorded, Steps, read_trades
from fillproof.harness.scenario.tables import TableError

STEPS = Steps(Decimal("0.01"), Decimal("0.0001"), Decimal(9000))
MS = 1_700_000_000_000
ROWS = "time,price,quantity,side\n"


def head(life: str) -> str:
    return f"venue:\n  life: {life}"


def trades(folder: Path, written: str, name: str = "trades.csv") -> list[Recorded]:
    """Return the trades of a CSV text."""
    path = folder / name
    path.write_text(written)
    return list(read_trades(path, STEPS, most=5))


def refused(folder: Path, written: str) -> str:
    """Return what is said of a CSV text, without the folder."""
    with pytest.raises(TableError) as error:
        trades(folder, written)
    return str(error.value).removeprefix(f"{folder}/")


def test_there_is_no_life_unless_it_is_asked_for() -> None:
    """A document without it has no key for it, so recordings stay as they were."""
    assert "life" not in scenario(BUY).document()["venue"]


def test_traders_are_stated_with_all_defaults_and_saved_without_them() -> None:
    """Twenty of them, awake every half second, apart, in the first market, of the run's seed."""
    document = scenario(BUY, head=head("{traders: 20}")).document()
    assert document["venue"]["life"] == {
        "traders": 20,
        "every": 500_000_000,
        "replay": None,
        "market": None,
        "price": None,
        "apart": True,
        "seed": None,
    }
    assert from_document(document).document() == document
    assert "  life: {traders: 20}\n" in to_yaml(document)


def test_recorded_trades_are_kept_in_the_document(tmp_path: Path) -> None:
    """So a recording can be played again without the file."""
    trades(tmp_path, f"{ROWS}{MS},29000,0.5,buy\n{MS + 7},28999.5,0.1,sell\n")
    file = tmp_path / "case.yaml"
    file.write_text(text(BUY, head=head("{replay: trades.csv}")))
    document = load(file).document()
    assert document["venue"]["life"]["replay"] == {
        "file": "trades.csv",
        "trades": "0,29000,0.5,BUY\n7000000,28999.5,0.1,SELL",
    }
    assert from_document(document).document() == document
    again = parse(to_yaml(document), name="case", identity=document["id"], folder=tmp_path)
    assert without_places(again.document()) == without_places(document)


@pytest.mark.parametrize(
    ("life", "said"),
    [
        ("5", "3:9: life: 5 is not allowed; write a mapping of keys"),
        ("{}", "3:9: life is one thing: write either traders: 20 or replay: FILE"),
        ("{traders: 1, replay: x}", "3:9: life is one thing: write either traders: 20 or"),
        ("{trader: 2}", '3:10: there is no key "trader"; did you mean "traders"? allowed: traders'),
        ("{traders: 0}", "3:19: traders: 0 is out of range; at least 1 is allowed"),
        ("{traders: 2, every: 1ms}", "3:29: every 1ms is too often; at least 10ms is allowed"),
        ("{traders: 2, price: 5}", '3:29: price: the amount 5 is not quoted; write "5"'),
        ('{traders: 2, price: "0.001"}', "3:29: 0.001 is off the tick; multiples of 0.01 are"),
        ("{traders: 2, market: X-Y}", '3:30: the venue has no market "X-Y"; allowed: BTC-USDT'),
        ("{replay: 5}", "3:18: replay: 5 is no file; write the path of a CSV or Parquet file"),
        ("{replay: x, every: 1s}", "3:28: every is only for traders; leave it out"),
        ('{replay: x, price: "1"}', "3:28: price is only for traders; leave it out"),
        ("{replay: no.csv}", "3:18: replay: no.csv: cannot be read: No such file or directory"),
    ],
)
def test_a_mistake_is_told_at_its_place(life: str, said: str) -> None:
    """With what is allowed."""
    [mistake] = wrong(text(BUY, head=head(life)))
    assert mistake.startswith(said)


def test_traders_need_a_price_to_begin_at() -> None:
    """One that a step names, or their own."""
    market_order = '- buy: {order: a, market: BTC-USDT, amount: "1", type: market}'
    [mistake] = wrong(text(market_order, head=head("{traders: 2}")))
    assert mistake == (
        "3:9: no step names a price in BTC-USDT, where traders could begin; add price"
    )
    assert not wrong(text(market_order, head=head('{traders: 2, price: "29000"}')))


@pytest.mark.parametrize(
    "written",
    [
        f"{ROWS}{MS},29000,0.5,buy\n{MS + 1},29001,1,SELL\n",
        f"Timestamp,Price,Qty,isBuyerMaker\n{MS}000,29000,0.5,False\n{MS + 1}000,29001,1,true\n",
        f"{ROWS}{MS}000000,29000.0,0.50,b\n{MS + 1}000000,29001,1.0000,s\n",
        f"{ROWS}2023-11-14T22:13:20Z,29000,0.5,buy\n2023-11-14T22:13:20.001,29001,1,sell\n",
        f"{ROWS}2023-11-14T22:13:20+00:00,29000,0.5,b\n2023-11-14T23:13:20.001+01:00,29001,1,s\n",
        f"\ufeff{ROWS}\n{MS},29000,0.5,buy\n\n{MS + 1},29001,1,sell",
        f"1,29000.00,0.5,14500,{MS},False,True\n2,29001.00,1,29001,{MS + 1},True,True\n",
        f"1,29000.00,0.5,10,11,{MS},False,True\n2,29001.00,1,12,12,{MS + 1},True,True\n",
    ],
    ids=["ms", "us", "ns", "iso", "zones", "blank lines", "trades dump", "aggTrades dump"],
)
def test_a_file_may_be_of_any_of_these_forms(tmp_path: Path, written: str) -> None:
    """Named columns in any order and unit of time, or Binance's public dumps as they are."""
    assert trades(tmp_path, written) == [
        Recorded(0, Decimal(29000), Decimal("0.5"), "BUY"),
        Recorded(1_000_000, Decimal(29001), Decimal(1), "SELL"),
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "trades.csv: the file has no trades in it; at least one is needed"),
        (ROWS, "trades.csv: the file has no trades in it"),
        (
            "time,price,side\n",
            "trades.csv:1:1: no column is called quantity or qty or amount or size or q; there are",
        ),
        ("time,price,size\n", "trades.csv:1:1: no column is called side or is_buyer_maker; there"),
        ("1,2,3\n", "trades.csv:1:1: 3 columns without names; a first line with names is needed"),
        (f"{ROWS}{MS},29000,0.5\n", "trades.csv:2:1: 3 columns; 4 are needed"),
        (f"{ROWS}17,29000,0.5,buy\n", 'trades.csv:2:1: "17" is no time; ms, us or ns since 1970 ('),
        (f"{ROWS}{MS},1e400,0.5,buy\n", 'trades.csv:2:15: "1e400" is no price; a plain decimal'),
        (f"{ROWS}{MS},-1,0.5,buy\n", 'trades.csv:2:15: "-1" is no price'),
        (f"{ROWS}{MS},NaN,0.5,buy\n", 'trades.csv:2:15: "NaN" is no price'),
        (f"{ROWS}{MS},1.001,0.5,buy\n", "trades.csv:2:15: 1.001 is off the tick; multiples of 0."),
        (f"{ROWS}{MS},29000,0,buy\n", 'trades.csv:2:21: "0" is no quantity'),
        (f"{ROWS}{MS},29000,0.00005,buy\n", "trades.csv:2:21: 0.00005 is off the lot; multiples"),
        (f"{ROWS}{MS},29000,9001,buy\n", "trades.csv:2:21: the quantity 9001 is above 9000"),
        (f"{ROWS}{MS},29000,1,up\n", 'trades.csv:2:23: "up" is no side; buy or sell is allowed'),
        (
            f"{ROWS}{MS},29000,1,buy\n{MS - 1},29000,1,buy\n",
            f"trades.csv:3:1: the time {MS - 1} is before the one above; sort the trades by time",
        ),
        (
            ROWS + f"{MS},29000,1,buy\n" * 6,
            "trades.csv:7:1: more than 5 trades; cut the file",
        ),
        (f'{ROWS}{MS},"29000', "trades.csv:2:1: is not readable as CSV"),
    ],
)
def test_a_wrong_file_is_told_by_line_and_column(tmp_path: Path, written: str, said: str) -> None:
    """With what was there and what is allowed."""
    assert refused(tmp_path, written).startswith(said)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    """CSV is UTF-8."""
    path = tmp_path / "trades.csv"
    path.write_bytes(b"time,\xff")
    with pytest.raises(TableError, match="is not UTF-8; CSV is UTF-8 text"):
        read_trades(path, STEPS, 5)


def test_a_scenario_names_its_own_place_and_that_in_the_file(tmp_path: Path) -> None:
    """Both can be opened at once."""
    trades(tmp_path, f"{ROWS}{MS},29000,0.5,buy\n")
    (tmp_path / "trades.csv").write_text(f"{ROWS}{MS},29000,x,buy\n")
    file = tmp_path / "case.yaml"
    file.write_text(text(BUY, head=head("{replay: trades.csv}")))
    with pytest.raises(ScenarioError) as error:
        load(file)
    assert f'case.yaml:3:18: replay: {tmp_path}/trades.csv:2:21: "x" is no quant' in str(
        error.value
    )


def test_parquet_says_the_same(tmp_path: Path) -> None:
    """Times as timestamps or numbers, doubles as the shortest text that means them."""
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet  # noqa: PLC0415 - only where it is installed

    columns = {
        "price": [29000.1, 29001.0],
        "qty": [Decimal("0.5000"), Decimal("1.0000")],
        "is_buyer_maker": [False, True],
    }
    times = {
        "ms": pyarrow.array([MS, MS + 1]),
        "us": pyarrow.array([MS * 1000, MS * 1000 + 1000], pyarrow.timestamp("us", "UTC")),
        "ns": pyarrow.array([MS * 10**6, MS * 10**6 + 10**6], pyarrow.timestamp("ns")),
    }
    for name, time in times.items():
        path = tmp_path / f"{name}.parquet"
        parquet.write_table(pyarrow.table({"other": [1, 2], **columns, "time": time}), path)
        assert list(read_trades(path, STEPS, 5)) == [
            Recorded(0, Decimal("29000.1"), Decimal("0.5"), "BUY"),
            Recorded(1_000_000, Decimal(29001), Decimal(1), "SELL"),
        ]


def test_a_wrong_parquet_file_is_told_by_row_and_column(tmp_path: Path) -> None:
    """Rows and columns count from one."""
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet  # noqa: PLC0415 - only where it is installed

    path = tmp_path / "trades.parquet"
    path.write_text("no parquet")
    with pytest.raises(TableError, match="is not readable as Parquet"):
        read_trades(path, STEPS, 5)
    table = {"time": [MS, MS], "price": [1.0, None], "qty": [1.0, 1.0], "side": ["buy", "buy"]}
    parquet.write_table(pyarrow.table(table), path)
    with pytest.raises(TableError, match=r'trades\.parquet:2:2: "None" is no price'):
        read_trades(path, STEPS, 5)


def test_without_pyarrow_parquet_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CSV works without it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(TableError, match=r"Parquet needs pyarrow; install fillproof\[parquet\]"):
        read_trades(tmp_path / "trades.parquet", STEPS, 5)
    assert trades(tmp_path, f"{ROWS}{MS},29000,0.5,buy\n")
