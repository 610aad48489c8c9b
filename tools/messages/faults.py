"""What is wrong with a language's texts, each as a sentence for whoever mends it."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo

from tools.messages.catalogues import compiled, read
from tools.messages.languages import mo_file

PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[sd]|(?<![%{])\{[a-z_0-9]*\}|%[sd]")


def missing(language: str, gathered: Catalog) -> Iterator[str]:
    """Texts that are new, gone, or not translated."""
    known = read(language)
    there, wanted = _keys(known), _keys(gathered)
    yield from (f"{language}: not gathered: {key[0]!r}" for key in sorted(wanted - there, key=str))
    yield from (f"{language}: no longer in the code: {key[0]!r}" for key in sorted(there - wanted, key=str))
    yield from (f"{language}: not translated: {message.id!r}" for message in untranslated(known))


def untranslated(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id and (message.fuzzy or not _is_whole(message)))


def wrong(language: str) -> Iterator[str]:
    """Translations that would show nonsense, or that are not the compiled ones."""
    catalog = read(language)
    for message in catalog:
        if message.id and any(_forms(message)):
            yield from (f"{language}: {fault}: {message.id!r}" for fault in faults_of(message, catalog.num_plurals))
    if not mo_file(language).exists() or _said(mo_file(language).read_bytes()) != _said(compiled(catalog)):
        yield f"{language}: the compiled texts are not those of the file: run make messages"


def faults_of(message: Message, plurals: int) -> Iterator[str]:
    forms = _forms(message)
    if len(forms) != (plurals if message.pluralizable else 1):
        yield f"{len(forms)} forms"
    originals = message.id if message.pluralizable else (message.id,)
    known = [_placeholders(original) for original in originals]
    for form in filter(None, forms):
        if _placeholders(form) not in known:
            yield f"other placeholders in {form!r}"
        if form[:1].isspace() != originals[0][:1].isspace() or form.endswith("\n") != originals[0].endswith("\n"):
            yield f"other space around {form!r}"


def _is_whole(message: Message) -> bool:
    return bool(_forms(message)) and all(_forms(message))


def _placeholders(text: str) -> frozenset[str]:
    """A set, since a translation may say one twice."""
    return frozenset(PLACEHOLDER.findall(text))


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _said(compiled_texts: bytes) -> dict[Any, Any]:
    texts = (message for message in read_mo(BytesIO(compiled_texts)) if message.id)
    return {str((message.id, message.context)): message.string for message in texts}


def _keys(catalog: Catalog) -> set[tuple[str | tuple[str, ...], str | None]]:
    return {(message.id, message.context) for message in catalog if message.id}
