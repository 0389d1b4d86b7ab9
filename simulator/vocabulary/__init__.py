"""The words of the venue: units, instruments, orders, commands, execution reports."""
