"""Lock-out."""

from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest

from loyalty_site.access import attempts
from loyalty_site.access.errors import TooManyAttempts
from loyalty_site.access.log_in import find_admin, identify
from loyalty_site.access.models import AttemptCounter
from tests.bursts import burst
from tests.loyalty_site.access.conftest import AT

HOME, SHOP = "192.0.2.1", "192.0.2.2"


def wrong(times, name="boss", address=HOME, at=AT):
    for _ in range(times):
        attempts.begin(name, address, at=at)


def locked(name="boss", address=HOME, at=AT):
    """Seconds until the next attempt, or None."""
    try:
        attempts.begin(name, address, at=at)
    except TooManyAttempts as refusal:
        return refusal.seconds
    return None


@pytest.mark.django_db
class TestOneAccountFromOneAddress:
    def test_five_wrong_passwords_are_looked_at(self):
        wrong(4)
        assert locked() is None

    def test_the_sixth_is_not(self):
        wrong(5)
        assert locked(at=AT + timedelta(seconds=100)) == 800

    def test_another_address_is_not_locked(self):
        wrong(5)
        assert locked(address=SHOP) is None

    def test_another_account_is_not_locked(self):
        wrong(5)
        assert locked(name="ann") is None

    def test_the_lock_ends_15_minutes_after_the_first_attempt(self):
        wrong(1)
        wrong(4, at=AT + timedelta(minutes=14))
        assert locked(at=AT + timedelta(minutes=14, seconds=59, milliseconds=500)) == 1
        assert locked(at=AT + timedelta(minutes=15)) is None

    def test_attempts_while_locked_do_not_lengthen_it(self):
        wrong(5)
        for minute in range(1, 15):
            assert locked(at=AT + timedelta(minutes=minute)) == (15 - minute) * 60
        assert locked(at=AT + timedelta(minutes=15)) is None

    def test_a_new_window_allows_five_again(self):
        wrong(5)
        later = AT + timedelta(minutes=15)
        wrong(5, at=later)
        assert locked(at=later) == 900

    def test_a_right_password_forgets_the_wrong_ones(self):
        wrong(5)
        attempts.succeeded("boss", HOME)
        wrong(4)
        assert locked() is None

    @pytest.mark.parametrize("spelling", ["BOSS", " boss ", "b-o-s-s", "ｂｏｓｓ", "boss\u200b"])
    def test_another_spelling_is_the_same_account(self, spelling):
        wrong(5)
        assert locked(name=spelling) == 900

    def test_a_limit_of_0_counts_nothing(self, settings):
        settings.LOGIN_LIMIT_ACCOUNT = settings.LOGIN_LIMIT_ADDRESS = 0
        wrong(50)
        assert not AttemptCounter.objects.exists()

    def test_the_limit_is_a_setting(self, settings):
        settings.LOGIN_LIMIT_ACCOUNT = 2
        wrong(2)
        assert locked() == 900


@pytest.mark.django_db
class TestOneAddress:
    def test_twenty_wrong_passwords_for_any_accounts_lock_it(self):
        for number in range(20):
            wrong(1, name=f"user{number}")
        assert locked(name="another") == 900
        assert locked(name="another", address=SHOP) is None

    def test_an_attempt_that_a_locked_address_stops_does_not_count_for_the_account(self, settings):
        settings.LOGIN_LIMIT_ADDRESS = 1
        wrong(1, name="ann")
        for _ in range(9):
            assert locked() == 900
        settings.LOGIN_LIMIT_ADDRESS = 0
        wrong(5)
        assert locked() == 900

    def test_an_attempt_that_a_locked_account_stops_does_not_count_for_the_address(self):
        wrong(5)
        for _ in range(50):
            assert locked() == 900
        wrong(5, name="ann")
        wrong(5, name="bob")
        wrong(5, name="cid")
        assert locked(name="dan") == 900

    def test_right_passwords_do_not_count(self):
        for number in range(50):
            attempts.begin(f"user{number}", HOME, at=AT)
            attempts.succeeded(f"user{number}", HOME)
        assert AttemptCounter.objects.get().count == 0


@pytest.mark.django_db
def test_names_are_not_kept_in_clear():
    wrong(1, name="boss@example.com")
    assert "boss" not in " ".join(AttemptCounter.objects.values_list("key", flat=True))


@pytest.mark.django_db
def test_the_demo_starts_with_empty_counters():
    wrong(5)
    attempts.forget_all()
    assert locked() is None


@pytest.fixture
def evaluated(monkeypatch):
    """The passwords that were looked at."""
    seen = []

    def is_right(user, password):
        seen.append(password)
        return password == "sesame"

    monkeypatch.setattr("loyalty_site.access.log_in.is_right", is_right)
    return seen


def guess(name, password="wrong"):
    return identify(find_admin, name, password, address=HOME, at=AT)


@pytest.mark.django_db(transaction=True)
def test_of_64_guesses_at_once_five_are_looked_at(evaluated):
    answers = burst([partial(guess, "boss")] * 64, refusals=TooManyAttempts)
    assert len(evaluated) == 5
    assert answers.count(None) == 5
    refused = [answer for answer in answers if answer is not None]
    assert len(refused) == 59
    assert {refusal.seconds for refusal in refused} == {900}


@pytest.mark.django_db(transaction=True)
def test_of_64_guesses_at_as_many_accounts_twenty_are_looked_at(evaluated):
    answers = burst([partial(guess, f"user{number}") for number in range(64)], refusals=TooManyAttempts)
    assert len(evaluated) == 20
    assert answers.count(None) == 20


@pytest.mark.django_db(transaction=True)
def test_a_counter_read_first_and_written_last_would_let_a_burst_through(evaluated):
    """What the one counting statement is for."""
    all_have_read = Barrier(16)

    def guess_naively():
        wrong_ones = AttemptCounter.objects.filter(key="naive").values_list("count", flat=True).first() or 0
        all_have_read.wait(60)
        if wrong_ones < 5:
            evaluated.append("wrong")
        AttemptCounter.objects.update_or_create(key="naive", defaults={"count": wrong_ones + 1, "window_ends_at": AT})

    burst([guess_naively] * 16)
    assert len(evaluated) == 16
