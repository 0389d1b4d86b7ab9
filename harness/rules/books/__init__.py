"""B: the book that a connector keeps is the venue's."""
