"""Ending with whoever started this process, so that nothing is left over that holds the port."""

import ctypes
import signal
import sys

SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux, which other systems do not have


def end_with_parent(how: signal.Signals) -> None:
    """Ask the system for this signal when the parent dies, even if it is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, how)
