"""Lifecycles drawn by Hypothesis, shrunk and saved as scenarios."""
