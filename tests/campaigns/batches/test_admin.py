"""Staff import and generate codes, see what became of them, and take them out again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.admin import importing
from campaigns.models import CouponBatch
from loyalty_site.access.models import AuditEntry
from loyalty_site.jobs.models import Job
from tests.backoffice import chief, desk, queries, told
from tests.builders import buy, campaign, customer
from tests.campaigns.batches.loads import checked, generated, imported, state_of
from tests.campaigns.pools import shown
from tests.jobs import work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

LIST = "/admin/campaigns/couponbatch/"
READ = ["campaigns.view_campaign", "campaigns.view_couponbatch", "jobs.view_job"]


def button(reward, leaf: str) -> str:
    return f"/admin/campaigns/campaign/{reward.pk}/{leaf}/"


def page(batch: CouponBatch, leaf: str = "change") -> str:
    return f"{LIST}{batch.pk}/{leaf}/"


def file(content: bytes = b"code\nN1\nN2\nA\n") -> SimpleUploadedFile:
    return SimpleUploadedFile("codes.csv", content, "text/csv")


@pytest.fixture
def reward():
    return campaign(["A", "B"], unlimited=True)


def test_a_file_is_checked_confirmed_and_undone(reward):
    staff = chief()
    before = state_of(reward)
    answer = staff.post(button(reward, "import_coupons"), {"label": "May", "file": file()}, follow=True)
    batch = CouponBatch.objects.get()
    assert answer.redirect_chain == [(page(batch), 302)]
    assert told(answer) == ["The codes are being checked. Nothing is imported before you say so."]

    work_off()
    text = staff.get(page(batch)).content.decode()
    assert all(
        part in text
        for part in ("New, to be imported: all 2", "N1", "one code a line", "In the campaign already: all 1")
    )
    assert "2 codes of “May” come into “Free coffee”." in staff.get(page(batch, "confirm")).content.decode()
    assert state_of(reward) == before

    staff.post(page(batch, "confirm"))
    work_off()
    assert shown(reward) == ["A", "B", "N1", "N2"]
    assert "All that are not new (CSV)" in staff.get(page(batch)).content.decode()

    staff.post(page(batch, "undo"))
    work_off()
    assert state_of(reward) == before
    assert "Undo</" not in staff.get(page(batch)).content.decode()


def test_pasted_codes_are_taken_too(reward):
    chief().post(button(reward, "import_coupons"), {"label": "Pasted", "text": "N1\r\nN2"})
    work_off()

    assert (CouponBatch.objects.get().lines, CouponBatch.objects.get().new) == (2, 2)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Choose a file, or paste codes: one of the two."),
        ({"file": file(), "text": "N1"}, "Choose a file, or paste codes: one of the two."),
        ({"text": " \n "}, "Choose a file, or paste codes: one of the two."),
        ({"file": file(b"N" * 65)}, "The file has 2 MB; at most 1 MB are taken at a time. Divide it."),
    ],
)
def test_what_cannot_be_checked_is_said_on_the_page(reward, sent, says, monkeypatch):
    monkeypatch.setattr(importing, "LARGEST_FILE", 64)
    monkeypatch.setattr(importing, "MEGABYTE", 64)
    answer = chief().post(button(reward, "import_coupons"), {"label": "May", **sent})

    assert says in answer.content.decode()
    assert not CouponBatch.objects.exists()


def test_codes_are_generated_with_their_odds_told(reward):
    answer = chief().post(
        button(reward, "generate_coupons"), {"label": "Made", "pattern": "X-####", "count": "6"}, follow=True
    )
    work_off()

    assert told(answer) == ["The codes are being made. One of 102,442 guesses will hit one."]
    assert len(shown(reward)) == 8
    batch = CouponBatch.objects.get(label="Made")
    assert answer.redirect_chain == [(f"/admin/campaigns/couponbatch/{batch.pk}/change/", 302)]


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("SUMMER", "Write a # for each letter or digit that is to be drawn"),
        ("X##", "One of 130 guesses would hit a code. Add a #, which makes that 28 times harder"),
        ("X#", "One of 4 guesses would hit a code; below 10 nothing is generated."),
    ],
)
def test_a_pattern_that_is_too_easy_is_refused_with_advice(reward, pattern, says):
    answer = chief().post(button(reward, "generate_coupons"), {"label": "Made", "pattern": pattern, "count": "6"})

    assert says in answer.content.decode()
    assert not CouponBatch.objects.exists()


def test_who_is_certain_gets_codes_that_can_be_guessed(reward):
    chief().post(button(reward, "generate_coupons"), {"label": "Made", "pattern": "X##", "count": "6", "certain": "on"})
    work_off()
    assert len(shown(reward)) == 8


def test_the_page_counts_what_became_of_the_codes(reward):
    batch = imported(reward, "N1\nN2\nN3\n")
    for _ in range(3):
        buy(reward, customer(points=10))
    answer = chief().get(page(batch))
    figures = {figure.label: figure.value for panel in answer.context["panels"] for figure in panel.figures}

    assert {name: figures[name] for name in ("Added", "Free", "Sold", "Withdrawn")} == {
        "Added": "3",
        "Free": "2",
        "Sold": "1",
        "Withdrawn": "0",
    }


def test_the_codes_are_downloaded_and_that_is_noted(reward):
    batch = imported(reward, "N1\n=N2\n")
    answer = desk(*READ, "campaigns.view_coupon").get(page(batch, "codes"))

    assert b"".join(answer.streaming_content).decode() == "\ufeffcode,state\r\nN1,free\r\n'=N2,free\r\n"
    entry = AuditEntry.objects.get(action="coupon codes downloaded")
    assert (entry.object_id, entry.after) == (str(reward.pk), {"batch": batch.pk, "label": "Spring", "codes": 2})


def test_who_may_not_see_codes_sees_figures_only(reward):
    staff, batch = desk(*READ), checked(reward, "N1\nN1\nB\n")
    text = staff.get(page(batch)).content.decode()

    assert "Twice in the file" in text
    assert "N1" not in text
    assert "All that are not new" not in text
    for leaf in ("codes", "confirm", "undo"):
        assert staff.post(page(batch, leaf)).status_code == 403
    assert staff.post(button(reward, "import_coupons"), {"label": "x", "text": "N9"}).status_code == 403
    assert staff.post(button(reward, "generate_coupons"), {}).status_code == 403
    assert Job.objects.count() == 1


def test_a_campaign_with_one_code_for_all_offers_neither():
    reward = campaign(["A"], single_coupon=True)
    text = chief().get(button(reward, "change")).content.decode()

    assert "Import coupons" not in text
    assert "Generate coupons" not in text


def test_the_list_takes_as_many_queries_for_ten_batches_as_for_two(reward):
    staff = chief()
    for label in range(2):
        generated(reward, f"{label}-####-####", 2)
    few = queries(staff, LIST)
    for label in range(8):
        generated(reward, f"{label}+####-####", 2)

    assert queries(staff, LIST) == few <= 12
