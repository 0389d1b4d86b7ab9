"""Prints the page of the zoo: `python -m conformance_tests.zoo > docs/zoo.md`."""

import sys

from conformance_tests.zoo.page import page

sys.stdout.write(page())
