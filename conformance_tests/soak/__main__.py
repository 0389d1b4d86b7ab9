"""`python -m conformance_tests.soak [NAME...]`: the long counts, on all cores.

Each name is a module's count; without a name all of them run. Exit code 0 when every one is right,
else 1.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

from conformance_tests.soak.capacity import capacity
from conformance_tests.soak.chained import CONNECTORS, on_chains
from conformance_tests.soak.commands import same_answers
from conformance_tests.soak.faulted import faulted
from conformance_tests.soak.lifecycles import lifecycles
from conformance_tests.soak.processes import same_digests
from conformance_tests.soak.restarted import restarted

Asked = argparse.Namespace

COUNTS: dict[str, Callable[[Asked], bool]] = {
    "capacity": lambda asked: capacity(asked.connections, asked.orders),
    "chains": lambda asked: on_chains(asked.lives, asked.seed, asked.jobs, asked.on),
    "commands": lambda asked: same_answers(asked.commands, asked.seed, asked.jobs),
    "digests": lambda asked: same_digests(asked.digests, asked.jobs),
    "faults": lambda asked: faulted(asked.runs, asked.seed, asked.jobs, asked.life),
    "lifecycles": lambda asked: lifecycles(asked.lifecycles, asked.seed, asked.jobs),
    "restarts": lambda asked: restarted(asked.jobs),
}


def main() -> None:
    """Count what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m conformance_tests.soak")
    parser.add_argument("names", nargs="*", choices=[[], *COUNTS], metavar="NAME")
    parser.add_argument("--lifecycles", type=int, default=100_000, metavar="N")
    parser.add_argument("--lives", type=int, default=10_000, metavar="N", help="on chains")
    parser.add_argument("--on", nargs="+", choices=CONNECTORS, default=CONNECTORS, help="chains")
    parser.add_argument("--runs", type=int, default=10_000, metavar="N", help="cases of faults")
    parser.add_argument("--life", type=int, default=0, metavar="N", help="first life of faults")
    parser.add_argument("--commands", type=int, default=200_000, metavar="N")
    parser.add_argument("--digests", type=int, default=1_000, metavar="N")
    parser.add_argument("--connections", type=int, default=1_000, metavar="N")
    parser.add_argument("--orders", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--seed", type=int, default=0, help="(first) seed of what is drawn")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    asked = parser.parse_args()
    right = [COUNTS[name](asked) for name in asked.names or COUNTS]
    raise SystemExit(0 if all(right) else 1)


if __name__ == "__main__":
    main()
