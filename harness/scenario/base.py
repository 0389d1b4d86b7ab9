"""What all parts of a scenario share: frozen, nothing unknown, nothing converted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    SerializerFunctionWrapHandler,
    Strict,
    WrapSerializer,
)
from pydantic_core import PydanticCustomError

from fillproof.harness.scenario.yaml_text import Unquoted

K = TypeVar("K")
V = TypeVar("V")


class Form(Enum):
    """How a value is written: durations are texts in YAML and whole nanoseconds in a document."""

    YAML = "yaml"
    DOCUMENT = "document"


class Frozen(BaseModel):
    """Base of all parts of a scenario. The sentence below a field is what editors show for it."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True
    )


def wrong(text: str) -> PydanticCustomError:
    """Return the error that says `text` and nothing else."""
    return PydanticCustomError("said", "{text}", {"text": text})


def shown(value: object) -> str:
    """Return a value as its author wrote it."""
    if isinstance(value, Unquoted):
        return value.text
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return json.dumps(value, ensure_ascii=False)


class FrozenMap(Mapping[K, V]):
    """A mapping nobody can change; unlike a mapping proxy it can be copied and pickled."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[K, V]) -> None:
        self._items = dict(items)

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"FrozenMap({self._items!r})"


def _thaw(value: Mapping[K, V], handler: SerializerFunctionWrapHandler) -> Any:
    return handler(dict(value))


Map = Annotated[Mapping[K, V], AfterValidator(FrozenMap), WrapSerializer(_thaw)]
"""A field that is a FrozenMap."""

Row = Annotated[tuple[V, ...], Strict(strict=False)]
"""A list nobody can change."""
