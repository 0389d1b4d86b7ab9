"""Scenarios, one file each; the id of a scenario is its path below this folder."""
