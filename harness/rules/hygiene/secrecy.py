"""H6: secrets stay with the connector, and keys out of addresses."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.history import History, Line
from fillproof.harness.rules.found import ITS_OWN, case_breach
from fillproof.harness.verdict import Finding

_KEYS = ("api_key", "api_secret")


def has_keys(history: History) -> bool:
    """True when the recording says which secrets there are."""
    return bool(_keys(history))


def secrets_are_kept(history: History) -> Iterator[Finding]:
    """H6: the first line that shows a secret, or a key in an address, is a finding."""
    keys = _keys(history)
    if not keys:
        return
    for line in history.lines:
        said = _said(line, *keys)
        if said is not None:
            yield case_breach(
                "H6",
                expected="a signature made with the secret, and the key in its header",
                actual=said,
                why=ITS_OWN,
                at=line.n,
            )
            return


def _keys(history: History) -> tuple[str, str] | None:
    connector = history.lines[0].data.get("connector") or {}
    keys = connector.get("keys") or {}
    return (keys[_KEYS[0]], keys[_KEYS[1]]) if all(keys.get(key) for key in _KEYS) else None


def _said(line: Line, key: str, secret: str) -> str | None:
    if (line.ledger, line.kind) == ("told", "log"):
        logger, level = line.data.get("logger"), line.data.get("level")
        return f"the secret stands in the log ({logger}, {level})"
    if (line.ledger, line.kind) != ("wire", "sent") or line.data.get("direction") != "c2v":
        return None
    sent = str(line.data.get("bytes"))
    if secret in sent:
        return "the secret was sent"
    message = line.data.get("message") or {}
    if "path" in message and key in sent.partition("\r\n")[0]:
        return f"the key stands in the address of {message.get('method')} {message['path']}"
    return None
