"""`fillproof journal`: a whole journal, a broken one, and one without its end."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fillproof.harness.cli import main
from fillproof.simulator.command_journal import RecordedExchange
from fillproof.simulator.matching import Fees
from fillproof.simulator.vocabulary.commands import Deposit
from fillproof.simulator.vocabulary.instruments import Instrument

MARKET = Instrument(
    symbol="BTCUSDT",
    base="BTC",
    quote="USDT",
    tick_size=Decimal("0.01"),
    lot_size=Decimal("0.0001"),
    min_quantity=Decimal("0.0001"),
    max_quantity=Decimal(9000),
    min_notional=Decimal(5),
)


@pytest.fixture
def lines() -> list[str]:
    """Return a journal of two deposits."""
    written: list[str] = []
    fees = Fees(Decimal("0.001"), Decimal("0.001"))
    exchange = RecordedExchange([MARKET], fees, written.append)
    exchange.apply(Deposit("ann", "USDT", 5), 1)
    exchange.apply(Deposit("bob", "USDT", 7), 2)
    exchange.close_journal()
    return written


def run(path: Path, data: bytes) -> Result:
    """Carry out a journal of these bytes."""
    path.write_bytes(data)
    return CliRunner().invoke(main, ["journal", str(path)])


def test_a_whole_journal_is_carried_out(tmp_path: Path, lines: list[str]) -> None:
    """The digest of the state is printed, and is that of the last line."""
    result = run(tmp_path / "journal", "".join(lines).encode())

    assert result.exit_code == 0
    digest = lines[-1].rpartition('"state_digest":"')[2][:32]
    assert result.stdout == f"2 commands, digest {digest}\n"


@pytest.mark.parametrize("byte", [b"\xff", b"8", b"\r"])
def test_a_changed_byte_is_refused_with_its_line(
    tmp_path: Path, lines: list[str], byte: bytes
) -> None:
    """What is before the line is carried out all the same; exit code 2."""
    at = lines[2].index('"units":') + len('"units":')
    changed = lines[2][:at].encode() + byte + lines[2][at + 1 :].encode()
    path = tmp_path / "journal"
    result = run(path, "".join(lines[:2]).encode() + changed + lines[3].encode())

    assert result.exit_code == 2
    assert result.stdout.startswith("before the refused line: 1 commands, digest ")
    assert result.stderr.startswith(f"exit 2: {path}: line 3: ")


def test_a_journal_without_its_end_is_refused(tmp_path: Path, lines: list[str]) -> None:
    """A venue that was killed leaves one: all of it is carried out, and its end is missed."""
    result = run(tmp_path / "journal", "".join(lines[:-1]).encode())

    assert result.exit_code == 2
    assert result.stdout.startswith("before the refused line: 2 commands, digest ")
    assert "line 4: the end of the journal" in result.stderr


def test_a_file_that_is_no_journal_is_refused_at_its_first_line(tmp_path: Path) -> None:
    """There is nothing to carry out, and the first line says why."""
    result = run(tmp_path / "journal", b"{}\n")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "line 1: '{}'" in result.stderr
