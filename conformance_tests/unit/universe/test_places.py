"""Whose code a line is, and how the way to it is told."""

from __future__ import annotations

import asyncio
from importlib import import_module
from pathlib import Path

import pytest
from aiohttp import web
from click import UsageError

from fillproof.simulator.universe.places import (
    describe_task,
    is_foreign,
    runs_foreign_code,
    short_path,
    shown,
    way_here,
    way_of,
    went_through_foreign_code,
)

HERE = "unit/universe/test_places.py"


@pytest.mark.parametrize(
    ("path", "foreign", "short"),
    [
        ("/home/x/bot/strategy.py", True, "x/bot/strategy.py"),
        ("/v/lib/python3.12/site-packages/aiohttp/client.py", True, "aiohttp/client.py"),
        ("/usr/lib/python3/dist-packages/yarl/_url.py", True, "yarl/_url.py"),
        ("/p/src/fillproof/harness/connectors/own.py", True, "fillproof/harness/connectors/own.py"),
        ("/v/lib/python3.12/asyncio/locks.py", False, "python3.12/asyncio/locks.py"),
        ("/p/src/fillproof/simulator/server/x.py", False, "fillproof/simulator/server/x.py"),
        ("/p/src/fillproof/harness/worker/world.py", False, "fillproof/harness/worker/world.py"),
        ("<frozen importlib._bootstrap>", False, "<frozen importlib._bootstrap>"),
    ],
)
def test_only_the_code_under_test_is_foreign(path: str, foreign: bool, short: str) -> None:
    """Python's own files and those of the universe, its venue and its worker are not."""
    assert is_foreign(path) is foreign
    assert short_path(path) == short


def test_the_middle_of_a_long_way_is_left_out() -> None:
    """Where it began and where it ended say most."""
    assert shown("abcdef") == tuple("abcdef")
    assert shown("abcdefgh") == ("a", "b", "...", "e", "f", "g", "h")


def test_a_way_names_file_line_and_function() -> None:
    """The innermost is the last."""
    assert way_here()[-1].startswith(HERE)
    assert way_here()[-1].endswith("in test_a_way_names_file_line_and_function")


def test_an_exception_has_the_way_to_where_it_was_raised() -> None:
    """Also through Python's own code."""

    def asked() -> None:
        [].pop()

    with pytest.raises(IndexError) as caught:
        asked()
    assert way_of(caught.value)[-1].endswith("asked")
    assert went_through_foreign_code(caught.value)
    assert not went_through_foreign_code(ValueError("raised nowhere"))


def test_an_import_that_failed_has_the_way_through_modules_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not through the machinery; what is no Python is named by its own line."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "outer_module.py").write_text("\nimport inner_module\n")
    (tmp_path / "inner_module.py").write_text("\n\nclass X(:\n")
    with pytest.raises(SyntaxError) as caught:
        import_module("outer_module")
    *_, outer, inner = way_of(caught.value)
    assert outer.endswith("/outer_module.py:2 in <module>")
    assert inner.endswith("/inner_module.py:3 in <module>")


def test_a_task_is_described_by_the_code_that_waits() -> None:
    """Not by the sleep or the lock inside of Python."""

    async def inner() -> None:
        await asyncio.sleep(60)

    async def outer() -> None:
        await inner()

    async def main() -> str:
        task = asyncio.create_task(outer())
        await asyncio.sleep(0)
        assert runs_foreign_code(task)
        text = describe_task(task)
        task.cancel()
        return text

    text = asyncio.run(main())
    name, at, first = text.partition(f" at {HERE}:")
    assert name.endswith("outer"), text
    assert at
    assert f", from {HERE}:" in first


def test_an_exception_that_was_never_raised_is_of_who_made_its_kind() -> None:
    """A future that is given an exception shows no code; the kind of it says whose it is."""
    assert went_through_foreign_code(UsageError("never raised"))
    assert not went_through_foreign_code(web.HTTPNotFound())
