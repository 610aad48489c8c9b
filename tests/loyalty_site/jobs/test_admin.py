"""Jobs in the back office: each is seen by those whom its kind concerns, steered by those who may."""

import pytest

from loyalty_site.jobs import kinds, schedule, services
from loyalty_site.jobs.models import Job
from tests.backoffice import chief, desk, queries, rows, told, trail
from tests.jobs import COUNT, STAFF, counting, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.once("sqlite")]
LIST = "/admin/jobs/job/"
TIMETABLE = f"{LIST}timetable/"


def page(job: Job, *further: str) -> str:
    return f"{LIST}{job.pk}/{'/'.join(further or ('change',))}/"


def of_others(job: Job) -> None:
    """Make it a job of a kind that the staff of these tests may not see."""
    Job.objects.filter(pk=job.pk).update(kind="tests.secret")


@pytest.fixture
def secret_kind(monkeypatch):
    secret = kinds.Kind("tests.secret", "Secret", COUNT.step, "access.view_apitoken")
    monkeypatch.setitem(kinds.kinds(), "tests.secret", secret)


def test_the_list_shows_what_concerns_the_reader(secret_kind):
    counting(2)
    of_others(counting(3))
    assert rows(desk("jobs.view_job").get(LIST)) == ["Count to 2"]
    assert sorted(rows(chief().get(LIST))) == ["Count to 2", "Count to 3"]


def test_a_job_of_others_is_not_shown_by_its_address_either(secret_kind):
    job = counting()
    of_others(job)
    client = desk("jobs.view_job", "jobs.change_job")
    assert client.get(page(job, "progress")).status_code == 404
    assert client.post(page(job, "cancel")).status_code == 404
    assert client.get(page(job)).status_code == 302
    job.refresh_from_db()
    assert job.state == "waiting"


def test_jobs_need_a_permission():
    job = counting()
    client = desk("access.view_store")
    assert [client.get(path).status_code for path in (LIST, page(job), page(job, "progress"))] == [403, 403, 403]


def test_the_bar_says_how_far_it_is():
    job = counting(4)
    Job.objects.filter(pk=job.pk).update(state="running", attempt=1, done=1, total=4)
    bar = desk("jobs.view_job").get(page(job, "progress")).content.decode()
    assert "1 of 4 numbers" in bar
    assert 'max="4" value="1"' in bar
    assert "data-job-finished" not in bar


def test_a_job_that_waits_in_vain_says_so():
    bar = desk("jobs.view_job").get(page(counting(), "progress")).content.decode()
    assert "Waits: no worker is running." in bar


def test_a_finished_job_shows_its_outcome_and_files():
    job = counting(2)
    work_off()
    answer = desk("jobs.view_job").get(page(job))
    titles = {panel.title: panel for panel in answer.context["panels"]}
    assert list(titles) == ["Progress", "Outcome", "Files"]
    assert titles["Outcome"].rows == [["Numbers", "2"]]


def test_a_file_is_taken_and_that_is_told():
    job = counting(2)
    work_off()
    answer = desk("jobs.view_job").get(page(job, "files", str(job.files.get().pk)))
    assert answer.getvalue() == b"1\n2\n"
    assert answer["Content-Disposition"] == 'attachment; filename="numbers.txt"'
    assert trail() == ["Maria Staff: job started", "Maria Staff: job done", "maria: job file taken"]


def test_a_file_may_need_a_permission_of_its_own(monkeypatch):
    job = counting(1)
    work_off()
    guarded = kinds.Kind(**(vars(COUNT) | {"file_permission": "access.view_apitoken"}))
    monkeypatch.setitem(kinds.kinds(), COUNT.name, guarded)
    client = desk("jobs.view_job")
    assert client.get(page(job, "files", str(job.files.get().pk))).status_code == 404
    assert trail() == ["Maria Staff: job started", "Maria Staff: job done"]
    assert client.get(page(job)).context["panels"][-1].empty == "Your rights do not reach to this job's files."


def test_an_input_is_not_handed_out():
    job = services.enqueue(COUNT, {"last": 1}, title="x", actor=STAFF, at=counting().created_at, inputs={"a": [b"1"]})
    assert chief().get(page(job, "files", str(job.files.get().pk))).status_code == 404


