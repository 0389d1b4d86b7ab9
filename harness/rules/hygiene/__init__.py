"""Hygiene: how a connector asks, whatever comes of it; judged from the wire alone."""

from __future__ import annotations
