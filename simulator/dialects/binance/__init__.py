"""Binance Spot: REST, market streams and user data over the WebSocket API."""
