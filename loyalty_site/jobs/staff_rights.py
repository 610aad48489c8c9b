"""What staff may do with jobs. Each kind names besides whom its jobs concern."""

from loyalty_site.access.staff_roles import AUDITORS, MARKETING, Right

RIGHTS = [
    Right("jobs.view_job", MARKETING | AUDITORS, "imports and exports are watched by those who begin them"),
    Right("jobs.change_job", MARKETING, "to stop them, and have them tried again"),
    Right("jobs.see_upkeep", AUDITORS, "whether the books were proved to tie"),
]
