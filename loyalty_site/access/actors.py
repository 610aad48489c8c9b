"""Who does something: what services take, ledger rows keep and audit entries show."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a caller of the API is. The values stand in the log-in tokens that existing front ends decode."""

    ADMIN = "ROLE_ADMIN"
    SELLER = "ROLE_SELLER"
    CUSTOMER = "ROLE_PARTICIPANT"
    PARTNER = "ROLE_PARTNER"


@dataclass(frozen=True)
class Actor:
    """The one who is answerable: a person, an API token, or the system itself."""

    kind: str  # user, token or system
    id: str
    label: str

    @property
    def key(self) -> str:
        """One text that names the actor, as `user:22200000-…`; at most 60 characters."""
        return f"{self.kind}:{self.id}" if self.id else self.kind


SYSTEM = Actor("system", "", "system")


@dataclass(frozen=True)
class Ceilings:
    """How many points a partner may give at most; None: as many as it likes. A day is the programme's."""

    per_call: int | None = None
    per_customer_day: int | None = None
    per_partner_day: int | None = None


@dataclass(frozen=True)
class PartnerFacts:
    """The company behind a partner's call, as its services want to know it."""

    id: UUID
    name: str
    region: str = ""  # two capital letters, what a call without a region is for
    ceilings: Ceilings = Ceilings()
    values: tuple[str, ...] = ()  # the texts that stand for it in calls

    @property
    def signature(self) -> str:
        """What its movements of points are signed with where the call names no `partner`."""
        return self.values[0] if self.values else str(self.id)

    def has_signed(self, partner: str) -> bool:
        """Whether a movement with that `partner` is its own. No value looks like an id of another partner."""
        return partner in self.values or partner == str(self.id)


@dataclass(frozen=True)
class Principal:
    """The caller of one request, whichever credential it showed. DRF keeps it as `request.user`."""

    kind: str  # user or token
    id: UUID
    label: str
    role: Role
    scopes: frozenset[str] | None = None  # None: everything the role may do
    store_id: UUID | None = None  # a token bound to a store sees that store's customers and those of none
    may_transfer_points: bool = False
    partner: PartnerFacts | None = None  # of every caller whose role is PARTNER, and of no other
    requests_per_minute: int | None = None  # None: no limit
    is_authenticated: bool = True

    @property
    def actor(self) -> Actor:
        return Actor(self.kind, str(self.id), self.label)

    def has_scope(self, scope: str) -> bool:
        return self.scopes is None or scope in self.scopes
