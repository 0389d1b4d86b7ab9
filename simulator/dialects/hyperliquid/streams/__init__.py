"""Subscriptions of /ws, and what they are told."""
