"""Who may do what in the back office, written down a second time: model → role → what its lists and pages offer.

`view` opens the list, the pages and their history. Other words are Django's own, names of a page's buttons, and, with a
star, names of what a list does with chosen rows. What is not here is refused.
"""

ADMINISTRATOR, MARKETING, SUPPORT, AUDITOR = "administrator", "marketing", "support", "auditor"
NOBODY = "no group"
READ = {ADMINISTRATOR: "view", AUDITOR: "view"}
ALL_READ = {ADMINISTRATOR: "view", MARKETING: "view", SUPPORT: "view", AUDITOR: "view"}


def changed_by_marketing(words: str, administrator: str = "") -> dict[str, str]:
    return ALL_READ | {MARKETING: f"view {words}", ADMINISTRATOR: f"view {words} {administrator}"}


MAY: dict[str, dict[str, str]] = {
    "campaigns.campaign": changed_by_marketing(
        "audience calendar add change preview preview_new switch_on switch_off import_coupons generate_coupons "
        "duplicate *publish *pause *add_label *remove_label"
    )
    | dict.fromkeys([SUPPORT, AUDITOR], "view audience calendar"),
    "campaigns.coupon": {
        ADMINISTRATOR: "view export withdraw release *withdraw_codes *release_codes",
        MARKETING: "view withdraw release *withdraw_codes *release_codes",
    },
    "campaigns.couponbatch": {
        ADMINISTRATOR: "view confirm undo codes",
        MARKETING: "view confirm undo codes",
        AUDITOR: "view",
    },
    "campaigns.purchase": changed_by_marketing("refund", "export"),
    "customers.customer": changed_by_marketing(
        "add change activate block *block *activate *put_into_segment *take_out_of_segment",
        "export data_held erase",
    ),
    "customers.level": changed_by_marketing("add change", "delete"),
    "customers.segment": changed_by_marketing("add change", "delete"),
    "customers.transaction": ALL_READ,
    "points.bucket": ALL_READ,
    "points.account": changed_by_marketing("add_points take_points"),
    "points.transfer": changed_by_marketing("take_back", "export") | {AUDITOR: "view export"},
    "points.adjustment": changed_by_marketing("approve refuse"),
    "points.adjustmentreason": READ | {ADMINISTRATOR: "view add change"},
    "points.adjustmentceiling": READ | {ADMINISTRATOR: "view add change"},
    "offers.offer": changed_by_marketing("add change give give_to give_to_many *pause *resume"),
    "offers.customeroffer": changed_by_marketing("complete"),
    "offers.giftbatch": READ | dict.fromkeys([ADMINISTRATOR, MARKETING], "view add start drop withdraw"),
    "promotions.promotion": changed_by_marketing("add change enrol_one *pause *reopen"),
    "promotions.program": changed_by_marketing("add change", "delete"),
    "promotions.enrolment": changed_by_marketing("revoke"),
    "access.store": ALL_READ | {ADMINISTRATOR: "view add change"},
    "access.partner": READ | {ADMINISTRATOR: "view add change"},
    "access.apitoken": READ | {ADMINISTRATOR: "view add limit revoke"},
    "access.user": READ | {ADMINISTRATOR: "view add change password_change reset_second_factor"},
    "auth.group": READ | {ADMINISTRATOR: "view add change delete"},
    "access.auditentry": READ | {ADMINISTRATOR: "view export"},
    "access.staffsession": READ | {ADMINISTRATOR: "view *end"},
    "access.lockout": READ | {ADMINISTRATOR: "view *clear"},
    "outbox.subscription": {
        ADMINISTRATOR: "view add change try_it resume send_failed_again renew_secret",
        AUDITOR: "view",
    },
    "outbox.delivery": READ
    | {
        ADMINISTRATOR: "view send_again *send_selected_again",
        SUPPORT: "view send_again *send_selected_again",
        MARKETING: "view",
    },
    "bulk.bulkchange": READ | dict.fromkeys([ADMINISTRATOR, MARKETING], "view undo"),
    "jobs.job": {
        ADMINISTRATOR: "view progress file cancel try_again timetable run_now",
        AUDITOR: "view progress file timetable",
        MARKETING: "view progress file cancel try_again",
    },
}
# pages of no model: name → who may open them; the rest is for all of the staff
SITE_PAGES: dict[str, set[str]] = {}
FOR_ANYBODY = {
    "login",
    "log-in",
    "logout",
    "admin_password_reset",
    "password-letter-sent",
    "log-in-code",
    "own-language",
}
NOT_PAGES = FOR_ANYBODY | {"autocomplete", "jsi18n"}  # before and after all pages, and answers to scripts


def words(model: str, role: str) -> set[str]:
    return set(MAY.get(model, {}).get(role, "").split())
