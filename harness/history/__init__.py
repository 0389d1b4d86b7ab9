"""The recording and what the judge reads out of it."""
