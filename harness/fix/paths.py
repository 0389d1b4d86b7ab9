"""All paths in the order of the standard."""

from __future__ import annotations

from fillproof.harness.fix.asked_and_later import G, H
from fillproof.harness.fix.by_the_venue import E, F
from fillproof.harness.fix.chains import D
from fillproof.harness.fix.exchanges import X
from fillproof.harness.fix.executions import A, B
from fillproof.harness.fix.path import FixPath
from fillproof.harness.fix.rare import I, J, K, L
from fillproof.harness.fix.replaces import C

PATHS: dict[str, FixPath] = {
    path.ref: path for group in (A, B, C, D, E, F, G, H, I, J, K, L, X) for path in group
}
"""By reference."""
