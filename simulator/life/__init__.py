"""Strangers that trade among themselves: seeded, without a clock; time in, commands out."""
