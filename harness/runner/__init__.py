"""Plans cases, has them run and judged, and yields what happens as events."""
