"""Entry of the worker process: the dispatchers come first, before anything else is imported."""

from fillproof.simulator.universe import dispatch

dispatch.install()

from fillproof.harness.worker.zygote import main  # noqa: E402 - that is the point

main()
