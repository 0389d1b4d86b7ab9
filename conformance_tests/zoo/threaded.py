"""A connector whose module starts a thread when it is imported."""

from __future__ import annotations

import threading
from functools import partial

from conformance_tests.zoo.animal import Animal

threading.Thread(target=partial(threading.Event().wait, 600), name="warden", daemon=True).start()


class StartsAThreadWhenImported(Animal):
    """Its module starts a thread when it is imported."""
