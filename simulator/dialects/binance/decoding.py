"""JSON as the venue reads it: strict, and not too deep."""

from __future__ import annotations

import msgspec

from fillproof.simulator.dialects.protocol import Json


class NotJson(ValueError):
    """A text is no JSON; the message says where it stops being some."""


def read_json(text: str) -> Json:
    """Return what a text says; raises NotJson.

    NaN, Infinity, numbers out of range and halves of characters are no JSON, as is what is nested
    deeper than Python can follow.
    """
    try:
        return msgspec.json.decode(text)
    except RecursionError:
        raise NotJson("nested too deeply") from None
    except (msgspec.MsgspecError, UnicodeEncodeError) as error:
        raise NotJson(str(error)) from None
