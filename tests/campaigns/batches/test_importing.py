"""A file of codes is checked, imported, and undone."""

import pytest

from campaigns import services as campaign_services
from campaigns import shelving, stock
from campaigns.batches import checking, emptying, services
from campaigns.batches.report import FILE
from campaigns.errors import BatchNotReady, FileForgotten, SharedCode
from campaigns.models import CodeOnceSeen, CouponBatch
from campaigns.verify import findings
from loyalty_site.access.models import AuditEntry
from loyalty_site.jobs.kinds import kind_of
from loyalty_site.jobs.models import Job
from loyalty_site.jobs.services import cancel, retry
from tests.books import refused
from tests.builders import AT, SHOP, STAFF, buy, campaign, customer, draft
from tests.campaigns.batches.loads import checked, confirmed, figures, imported, state_of, undone
from tests.campaigns.pools import asked, drained, left, shown, slices
from tests.jobs import work_off, written

pytestmark = pytest.mark.django_db

MIXED = "A\nN1\n\n  N2 \nN1\nB\x00AD\n" + "L" * 256 + "\n=1+1\nGONE\nN3\nA\n"


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    """A step does three lines, so that every file takes several."""
    monkeypatch.setattr(checking, "lines_a_step", lambda: 3)
    monkeypatch.setattr("campaigns.batches.importing.lines_a_step", lambda: 3)
    monkeypatch.setattr(emptying, "codes_a_step", lambda: 2)


@pytest.fixture
def reward():
    """With A to C, of which A is sold, and a code that was withdrawn."""
    made = campaign(["A", "B", "C", "GONE"], unlimited=True)
    shelving.withdraw(made.pk, list(made.coupons.filter(code="GONE").values_list("pk", flat=True)), **SHOP)
    buy(made, customer(points=100))
    return made


def test_a_check_tells_new_repeated_known_and_malformed_lines(reward):
    batch = checked(reward, MIXED)

    assert figures(batch) == {"lines": 10, "new": 4, "known": 3, "repeated": 1, "malformed": 2, "added": 0}
    assert batch.state == "checked"
    assert batch.check_job.outcome == {
        "New codes": 4,
        "Twice in the file": 1,
        "In the campaign already": 3,
        "Not readable": 2,
    }
    assert batch.check_job.checkpoint["samples"] == {
        "new": [[2, "N1"], [4, "N2"], [8, "=1+1"], [10, "N3"]],
        "known": [[1, "A"], [9, "GONE"], [11, "A"]],
        "repeated": [[5, "N1"]],
        "bad": [[6, "B�AD"], [7, "L" * 32 + "…"]],
    }


def test_a_check_lists_every_line_that_is_not_imported_and_why(reward):
    assert written(checked(reward, MIXED).check_job, FILE).splitlines() == [
        "\ufeffline,text,why it was not imported",
        "1,A,the campaign has this code",
        "5,N1,stands in line 2 already",
        "6,B�AD,holds characters that cannot be seen",
        f"7,{'L' * 60},longer than 255 characters",
        "9,GONE,the campaign has this code",
        "11,A,the campaign has this code",
    ]


def test_a_check_changes_nothing_and_leaves_nothing_behind(reward):
    before = state_of(reward)
    checked(reward, MIXED)

    assert state_of(reward) == before
    assert not CodeOnceSeen.objects.exists()


def test_an_import_adds_what_is_new_in_the_order_of_the_file(reward):
    batch = confirmed(checked(reward, MIXED))

    assert shown(reward) == ["A", "B", "C", "N1", "N2", "=1+1", "N3"]
    assert figures(batch) == {"lines": 10, "new": 4, "known": 3, "repeated": 1, "malformed": 2, "added": 4}
    assert (batch.state, left(reward), batch.coupons.count()) == ("filled", 6, 4)
    assert list(findings()) == []
    assert drained(reward, customer(points=100)) == ["B", "C", "N1", "N2", "=1+1", "N3"]


def test_codes_that_became_known_since_the_check_are_not_imported(reward):
    batch = checked(reward, "N1\nN2\nN3\n")
    campaign_services.add_codes(reward.pk, ["N2"], **SHOP)
    batch = confirmed(batch)

    assert (batch.known, batch.added) == (1, 2)
    assert shown(reward) == ["A", "B", "C", "N2", "N1", "N3"]
    assert written(batch.fill_job, FILE).splitlines()[1:] == ["2,N2,the campaign has this code"]


