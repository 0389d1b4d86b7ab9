"""The in-flight order helper: what a strategy may ask an order about (I)."""
