"""Two ledgers: the book that the told events make, and the venue's."""
