"""The demo's web server: the site's, but for what a demo on somebody's desk should do otherwise."""

import argparse
import signal
from typing import Any

from loyalty_site.serving.parent import end_with_parent
from loyalty_site.serving.server import Server, usual_workers

HOST = "127.0.0.1"


class DemoServer(Server):
    """It ends with its terminal and with `make`."""

    outlives_terminal = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN  # as `nohup make demo` wants it

    def signal_handler_reload(self, *args: Any, **options: Any) -> None:
        """SIGHUP, which granian takes for a wish to reload: the terminal was closed."""
        if not self.outlives_terminal:
            self.signal_handler_interrupt()


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until the server takes it: Ctrl-C is no error
    end_with_parent(signal.SIGTERM)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    DemoServer(host=HOST, port=parser.parse_args().port, workers=usual_workers(), kill_after=5).serve()


if __name__ == "__main__":
    main()
