"""`python -m fillproof.harness.cli`."""

from fillproof.harness.cli import main

main()
