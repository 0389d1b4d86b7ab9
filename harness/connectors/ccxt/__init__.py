"""ccxt, a client library, as a connector: what it returns and streams, mapped to events."""
