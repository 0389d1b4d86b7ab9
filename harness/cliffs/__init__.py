"""Finds the delays and counts beyond which a connector's behaviour flips."""

from fillproof.harness.cliffs.bisection import Flip, flips
from fillproof.harness.cliffs.prober import Behaviour, Cliff, Stretch, Unclear, probe_one
from fillproof.harness.cliffs.probes import Probe, packaged_probes

__all__ = [
    "Behaviour",
    "Cliff",
    "Flip",
    "Probe",
    "Stretch",
    "Unclear",
    "flips",
    "packaged_probes",
    "probe_one",
]
