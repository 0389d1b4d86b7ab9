"""The rules of one order's life: what is told of it against what was true."""
