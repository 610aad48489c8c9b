"""What staff may do with programs, promotions and enrolments."""

from loyalty_site.access.staff_roles import ADMINISTRATORS, EVERYBODY, MARKETING, Right

RIGHTS = [
    Right("promotions.view_promotion", EVERYBODY, "what is offered to customers is known to all who serve them"),
    Right("promotions.add_promotion", MARKETING, "setting promotions up is their work"),
    Right("promotions.change_promotion", MARKETING, "setting promotions up is their work"),
    Right("promotions.view_program", EVERYBODY, "it says what a promotion belongs to"),
    Right("promotions.add_program", MARKETING, "the programme is theirs to shape"),
    Right("promotions.change_program", MARKETING, "the programme is theirs to shape"),
    Right("promotions.delete_program", ADMINISTRATORS, "it cannot be undone"),
    Right("promotions.view_enrolment", EVERYBODY, "it explains what was earned"),
    Right("promotions.change_enrolment", MARKETING, "whoever is revoked earns nothing by it any more"),
]
