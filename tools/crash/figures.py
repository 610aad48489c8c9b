"""What is printed of a run."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from tools.crash.faults import Fault
from tools.crash.history import Attempt, Kind
from tools.crash.judge import cut
from tools.crash.run import Report

SHOWN = 5  # findings of one kind
LONGEST = 400  # letters of a finding


def lines(report: Report) -> Iterator[str]:
    yield f"{report.database}: {report.seconds:.0f} s, {len(report.happenings)} faults, seed {report.plan.seed}"
    yield from _faults(report)
    yield from _writes(report)
    yield from _requests(report)
    yield from _terminations(report)
    yield from _findings(report.findings)


def _faults(report: Report) -> Iterator[str]:
    yield f"  {'fault':36}{'times':>6}{'back after, median':>20}{'worst':>10}"
    for name, chosen in [*((fault, {fault}) for fault in Fault), ("all", set(Fault))]:
        back = [one.seconds_until_back for one in report.happenings if one.fault in chosen]
        if back:
            yield f"  {name:36}{len(back):>6}{median(back):>18.2f} s{max(back):>8.2f} s"


def _writes(report: Report) -> Iterator[str]:
    yield f"  {'write':36}{'all':>6}{'done':>9}{'refused':>9}{'repeated':>10}"
    operations = report.history.operations
    for name, chosen in [*((kind, {kind}) for kind in Kind), ("all", set(Kind))]:
        some = [one for one in operations if one.kind in chosen]
        done, repeated = sum(one.is_done for one in some), sum(len(one.attempts) > 1 for one in some)
        yield f"  {name:36}{len(some):>6}{done:>9}{len(some) - done:>9}{repeated:>10}"


def _requests(report: Report) -> Iterator[str]:
    history = report.history
    attempts = history.attempts
    reads = sum(read.value is not None for read in history.reads)
    yield f"  requests {len(attempts)}, of which without an answer {sum(one.answer is None for one in attempts)}"
    yield f"  reads checked {reads}, keys under another body {len(history.reuses)}"
    yield f"  replays at the end {report.replays}, rewards bought of what was left {report.drained}"
    yield f"  coupons filled in by jobs {report.coupons}, jobs taken up again {report.taken_up} times"
    yield f"  answers of 503 {_of_status(attempts, 503, 503)}, other 5xx {_of_status(attempts, 500, 599, 503)}"


def _of_status(attempts: Sequence[Attempt], least: int, most: int, besides: int = 0) -> int:
    statuses = [one.answer.status for one in attempts if one.answer]
    return sum(least <= status <= most and status != besides for status in statuses)


def _terminations(report: Report) -> Iterator[str]:
    ended = [one for one in report.happenings if one.fault == Fault.TERMINATE]
    if ended:
        longest = max(one.done - one.begun for one in ended)
        lost = sum(cut(operation, one) for one in ended for operation in report.history.operations)
        yield f"  SIGTERM took {longest:.2f} s at most and cut {lost} requests that had been accepted"


def _findings(findings: Sequence[str]) -> Iterator[str]:
    if not findings:
        yield "  nothing was lost, nothing was done twice"
        return
    yield f"  {len(findings)} FINDINGS"
    kinds: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        kinds[finding.partition(":")[0]].append(finding)
    for some in kinds.values():
        yield from (f"    {finding[:LONGEST]}" for finding in some[:SHOWN])
        if len(some) > SHOWN:
            yield f"    ... and {len(some) - SHOWN} more like these"
