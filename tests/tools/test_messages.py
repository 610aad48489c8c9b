"""Texts are gathered from the code, translated in pieces, and compiled as they stand."""

import json

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message

from tools.messages import batches, faults
from tools.messages.gathering import gathered, in_python, in_template
from tools.messages.languages import LANGUAGES

NAMED = ("%(n)d code", "%(n)d codes")


@pytest.fixture(scope="module")
def texts():
    return gathered()


@pytest.fixture
def catalog():
    german = Catalog("de")
    german.add("Save", locations=[("a.py", None)])
    german.add(NAMED)
    return german


def test_texts_are_found_in_python_as_far_as_they_are_written_out():
    source = '_("Save")\nngettext("%(n)d code", "%(n)d codes", n)\npgettext("verb", "Back")\ngettext(name)\n'
    assert list(in_python(source)) == [("Save", None), (NAMED, None), ("Back", "verb")]


def test_texts_are_found_in_templates_whatever_their_indentation():
    source = '<p>\n    {% translate "Save" %}\n' + (
        "{% blocktranslate count n=3 %}{{ n }} code{% plural %}{{ n }} codes{% endblocktranslate %}"
    )
    assert list(in_template(source)) == [("Save", None), (("%(n)s code", "%(n)s codes"), None)]


@pytest.mark.parametrize(
    "text",
    [
        "first name",  # which Django makes of a column's name
        "level changed",  # which the audit trail puts together
        "points earned",
        "Type to search",  # the theme's, which Django does not translate
        "Can add %(things)s",
        "A customer bought a reward, or was given one.",
        "Letters sent",  # by which a job calls its figure
    ],
)
def test_what_people_read_is_gathered(texts, text):
    assert texts.get(text) is not None


def test_what_django_translates_of_the_theme_is_left_to_it(texts):
    assert texts.get("Django administration") is None


def test_a_translator_gets_texts_as_json_and_gives_them_back(catalog):
    work = json.loads(batches.to_do(catalog, 10))
    assert work == [
        {"id": "Save", "text": "", "where": ["a.py"]},
        {"id": "%(n)d code", "plural": "%(n)d codes", "text": ["", ""], "where": []},
    ]
    work[0]["text"], work[1]["text"] = "Speichern", ["%(n)d Code", "%(n)d Codes"]
    assert list(batches.fill(catalog, json.dumps(work))) == []
    assert catalog.get("Save").string == "Speichern"
    assert json.loads(batches.to_do(catalog, 10)) == []


def test_a_translation_with_other_placeholders_is_refused(catalog):
    told = batches.fill(
        catalog, json.dumps([{"id": NAMED[0], "plural": NAMED[1], "text": ["ein Code", "%(m)d Codes"]}])
    )
    assert len(list(told)) == 2
    assert not any(catalog.get(NAMED).string)


@pytest.mark.parametrize(
    ("identity", "text", "faulty"),
    [
        ("{n} of %(all)s", "%(all)s, davon {n}", False),
        ("{n} of %(all)s", "%(alle)s, davon {n}", True),
        (NAMED, ("%(n)d Code", "%(n)d Codes"), False),
        (NAMED, ("%(n)d Codes",), True),
        ("Save", "Speichern ", False),
        ("Save", " Speichern", True),
    ],
)
def test_nonsense_is_found(identity, text, faulty):
    assert bool(list(faults.faults_of(Message(identity, text), 2))) is faulty


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_would_show_nonsense_and_all_are_compiled(language):
    assert list(faults.wrong(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_code_is_translated(language, texts):
    assert list(faults.missing(language, texts)) == []
