"""The processes below another one, found where Linux lists them."""

import os
import signal
import sys
from pathlib import Path

PROCESSES = Path("/proc")
ONLY_LINUX = "make crash finds the processes that it kills in /proc, which only Linux has."


def refuse_other_systems() -> None:
    if sys.platform != "linux":
        sys.exit(ONLY_LINUX)


def children_of(parent: int) -> list[int]:
    """None of a process that has ended."""
    try:
        listed = (PROCESSES / str(parent) / "task" / str(parent) / "children").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(word) for word in listed.split()]


def command_of(process: int) -> str:
    try:
        return (PROCESSES / str(process) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def send(how: signal.Signals, *processes: int) -> None:
    """To those that are still there."""
    for process in processes:
        try:
            os.kill(process, how)
        except ProcessLookupError:
            continue


def kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return
