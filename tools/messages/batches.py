"""Work for translators in pieces: a file of texts to fill in, and taking it back."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from babel.messages import Catalog
from babel.messages.catalog import Message

from tools.messages.faults import faults_of, untranslated

Entry = dict[str, Any]


def to_do(catalog: Catalog, most: int) -> str:
    """The next texts without a translation, as JSON. `text` is to be filled in: a list where there are plural forms."""
    return json.dumps([_entry(message, catalog) for message in islice(untranslated(catalog), most)], **_NEAT)


def fill(catalog: Catalog, work: str) -> Iterator[str]:
    """Take the filled-in texts over, less those with faults, which are told."""
    for entry in json.loads(work):
        identity = (entry["id"], entry["plural"]) if "plural" in entry else entry["id"]
        known = catalog.get(identity, entry.get("context"))
        if known is None:
            yield f"not a text of the code: {entry['id']!r}"
            continue
        text = tuple(entry["text"]) if isinstance(entry["text"], list) else entry["text"]
        told = list(faults_of(Message(identity, text, context=entry.get("context")), catalog.num_plurals))
        if told:
            yield from (f"{fault}: {entry['id']!r}" for fault in told)
        else:
            known.string = text


def _entry(message: Message, catalog: Catalog) -> Entry:
    entry: Entry = {"id": message.id, "text": "", "where": sorted({place for place, _line in message.locations})[:3]}
    if message.context:
        entry["context"] = message.context
    if message.pluralizable:
        entry |= {"id": message.id[0], "plural": message.id[1], "text": [""] * catalog.num_plurals}
    return entry


_NEAT = {"ensure_ascii": False, "indent": 1}
