"""The site's application, in a worker that does as the server's main process says, from its first moment on.

Without this a worker keeps the main process's handlers until it serves, and a request to stop that comes meanwhile is
lost; Ctrl-C reaches it twice, of the terminal and of the main process, and the second time can find
it holding the lock that the handler wants; and it outlives a main process that is killed.
"""

import signal

from loyalty_site.serving.parent import end_with_parent

signal.signal(signal.SIGTERM, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # see `hold_back_stops_of_new_workers`
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
end_with_parent(signal.SIGKILL)

from loyalty_site.wsgi import application  # noqa: E402 - the loading is what takes time

__all__ = ["application"]
