"""What holds in every market of the venue."""

from __future__ import annotations

from fillproof.simulator.vocabulary.orders import SelfTradePrevention

STP_MODES = {str(mode): mode for mode in SelfTradePrevention}
DEFAULT_STP_MODE = SelfTradePrevention.NONE
PERMISSIONS = ("SPOT",)
