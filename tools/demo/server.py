"""The demo's web server: granian, but for three things that a demo on somebody's desk should do otherwise."""

import argparse
import os
import signal
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from tools.demo.parent import end_with_parent

HOST = "127.0.0.1"


class DemoServer(Granian):
    """It ends with its terminal and with `make`, and goes on however often its workers are killed."""

    outlives_terminal = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN  # as `nohup make demo` wants it

    def signal_handler_reload(self, *args: Any, **options: Any) -> None:
        """SIGHUP, which granian takes for a wish to reload: the terminal was closed."""
        if not self.outlives_terminal:
            self.signal_handler_interrupt()

    def _respawn_workers(self, *args: Any, **options: Any) -> None:
        """A worker that ends again within seconds would end the server: such deaths are not remembered."""
        super()._respawn_workers(*args, **options)
        self.respawned_wrks.clear()


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until the server takes it: Ctrl-C is no error
    end_with_parent(signal.SIGTERM)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    DemoServer(
        "tools.demo.wsgi:application",
        address=HOST,
        port=parser.parse_args().port,
        interface=Interfaces.WSGI,
        workers=max(2, min(4, os.cpu_count() or 1)),
        blocking_threads=4,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=5,
    ).serve()


if __name__ == "__main__":
    main()
