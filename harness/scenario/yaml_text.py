"""Reads YAML with bounds, exact text and places: only what a scenario needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from fillproof.harness.scenario.mistakes import Mistake, Path, Places, ScenarioError

MAX_BYTES = 1_000_000
MAX_NODES = 20_000
MAX_ALIASES = 50
MAX_DEPTH = 32
MAX_DIGITS = 40

_TAG = "tag:yaml.org,2002:"
INTEGER = re.compile(r"[-+]?[0-9]+\Z")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")


@dataclass(frozen=True, slots=True)
class Unquoted:
    """A number with a fraction that was written without quotes, as it was written."""

    text: str


@dataclass(frozen=True, slots=True)
class YamlText:
    """A read text: its value, where everything stands, and the keys that stood twice."""

    value: Any
    places: Places
    mistakes: tuple[Mistake, ...]


def read_yaml(data: bytes, name: str) -> YamlText:
    """Return what a YAML text says; raises ScenarioError where it cannot be read as one document.

    Texts, whole numbers, true, false and null are the only scalars; other numbers become Unquoted.
    """
    text = _decode(data, name)
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        reader = _Reader()
        value = None if node is None else reader.read(node, ())
    except yaml.reader.ReaderError as problem:
        place = _place_of(text, problem.position)
        raise ScenarioError(name, [Mistake(*place, _unreadable(problem))]) from problem
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ScenarioError(name, [Mistake(line, column, _said(problem))]) from problem
    return YamlText(value, Places(reader.keys, reader.values), tuple(reader.mistakes))


def _decode(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        text = f"the file has {len(data)} bytes; at most {MAX_BYTES} are allowed"
        raise ScenarioError(name, [Mistake(0, 0, text)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        mistake = Mistake(line, 1, "this line is not UTF-8; scenarios are UTF-8 text")
        raise ScenarioError(name, [mistake]) from problem


def _place_of(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1


def _unreadable(problem: yaml.reader.ReaderError) -> str:
    return f"the character U+{problem.character:04X} may not stand in YAML; remove it"


def _said(problem: yaml.MarkedYAMLError) -> str:
    words = [word for word in (problem.context, problem.problem) if word]
    return f"not readable as YAML: {', '.join(words)}"


class _Loader(yaml.SafeLoader):
    """PyYAML's pure loader, used up to its nodes, with bounds and a short list of scalars."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0
        self._nodes = 0
        self._aliases = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call] # the stubs leave it open
        self._nodes += 1
        self._aliases += isinstance(event, yaml.AliasEvent)
        if self._nodes > MAX_NODES:
            raise _refused(event.start_mark, f"more than {MAX_NODES} values")
        if self._aliases > MAX_ALIASES:
            raise _refused(event.start_mark, f"more than {MAX_ALIASES} aliases (*name)")
        if self._depth >= MAX_DEPTH:
            raise _refused(event.start_mark, f"nested deeper than {MAX_DEPTH}")
        if getattr(event, "tag", None) is not None:
            raise _refused(event.start_mark, f"the tag {event.tag!r}; a scenario needs no tags")
        self._depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node


def _refused(mark: yaml.Mark, text: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=text, problem_mark=mark)


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver(_TAG + "null", re.compile(r"(?:~|null|)\Z"), ["~", "n", ""])
_Loader.add_implicit_resolver(_TAG + "bool", re.compile(r"(?:true|false)\Z"), ["t", "f"])
_Loader.add_implicit_resolver(_TAG + "int", INTEGER, list("-+0123456789"))
_Loader.add_implicit_resolver(_TAG + "float", NUMBER, list("-+.0123456789"))


class _Reader:
    """Turns nodes into values and remembers where each stood."""

    def __init__(self) -> None:
        self.keys: dict[Path, tuple[int, int]] = {}
        self.values: dict[Path, tuple[int, int]] = {}
        self.mistakes: list[Mistake] = []
        self._open: set[int] = set()

    def read(self, node: yaml.Node, path: Path) -> Any:
        """Return the value of a node; aliases are read once for each place they stand in."""
        self.values[path] = _place(node)
        if len(self.values) > MAX_NODES:
            raise _refused(node.start_mark, f"more than {MAX_NODES} values, aliases counted")
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if id(node) in self._open:
            raise _refused(node.start_mark, "a value that contains itself")
        self._open.add(id(node))
        value = (
            self._mapping(node, path)
            if isinstance(node, yaml.MappingNode)
            else [self.read(item, (*path, index)) for index, item in enumerate(node.value)]
        )
        self._open.remove(id(node))
        return value

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise _refused(key_node.start_mark, "a key that is no single word")
            key = str(key_node.value)
            if key in found:
                first = self.keys[(*path, key)][0]
                text = f'the key "{key}" stands twice, first in line {first}; keep one of them'
                self.mistakes.append(Mistake(*_place(key_node), text))
                continue
            self.keys[(*path, key)] = _place(key_node)
            found[key] = self.read(value_node, (*path, key))
        return found


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _scalar(node: yaml.ScalarNode) -> Any:
    text = str(node.value)
    match node.tag.removeprefix(_TAG):
        case "null":
            return None
        case "bool":
            return text == "true"
        case "int" if len(text) > MAX_DIGITS:
            raise _refused(node.start_mark, f"a number of more than {MAX_DIGITS} digits")
        case "int":
            return int(text)
        case "float":
            return Unquoted(text)
        case _:
            return text
