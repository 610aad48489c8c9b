"""What an app says about its endpoints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from loyalty_site.api.description.forms import JSON
from loyalty_site.api.description.shapes import INTEGER, TEXT, Schema, saying, words
from loyalty_site.api.forms import Form
from loyalty_site.api.paging import MOST_PER_PAGE, PER_PAGE


@dataclass(frozen=True)
class Operation:
    """What one method of a route takes and answers.

    `answer` is the body of success, which has that `status`; `others` are further statuses of this endpoint with their
    bodies. `refusals` are the texts that `{"error": …}` may have in a 400. `form` is read from the part of the body
    called `root`; `body` describes one that is no form. `needed` are the parameters in `query` that must be there.
    `media` are the types of a success that is no JSON. `keyed`: it takes an Idempotency-Key, where it writes. `bare`:
    it has none of the failures that endpoints share. `finds`: it looks for something that its path does not name.
    """

    summary: str
    answer: Schema | None
    note: str = ""
    status: int = 200
    form: type[Form] | None = None
    root: str | None = None
    body: Schema | None = None
    query: Mapping[str, Schema] = field(default_factory=dict)
    needed: Sequence[str] = ()
    refusals: Sequence[str] = ()
    others: Mapping[int, Schema | None] = field(default_factory=dict)
    media: Sequence[str] = (JSON,)
    keyed: bool = True
    bare: bool = False
    finds: bool = False

    @property
    def takes_body(self) -> bool:
        return self.form is not None or self.body is not None


@dataclass(frozen=True)
class Chapter:
    """Operations that belong together, by route and method, and what the names in their paths stand for."""

    title: str
    text: str
    operations: Mapping[str, Mapping[str, Operation]]
    paths: Mapping[str, Schema] = field(default_factory=dict)


PAGING: dict[str, Schema] = {
    "page": saying({**INTEGER, "default": 1}, "Which page; the first is 1."),
    "perPage": saying(
        {**INTEGER, "default": PER_PAGE},
        f"How many on a page, at most {MOST_PER_PAGE:,}; negative means so many.",
    ),
}
DIRECTION = saying(words(["asc", "desc"]), "Of the sort; counts only beside it.")


def sorted_by(names: Sequence[str]) -> dict[str, Schema]:
    """The parameters of a list that can be sorted by these."""
    texts = ", ".join(f"`{name}`" for name in names)
    return {"sort": saying(TEXT, f"One of {texts}. Any other: the usual order."), "direction": DIRECTION}
