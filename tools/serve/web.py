"""The web server, as a process that somebody watches: the site's, but for how it ends."""

import argparse
import signal
from typing import Any

from loyalty_site.serving.parent import end_with_parent
from loyalty_site.serving.server import Server

KILL_AFTER = 12  # seconds that requests under way have to end in: a statement may take 8


class WatchedServer(Server):
    """It ends with its terminal and with whoever started it."""

    outlives_terminal = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN  # as `nohup make demo` wants it

    def signal_handler_reload(self, *args: Any, **options: Any) -> None:
        """SIGHUP, which granian takes for a wish to reload: the terminal was closed."""
        if not self.outlives_terminal:
            self.signal_handler_interrupt()


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until the server takes it: Ctrl-C is no error
    end_with_parent(signal.SIGTERM)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=2)
    WatchedServer(**vars(parser.parse_args()), kill_after=KILL_AFTER).serve()


if __name__ == "__main__":
    main()
