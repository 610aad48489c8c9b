"""What the site itself answers: probes and the description of the API."""

from loyalty_site.api.description.operations import Chapter, Operation
from loyalty_site.api.description.shapes import TEXT, record, words

OK = record({"status": words(["ok"])})
NOT_READY = record({"status": words(["unavailable"]), "reason": TEXT})

CHAPTERS = [
    Chapter(
        "The site",
        "What supervisors, load balancers and programs ask.",
        {
            "healthz": {"GET": Operation("Does the process live?", OK, bare=True)},
            "readyz": {"GET": Operation("May it have requests?", OK, others={503: NOT_READY}, bare=True)},
            "api-description": {
                "GET": Operation("This description", {"type": "object"}, others={304: None}, bare=True),
            },
            "api-page": {"GET": Operation("This description as a page", TEXT, media=("text/html",), bare=True)},
        },
    ),
]
