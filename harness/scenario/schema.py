"""The JSON Schema of a scenario file, made from the models; editors complete and check with it."""

from __future__ import annotations

import json
import sys
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from fillproof.harness.scenario.actions import ACTIONS, Action
from fillproof.harness.scenario.model import Header
from fillproof.harness.scenario.values import duration_text

DIALECT = "http://json-schema.org/draft-07/schema#"


class _Generator(GenerateJsonSchema):
    """Leaves the defaults of mappings out without a word: the documentation names them."""

    ignored_warning_kinds = {"non-serializable-default", "skipped-choice"}  # noqa: RUF012 - as its base


def json_schema() -> dict[str, Any]:
    """Return the schema of what an author may write."""
    models = [(model, "validation") for model in (Header, *ACTIONS.values())]
    refs, top = models_json_schema(models, by_alias=True, schema_generator=_Generator)  # type: ignore[arg-type]
    definitions = {name: _tidy(one) for name, one in top["$defs"].items()}
    header = definitions.pop(Header.__name__)
    keys = header["properties"]
    expect = keys.pop("expect")
    keys |= {"steps": {"type": "array", "minItems": 1, "items": _step(refs)}, "expect": expect}
    return {
        "$schema": DIALECT,
        "title": "A Fillproof scenario",
        **header,
        "required": ["title", "steps"],
        "$defs": definitions,
    }


def schema_text() -> str:
    """Return the schema as it is kept in `scenarios/schema.json`."""
    return json.dumps(json_schema(), indent=2) + "\n"


def _step(refs: Any) -> dict[str, Any]:
    words = {
        op: _body(model, refs[(model, "validation")])
        for op, model in ACTIONS.items()
        if model.model_fields
    }
    described = {"type": "object", "properties": words, "additionalProperties": False}
    one = described | {"minProperties": 1, "maxProperties": 1}
    alone = [model for model in ACTIONS.values() if not model.model_fields]
    return {"anyOf": [one, *({"const": one.op, "description": one.__doc__} for one in alone)]}


def _body(model: type[Action], ref: dict[str, Any]) -> dict[str, Any]:
    body = {"anyOf": [ref, {"type": "string"}]} if model.short else ref
    return {"description": model.__doc__, **({"allOf": [ref]} if body is ref else body)}


def _tidy(definition: dict[str, Any]) -> dict[str, Any]:
    properties = {name: _property(one) for name, one in definition["properties"].items()}
    kept = {key: value for key, value in definition.items() if key != "title"}
    return kept | {"properties": properties}


def _property(written: dict[str, Any]) -> dict[str, Any]:
    """Return one key without what only Python has: generated titles, null, nanoseconds."""
    kept = {key: value for key, value in written.items() if key not in ("title", "anyOf")}
    choices = [one for one in written.get("anyOf", ()) if one != {"type": "null"}]
    kept |= choices[0] if choices else {}
    default = kept.get("default")
    if default is None or isinstance(default, dict):
        kept.pop("default", None)
    elif kept.get("type") == "string" and isinstance(default, int):
        kept["default"] = duration_text(default)
    return kept


if __name__ == "__main__":
    sys.stdout.write(schema_text())
