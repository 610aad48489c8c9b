"""One run on one database: load, faults, and all that is looked at afterwards."""

import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from random import Random

from tools.crash import aftermath, batches, books, reading
from tools.crash.calls import Line
from tools.crash.databases import DATABASES, Database, PostgreSQL, Sqlite
from tools.crash.faults import Happening, Scene, in_rounds, round_of, strike, wait_for_start
from tools.crash.history import Counter, History
from tools.crash.judge import judge
from tools.crash.load import Client, Load, Surroundings
from tools.crash.operations import allowance, balance, left
from tools.crash.possible import Numbers
from tools.crash.programs import WORKING, Program, WebServer
from tools.crash.supervision import supervised
from tools.crash.work import Staff, wait_for_workers
from tools.crash.world import World, company, load, manage, staff
from tools.demo.passing import free_port

CALM = 0.4  # seconds, at least, between two faults
WORKERS = {PostgreSQL: 2, Sqlite: 1}  # of jobs
PATIENCE = 3  # times the planned length, after which a run ends with what it has


class Mistake(StrEnum):
    """What a run can be given to find, so that it is seen to find something."""

    KEYLESS = "keyless"  # clients that repeat without a key
    FORGETFUL = "forgetful"  # PostgreSQL that answers before a commit is on the disk


@dataclass(frozen=True)
class Plan:
    """What a run must have had before it ends: seconds, faults, writes that were done and acknowledged."""

    seed: int
    seconds: float
    faults: int
    writes: int
    mistake: Mistake | None = None


@dataclass
class Report:
    """What happened in a run, and what was found to be wrong."""

    database: str
    plan: Plan
    history: History = field(default_factory=History)
    happenings: list[Happening] = field(default_factory=list)
    seconds: float = 0.0
    replays: int = 0
    drained: int = 0
    coupons: int = 0  # that jobs imported and generated, and those that were there before
    taken_up: int = 0  # jobs, after their worker had been killed
    findings: list[str] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(one.is_done for one in list(self.history.operations))


def run(database: str, plan: Plan, log: Path) -> Report:
    """Raises NoServer, NotBack where the system does not answer any more, and NotChecked where no job is done."""
    open_database, forgetful = DATABASES[database], plan.mistake == Mistake.FORGETFUL
    with (
        tempfile.TemporaryDirectory(prefix="loyalty-crash-") as place,
        open_database(Path(place), forgetful=forgetful) as one,
    ):
        settings = company(one.url, Path(place))
        world = load(settings)
        report = Report(one.name, plan)
        with served(one, world, settings, log) as scene:
            by_staff = partial(staff, settings)
            filling = batches.begun(one, world, by_staff, Path(place), plan.faults)
            _crash_and_look(scene, world, report, by_staff)
            report.findings += batches.compare(filling, one, world, scene.web.address)
            report.coupons, report.taken_up = filling.total, batches.taken_up(one)
            tied = manage(settings, "verify_ledger")
            if tied.returncode:
                report.findings.append(f"verify_ledger: {tied.stdout.strip()} {tied.stderr.strip()}")
    return report


@contextmanager
def served(database: Database, world: World, settings: Mapping[str, str], log: Path) -> Iterator[Scene]:
    """The site on a free port, with a supervisor that starts again whatever ends."""
    web = WebServer(free_port(), settings, log)
    crew = [Program(WORKING, settings, log) for _ in range(WORKERS[type(database)])]
    scene = Scene(web, crew, database, reading.balance_of(world, world.customers[0]).call)
    programs = [web, *crew]
    try:
        with supervised([*programs, database] if isinstance(database, PostgreSQL) else programs):
            wait_for_start(scene)
            yield scene
    finally:
        for program in programs:
            program.kill()


def _crash_and_look(scene: Scene, world: World, report: Report, by_staff: Staff) -> None:
    first, costs = at_first(scene.web.address, world)
    with ThreadPoolExecutor() as twins:
        keyless = report.plan.mistake == Mistake.KEYLESS
        around = Surroundings(scene.web.address, world, costs, report.history, twins, keyless)
        clients = Load(around, report.plan.seed)
        clients.start()
        try:
            _strike_until_enough(scene, report)
        finally:
            clients.stop()
        report.findings += wait_for_workers(scene.database, report.history, by_staff)
        with closing(Client("after", report.plan.seed, around)) as client:
            _look(client, scene.database, first, report)


def _strike_until_enough(scene: Scene, report: Report) -> None:
    """Faults at about even distances, until the run has had what was planned."""
    plan, begun = report.plan, time.monotonic()
    chance = Random(plan.seed)  # noqa: S311 - not a secret
    distance = plan.seconds / plan.faults
    for number, fault in enumerate(in_rounds(round_of(type(scene.database)), chance), start=1):
        due = begun + (number - chance.random()) * distance
        time.sleep(max(CALM, due - time.monotonic()))
        report.happenings.append(strike(fault, scene, chance))
        report.seconds = time.monotonic() - begun
        enough = number >= plan.faults and report.seconds >= plan.seconds and report.done >= plan.writes
        if enough or report.seconds > PATIENCE * plan.seconds:
            break


def _look(client: Client, database: Database, first: Mapping[Counter, int], report: Report) -> None:
    chance = Random(report.plan.seed)  # noqa: S311 - not a secret
    report.replays, differing = aftermath.replay(client, chance)
    report.drained = aftermath.buy_what_is_left(client)
    aftermath.read_everything(client)
    numbers = Numbers(first, report.history)
    report.findings += [
        *_too_little(report),
        *judge(report.history, numbers, report.happenings),
        *differing,
        *aftermath.compare_lists(client),
        *books.compare(books.read(database.rows), report.history, numbers),
    ]


def _too_little(report: Report) -> Iterator[str]:
    """A run that shows too little to be believed."""
    if len(report.happenings) < report.plan.faults:
        yield f"only {len(report.happenings)} faults of {report.plan.faults}"
    if report.done < report.plan.writes:
        yield f"only {report.done} writes of {report.plan.writes} were done"


def at_first(server: str, world: World) -> tuple[dict[Counter, int], dict[str, int]]:
    """What the API says before the load: the numbers that will move, and what each campaign costs."""
    line, numbers, costs = Line(server), {}, {}
    for customer in world.customers:
        numbers[balance(customer.id)] = line.ask(reading.balance_of(world, customer).call).body["balance"]
    for campaign in world.campaigns:
        shown = line.ask(reading.campaign_call(world, campaign)).body
        costs[campaign] = shown["costInPoints"]
        numbers[left(campaign)] = shown["usageLeft"]
        numbers |= {allowance(campaign, customer.id): shown["limitPerUser"] for customer in world.customers}
    line.close()
    return numbers, costs
