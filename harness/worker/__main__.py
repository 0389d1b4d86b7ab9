"""Entry of the worker process: the dispatchers come first, before anything else is imported.

Everything is imported under a frozen clock and fixed entropy: what a module keeps from its import
(a nonce, a generator's state) is the same in every process.
"""

import random

from fillproof.simulator.universe import dispatch
from fillproof.simulator.universe.clock import Clock

dispatch.install()
dispatch.enter(dispatch.World(Clock(), random.Random(1), pid=1, hostname="fillproof"))  # noqa: S311

from fillproof.harness.worker.zygote import main  # noqa: E402 - that is the point

main()
