"""The 111 paths of the FIX order state matrices, and how each stands at a venue."""

from fillproof.harness.fix.path import LITERAL, FixPath, OnVenue, Standing
from fillproof.harness.fix.paths import PATHS
from fillproof.harness.fix.table import counts, table

__all__ = ["LITERAL", "PATHS", "FixPath", "OnVenue", "Standing", "counts", "table"]