def test_an_import_that_is_undone_leaves_the_exact_state_before(reward):
    before = state_of(reward)
    batch = undone(imported(reward, MIXED))

    assert state_of(reward) == before
    assert (batch.state, batch.added, batch.removed) == ("emptied", 4, 4)
    assert list(findings()) == []


def test_an_undone_import_keeps_what_was_sold(reward):
    batch = imported(reward, "N1\nN2\nN3\n")
    who = customer(points=100)
    codes = [buy(reward, who) for _ in range(4)]
    shelving.withdraw(reward.pk, list(batch.coupons.filter(code="N3").values_list("pk", flat=True)), **SHOP)
    batch = undone(batch)

    assert codes == ["B", "C", "N1", "N2"]
    assert shown(reward) == ["A", "B", "C", "N1", "N2"]
    assert (batch.removed, batch.empty_job.outcome) == (1, {"Codes taken out": 1, "Sold, and kept": 2})
    assert left(reward) == 0
    assert list(findings()) == []


def test_codes_that_come_after_an_undone_batch_are_sold(reward):
    undone(imported(reward, "N1\nN2\nN3\n"))
    imported(reward, "M1\nM2\n")

    assert drained(reward, customer(points=100)) == ["B", "C", "M1", "M2"]
    assert list(findings()) == []


def test_an_earlier_batch_is_undone_while_a_later_one_stays(reward):
    first = imported(reward, "N1\nN2\nN3\n")
    imported(reward, "M1\nM2\n")
    undone(first)

    assert left(reward) == 4
    assert list(findings()) == []
    assert drained(reward, customer(points=100)) == ["B", "C", "M1", "M2"]


def test_what_the_limit_keeps_back_is_counted_and_follows_when_a_batch_is_undone():
    reward = campaign(["A", "B"], limit=4, limit_per_customer=9)
    first = imported(reward, "N1\nN2\nN3\n")
    imported(reward, "M1\nM2\n")
    assert (left(reward), asked(reward).codes_withheld) == (4, 3)
    assert list(findings()) == []

    undone(first)

    assert (left(reward), asked(reward).codes_withheld) == (4, 0)
    assert list(findings()) == []
    assert drained(reward, customer(points=100)) == ["A", "B", "M1", "M2"]


def test_a_limited_campaign_is_undone_to_the_exact_state_before():
    reward = campaign(["A", "B"], limit=3)
    before = state_of(reward)
    undone(imported(reward, "N1\nN2\nN3\n"))

    assert state_of(reward) == before


def test_a_list_that_is_put_moves_codes_of_a_batch(reward):
    """They stay of their batch wherever they stand, withdrawn or not, and go with it."""
    batch = imported(reward, "N1\nN2\nN3\n")
    wanted = draft(["Z", "N3", "N1"], unlimited=True)
    campaign_services.replace(reward.pk, wanted, **SHOP)
    assert (shown(reward), batch.coupons.count()) == (["A", "Z", "N3", "N1"], 3)
    undone(batch)

    assert (shown(reward), left(reward)) == (["A", "Z"], 1)
    assert list(findings()) == []
    assert drained(reward, customer(points=100)) == ["Z"]


def test_a_code_that_is_moved_while_its_batch_is_undone_goes_too(reward, monkeypatch):
    batch = imported(reward, "N1\nN2\nN3\n")
    take_out, wanted = stock.take_out, draft(["Z", "N1"], unlimited=True)

    def moved_after_the_first_step(*args, below, **options):
        if below is not None and not reward.coupons.filter(code="Z").exists():
            campaign_services.replace(reward.pk, wanted, **SHOP)
        return take_out(*args, below=below, **options)

    monkeypatch.setattr(stock, "take_out", moved_after_the_first_step)
    batch = undone(batch)

    assert (batch.state, batch.removed, shown(reward)) == ("emptied", 3, ["A", "Z"])
    assert batch.empty_job.outcome == {"Codes taken out": 3, "Sold, and kept": 0}
    assert list(findings()) == []


def test_a_stopped_import_is_undone_too(reward):
    before = state_of(reward)
    batch = services.confirm(checked(reward, "N1\nN2\nN3\nN4\n").pk, **SHOP)
    step(batch.fill_job)
    cancel(batch.fill_job, actor=STAFF, at=AT)
    assert left(reward) == 5
    work_off()
    batch = undone(batch)

    assert (batch.added, batch.removed) == (3, 3)
    assert state_of(reward) == before
    retry(batch.fill_job, actor=STAFF, at=AT)
    work_off()
    assert Job.objects.get(pk=batch.fill_job.pk).problem == "This batch has been undone."
    assert state_of(reward) == before


