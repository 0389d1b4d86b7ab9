"""ccxt, the client library, as a connector: a stateless mapping of what it returns."""
