"""aiohttp around a dialect; it moves bytes and decides nothing."""
