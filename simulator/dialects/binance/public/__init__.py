"""What anybody may ask and hear: books, trades, candles, tickers, and the market streams."""
