"""What a supervisor and a load balancer ask: does this process live, and may it have requests?"""

import logging
from collections.abc import Callable
from functools import cache, wraps
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic

from django.db import Error, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from loyalty_site.api.error_pages import failure

READING = ("GET", "HEAD")
PATIENCE = 1.0  # seconds that the database has to answer in
SILENT = "the database does not answer"

log = logging.getLogger(__name__)
asking = Lock()


def probe(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A view that is asked by GET or HEAD, and says so in JSON to whoever asks otherwise."""

    @never_cache
    @csrf_exempt  # refused below, not with a page
    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        if request.method in READING:
            return view(request)
        refusal = failure(request, 405)
        refusal["Allow"] = ", ".join(READING)
        return refusal

    return answered


@probe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process only: an outage of the database must not make a supervisor end every worker."""
    return JsonResponse({"status": "ok"})


@probe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers in time and has every migration of this release, else 503."""
    expected_migrations()  # read from the disk by the first caller, outside the time that the database has
    trouble = answer_in_time(database_trouble, PATIENCE)
    if trouble is None:
        return JsonResponse({"status": "ok"})
    log.warning("Not ready: %s", trouble)
    return JsonResponse({"status": "unavailable", "reason": trouble}, status=503, headers={"Retry-After": "1"})


def database_trouble() -> str | None:
    """On a connection of its own, so that the answer is about the database as a new caller finds it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        missing = expected_migrations() - set(MigrationRecorder(connection).applied_migrations())
    except Error as error:
        log.warning("Probing the database: %s", error)
        return SILENT
    finally:
        connections.close_all()
    return f"{len(missing)} migrations are not applied" if missing else None


@cache
def expected_migrations() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).graph.nodes)


def answer_in_time(question: Callable[[], str | None], seconds: float) -> str | None:
    """The question's answer, or `SILENT` after that time.

    It is asked in a thread, since nothing else gives up on a database that hangs, and by one thread at a time, so that
    probing one does not pile them up.
    """
    deadline = monotonic() + seconds
    if not asking.acquire(timeout=seconds):
        return SILENT
    answers: SimpleQueue[str | None] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(question())
        finally:
            asking.release()

    Thread(target=ask, daemon=True).start()
    try:
        return answers.get(timeout=max(0.0, deadline - monotonic()))
    except Empty:
        return SILENT
