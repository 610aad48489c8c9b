"""What differs from row to row, as SQL over the row's number `i`; all other columns are those of a row that is there.

`t` is that row. Ids are made of the number, so that rows of other tables can name them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Model

from tools.volume.sizes import Volume

FIRST_NAMES = "(ARRAY['Anna','Piotr','Lena','Jonas','Zofia','Emre','Marta','Tomasz','Klara','Ivo'])"
LAST_NAMES = "(ARRAY['Kowalska','Schmidt','Nowak','Novotny','Yilmaz','Jansen','Rossi','Dubois','Berg','Lind'])"
EARN, SPEND = 20, 10
LAST_DAY = "date_trunc('year', now())::date + 800"
BASE = 100_000_000  # numbers of rows that others name


def customer(number: str) -> str:
    return f"md5('customer' || ({number}))::uuid"


def campaign(number: str) -> str:
    return f"md5('campaign' || ({number}))::uuid"


def transfer(account: str, sequence: str) -> str:
    return f"md5('transfer' || ({account}) || '/' || ({sequence}))::uuid"


@dataclass(frozen=True)
class Filling:
    """So many rows of a table, with these columns of their own."""

    label: str
    rows: int
    columns: dict[str, str] = field(default_factory=dict)
    of: str = ""  # which row is repeated; the first one unless told

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)


def fillings(size: Volume) -> Iterator[Filling]:
    yield from _people(size)
    yield from _points(size)
    yield from _rewards(size)
    yield from _the_rest(size)


def _people(size: Volume) -> Iterator[Filling]:
    ago = "now() - i * interval '31 seconds'"
    names = {"first_name": f"{FIRST_NAMES}[1 + i % 10]", "last_name": f"{LAST_NAMES}[1 + i / 10 % 10] || i / 100 % 97"}
    unique = {
        "number": "200000000000000 + i",
        "external_id": "'shop-' || i",
        "email": "'customer' || i || '@example.org'",
        "phone": "'+49' || (1500000000 + i)",
        "card_number": "'77' || (10000000 + i)",
    }
    status = {"status": "CASE WHEN i % 1000 = 0 THEN 'blocked' WHEN i % 50 = 0 THEN 'new' ELSE 'active' END"}
    level = {
        "level_id": "(SELECT ids[1 + i % array_length(ids, 1)] FROM (SELECT array_agg(id) ids FROM customers_level) l)"
    }
    at = {"created_at": ago, "updated_at": ago}
    yield Filling(
        "customers.Customer", size.customers, {"id": customer("i"), **names, **unique, **status, **level, **at}
    )
    yield Filling("customers.SegmentMembership", size.others, {"customer_id": customer(f"i % {size.customers}+1")})
    yield Filling(
        "customers.Transaction",
        size.others,
        {
            "id": "gen_random_uuid()",
            "document_number": "'till/' || i",
            "customer_id": customer(f"i % {size.customers} + 1"),
            "purchased_at": ago,
            "created_at": ago,
        },
    )
    yield Filling(
        "access.User",
        size.others,
        {
            "id": "gen_random_uuid()",
            "username": "'member' || i",
            "email": "'member' || i || '@example.org'",
            "role": "'ROLE_PARTICIPANT'",
            "is_staff": "false",
            "is_superuser": "false",
            "store_id": "NULL",
        },
    )


def _points(size: Volume) -> Iterator[Filling]:
    pairs, kept = size.movements // 2, (EARN - SPEND) * (size.movements // 2)
    account = {
        "customer_id": customer("i"),
        "balance": str(kept),
        "earned": str(EARN * pairs),
        "spent": str(SPEND * pairs),
        "expired": "0",
        "sequence": str(size.movements),
    }
    yield Filling("points.Account", size.customers, account)
    bucket = {"account_id": customer("i"), "expires_on": LAST_DAY, "points": str(kept), "moved": str(-SPEND)}
    yield Filling("points.Bucket", size.customers, bucket)
    owner, sequence = f"(i - 1) / {size.movements} + 1", f"(i - 1) % {size.movements} + 1"
    earned = f"(({sequence}) % 2 = 1)"
    bought = f"({sequence} = 2 AND {owner} <= {size.purchases})"  # the first points spent were spent on a reward
    points = f"(CASE WHEN {earned} THEN {EARN} ELSE -{SPEND} END)"
    yield Filling(
        "points.Transfer",
        size.transfers,
        {
            "id": transfer(owner, sequence),
            "short_id": "'v' || i",
            "account_id": customer(owner),
            "sequence": sequence,
            "kind": f"CASE WHEN {earned} THEN 'earn' WHEN {bought} THEN 'spend' ELSE 'deduct' END",
            "points": points,
            "balance_after": f"({sequence}) / 2 * {EARN - SPEND} + CASE WHEN {earned} THEN {EARN} ELSE 0 END",
            "buckets": f"jsonb_build_array(jsonb_build_object('expires_on', {LAST_DAY}, 'points', {points}))",
            "expires_on": f"CASE WHEN {earned} THEN {LAST_DAY} END",
            "corrects_id": "NULL",
            "channel": f"CASE WHEN {earned} THEN 'sale' WHEN {bought} THEN 'reward' ELSE 'admin' END",
            "partner": "''",
            "created_at": f"now() - ({size.transfers} - i) * interval '3 seconds'",
        },
    )


def _rewards(size: Volume) -> Iterator[Filling]:
    yield Filling(
        "campaigns.Campaign",
        size.campaigns,
        {
            "id": campaign("i"),
            "name": "'Reward ' || i",
            "unlimited": "false",
            "single_coupon": "false",
            "limit": str(size.pool),
            "limit_per_customer": "10",
            "codes_withheld": "0",
            "photo": "''",
            "created_at": "now() - i * interval '1 hour'",
        },
    )
    yield Filling("campaigns.LevelTarget", size.campaigns, {"campaign_id": campaign("i")})
    sold = size.purchases // size.campaigns
    slices = {"campaign_id": campaign("i"), "shard": "0", "next": str(sold), "stop": str(size.pool), "holes": "0"}
    yield Filling("campaigns.Slice", size.campaigns, slices | {"shared_coupon_id": "NULL"})
    place = {"campaign_id": campaign(f"(i - 1) / {size.pool} + 1"), "position": f"(i - 1) % {size.pool}"}
    code = {"id": f"{BASE} + i", "code": "'V' || md5('code' || i)", "voided_at": "NULL", "batch_id": "NULL"}
    yield Filling("campaigns.Coupon", size.coupons, {**code, **place})
    bought_of, position = f"(i - 1) / {sold} + 1", f"(i - 1) % {sold}"
    yield Filling(
        "campaigns.Purchase",
        sold * size.campaigns,
        {
            "id": "md5('purchase' || i)::uuid",
            "campaign_id": campaign(bought_of),
            "customer_id": customer("i"),
            "coupon_id": f"{BASE} + ({bought_of} - 1) * {size.pool} + {position} + 1",
            "position": position,
            "n": "1",
            "cost_in_points": str(SPEND),
            "transfer_id": transfer("i", "2"),
            "purchased_at": "now() - i * interval '29 seconds'",
            "used": "i % 2 = 0",
            "used_at": "CASE WHEN i % 2 = 0 THEN now() - i * interval '14 seconds' END",
            "refunded_at": "NULL",
        },
    )


def _the_rest(size: Volume) -> Iterator[Filling]:
    at, whose = "now() - i * interval '37 seconds'", customer(f"i % {size.customers} + 1")
    sold = {"object_type": "'purchase'", "object_id": "md5('purchase' || i)", "object_label": "''"}
    yield Filling("access.AuditEntry", size.others, {"at": at, **sold})
    yield Filling("access.IdempotencyKey", size.others, {"key": "'k' || i", "created_at": at})
    yield Filling("campaigns.CouponBatch", size.campaigns, {"campaign_id": campaign("i"), "created_at": at})
    promotion = {"promotion_id": "(SELECT min(id) FROM promotions_promotion)", "customer_id": whose}
    yield Filling("promotions.Participation", size.others, {**promotion, "turns": "1", "revoked": "0"})
    turn = {"turn": "1", "state": "'running'", "enrolled_at": at, "ends_at": "NULL"}
    yield Filling("promotions.Enrolment", size.others, {**promotion, **turn})
    given = {"id": "gen_random_uuid()", "customer_id": whose, "code": "'G' || i", "given_at": at, "batch_id": "NULL"}
    open_ = {"state": "'NONE'", "accepted_at": "NULL", "expires_at": "NULL", "trace_id": "gen_random_uuid()"}
    yield Filling("offers.CustomerOffer", size.others, {**given, **open_})
    yield Filling("outbox.Event", size.others, {"id": "md5('event' || i)::uuid", "created_at": at, "passed_on": "true"})
    told = {"event_id": "md5('event' || i)::uuid", "state": "'sent'", "next_at": "NULL"}
    yield Filling("outbox.Delivery", size.others, told)
    ended = {"state": "'done'", "key": "'v' || i", "created_at": at, "started_at": at, "finished_at": at}
    yield Filling("jobs.Job", size.others, {"id": "gen_random_uuid()", **ended})
