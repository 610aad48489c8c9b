"""Ids of the demo's data, by the names that requests have for them, in the words of each family of clients."""

from collections.abc import Mapping, Sequence

Known = Mapping[str, Sequence[str | int]]

CAMPAIGNS = [
    "000096cf-32a3-43bd-9034-4df343e5fd93",
    "000096cf-32a3-43bd-9034-4df343e5fd92",
    "3062c881-93f3-496b-9669-4238c0a62be8",
]
CUSTOMERS = [
    "00000000-0000-474c-b092-b0dd880c07e1",
    "00000000-0000-474c-b092-b0dd880c07e2",
    "11111111-0000-474c-b092-b0dd880c07e1",
]
LEVELS = [
    "000096cf-32a3-43bd-9034-4df343e5fd93",
    "e82c96cf-32a3-43bd-9034-4df343e5fd94",
    "000096cf-32a3-43bd-9034-4df343e5fd94",
]
SEGMENTS = ["00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000002"]
STORES = ["00000000-0000-474c-1111-b0dd880c07e2", "00000000-0000-474c-1111-b0dd880c07e3"]
TRANSFERS = ["e82c96cf-32a3-43bd-9034-4df343e5f211", "e82c96cf-32a3-43bd-9034-4df343e5f333"]
TOM = "6d13456a-1304-5109-a117-af4de20b2487"
SESSION = "mck-cd4e126a-f0fa-c00e-f1e3-fc2d319203c7"  # there once a request has opened it

OPEN_LOYALTY: Known = {
    "campaign": CAMPAIGNS,
    "campaignId": CAMPAIGNS,
    "customer": CUSTOMERS,
    "customerId": CUSTOMERS,
    "level": LEVELS,
    "levelId": LEVELS,
    "levels": LEVELS,
    "segment": SEGMENTS,
    "segments": SEGMENTS,
    "store": STORES,
    "posId": STORES,
    "identifier": ["pos1"],
    "transfer": TRANSFERS,
    "code": ["123"],
}
RBI: Known = {
    "user": [TOM],
    "userId": [TOM],
    "loyaltyId": [TOM],
    "email": ["tom.sawyer@example.com"],
    "configId": ["1ac7eb33-1e04-40ea-b6f2-38af6bb4bf7a"],
    "startDate": ["2024-05-21", "2026-03-29"],
    "endDate": ["2030-05-22", "2036-10-26"],
    "partner": ["Partner"],
    "points": [100, -1],
    "pointsEarned": [100],
}
CAPILLARY: Known = {
    "accountId": [TOM, "98662653"],
    "programId": [469],
    "promotionId": [57099, 57099, 65777, 65778, 65779],
    "offset": [0, 1],
}
EXCHANGE_SOLUTIONS: Known = {
    "correlation_id": [TOM, TOM, TOM, SESSION, CUSTOMERS[0]],
    "correlationId": [SESSION],
    "identifier": [TOM],
    "offer_id": [
        "OFFER_OPEN_1",
        "OFFER_OPEN_2",
        "OFFER_OPEN_3",
        "OFFER_NOEXPIRY",
        "OFFER_PREVIEW",
        "OFFER_DECLINED",
        "OFFER_COMPLETED",
        "OFFER_PAUSED",
        "OFFER_EXPIRED",
        "OFFER_UPCOMING",
        "OFFER_OTHER_MEMBER",
    ],
    "acceptanceState": ["ACCEPTED", "UNACCEPTED"],  # declined ones cannot be answered any more
    "from": [0],
    "until": [30, 400],
}
CREDENTIALS: Known = {
    "key": ["capillary"],
    "secret": ["capillary"],
    "client_id": ["client-demo-token"],
    "client_secret": [""],
}
# What identifies Tom in Capillary's words, by `identifierName`.
IDENTIFIERS = {
    "mobile": "18767431754",
    "email": "tom.sawyer@example.com",
    "externalId": "000003873354",
    "id": "98662653",
}
