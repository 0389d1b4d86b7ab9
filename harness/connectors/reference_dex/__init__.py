"""The reference connector of a decentralised venue: a Hyperliquid spot client, to be imitated."""
