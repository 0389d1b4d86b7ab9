"""The judged world: a matching engine, venue dialects and a sealed deterministic universe."""
