"""A connector whose module cannot be imported."""

raise ImportError("it needs another library")
