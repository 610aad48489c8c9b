"""The web server: granian, but for what a server that its workers' deaths must not stop does otherwise."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.urls import get_resolver
from granian import Granian
from granian.constants import Interfaces

THREADS = 4  # of a worker: each serves one request at a time and keeps one connection to the database


class Server(Granian):
    """It goes on however often its workers are killed, and what takes a dead one's place serves at once."""

    def __init__(self, *, host: str, port: int, workers: int, kill_after: int, threads: int = THREADS) -> None:
        """`kill_after` is how many seconds workers have to end what they are at when the server is to stop."""
        super().__init__(
            "loyalty_site.serving.application:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=threads,
            websockets=False,
            respawn_failed_workers=True,
            respawn_interval=0.1,
            workers_kill_timeout=kill_after,
        )

    def serve(self, *args: Any, **options: Any) -> None:
        load_site()
        hold_back_stops_of_new_workers()
        super().serve(*args, **options)

    def _respawn_workers(self, *args: Any, **options: Any) -> None:
        """A worker that ends again within seconds would end the server: such deaths are not remembered."""
        super()._respawn_workers(*args, **options)
        self.respawned_wrks.clear()


def load_site() -> None:
    """Where workers are copies of this process, load what they run once, here: a new one then serves at once.

    A setting that is refused ends this process, and so stops the start.
    """
    if multiprocessing.get_start_method() == "fork":
        import_module("loyalty_site.wsgi")
        get_resolver().url_patterns  # noqa: B018 - reading it imports every view


def hold_back_stops_of_new_workers() -> None:
    """A worker begins with the main process's handlers, for which a request to stop means nothing: until it has its
    own (`application.py`), such a request has to wait.
    """

    def held_back(how: int) -> Callable[[], object]:
        return lambda: signal.pthread_sigmask(how, {signal.SIGTERM})

    os.register_at_fork(before=held_back(signal.SIG_BLOCK), after_in_parent=held_back(signal.SIG_UNBLOCK))


def usual_workers() -> int:
    """Two at least, so that one may die."""
    return max(2, min(4, os.cpu_count() or 1))
