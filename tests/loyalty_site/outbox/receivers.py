"""Those who are told: short ways to a subscription, to a delivery, and to a server that receives."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event as Signal
from threading import Thread

from loyalty_site.outbox.kinds import EventKind
from loyalty_site.outbox.models import Delivery, Event, SubscribedKind, Subscription
from loyalty_site.outbox.telling import event
from tests.builders import AT

VISITED = EventKind("tests.visited", "Somebody came by.")


def subscription(*kinds: str, **fields) -> Subscription:
    """Switched on; of an address that is nobody's."""
    usual = {"name": f"CRM {Subscription.objects.count() + 1}", "url": "https://crm.example/hook", "created_at": AT}
    made = Subscription.objects.create(**(usual | fields))
    SubscribedKind.objects.bulk_create(SubscribedKind(subscription=made, kind=kind) for kind in kinds)
    return made


def happened(**fields) -> Event:
    """An event that is to be passed on."""
    data, codes = fields.pop("data", {"n": 1}), fields.pop("codes", {})
    made = event(VISITED, "7", at=fields.pop("at", AT), data=data, codes=codes)
    for name, value in fields.items():
        setattr(made, name, value)
    made.save()
    return made


def due(to: Subscription | None, **fields) -> Delivery:
    """A delivery that is due since noon."""
    what = fields.pop("event", None) or happened(passed_on=True)
    return Delivery.objects.create(event=what, subscription=to, **({"next_at": AT} | fields))


class Server(ThreadingHTTPServer):
    """Keeps what it was sent, and answers as it was told: the last answer again and again."""

    daemon_threads = True

    def __init__(self, *answers: int, headers: dict[str, str] | None = None, body: bytes = b"thanks") -> None:
        super().__init__(("127.0.0.1", 0), Hook)
        self.answers, self.headers, self.body = list(answers or (200,)), headers or {}, body
        self.seen: list[tuple[dict[str, str], bytes]] = []
        self.drip = False
        self.rubbish = b""
        self.closing = Signal()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class Hook(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        server = self.server
        server.seen.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
        if server.drip:
            self._drip()
            return
        if server.rubbish:
            self.wfile.write(server.rubbish)
            return
        self.send_response(server.answers.pop(0) if len(server.answers) > 1 else server.answers[0])
        for name, value in server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(server.body)))
        self.end_headers()
        self.wfile.write(server.body)

    def _drip(self) -> None:
        """A byte now and then, for as long as the caller bears it."""
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not self.server.closing.wait(0.02):
                self.wfile.write(b".")
        except OSError:
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Not on the tests' output."""


@contextmanager
def serving(server: Server, context: ssl.SSLContext | None = None) -> Iterator[Server]:
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
