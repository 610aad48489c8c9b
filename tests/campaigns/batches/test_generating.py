"""Codes made from a pattern."""

import re

import pytest

from campaigns import shelving
from campaigns.batches import patterns, services
from campaigns.batches.patterns import ALPHABET, Fault, Order, Pattern, signs_for
from campaigns.errors import CodesTooGuessable, PatternRefused, SharedCode
from campaigns.models import CouponBatch
from campaigns.verify import findings
from loyalty_site.access.models import AuditEntry
from tests.books import refused
from tests.builders import SHOP, campaign
from tests.campaigns.batches.loads import generated, state_of, undone
from tests.campaigns.pools import left, shown

ONE_SIGN = len(ALPHABET)


def test_the_alphabet_holds_nothing_that_looks_alike_and_no_vowels():
    assert not set(ALPHABET) & set("0O1ILAEU")
    assert len(set(ALPHABET)) == len(ALPHABET) == 28


def test_every_number_makes_another_code():
    pattern = Pattern("A#-#Z")
    codes = {pattern.code(number) for number in range(pattern.space)}

    assert len(codes) == 28**2 == pattern.space
    assert all(re.fullmatch(f"A[{ALPHABET}]-[{ALPHABET}]Z", code) for code in codes)


def test_stretches_do_not_overlap_and_leave_nothing_out(monkeypatch):
    """Drawn at their first and at their last place, neighbouring stretches touch."""
    pattern, of = Pattern("##"), 30
    monkeypatch.setattr(Pattern, "code", lambda self, number: number)
    monkeypatch.setattr(patterns.secrets, "randbelow", lambda stop: 0)
    first = [pattern.drawn(stretch, of) for stretch in range(of)]
    monkeypatch.setattr(patterns.secrets, "randbelow", lambda stop: stop - 1)
    last = [pattern.drawn(stretch, of) for stretch in range(of)]

    assert (first[0], last[-1]) == (0, pattern.space - 1)
    assert first[1:] == [place + 1 for place in last[:-1]]


@pytest.mark.parametrize("count", [1, 2, 7, 360])
def test_every_stretch_has_its_turn(count):
    order = Order.of(count)
    assert sorted(order[place] for place in range(count)) == list(range(count))


@pytest.mark.parametrize(
    ("text", "fault"),
    [("SUMMER", Fault.NO_WILD_SIGN), ("#" * 256, Fault.TOO_LONG), ("##\n##", Fault.UNSEEN), (" ##", Fault.UNSEEN)],
)
def test_a_pattern_that_makes_no_codes_is_refused(text, fault):
    with pytest.raises(PatternRefused) as refusal:
        Pattern(text)
    assert refusal.value.facts == {"fault": fault}


@pytest.mark.parametrize(("count", "guesses", "signs"), [(1, 28, 1), (1, 29, 2), (1_000_000, 1_000_000, 9)])
def test_how_many_signs_are_advised(count, guesses, signs):
    assert signs_for(count, guesses) == signs


def test_few_guesses_are_refused_unless_somebody_is_certain():
    pattern = Pattern("##")
    patterns.check(pattern, 78, certain=True)
    for count, certain, guesses in ((2, False, 392), (79, True, 9)):
        with pytest.raises(CodesTooGuessable) as refusal:
            patterns.check(pattern, count, certain=certain)
        assert refusal.value.facts == {"guesses": guesses, "least": 10}


@pytest.fixture
def small_steps(monkeypatch):
    monkeypatch.setattr("campaigns.batches.generating.lines_a_step", lambda: 7)


@pytest.mark.django_db
@pytest.mark.usefixtures("small_steps")
class TestBatches:
    def test_as_many_codes_are_made_as_were_wanted_all_different(self):
        reward = campaign(["A"], unlimited=True)
        batch = generated(reward, "SUMMER-####-####", 20)

        codes = shown(reward)[1:]
        assert len(set(codes)) == 20
        assert all(re.fullmatch(f"SUMMER-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", code) for code in codes)
        assert (batch.state, batch.added, left(reward)) == ("filled", 20, 21)
        assert list(findings()) == []

    def test_codes_that_the_campaign_has_are_made_no_second_time(self):
        """Of 28 codes it has 20: the others come, and none twice."""
        had = [f"X{sign}" for sign in ALPHABET[:20]]
        reward = campaign(had, unlimited=True)
        shelving.withdraw(reward.pk, list(reward.coupons.filter(code=had[0]).values_list("pk", flat=True)), **SHOP)
        batch = generated(reward, "X#", 2, certain=True)

        assert batch.added == 2
        assert len(set(shown(reward))) == 21
        assert not set(shown(reward)[19:]) & set(had)

    def test_a_pattern_that_has_no_codes_left_fails_and_says_so(self):
        reward = campaign([f"X{sign}" for sign in ALPHABET], unlimited=True)
        before = state_of(reward)
        batch = generated(reward, "X#", 2, certain=True)

        assert batch.fill_job.state == "failed"
        assert batch.fill_job.problem.startswith("The campaign has too many codes of this pattern already.")
        assert state_of(reward) == before
        assert undone(batch).state == "emptied"

    def test_a_generation_is_undone_to_the_exact_state_before(self):
        reward = campaign(["A"], limit=5)
        before = state_of(reward)
        batch = undone(generated(reward, "X-####-####", 20))

        assert (batch.added, batch.removed) == (20, 20)
        assert state_of(reward) == before

    def test_neither_the_job_nor_the_audit_trail_holds_a_code(self):
        reward = campaign(["A"], unlimited=True)
        job = generated(reward, "SUMMER-####", 1).fill_job

        assert job.checkpoint == {"order": {"step": 1, "offset": 0, "count": 1}}
        assert job.outcome == {"New codes": 1}
        told = [f"{entry.before}{entry.after}" for entry in AuditEntry.objects.all()]
        assert not [text for text in told if "SUMMER" in text]

    def test_nothing_is_made_for_a_campaign_with_one_code_for_all(self):
        reward = campaign(["A"], single_coupon=True)
        with refused(SharedCode, id=reward.pk):
            services.generate(reward.pk, "########", 5, label="", certain=False, **SHOP)
        assert not CouponBatch.objects.exists()
