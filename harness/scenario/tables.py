"""Reads rows of texts from CSV and Parquet, each cell with its place."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

Columns = Callable[[Sequence[str] | int], dict[str, int]]
"""Says where each thing stands: of the names of the columns, or of their number; ValueError."""

_BATCH = 10_000
_NANOSECONDS_IN = {"s": 1_000_000_000, "ms": 1_000_000, "us": 1_000, "ns": 1}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands somewhere. Lines and columns count from 1; in Parquet they are those of rows."""

    text: str
    line: int
    column: int


class TableError(Exception):
    """A file cannot be used; the message names the file, the line and the column."""

    def __init__(self, path: Path, cell: Cell | None, text: str) -> None:
        place = "" if cell is None else f"{cell.line}:{cell.column}:"
        super().__init__(f"{path}:{place} {text}")


def read_csv(path: Path, columns: Columns) -> Iterator[Mapping[str, Cell]]:
    """Yield the rows of a CSV file; its first line may name the columns."""
    where: dict[str, int] | None = None
    width = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            for row in reader:
                if not row:
                    continue
                line = reader.line_num
                if where is None:
                    names = not any(_is_number(text) for text in row)
                    width = len(row)
                    where = _found(path, columns, row if names else width, Cell("", line, 1))
                    if names:
                        continue
                if len(row) != width:
                    text = f"{len(row)} columns; {width} are needed, as in the lines above"
                    raise TableError(path, Cell("", line, 1), text)
                yield {what: _cell(row, index, line) for what, index in where.items()}
    except OSError as problem:
        raise TableError(path, None, f"cannot be read: {problem.strerror or problem}") from problem
    except UnicodeDecodeError as problem:
        raise TableError(path, None, "is not UTF-8; CSV is UTF-8 text") from problem
    except csv.Error as problem:
        place = Cell("", reader.line_num, 1)
        raise TableError(path, place, f"is not readable as CSV: {problem}") from problem


def read_parquet(path: Path, columns: Columns) -> Iterator[Mapping[str, Cell]]:
    """Yield the rows of a Parquet file; needs pyarrow, which `fillproof[parquet]` brings."""
    try:
        from pyarrow import ArrowException, parquet, types  # noqa: PLC0415 - not everybody has it
    except ImportError as problem:
        text = "Parquet needs pyarrow; install fillproof[parquet], or write CSV"
        raise TableError(path, None, text) from problem
    try:
        file = parquet.ParquetFile(path)
        names = file.schema_arrow.names
        where = _found(path, columns, names, Cell("", 1, 1))
        scales = {
            index: _NANOSECONDS_IN[kind.unit] if types.is_timestamp(kind) else None
            for index in where.values()
            for kind in [file.schema_arrow.types[index]]
        }
        line = 0
        for batch in file.iter_batches(_BATCH, columns=[names[index] for index in scales]):
            rows = zip(*(_texts(batch.column(names[i]), scales[i]) for i in scales), strict=True)
            for row in rows:
                line += 1
                cells = dict(zip(scales, row, strict=True))
                yield {what: Cell(cells[i], line, i + 1) for what, i in where.items()}
    except OSError as problem:
        raise TableError(path, None, f"cannot be read: {problem.strerror or problem}") from problem
    except ArrowException as problem:
        raise TableError(path, None, f"is not readable as Parquet: {problem}") from problem


def _found(path: Path, columns: Columns, names: Sequence[str] | int, cell: Cell) -> dict[str, int]:
    try:
        return columns(names)
    except ValueError as problem:
        raise TableError(path, cell, str(problem)) from problem


def _is_number(text: str) -> bool:
    return text.strip().replace(".", "", 1).isdecimal()


def _cell(row: Sequence[str], index: int, line: int) -> Cell:
    """Return a cell and the character it begins at."""
    return Cell(row[index], line, 1 + sum(len(text) + 1 for text in row[:index]))


def _texts(column: Any, nanoseconds: int | None) -> list[str]:
    """Return the values of an Arrow column as CSV would have them; times as nanoseconds."""
    if nanoseconds is not None:
        since = column.cast("int64").to_pylist()
        return [str(None if value is None else value * nanoseconds) for value in since]
    return [_text(value) for value in column.to_pylist()]


def _text(value: object) -> str:
    """Return a value as CSV would have it; a double as the shortest text that means it."""
    if isinstance(value, float | Decimal):
        return format(Decimal(repr(value) if isinstance(value, float) else value), "f")
    return str(value)
