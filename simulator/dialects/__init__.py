"""A folder a venue: its words, signatures, limits, sessions and quirks, without I/O."""
