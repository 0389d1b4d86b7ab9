"""YAML is read with bounds, exact text and places."""

from __future__ import annotations

import pytest

from fillproof.harness.scenario import ScenarioError, yaml_text
from fillproof.harness.scenario.yaml_text import MAX_BYTES, Unquoted, read_yaml


def _refused(written: str | bytes) -> str:
    data = written.encode() if isinstance(written, str) else written
    with pytest.raises(ScenarioError) as caught:
        read_yaml(data, "x.yaml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("on", "on"),
        ("no", "no"),
        ("Yes", "Yes"),
        ("12:30", "12:30"),
        ("2026-01-01", "2026-01-01"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("<<", "<<"),
        ("true", True),
        ("null", None),
        ("~", None),
        ("007", 7),
        ("-5", -5),
        ('"5"', "5"),
        ("0.10", Unquoted("0.10")),
        ("1e5", Unquoted("1e5")),
        (".5", Unquoted(".5")),
    ],
)
def test_scalars_are_what_they_look_like(written: str, value: object) -> None:
    """Only whole numbers, true, false and null are not text; fractions keep their text."""
    assert read_yaml(f"k: {written}".encode(), "x.yaml").value == {"k": value}


def test_every_value_and_key_has_a_place() -> None:
    """Lines and columns count from one, for keys and for values."""
    places = read_yaml(b"a:\n  - {b: c}\n", "x.yaml").places
    assert places.keys[("a",)] == (1, 1)
    assert places.values[("a", 0, "b")] == (2, 9)


def test_a_key_that_stands_twice_is_told_with_both_lines() -> None:
    """The later of two equal keys is the mistake, and the earlier is named."""
    read = read_yaml(b"a: 1\nb: 2\na: 3\n", "x.yaml")
    (mistake,) = read.mistakes
    assert (mistake.line, mistake.column) == (3, 1)
    assert mistake.text == 'the key "a" stands twice, first in line 1; keep one of them'


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join(f'*{old}' for _ in range(9))}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
DOUBLES = "a0: &a0 [x, x]\n" + "".join(f"a{n + 1}: &a{n + 1} [*a{n}, *a{n}]\n" for n in range(24))
"""Few aliases, and each doubles what came before."""


@pytest.mark.parametrize(
    ("written", "place", "what"),
    [
        ("a: [1, 2", "x.yaml:1:9:", "expected ',' or ']'"),
        ("a: b: c", "x.yaml:1:5:", "mapping values are not allowed here"),
        ("a: 1\n---\nb: 2", "x.yaml:2:1:", "but found another document"),
        ("a: *b", "x.yaml:1:4:", "found undefined alias 'b'"),
        ("a: &a [*a]", "x.yaml:1:4:", "a value that contains itself"),
        (LAUGHS, "x.yaml:7:", "more than 50 aliases"),
        ("[" * 200, "x.yaml:1:33:", "nested deeper than 32"),
        ("a: !!python/object/apply:os.system [ls]", "x.yaml:1:4:", "a scenario needs no tags"),
        ("a: !!float '1'", "x.yaml:1:4:", "a scenario needs no tags"),
        ("a: " + "9" * 41, "x.yaml:1:4:", "a number of more than 40 digits"),
        ("? [a]\n: b", "x.yaml:1:3:", "a key that is no single word"),
        ("a: \x01", "x.yaml:1:4:", "the character U+0001 may not stand in YAML"),
        (b"a: 1\nb: \xff", "x.yaml:2:1:", "this line is not UTF-8"),
        ("#" * (MAX_BYTES + 1), "x.yaml:", "at most 1000000 are allowed"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(
    written: str | bytes, place: str, what: str
) -> None:
    """Broken, hostile and oversized texts end in one error with line and column, quickly."""
    said = _refused(written)
    assert said.startswith(place)
    assert what in said


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("[" + "1," * 201 + "]", "x.yaml:1:400: not readable as YAML: more than 200 values"),
        (DOUBLES, "more than 200 values, aliases counted"),
    ],
)
def test_values_are_counted_as_often_as_they_stand(
    written: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small text that unfolds into a huge value is as large as what it unfolds into."""
    monkeypatch.setattr(yaml_text, "MAX_NODES", 200)
    assert what in _refused(written)
