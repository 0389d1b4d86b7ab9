"""A venue on a chain: windows after an end, what is taken back, and what is not final yet."""