def step(job: Job) -> None:
    """The first step of a job that waits, as a worker does it."""
    made = kind_of(job).step(job, at=AT)
    Job.objects.filter(pk=job.pk).update(done=made.done, total=made.total, checkpoint=made.checkpoint)


@pytest.mark.parametrize("state", ["checking", "checked", "emptying"])
def test_only_a_checked_batch_is_confirmed(reward, state):
    batch = checked(reward, "N1\n")
    CouponBatch.objects.filter(pk=batch.pk).update(state="filled" if state == "checked" else state)
    with refused(BatchNotReady, state="filled" if state == "checked" else state):
        services.confirm(batch.pk, **SHOP)
    assert Job.objects.count() == 1


def test_a_batch_is_not_undone_while_it_is_filled(reward):
    batch = services.confirm(checked(reward, "N1\n").pk, **SHOP)
    with refused(BatchNotReady, state="filling"):
        services.undo(batch.pk, **SHOP)


def test_a_file_that_is_not_kept_any_more_is_not_imported(reward):
    batch = checked(reward, "N1\n")
    batch.check_job.delete()
    with refused(FileForgotten):
        services.confirm(batch.pk, **SHOP)
    assert shown(reward) == ["A", "B", "C"]


def test_a_campaign_with_one_code_for_all_takes_no_batch():
    reward = campaign(["A"], single_coupon=True)
    with refused(SharedCode, id=reward.pk):
        services.check_file(reward.pk, [b"N1\n"], label="", heading=False, **SHOP)
    assert not CouponBatch.objects.exists()


def test_a_campaign_that_came_to_share_its_code_takes_no_more(reward):
    batch = checked(reward, "N1\n")
    campaign_services.change_settings(reward.pk, {"single_coupon": True}, **SHOP)
    batch = confirmed(batch)

    assert batch.fill_job.state == "failed"
    assert batch.fill_job.problem == "Every buyer of this campaign gets the same code by now: it takes no more."
    assert shown(reward) == ["A", "B", "C"]


def test_a_batch_is_undone_where_its_first_code_is_shared_by_now():
    reward = campaign(["A"], unlimited=True)
    batch = imported(reward, "N1\nN2\nN3\n")
    shelving.withdraw(reward.pk, list(reward.coupons.filter(code="A").values_list("pk", flat=True)), **SHOP)
    campaign_services.change_settings(reward.pk, {"single_coupon": True}, **SHOP)
    undone(batch)

    assert (shown(reward), left(reward)) == ([], 0)
    assert list(findings()) == []


@pytest.mark.parametrize("content", ["Gru\xdf\n".encode("latin-1"), "N1\n".encode("utf-16")])
def test_text_that_is_not_utf8_is_refused_in_a_sentence(reward, content):
    batch = checked(reward, content)

    assert batch.check_job.state == "failed"
    assert "Save" in batch.check_job.problem
    assert batch.state == "checking"


def test_the_audit_trail_names_counts_and_no_codes(reward):
    undone(imported(reward, "N1\nN1\nN2\n"))
    told = AuditEntry.objects.filter(object_type="campaign", object_id=str(reward.pk)).order_by("pk")

    assert [(entry.action, entry.after) for entry in told][-2:] == [
        ("coupons imported", {"batch": CouponBatch.objects.get().pk, "label": "Spring", "added": 2}),
        ("coupon batch undone", {"batch": CouponBatch.objects.get().pk, "label": "Spring", "removed": 2, "kept": 0}),
    ]
    assert not [entry for entry in AuditEntry.objects.all() if "N1" in f"{entry.before}{entry.after}"]


def test_a_large_pool_stays_cut_into_sixteen_slices(reward, monkeypatch):
    monkeypatch.setattr("campaigns.stock.counting.SMALL_POOL", 10)
    pool = campaign([f"P{n}" for n in range(5)], unlimited=True)
    before = state_of(pool)
    batch = imported(pool, "".join(f"N{n}\n" for n in range(43)))

    assert slices(pool) == [(3 * n, 3 * n + 3, 0) for n in range(16)]
    undone(batch)
    assert state_of(pool) == before
