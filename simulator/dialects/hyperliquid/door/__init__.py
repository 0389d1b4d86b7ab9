"""Requests as they come in: read, signed, counted."""
