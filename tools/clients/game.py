"""A game of RBI's: players win points and offers, and lose points again."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tools.clients.http import Connection, has, same

TOM = "6d13456a-1304-5109-a117-af4de20b2487"
PRIZE = "1ac7eb33-1e04-40ea-b6f2-38af6bb4bf7a"
USER = f"loyalty/user/{TOM}"
OF_A_TRANSACTION = {
    "id",
    "shortId",
    "loyaltyId",
    "channel",
    "status",
    "createdAt",
    "impactedExpirationBuckets",
    "claimedAt",
    "pointsEarned",
    "bonusPointsEarned",
    "pointsUsed",
    "transactionDetails",
    "metadata",
    "pointsDeducted",
}


def play(server: str) -> None:
    game = connected(server)
    needs_its_key(server)
    gives_points_and_takes_them_back(game)
    takes_no_more_than_there_is(game)
    trace = gives_an_offer(game)
    follows_the_offer(game, trace)
    gives_the_offer_once_more(game, trace)
    is_told_which_fields_are_wrong(game)
    hides_it_from_another_game(server, trace)


def connected(server: str, key: str = "partner-demo-token") -> Connection:
    headers = {"x-api-key": key, "x-region": "DE", "x-user-datetime": "2024-05-21T12:00:00+02:00"}
    return Connection(server, headers, root="")


def needs_its_key(server: str) -> None:
    refused = connected(server, "wrong").get(USER, 401)
    same("the refusal", (refused["statusCode"], refused["code"]), (401, "Unauthorized"))


def gives_points_and_takes_them_back(game: Connection) -> None:
    before = balance(game)
    won = changes_points(game, 100)
    same("the points won", (won["pointsEarned"], won["pointsDeducted"]), (100, 0))
    same("the balance", balance(game), before + 100)
    lost = changes_points(game, -100)
    same("the points lost", (lost["pointsEarned"], lost["pointsDeducted"]), (0, 100))
    same("the balance", balance(game), before)
    listed = game.get(f"{USER}/transactions", page=1, perPage=2)["transactions"]
    same("the latest", [(row["id"], row["points"]) for row in listed], [(lost["id"], -100), (won["id"], 100)])


def balance(game: Connection) -> int:
    """Told by three calls, which must agree."""
    user = game.get(USER)
    same("the balance by itself", game.get(f"{USER}/points")["balance"], user["points"])
    same("the buckets' sum", sum(bucket["pointsToExpire"] for bucket in user["expirationBuckets"]), user["points"])
    return user["points"]


def changes_points(game: Connection, points: int) -> dict[str, Any]:
    """With the body of the document, "Update Points Balance"."""
    body = {"partner": "Partner", "points": points, "reference": "Gamification Campaign Prize #3"}
    changed = game.post(f"{USER}/points", body)
    same("the transaction's keys", set(changed), OF_A_TRANSACTION)
    same("the user", changed["loyaltyId"], TOM)
    same("the kind", (changed["channel"], changed["status"]), ("CAMPAIGN", "CLAIMED"))
    same("the buckets' sum", sum(bucket["points"] for bucket in changed["impactedExpirationBuckets"]), points)
    same("what it is for", changed["metadata"], {"partner": "Partner", "reference": body["reference"]})
    return changed


def takes_no_more_than_there_is(game: Connection) -> None:
    before = balance(game)
    refused = game.post(f"{USER}/points", {"partner": "Partner", "points": -before - 1}, 400)
    has(refused, "statusCode", "code", "message", "isEngineError", "details")
    same("the refusal", refused["code"], "TransactionInsufficientPoints")
    same("the balance", balance(game), before)


def gives_an_offer(game: Connection) -> str:
    """It runs out soon, so that what is given again and again does not fill the customer's list."""
    given = game.post("bulk-action/hot/create-offer", assignment())
    same("the keys", list(given), ["traceId"])
    return given["traceId"]


def assignment(**dates: str) -> dict[str, Any]:
    today = datetime.now(UTC).date()
    days = {"startDate": str(today - timedelta(days=1)), "endDate": str(today + timedelta(days=1))}
    return {
        "userId": TOM,
        "source": "brame",
        "reference": f"Prize {uuid4()}",
        "configId": PRIZE,
        "ruleParams": days | dates,
        "rank": 0,
    }


def follows_the_offer(game: Connection, trace: str) -> None:
    followed = game.get(f"bulk-action/{trace}")
    same("what it did", (followed["traceId"], followed["userId"]), (trace, TOM))
    (row,) = [row for row in game.get(f"{USER}/offers", perPage=1000)["offers"] if row["traceId"] == trace]
    has(row, "offerCode", "reference", "effectiveDate", "expiryDate")
    same("the offer", (row["configId"], row["acceptanceState"]), (PRIZE, "NONE"))


def gives_the_offer_once_more(game: Connection, trace: str) -> None:
    """The same request is a second offer for the player, with a code of its own."""
    again = gives_an_offer(game)
    listed = game.get(f"{USER}/offers", perPage=1000)["offers"]
    codes = {row["offerCode"] for row in listed if row["traceId"] in (trace, again)}
    same("the number of offers", len(codes), 2)


def is_told_which_fields_are_wrong(game: Connection) -> None:
    wrong = assignment(endDate="yyyy-mm-dd") | {"configId": "prize"}
    refused = game.post("bulk-action/hot/create-offer", wrong, 400)
    same("the refusal", refused["code"], "ValidationError")
    fields = {error["field"] for error in refused["details"]["errors"]}
    same("the fields", fields, {"configId", "ruleParams.endDate"})


def hides_it_from_another_game(server: str, trace: str) -> None:
    other = connected(server, "other-demo-token")
    other.get(f"bulk-action/{trace}", 404)
    listed = other.get(f"{USER}/offers", perPage=1000)["offers"]
    same("the offer is listed for the other", trace in {row["traceId"] for row in listed}, False)
