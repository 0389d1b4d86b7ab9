"""Prints docs/fidelity/binance.md: `python -m conformance_tests.fidelity`."""

import sys

from conformance_tests.fidelity.page import page

sys.stdout.write(page())
