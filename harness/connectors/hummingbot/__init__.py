"""Released Hummingbot connectors, unmodified, from an environment of their own."""
