"""User data: sessions, subscriptions, and what one account hears."""