def test_what_comes_next_is_offered_when_the_job_is_done(monkeypatch):
    job = counting(1)
    leading = kinds.Kind(**(vars(COUNT) | {"follow_up": lambda found: ("Import 5 codes", "/admin/next/")}))
    monkeypatch.setitem(kinds.kinds(), COUNT.name, leading)
    client = desk("jobs.view_job")
    assert client.get(page(job)).context["panels"][0].links == []
    work_off()
    [link] = client.get(page(job)).context["panels"][0].links
    assert (link.text, link.url) == ("Import 5 codes", "/admin/next/")


def test_a_job_is_stopped_and_goes_on():
    job = counting(2)
    client = desk("jobs.view_job", "jobs.change_job")
    client.post(page(job, "cancel"))
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert told(client.get(page(job))) == ["“Count to 2” stops after the piece it is at."]
    client.post(page(job, "try_again"))
    work_off()
    job.refresh_from_db()
    assert job.state == "done"


@pytest.mark.parametrize("deed", ["cancel", "try_again"])
def test_who_may_only_look_does_not_steer(deed):
    job = counting()
    client = desk("jobs.view_job")
    assert client.post(page(job, deed)).status_code == 403
    assert client.post(f"{TIMETABLE}tests.tidy/run/").status_code == 403
    assert client.get(page(job)).context["actions_detail"] == []
    job.refresh_from_db()
    assert (job.state, Job.objects.count()) == ("waiting", 1)


def test_looking_at_the_question_does_nothing():
    job = counting()
    desk("jobs.view_job", "jobs.change_job").get(page(job, "cancel"))
    job.refresh_from_db()
    assert job.state == "waiting"


def test_the_timetable_says_what_the_clock_does(settings):
    settings.JOB_SCHEDULE = {"tests.tidy": "daily 12:30"}
    [panel] = desk("jobs.view_job", "jobs.see_upkeep").get(TIMETABLE).context["panels"][-1:]
    assert [row[:3] for row in panel.rows] == [["Tidy", "daily 12:30", "not yet"]]
    assert panel.rows[0][4] == ""


def test_what_the_clock_does_can_be_done_at_once_but_not_twice_at_once(settings):
    settings.JOB_SCHEDULE = {"tests.tidy": "daily 12:30"}
    client = desk("jobs.view_job", "jobs.change_job", "jobs.see_upkeep")
    client.post(f"{TIMETABLE}tests.tidy/run/")
    again = client.post(f"{TIMETABLE}tests.tidy/run/", {"key": "another"})
    assert again.context["form"].non_field_errors() == ["It is waiting or running already: see the list of jobs."]
    work_off()
    [job] = Job.objects.all()
    assert (job.state, job.actor_label, job.key) == ("done", "maria", schedule.key_of(kinds.kinds()["tests.tidy"]))


def test_what_is_not_on_the_timetable_is_not_run_from_there(settings):
    settings.JOB_SCHEDULE = {"tests.tidy": "daily 12:30"}
    client = desk("jobs.view_job", "jobs.change_job", "jobs.see_upkeep")
    assert client.post(f"{TIMETABLE}tests.count/run/").status_code == 404
    assert not Job.objects.exists()


def test_the_list_takes_no_more_queries_for_more_jobs():
    client = desk("jobs.view_job")
    counting()
    client.get(LIST)
    few = queries(client, LIST)
    for _ in range(5):
        counting()
    work_off()
    assert queries(client, LIST) <= few


def test_the_start_page_counts_what_failed():
    counting(2, break_at=1)
    work_off()
    panels = {panel.title: panel for panel in desk("jobs.view_job").get("/admin/").context["panels"]}
    assert [(figure.label, figure.value) for figure in panels["Jobs"].figures] == [
        ("Running", 0),
        ("Waiting", 0),
        ("Failed in 7 days", 1),
        ("Workers", 0),
    ]
    failed = panels["Jobs"].figures[2].url
    assert [job.state for job in desk("jobs.view_job", username="x").get(failed).context["cl"].result_list] == [
        "failed"
    ]
    assert panels["Jobs"].is_urgent
