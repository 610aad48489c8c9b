from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ParseError

from loyalty_site.api.brackets import MalformedNames, pairs_of, tree_of


def read(encoded):
    return tree_of(pairs_of(encoded.encode()))


def test_names_with_brackets_become_groups():
    assert read("campaign[levels][0]=x&campaign[levels][1]=y&campaign[active]=1") == {
        "campaign": {"levels": {"0": "x", "1": "y"}, "active": "1"}
    }


def test_encoded_brackets_are_brackets():
    assert read("campaign%5Bname%5D=a+b%26c") == {"campaign": {"name": "a b&c"}}


def test_a_name_without_a_value_is_empty():
    assert read("campaign[name]&campaign[limit]=") == {"campaign": {"name": "", "limit": ""}}


def test_empty_brackets_append():
    assert read("a[]=x&a[]=y") == {"a": {"0": "x", "1": "y"}}


def test_empty_brackets_append_after_the_highest_index():
    assert read("a[7]=x&a[3]=y&a[]=z") == {"a": {"7": "x", "3": "y", "8": "z"}}


def test_empty_brackets_in_the_middle_begin_a_new_group_each_time():
    assert read("a[][b]=1&a[][c]=2") == {"a": {"0": {"b": "1"}, "1": {"c": "2"}}}


def test_only_what_php_counts_as_an_index_moves_the_next_one():
    assert read("a[08]=x&a[-5]=y&a[1.0]=z&a[]=w") == {"a": {"08": "x", "-5": "y", "1.0": "z", "0": "w"}}


def test_the_last_value_of_a_name_wins_and_keeps_the_first_place():
    assert list(read("a=1&b=2&a=3").items()) == [("a", "3"), ("b", "2")]


def test_the_order_sent_is_kept():
    assert list(read("a[5]=x&a[1]=y&a[3]=z")["a"].values()) == ["x", "y", "z"]


def test_a_huge_index_is_a_key_like_any_other():
    huge = "9" * 900
    assert read(f"a[{huge}]=x&a[]=y") == {"a": {huge: "x", "0": "y"}}


def test_unescaped_utf_8_is_read():
    assert read("name=Zażółć") == {"name": "Zażółć"}


def test_nothing_is_an_empty_tree():
    assert read("") == {}


@pytest.mark.parametrize(
    "encoded",
    [
        "a=2&a[b]=1",
        "a[b]=1&a=2",
        "a[b]=1&a[b][c]=2",
        "a[b][c]=1&a[b]=2",
        "a[b=1",
        "a]b=1",
        "a]=1",
        "[a]=1",
        "[]=1",
        "=1",
        "a[b]c=1",
        "a[b]c[d]=1",
        "a[[b]]=1",
        "a[b]]=1",
        "a=%00",
        "a%00=1",
        "a[%00]=1",
        "a=%ff",
        "a%ff=1",
        "a=%ed%a0%80",
    ],
)
def test_what_is_malformed_is_refused(encoded):
    with pytest.raises(MalformedNames):
        read(encoded)


def test_raw_bytes_that_are_no_utf_8_are_refused():
    with pytest.raises(MalformedNames):
        pairs_of(b"a=\xff")


def test_thirty_two_names_deep_is_the_deepest():
    tree = read("a" + "[b]" * 31 + "=x")
    for name in ["a"] + ["b"] * 31:
        tree = tree[name]
    assert tree == "x"
    with pytest.raises(MalformedNames):
        read("a" + "[b]" * 32 + "=x")


def test_twenty_thousand_fields_are_the_most():
    assert len(read("a[]=&" * 19_999 + "a[]=")["a"]) == 20_000
    with pytest.raises(MalformedNames):
        read("a[]=&" * 20_000 + "a[]=")


def test_twenty_thousand_pairs_are_the_most_wherever_they_come_from():
    with pytest.raises(MalformedNames):
        tree_of(("a[]", "x") for _ in range(20_001))


def test_a_thousand_characters_are_the_longest_name():
    assert read("a" * 1_000 + "=x") == {"a" * 1_000: "x"}
    with pytest.raises(MalformedNames):
        read("a" * 1_001 + "=x")


KEYS = st.text(st.characters(exclude_characters="[]\x00", exclude_categories=["Cs"]), min_size=1, max_size=8)
VALUES = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
TREES = st.dictionaries(
    KEYS, st.recursive(VALUES, lambda inner: st.dictionaries(KEYS, inner, min_size=1, max_size=4), max_leaves=20)
)


def flattened(tree, prefix=""):
    for key, value in tree.items():
        name = f"{prefix}[{key}]" if prefix else key
        if isinstance(value, dict):
            yield from flattened(value, name)
        else:
            yield f"{quote_plus(name)}={quote_plus(value)}"


@given(TREES)
def test_a_tree_written_with_brackets_reads_back(tree):
    assert read("&".join(flattened(tree))) == tree


@given(st.binary() | st.text("ab[]=&%05+\x00é").map(str.encode))
def test_any_bytes_give_a_tree_or_a_parse_error(encoded):
    try:
        tree = tree_of(pairs_of(encoded))
    except ParseError:
        return
    assert isinstance(tree, dict)
