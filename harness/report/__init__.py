"""Listeners that turn run events into terminal text, JUnit and JSON."""
