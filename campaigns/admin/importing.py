"""Codes from a file or from the clipboard: they are checked first, and imported when somebody confirms that."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.admin.refusals import sentence
from campaigns.batches import services
from campaigns.models import Campaign, CouponBatch
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import CheckboxWidget, FileWidget, ModelAdmin, TextareaWidget, TextWidget
from loyalty_site.errors import DomainError

MEGABYTE = 1024**2
LARGEST_FILE = 30 * MEGABYTE
LONGEST_LABEL = CouponBatch._meta.get_field("label").max_length


class ImportForm(forms.Form):
    label = forms.CharField(
        label=gettext_lazy("Name of the batch"),
        max_length=LONGEST_LABEL,
        widget=TextWidget,
        help_text=gettext_lazy("To find it again, such as: Printer's delivery of May."),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=FileWidget(attrs={"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
        help_text=format_lazy(
            gettext_lazy(
                "Text or CSV in UTF-8, a code a line; of several columns the one headed “code”, else the first. "
                "At most {most} MB, which is room for two million codes of 14 characters."
            ),
            most=LARGEST_FILE // MEGABYTE,
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the codes"),
        required=False,
        strip=False,
        widget=TextareaWidget(attrs={"rows": 8}),
        help_text=format_lazy(
            gettext_lazy("A code a line, up to {most} MB."), most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
        ),
    )
    heading = forms.BooleanField(
        label=gettext_lazy("The first line is a heading"),
        required=False,
        widget=CheckboxWidget,
        help_text=gettext_lazy("Headings such as “code” or “coupon” are known by themselves."),
    )

    def clean_file(self) -> UploadedFile | None:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            told = _("The file has %(size)d MB; at most %(most)d MB are taken at a time. Divide it.")
            sizes = {"size": -(-file.size // MEGABYTE), "most": LARGEST_FILE // MEGABYTE}
            raise forms.ValidationError(told, params=sizes)
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "file" not in self.errors and bool(data.get("file")) == bool((data.get("text") or "").strip()):
            self.add_error("file", _("Choose a file, or paste codes: one of the two."))
        return data

    def content(self) -> Iterable[bytes]:
        data = self.cleaned_data
        return data["file"].chunks() if data["file"] else [data["text"].encode()]


def ask_for_file(admin: ModelAdmin, request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """The form; what is sent goes on to a page that shows the check. The caller has checked the permission."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = _checked(request, campaign, form)
        except DomainError as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The codes are being checked. Nothing is imported before you say so."))
            return HttpResponseRedirect(reverse("admin:campaigns_couponbatch_change", args=[batch.pk]))
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Import coupons into “%(name)s”") % {"name": campaign.name},
        "opts": admin.opts,
        "form": form,
        "back": reverse("admin:campaigns_campaign_change", args=[campaign.pk]),
    }
    return TemplateResponse(request, "campaigns/admin/import.html", context)


def _checked(request: HttpRequest, campaign: Campaign, form: ImportForm) -> CouponBatch:
    asked = {"label": form.cleaned_data["label"], "heading": form.cleaned_data["heading"]}
    return services.check_file(campaign.pk, form.content(), actor=actor_of(request), at=timezone.now(), **asked)
