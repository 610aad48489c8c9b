"""The site's application, in a worker that can be stopped while it is still loading it.

Until then a worker has the signal handlers of the server's main process, in which a request to stop is lost.
"""

import signal

signal.signal(signal.SIGTERM, signal.SIG_DFL)

from loyalty_site.wsgi import application  # noqa: E402 - the loading is what takes time

__all__ = ["application"]
