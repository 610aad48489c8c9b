import sys
import unicodedata

import pytest

from loyalty_site.api.texts import is_storable, trimmed


def test_every_separator_and_control_character_is_trimmed_and_nothing_else():
    gone = {sign for sign in map(chr, range(sys.maxunicode + 1)) if trimmed(sign) == ""}
    assert gone == {
        sign for sign in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(sign) in {"Zs", "Zl", "Zp", "Cc"}
    }


def test_what_is_inside_stays():
    assert trimmed(" \t a \n b \u00a0") == "a \n b"


@pytest.mark.parametrize(("text", "storable"), [("", True), ("zażółć 😀", True), ("a\x00", False), ("\ud800", False)])
def test_nul_and_lone_surrogates_cannot_be_kept(text, storable):
    assert is_storable(text) is storable
