"""Prints docs/fidelity/NAME.md: `python -m conformance_tests.fidelity NAME`."""

import sys

from conformance_tests.fidelity.all import ALL
from conformance_tests.fidelity.page import page

sys.stdout.write(page(ALL[sys.argv[1]]))
