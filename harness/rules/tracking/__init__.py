"""Active order tracking: which orders a connector follows, also across a restart (A)."""
