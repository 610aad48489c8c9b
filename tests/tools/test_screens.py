"""Finding every screen of the back office once."""

from tools.screens import Screen, name_of, screens, within

ONE, OTHER = "00000000-0000-474c-b092-b0dd880c07e1", "00000000-0000-474c-b092-b0dd880c07e2"
SITE = {
    "/admin/": f'<a href="/admin/customers/customer/">All</a><a href="/admin/customers/customer/{ONE}/change/">One</a>'
    '<a href="/admin/logout/">Out</a><a href="https://other.example/admin/x/">Other</a><a href="/doc">API</a>',
    "/admin/customers/customer/": f'<a href="{OTHER}/change/">Other</a><a href="?q=1">Found</a>'
    '<a href="gone/">Gone</a>',
    f"/admin/customers/customer/{ONE}/change/": '<a href="../block/">Block</a><a>No link</a>',
    f"/admin/customers/customer/{ONE}/block/": "",
}


def test_each_kind_of_page_is_met_once_and_nothing_is_done():
    asked = []

    def fetch(path):
        asked.append(path)
        return SITE.get(path)

    assert list(screens(fetch)) == [
        Screen("start", "/admin/"),
        Screen("customers-customer", "/admin/customers/customer/"),
        Screen("customers-customer-change", f"/admin/customers/customer/{ONE}/change/"),
        Screen("customers-customer-record-block", f"/admin/customers/customer/{ONE}/block/"),
    ]
    assert "/admin/logout/" not in asked


def test_records_of_a_kind_have_one_name():
    names = {name_of(f"/admin/jobs/job/{key}/change/") for key in (ONE, "12", "ab" * 32, "campaigns.purge_photos")}
    assert names == {"jobs-job-change"}


def test_what_narrows_a_list_down_is_no_page_of_its_own():
    assert within("/admin/a/b/", "?q=x&p=2#top") == "/admin/a/b/"
    assert within("/admin/a/b/", "mailto:anna@example.org") is None
