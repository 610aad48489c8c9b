"""The question before codes are generated, with advice on how long they should be."""

from typing import Any

from django import forms
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.admin.importing import LONGEST_LABEL
from campaigns.admin.refusals import sentence
from campaigns.batches import services
from campaigns.batches.patterns import ALPHABET, GOOD_GUESSES, LONGEST, MOST_CODES, Pattern, check, signs_for
from campaigns.errors import CodesTooGuessable, PatternRefused
from campaigns.models import Campaign
from loyalty_site.backoffice.decisions import Decision, Landing
from loyalty_site.backoffice.reach import may_follow
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import CheckboxWidget, NumberWidget, TextWidget


class GenerationForm(forms.Form):
    label = forms.CharField(label=gettext_lazy("Name of the batch"), max_length=LONGEST_LABEL, widget=TextWidget)
    pattern = forms.CharField(
        label=gettext_lazy("Pattern"),
        max_length=LONGEST,
        widget=TextWidget(attrs={"placeholder": "SUMMER-####-####"}),
        help_text=format_lazy(
            gettext_lazy(
                "Each # becomes one of {signs} letters and digits, without those that look alike and without vowels; "
                "all else stays. Codes are safe from guessing with {few} # for 1,000 of them, {many} # for 1,000,000."
            ),
            signs=len(ALPHABET),
            few=signs_for(1_000, GOOD_GUESSES),
            many=signs_for(1_000_000, GOOD_GUESSES),
        ),
    )
    count = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=MOST_CODES, widget=NumberWidget)
    certain = forms.BooleanField(
        label=gettext_lazy("I am certain, though the codes can be guessed"), required=False, widget=CheckboxWidget
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            try:
                check(Pattern(data["pattern"]), data["count"], certain=data["certain"])
            except (PatternRefused, CodesTooGuessable) as refusal:
                self.add_error("pattern", sentence(refusal))
        return data


def generating(request: HttpRequest, campaign: Campaign) -> Decision:
    back = reverse("admin:campaigns_campaign_change", args=[campaign.pk])

    def act(data: dict[str, Any]) -> Landing:
        batch = services.generate(campaign.pk, actor=actor_of(request), at=timezone.now(), **data)
        guesses = Pattern(data["pattern"]).guesses(data["count"])
        told = _("The codes are being made. One of %(guesses)s guesses will hit one.") % {"guesses": intcomma(guesses)}
        page = reverse("admin:campaigns_couponbatch_change", args=[batch.pk])
        return Landing(told, page if may_follow(page) else back)

    return Decision(
        title=_("Generate coupons for “%(name)s”") % {"name": campaign.name},
        explanation=_("All are different from each other and from those that the campaign has or had."),
        button=_("Generate"),
        act=act,
        refused=sentence,
        back=back,
        form=GenerationForm,
    )
