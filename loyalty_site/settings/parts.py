"""The parts of the apps that the site calls without importing an app, by name."""

DEMO_LOADERS = [
    "loyalty_site.access.demo.load",
    "customers.demo.load",
    "points.demo.load",
    "campaigns.demo.load",
    "offers.demo.load",
    "promotions.demo.load",
]
# What happens to whom in the demo's year, on top of those identities.
LIFE_LOADERS = [
    "customers.made_up.life.load",
    "campaigns.made_up.life.load",
    "offers.made_up.load",
    "promotions.made_up.load",
    "points.made_up.totals.load",
    "campaigns.made_up.totals.load",
]
# A small world for runs that crash and race: each returns its part of what the runs are told.
DRILL_LOADERS = [
    "loyalty_site.access.drill.load",
    "customers.drill.load",
    "campaigns.drill.load",
    "offers.drill.load",
    "promotions.drill.load",
]
# Large data sets for benchmarks.
SCALE_LOADERS = [
    "customers.made_up.scale.load",
    "campaigns.made_up.scale.load",
    "points.made_up.totals.load_scale",
    "campaigns.made_up.totals.load_scale",
]
EMPTY_WITHOUT = "customers.Customer"  # a database without a row of these is taken for an empty one
LEDGER_CHECKS = [
    "customers.verify.findings",
    "points.verify.findings",
    "campaigns.verify.findings",
    "promotions.verify.findings",
]
# who of the staff may do what: tables of `loyalty_site.access.staff_roles.Right`
STAFF_RIGHTS = [
    "loyalty_site.access.staff_rights.RIGHTS",
    "loyalty_site.jobs.staff_rights.RIGHTS",
    "loyalty_site.bulk.staff_rights.RIGHTS",
    "loyalty_site.outbox.staff_rights.RIGHTS",
    "customers.staff_rights.RIGHTS",
    "points.staff_rights.RIGHTS",
    "campaigns.staff_rights.RIGHTS",
    "offers.staff_rights.RIGHTS",
    "promotions.staff_rights.RIGHTS",
]
# what is counted by day: `loyalty_site.daily.Totals`
DAILY_TOTALS = ["points.totals.counting.BY_DAY", "campaigns.totals.counting.BY_DAY"]
CUSTOMER_LOGIN = "customers.login.find_user"
FIRST_STEPS = [
    "customers.admin.first_steps.steps",
    "campaigns.admin.first_steps.steps",
    "loyalty_site.access.admin.first_steps.steps",
]
# The start page: what is urgent comes first, then the rest in this order: money, campaigns, customers, machinery.
DASHBOARD_PANELS = [
    "loyalty_site.backoffice.first_steps.panel",
    "loyalty_site.outbox.admin.panels.start",
    "points.admin.waiting_panel.start",
    "points.admin.flow.panels",
    "campaigns.admin.redemptions.panels",
    "points.admin.outstanding.panel",
    "campaigns.admin.panels.start",
    "campaigns.admin.stock_risk.stock_at_risk",
    "campaigns.admin.coming_panel.panel",
    "customers.admin.panels.start",
    "loyalty_site.jobs.admin.panels.start",
]
# at the top of a customer's page: what is seen at one glance, and what can be done at once
CUSTOMER_GLANCE = [
    "customers.admin.glance.person",
    "points.admin.glance.points",
    "customers.admin.glance.since",
    "points.admin.glance.adjustments",
    "offers.admin.glance.acts",
    "promotions.admin.glance.acts",
    "customers.admin.glance.status_acts",
]
# what the search on top of each page asks, in the order in which it shows what was found
SEARCH_FINDERS = [
    "customers.admin.finding.CUSTOMERS",
    "campaigns.admin.finding.CODES",
    "campaigns.admin.finding.PURCHASES",
    "points.admin.finding.MOVEMENTS",
    "customers.admin.finding.SALES",
    "campaigns.admin.finding.CAMPAIGNS",
    "offers.admin.finding.OFFERS",
    "offers.admin.finding.GIVEN",
    "promotions.admin.finding.PROMOTIONS",
]
CUSTOMER_PANELS = [
    "points.admin.waiting_panel.of_customer",
    "points.admin.balance.balance",
    "customers.admin.level_panel.level",
    "campaigns.admin.customer_panels.held",
    "campaigns.admin.why_not.why_not",
    "customers.admin.timeline.panel",
    "campaigns.admin.customer_panels.bought",
    "offers.admin.panels.given_to",
    "promotions.admin.panels.enrolments_of",
    "customers.admin.panels.sales",
]
# what happened to a customer; of what happened at the same moment the first named is told first
CUSTOMER_TIMELINE = [
    "campaigns.admin.timeline.REFUNDS",
    "campaigns.admin.timeline.PURCHASES",
    "offers.admin.timeline.ANSWERS",
    "offers.admin.timeline.GIVEN",
    "promotions.admin.timeline.REVOCATIONS",
    "promotions.admin.timeline.ENROLMENTS",
    "points.admin.timeline.MOVEMENTS",
    "customers.admin.timeline.SALES",
    "customers.admin.timeline.CHANGES",
]
# what brought movements of points about
MOVEMENT_CAUSES = ["points.admin.causes.sales", "points.admin.causes.adjustments", "campaigns.admin.timeline.causes"]
# all that is held on a customer: tables of `loyalty_site.privacy.Section`
CUSTOMER_DATA = [
    "customers.privacy.held.SECTIONS",
    "points.held.SECTIONS",
    "campaigns.held.SECTIONS",
    "offers.held.SECTIONS",
    "promotions.held.SECTIONS",
    "loyalty_site.access.held.SECTIONS",
    "loyalty_site.outbox.held.SECTIONS",
    "loyalty_site.cold.held.SECTIONS",
]
# how it is forgotten; the account of points, which everybody locks first, comes first
CUSTOMER_ERASURES = [
    "points.erasure.ERASURE",
    "campaigns.erasure.ERASURE",
    "offers.erasure.ERASURE",
    "loyalty_site.cold.erasure.ERASURE",
    "loyalty_site.outbox.erasure.ERASURE",
    "loyalty_site.jobs.erasure.ERASURE",
    "loyalty_site.bulk.erasure.ERASURE",
    "loyalty_site.access.erasure.ERASURE",
    "customers.privacy.emptying.EMPTYING",
]
PARTNER_PANELS = [
    "points.admin.panels.moved_by",
    "offers.admin.panels.given_by",
    "promotions.admin.panels.enrolled_by",
]
# What staff do to many rows of a list at once: descriptions by name.
BULK_ACTIONS = [
    "campaigns.bulk.switching.PUBLISH",
    "campaigns.bulk.switching.PAUSE",
    "campaigns.bulk.shelving.WITHDRAW",
    "campaigns.bulk.shelving.RELEASE",
    "campaigns.bulk.labels.ADD",
    "campaigns.bulk.labels.REMOVE",
    "customers.bulk.status.BLOCK",
    "customers.bulk.status.ACTIVATE",
    "customers.bulk.segments.PUT_INTO",
    "customers.bulk.segments.TAKE_OUT_OF",
    "offers.bulk_status.PAUSE",
    "offers.bulk_status.RESUME",
    "promotions.bulk_status.PAUSE",
    "promotions.bulk_status.REOPEN",
]
