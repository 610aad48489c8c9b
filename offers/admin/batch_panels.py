"""What the page of an offer to many shows: the look before, the job, what was given."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from customers.models import Customer
from loyalty_site.backoffice.panels import Figure, Link, Panel
from loyalty_site.backoffice.theme import link
from loyalty_site.jobs.admin.showing import progress_bar
from offers.batch_models import GiftBatch

GIVEN = "admin:offers_customeroffer_changelist"
State = GiftBatch.State


def of_batch(batch: GiftBatch, counted: Mapping[str, int], samples: Sequence[Customer] | None) -> list[Panel]:
    """Without samples, for who may not see customers, nothing names one, as the lines of a list do."""
    if batch.state == State.PREPARED and samples is None:
        return [_preview(batch)]
    if batch.state == State.PREPARED:
        return [_preview(batch), *_unfit(batch), _samples(samples)]
    return [panel for panel in (_progress(batch), _now(batch, counted)) if panel]


def _preview(batch: GiftBatch) -> Panel:
    told = batch.preview
    figures = [
        Figure(_("Customers"), told["customers"]),
        Figure(_("Would get it"), told["to_give"]),
        Figure(_("Have it already"), told["have_it"], note=_("get it once more") if batch.repeat else _("left out")),
        Figure(_("Blocked"), told["blocked"], note=_("left out")),
    ]
    if "unknown" in told:
        figures += [
            Figure(_("Lines nobody is known by"), told["unknown"]),
            Figure(_("Lines that fit several"), told["ambiguous"]),
            Figure(_("Named more than once"), told["repeated"]),
        ]
    return Panel(_("A look before anything is given"), figures=figures)


def _unfit(batch: GiftBatch) -> list[Panel]:
    """Some lines of a list that name nobody, or several."""
    told = batch.preview
    rows = [[text, _("names nobody")] for text in told.get("unknown_samples", [])]
    rows += [[text, _("fits several customers")] for text in told.get("ambiguous_samples", [])]
    return [Panel(_("Lines that are left out"), headers=[_("Line"), _("Why")], rows=rows)] if rows else []


def _samples(samples: Sequence[Customer]) -> Panel:
    rows = [
        [link(who, reverse("admin:customers_customer_change", args=[who.pk])), who.email or who.phone or who.number]
        for who in samples
    ]
    headers = [_("Customer"), _("Reached by")]
    return Panel(_("Some who would get it"), headers=headers, rows=rows, empty=_("Nobody would get it."))


def _progress(batch: GiftBatch) -> Panel | None:
    if batch.job is None:
        return None
    page = reverse("admin:jobs_job_change", args=[batch.job.pk])
    return Panel(_("Progress"), drawn=progress_bar(batch.job), links=[Link(_("The job"), page)])


def _now(batch: GiftBatch, counted: Mapping[str, int]) -> Panel:
    given = f"{reverse(GIVEN)}?batch={batch.pk}"
    figures = [
        Figure(_("Given"), batch.given, given),
        Figure(_("Answered"), counted["answered"]),
        Figure(_("Not answered"), counted["held"] - counted["answered"]),
    ]
    if batch.state in (State.WITHDRAWING, State.WITHDRAWN):
        figures.append(Figure(_("Taken back"), batch.withdrawn))
    return Panel(_("Now"), figures=figures)
