"""`make crash`: the server under mixed load while its workers, itself and its database are killed at random.

Afterwards no write that was acknowledged may be missing and none may have been done twice, by the answers, by the API
and by the database. Goals: reads that no order of the answers allows, 5xx outside faults, and writes without a definite
answer are findings too. Ends with 1 if there is any.
"""

import argparse
import random
import sys

from tools.crash.batches import NotChecked
from tools.crash.databases import DATABASES, NoServer
from tools.crash.faults import NotBack
from tools.crash.figures import lines
from tools.crash.processes import refuse_other_systems
from tools.crash.run import Mistake, Plan, run
from tools.environment import ROOT

LOGS = ROOT / "var" / "crash"
# of a run on that database that is to be believed: seconds, faults, writes done
LONG = {"postgresql": (480.0, 108, 10_000), "sqlite": (90.0, 20, 1_500)}


def main() -> int:
    refuse_other_systems()
    asked = arguments()
    found = 0
    for database in DATABASES if asked.database == "both" else [asked.database]:
        seconds, faults, writes = LONG[database]
        if asked.seconds or asked.faults:
            writes = 0  # whoever wants a shorter run gets one
        plan = Plan(asked.seed, asked.seconds or seconds, asked.faults or faults, asked.writes or writes, asked.mistake)
        again = f"make crash SEED={asked.seed} DATABASE={database} SECONDS={plan.seconds:.0f} FAULTS={plan.faults}"
        print(f"Repeat with: {again}", flush=True)
        found += crash(database, plan)
    return min(found, 1)


def crash(database: str, plan: Plan) -> int:
    """Returns how many findings there are."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{database}.log"
    log.unlink(missing_ok=True)
    try:
        report = run(database, plan, log)
    except (NoServer, NotBack, NotChecked) as reason:
        sys.exit(f"{reason}\nThe server's log: {log}")
    print(*lines(report), sep="\n", flush=True)
    if report.findings:
        print(f"The server's log: {log}", flush=True)
    return len(report.findings)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    parser.add_argument("--seed", type=int, default=random.randrange(2**31))  # noqa: S311 - not a secret
    parser.add_argument("--seconds", type=float, help="at least so long")
    parser.add_argument("--faults", type=int, help="at least so many")
    parser.add_argument("--writes", type=int, help="at least so many that are done")
    parser.add_argument("--mistake", type=Mistake, choices=list(Mistake), help="to be found")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
