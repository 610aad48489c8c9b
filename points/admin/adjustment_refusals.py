"""Why an adjustment did not happen, in sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.errors import DomainError
from points.adjustments import errors
from points.errors import NotCorrectable, NotEnoughPoints, NothingLeft

SENTENCES: dict[type[DomainError], Promise] = {
    NotEnoughPoints: gettext_lazy("There are only %(balance)d points to take."),
    NotCorrectable: gettext_lazy("This movement was taken back before, or is of a kind that cannot be."),
    NothingLeft: gettext_lazy("Every point of it is spent or expired: there is nothing to take back."),
    errors.AskedBefore: gettext_lazy("Somebody has asked to take this movement back already; it waits for approval."),
    errors.OwnAccount: gettext_lazy("Nobody adjusts their own points. Ask somebody else to do it."),
    errors.SecondPersonNeeded: gettext_lazy("You asked for this yourself: somebody else has to decide."),
    errors.NotTheAsker: gettext_lazy("Only whoever asked can withdraw this."),
    errors.AboveApproval: gettext_lazy(
        "You may approve up to %(ceiling)d points. Somebody with a higher ceiling has to approve these %(points)d."
    ),
    errors.LeftChanged: gettext_lazy(
        "%(asked)d points were to be taken back, but it is %(left)d now. Refuse this request, and ask anew."
    ),
}
DECIDED: dict[str, Promise] = {
    "approved": gettext_lazy("This was approved before: the points have moved once, and do not move again."),
    "refused": gettext_lazy("This was refused before."),
    "withdrawn": gettext_lazy("Whoever asked for this has withdrawn it."),
    "lapsed": gettext_lazy("This has waited for too long and is closed. Ask for it anew."),
    "done": gettext_lazy("This needed no approval: the points have moved."),
}


def sentence_of(refusal: DomainError) -> str:
    if isinstance(refusal, errors.AlreadyDecided):
        return str(DECIDED[refusal.facts["state"]])
    sentence = SENTENCES.get(type(refusal))
    return _("This customer does not exist any more.") if sentence is None else str(sentence) % refusal.facts
