"""aiohttp around a dialect; it moves bytes and decides nothing."""

from fillproof.simulator.server.pulse import Pulse
from fillproof.simulator.server.venue_server import FAULT_HEADER, Handler, VenueServer

__all__ = ["FAULT_HEADER", "Handler", "Pulse", "VenueServer"]
