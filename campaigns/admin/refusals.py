"""What staff read where bulk work on coupons is refused."""

from django.utils.translation import gettext as _

from campaigns.batches.patterns import ALPHABET, LONGEST, Fault
from campaigns.errors import (
    BatchNotReady,
    CampaignNotFound,
    CodesTooGuessable,
    FileForgotten,
    PatternRefused,
    SharedCode,
)
from loyalty_site.errors import DomainError


def sentence(refusal: DomainError) -> str:
    match refusal:
        case SharedCode():
            return _("Every buyer of this campaign gets the same code, so it takes no pool of them.")
        case CampaignNotFound():
            return _("This campaign does not exist any more.")
        case FileForgotten():
            return _("The file is not kept any more: it was uploaded too long ago. Upload it again.")
        case BatchNotReady():
            return _("Something else is being done with this batch, or has been done since. Please look again.")
        case PatternRefused():
            return _fault(refusal.fault)
        case CodesTooGuessable():
            return _guessable(refusal.guesses, refusal.least)
    raise refusal


def _fault(fault: Fault) -> str:
    return {
        Fault.NO_WILD_SIGN: _("Write a # for each letter or digit that is to be drawn, as in SUMMER-####-####."),
        Fault.TOO_LONG: _("A code has at most %(most)d characters.") % {"most": LONGEST},
        Fault.UNSEEN: _("A code holds no characters that cannot be seen, and no spaces at its ends."),
    }[fault]


def _guessable(guesses: int, least: int) -> str:
    facts = {"guesses": guesses, "least": least, "signs": len(ALPHABET)}
    if guesses < least:
        return (
            _(
                "One of %(guesses)d guesses would hit a code; below %(least)d nothing is generated. "
                "Each further # makes that %(signs)d times harder."
            )
            % facts
        )
    return (
        _(
            "One of %(guesses)d guesses would hit a code. Add a #, which makes that %(signs)d times harder, "
            "or say below that you are certain."
        )
        % facts
    )
