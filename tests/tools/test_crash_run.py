"""`make crash` itself: a short run finds what is wrong with clients that repeat without a key."""

import pytest

from tools.crash.run import Mistake, Plan, run

pytestmark = pytest.mark.servers


def test_what_is_done_twice_is_found(tmp_path):
    plan = Plan(seed=1, seconds=2, faults=3, writes=90, mistake=Mistake.KEYLESS)

    report = run("sqlite", plan, tmp_path / "log")

    kinds = {finding.partition(":")[0] for finding in report.findings}
    assert {"done more than once", "replay differs", "movement of points that nobody was told of"} <= kinds
    assert not {"no definite answer", "verify_ledger"} & kinds
