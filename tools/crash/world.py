"""The small world that is crashed: what `manage.py load_demo --drill` says that it loaded."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.environment import ROOT

OTHERS = ("LOYALTY_", "DJANGO_", "DEBUG")  # settings that the caller may have
SECRET = "crash-" + "0123456789" * 5


@dataclass(frozen=True)
class Customer:
    id: str
    external_id: str


@dataclass(frozen=True)
class World:
    """`auth` is a header's name and value for each kind of caller; `partner` is the name that the partner goes by."""

    customers: tuple[Customer, ...]
    campaigns: tuple[str, ...]
    pools: tuple[str, ...]  # further campaigns, of which nobody buys
    promotions: tuple[tuple[int, int], ...]
    offer: str
    partner: str
    auth: Mapping[str, tuple[str, str]]


def company(database_url: str, directory: Path) -> dict[str, str]:
    """The environment of a company that runs the site, but for TLS: plain HTTP on loopback."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(OTHERS)}
    return others | {
        "SECRET_KEY": SECRET,
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": database_url,
        "LOYALTY_MEDIA_ROOT": str(directory / "media"),
        "LOYALTY_HTTPS_REDIRECT": "0",
        "LOYALTY_JOB_SILENCE_SECONDS": "3",  # so that killed workers' jobs are taken up again soon
    }


def manage(settings: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, cwd=ROOT, env=settings, stdin=subprocess.DEVNULL, capture_output=True, text=True)


def staff(settings: Mapping[str, str], *arguments: str) -> None:
    """Do what `staff.py` names, as somebody in the admin would."""
    command = [sys.executable, "-m", "tools.crash.staff", *arguments]
    subprocess.run(command, cwd=ROOT, env=settings, stdin=subprocess.DEVNULL, check=True)


def load(settings: Mapping[str, str]) -> World:
    """Bring the empty database to the current schema and fill it."""
    said = ""
    for step in (["migrate", "--verbosity", "0"], ["load_demo", "--drill"]):
        done = manage({**settings, "LOYALTY_DEMO": "1"}, *step)
        if done.returncode:
            sys.exit(f"manage.py {' '.join(step)} failed: {done.stderr.strip()}")
        said = done.stdout
    return read(json.loads(said.strip().splitlines()[-1]))


def read(told: Mapping[str, Any]) -> World:
    return World(
        customers=tuple(Customer(one["id"], one["externalId"]) for one in told["customers"]),
        campaigns=tuple(told["campaigns"]),
        pools=tuple(told["burstCampaigns"]),
        promotions=tuple((one["programId"], one["promotionId"]) for one in told["promotions"]),
        offer=told["offerConfig"],
        partner=told["partner"],
        auth={caller: _header(line) for caller, line in told["auth"].items()},
    )


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name, value.strip()
