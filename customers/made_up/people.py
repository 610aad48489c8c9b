"""One made-up customer."""

import re
from datetime import UTC, datetime, timedelta
from unicodedata import combining, normalize
from uuid import UUID

from customers.made_up.names import HOMELANDS, Homeland
from customers.models import Customer
from loyalty_site.made_up.dice import Dice

FEMALE, MALE, UNSAID = Customer.Gender.FEMALE, Customer.Gender.MALE, Customer.Gender.NOT_DISCLOSED
SHARES = {homeland: homeland.share for homeland in HOMELANDS}
PLAIN = str.maketrans("łŁøØđĐı", "lLoOdDi", "'")
YOUNGEST, OLDEST = 16 * 365, 80 * 365  # days


def person(n: int, dice: Dice, *, customer_id: UUID, level_id: UUID, joined_at: datetime) -> Customer:
    """The n-th of them, unsaved and active. What identifies people holds n, so that no two are alike."""
    homeland = dice.weighted(SHARES)
    is_woman = dice.falls(0.56)
    first, family = _name(homeland, is_woman, dice)
    city, province, postal = dice.choice(homeland.places.split()).split(":")
    gender = FEMALE if is_woman else MALE
    return Customer(
        pk=customer_id,
        number=300_000_000_000_000 + n,
        external_id=f"CRM-{n:07}" if dice.falls(0.6) else None,
        email=f"{_typed(first)}.{_typed(family)}{n}@{homeland.mail}" if dice.falls(0.94) else None,
        phone=f"{homeland.phone}{_digits(n)}" if dice.falls(0.85) else None,
        card_number=f"2600{n:08}{n * 7919 % 9973:04}" if dice.falls(0.7) else None,
        status=Customer.Status.ACTIVE,
        first_name=first.partition("/")[0],
        last_name=family.partition("/")[0],
        gender=UNSAID if dice.falls(0.05) else gender,
        birth_date=_birthday(joined_at, dice),
        street=dice.choice(homeland.streets.split()),
        address1=str(dice.randint(1, 120)),
        address2=str(dice.randint(1, 60)) if dice.falls(0.5) else "",
        postal=_postal(postal, homeland.country, dice),
        city=city,
        province=province,
        country=homeland.country,
        level_id=level_id,
        agreement1=True,
        agreement2=dice.falls(0.62),
        agreement3=dice.falls(0.8),
        created_at=joined_at,
        updated_at=joined_at,
    )


def _name(homeland: Homeland, is_woman: bool, dice: Dice) -> tuple[str, str]:
    first = dice.choice((homeland.women if is_woman else homeland.men).split())
    family = dice.choice(homeland.families.split())
    ending, of_daughters = homeland.daughters
    if is_woman and ending and family.endswith(ending):
        family = family.removesuffix(ending) + of_daughters
    return first, family


def _typed(name: str) -> str:
    """As it stands in an e-mail address."""
    typed = name.rpartition("/")[2].translate(PLAIN).replace("ß", "ss")
    bare = "".join(letter for letter in normalize("NFD", typed) if not combining(letter))
    return re.sub("[^a-z-]", "", bare.lower())


def _digits(n: int) -> str:
    """Seven digits for the n-th phone that look drawn, each number once."""
    return f"{n * 7_368_787 % 9_999_991:07}"


def _postal(beginning: str, country: str, dice: Dice) -> str:
    rest = f"{dice.randrange(1000):03}"
    return f"{beginning}-{rest}" if country == "PL" else f"{beginning}{rest}"[:5]


def _birthday(at: datetime, dice: Dice) -> datetime:
    """Nobody is born on a certain minute: the middle of the day is the same date in most zones."""
    born = at - timedelta(days=dice.randint(YOUNGEST, OLDEST))
    return datetime(born.year, born.month, born.day, 12, tzinfo=UTC)
