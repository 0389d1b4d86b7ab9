"""The adapter protocol and the adapters that ship with Fillproof."""
