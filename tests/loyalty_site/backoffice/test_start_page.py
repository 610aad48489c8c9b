"""How the start page is laid out."""

import pytest

from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.start_page import laid_out

pytestmark = pytest.mark.once("sqlite")


@pytest.mark.parametrize(
    ("shown", "stretched"),
    [
        ("", ""),
        ("a", "a"),
        ("ab", ""),
        ("abc", "c"),
        ("aWbc", "aW"),
        ("abWc", "Wc"),
        ("WaWW", "WaWW"),
        ("Wab", "W"),
    ],
)
def test_no_row_has_a_hole(shown, stretched):
    """Capitals are panels that take a row for themselves."""
    laid = laid_out([Panel(name, is_wide=name.isupper()) for name in shown])

    assert "".join(panel.title for panel in laid) == shown
    assert "".join(panel.title for panel in laid if panel.is_across) == stretched
