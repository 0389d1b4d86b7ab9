"""Fillproof proves that an exchange connector tells its strategy the truth."""

__version__ = "0.1.0"
