"""What staff may do with programs, promotions and enrolments."""

from django.utils.translation import gettext_lazy as _

from loyalty_site.access.staff_roles import ADMINISTRATORS, EVERYBODY, MARKETING, Right

RIGHTS = [
    Right("promotions.view_promotion", EVERYBODY, _("what is offered to customers is known to all who serve them")),
    Right("promotions.add_promotion", MARKETING, _("setting promotions up is their work")),
    Right("promotions.change_promotion", MARKETING, _("setting promotions up is their work")),
    Right("promotions.view_program", EVERYBODY, _("it says what a promotion belongs to")),
    Right("promotions.add_program", MARKETING, _("the programme is theirs to shape")),
    Right("promotions.change_program", MARKETING, _("the programme is theirs to shape")),
    Right("promotions.delete_program", ADMINISTRATORS, _("it cannot be undone")),
    Right("promotions.view_enrolment", EVERYBODY, _("it explains what was earned")),
    Right("promotions.add_enrolment", MARKETING, _("whoever is enrolled earns points by it")),
    Right("promotions.change_enrolment", MARKETING, _("whoever is revoked earns nothing by it any more")),
]
