"""What staff may do with jobs. Each kind names besides whom its jobs concern."""

from django.utils.translation import gettext_lazy as _

from loyalty_site.access.staff_roles import AUDITORS, MARKETING, Right

RIGHTS = [
    Right("jobs.view_job", MARKETING | AUDITORS, _("imports and exports are watched by those who begin them")),
    Right("jobs.change_job", MARKETING, _("to stop them, and have them tried again")),
    Right("jobs.see_upkeep", AUDITORS, _("whether the books were proved to tie")),
]
