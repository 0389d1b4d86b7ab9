"""The reference connector: a Binance Spot client that keeps the contract, to be imitated."""
