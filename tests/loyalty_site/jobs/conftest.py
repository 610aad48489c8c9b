import pytest

from loyalty_site.jobs import kinds, running


@pytest.fixture(autouse=True)
def kinds_of_the_tests(settings):
    settings.JOB_KINDS = [f"tests.jobs.{name}" for name in ("COUNT", "TIDY", "ALONE", "FINAL")]
    settings.JOB_SCHEDULE = {}
    kinds.kinds.cache_clear()
    yield
    kinds.kinds.cache_clear()
    running.stopping.clear()
