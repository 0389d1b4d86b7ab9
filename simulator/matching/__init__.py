"""Books, matching and accounts: commands and time in, execution reports out."""
