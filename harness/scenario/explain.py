"""Says what pydantic found in the words of an author: what was wrong, and what is allowed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from fillproof.harness.scenario.base import shown
from fillproof.harness.scenario.mistakes import Mistake, Path, Places, not_one_of

_OF_THE_KEY = "[key]"
"""How pydantic ends the path of a mistake in a key itself."""
_GONE = {
    "settlement_delay": "the chain says how long a cancel takes: write chain: "
    "{{announces_cancel: true, inclusion: {{cancel: {}}}}}, with profile: decentralised",
}
"""Keys that were, and what to write instead of them and of what they were."""
_WANTED = {
    "int_type": "a whole number without quotes",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "model_type": "a mapping of keys",
    "dict_type": "a mapping of keys",
}


def mistakes_of(
    error: ValidationError, model: type[BaseModel], at: Path, places: Places, more: tuple[str, ...]
) -> Iterator[Mistake]:
    """Yield the mistakes of a model that stands at `at`; `more` are keys allowed beside its own."""
    for found in error.errors(include_url=False):
        path: Path = (*at, *found["loc"])
        at_key = found["type"] == "extra_forbidden"
        if path[-1:] == (_OF_THE_KEY,):
            path, at_key = path[:-1], True
        yield places.mistake(path, _text(found, model, more), at_key=at_key)


def _text(found: Any, model: type[BaseModel], more: tuple[str, ...]) -> str:
    kind, path, context = found["type"], found["loc"], found.get("ctx", {})
    last = path[-1] if path else 0
    name = last if isinstance(last, str) else "this"
    if kind == "said":
        named = isinstance(last, str) and last != _OF_THE_KEY
        return f"{name}: {context['text']}" if named else str(context["text"])
    if kind == "extra_forbidden" and name in _GONE:
        was = shown(found["input"]).strip('"')
        return f"{name} is no key any more; {_GONE[name].format(was)}"
    if kind == "extra_forbidden":
        allowed = keys_of(_inside(model, path[:-1]))
        return not_one_of("there is no key", name, (*allowed, *(more if len(path) == 1 else ())))
    if kind == "missing":
        return f'the key "{name}" is missing; add it'
    if kind in _WANTED:
        return f"{name}: {shown(found['input'])} is not allowed; write {_WANTED[kind]}"
    limit = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
    return f"{name}: {found['input']} is out of range; {limit} is allowed"


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the keys of a model as an author writes them."""
    return tuple(str(field.validation_alias or name) for name, field in model.model_fields.items())


def _inside(model: type[BaseModel], path: Path) -> type[BaseModel]:
    """Return the model that stands at `path` below `model`."""
    kind: Any = model
    for part in path:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            fields = dict(zip(keys_of(kind), kind.model_fields.values(), strict=True))
            kind = _given(fields[str(part)].annotation)
        elif get_origin(kind) is not None and issubclass(get_origin(kind), Mapping):
            kind = get_args(kind)[1]
    return kind  # type: ignore[no-any-return]


def _given(kind: Any) -> Any:
    """Return what `X | None` is when it is there."""
    parts = [part for part in get_args(kind) if part is not type(None)]
    return parts[0] if get_origin(kind) is UnionType and len(parts) == 1 else kind
