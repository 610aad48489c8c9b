"""What the page of a batch says: how its job goes on, the figures, and some lines of each kind."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from campaigns.batches.layout import Layout
from campaigns.batches.report import FILE, SHOWN
from campaigns.models import CouponBatch
from loyalty_site.backoffice.panels import Figure, Link, Panel
from loyalty_site.backoffice.theme import badge
from loyalty_site.jobs.access import may_take_files
from loyalty_site.jobs.admin import showing
from loyalty_site.jobs.kinds import kind_of
from loyalty_site.jobs.models import Job

State = CouponBatch.State
TONES = {State.CHECKED: "warning", State.FILLED: "success"}
COUPONS = "admin:campaigns_coupon_changelist"


def of_batch(request: HttpRequest, batch: CouponBatch) -> list[Panel]:
    panels = [_progress(request, batch), _codes(request, batch)]
    if batch.source == CouponBatch.Source.IMPORT:
        panels.append(_lines(request, batch))
        panels.extend(_samples(request, batch))
    return [panel for panel in panels if panel]


def state_badge(batch: CouponBatch) -> SafeString:
    """What is being done with it, unless that stopped."""
    job = batch.job
    if job and job.state in Job.STOPPED:
        return badge(_("%(what)s: stopped") % {"what": batch.get_state_display()}, "danger")
    return badge(batch.get_state_display(), TONES.get(State(batch.state), "info" if job else ""))


def _progress(request: HttpRequest, batch: CouponBatch) -> Panel:
    job = batch.job
    if job is None or not request.user.has_perm("jobs.view_job"):
        return Panel(_("Progress"), drawn=state_badge(batch))
    page = Link(_("Job"), reverse("admin:jobs_job_change", args=[job.pk]))
    told = {"drawn": showing.progress_bar(job), "links": [page]}
    return Panel(batch.get_state_display().capitalize(), empty=job.problem, **told)


def _codes(request: HttpRequest, batch: CouponBatch) -> Panel | None:
    if not batch.added:
        return None
    all_codes = Link(_("Codes"), f"{reverse(COUPONS)}?batch__id__exact={batch.pk}")
    figures = [
        Figure(_("Added"), intcomma(batch.added), note=_wanted(batch)),
        Figure(_("Free"), intcomma(batch.free)),
        Figure(_("Sold"), intcomma(batch.sold)),
        Figure(_("Withdrawn"), intcomma(batch.withdrawn)),
        Figure(_("Taken out again"), intcomma(batch.removed)),
    ]
    return Panel(_("Codes"), figures=figures, links=[all_codes] if _may_see_codes(request) else [])


def _wanted(batch: CouponBatch) -> str:
    return _("of %(n)s wanted") % {"n": intcomma(batch.wanted)} if batch.wanted > batch.added else ""


def _lines(request: HttpRequest, batch: CouponBatch) -> Panel:
    checked = batch.state in (State.CHECKING, State.CHECKED)
    figures = [
        Figure(_("Lines"), intcomma(batch.lines), note=_layout(batch)),
        Figure(_("New") if checked else _("Imported"), intcomma(batch.new)),
        Figure(_("Twice in the file"), intcomma(batch.repeated)),
        Figure(_("In the campaign already"), intcomma(batch.known)),
        Figure(_("Not readable"), intcomma(batch.malformed)),
    ]
    return Panel(_("Lines of the file"), figures=figures, links=_file(request, batch))


def _layout(batch: CouponBatch) -> str:
    """How the file was read, so that a wrong guess is seen."""
    layout = batch.check_job and batch.check_job.checkpoint.get("layout")
    return Layout(**layout).words() if layout else ""


def _file(request: HttpRequest, batch: CouponBatch) -> list[Link]:
    """Every line that gives no new code, for those who may see codes."""
    job = batch.fill_job or batch.check_job
    if job is None or not job.is_finished or not request.user.has_perm("jobs.view_job"):
        return []
    file = job.files.filter(is_result=True, name=FILE).first()
    if file is None or not may_take_files(request.user, kind_of(job)):
        return []
    return [Link(_("All that are not new (CSV)"), reverse("admin:jobs_job_file", args=[job.pk, file.pk]))]


def _samples(request: HttpRequest, batch: CouponBatch) -> list[Panel]:
    """Some lines of each kind, while somebody has to decide."""
    if batch.check_job is None or batch.fill_job is not None or not _may_see_codes(request):
        return []
    samples = batch.check_job.checkpoint.get("samples", {})
    titles = {
        "new": _("New, to be imported"),
        "repeated": _("Twice in the file"),
        "known": _("In the campaign already"),
        "bad": _("Not readable"),
    }
    return [
        Panel(f"{title}: {_first(samples[name])}", headers=[_("Line"), _("Text")], rows=samples[name])
        for name, title in titles.items()
        if samples.get(name)
    ]


def _first(lines: list[object]) -> str:
    return _("the first %(n)d") % {"n": SHOWN} if len(lines) == SHOWN else _("all %(n)d") % {"n": len(lines)}


def _may_see_codes(request: HttpRequest) -> bool:
    return request.user.has_perm("campaigns.view_coupon")
