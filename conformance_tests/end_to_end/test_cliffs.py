"""The prober against a connector whose cliff is known."""

from __future__ import annotations

import os
import subprocess
import sys

from conformance_tests.zoo.keeper import ROOT, search_path

RIGHT = "Created by create_reply, Filled by user_stream, Completed by user_stream"
WRONG = (
    "Created by create_reply, Failure by query_reply, Filled by user_stream, "
    "Completed by user_stream"
)
BELIEVER = "conformance_tests.zoo.outcomes:BelievesThreeNotFounds"


def test_the_number_a_connector_was_made_with_is_found() -> None:
    """Nobody tells the prober that this animal believes the third denial."""
    command = ("cliffs", "query_denies", "--connector", BELIEVER, "--seed", "7")
    done = subprocess.run(
        [sys.executable, "-m", "fillproof.harness.cli", *command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": search_path()},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[:-1] == [
        "query_denies: how often may a query deny a living order?",
        f"  0 to 2     {RIGHT}",
        f"  from 3 on  {WRONG}",
        "             breaks U1 zombie order",
        "",
    ]
    assert done.stdout.splitlines()[-1].startswith("exit 0: 1 probe, 1 cliff, ")
