"""`make serve`: brings database and static files up to date, and serves, workers beside, until Ctrl-C or SIGTERM."""

import argparse
import signal
import sys

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connections

from loyalty_site.environment import SettingRefused, require_hosts
from loyalty_site.serving.server import usual_workers
from tools.environment import ROOT, alone_in
from tools.serve import processes, site, static
from tools.serve.ports import port_number, refuse_unusable

VAR = ROOT / "var"
NOBODY_YET = "Nobody can log in yet. In a second terminal, with the same settings: make superuser"


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C on the way is no error
    asked = arguments()
    refuse_unusable(asked.host, asked.port, target="serve")
    site.set_up()
    refuse_trial_settings()
    VAR.mkdir(exist_ok=True)
    with alone_in(VAR):
        site.migrate()
        static.collect_if_changed()
    print(f"Serving http://{asked.host}:{asked.port}/{settings.ADMIN_PATH}", flush=True)
    if not get_user_model().objects.filter(is_superuser=True).exists():
        print(NOBODY_YET, flush=True)
    connections.close_all()
    processes.become(host=asked.host, port=asked.port, web_workers=asked.workers, job_workers=asked.job_workers)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default=processes.HOST)
    parser.add_argument("--port", type=port_number, default=8000)
    parser.add_argument("--workers", type=at_least_one, default=usual_workers())
    parser.add_argument("--job-workers", type=at_least_one, default=1)
    return parser.parse_args()


def at_least_one(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) <= 1_000):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes: give one from 1 to 1000")
    return int(text)


def refuse_trial_settings() -> None:
    try:
        require_hosts(settings.ALLOWED_HOSTS)
    except SettingRefused as refusal:
        sys.exit(str(refusal))
    if settings.DEMO or settings.DEBUG:
        sys.exit("LOYALTY_DEMO and DEBUG are not for serving: unset them. The demo is served by: make demo")


if __name__ == "__main__":
    main()
