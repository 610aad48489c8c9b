"""A customers' app of Exchange Solutions: it shows a member's offers and sends back what the member says to them.

The offer in question was just won in a game of RBI's, so that the story can be told again and again.
"""

from typing import Any
from uuid import uuid4

from tools.clients import game
from tools.clients.http import Connection, basic, bearer, has, same

OF_AN_ANSWER = (
    "accountID",
    "offerCode",
    "acceptanceState",
    "acceptanceDate",
    "acceptanceDateEpoch",
    "effectiveDate",
    "effectiveDateEpoch",
    "expiryDate",
    "expiryDateEpoch",
    "version",
)
OF_THE_SCREEN = ("id", "rank", "shortDescription1", "longDescription", "displayDate", *OF_AN_ANSWER)


def play(server: str) -> None:
    app = Connection(server, root="")
    code = somebody_wins_an_offer(server)
    gets_a_token(app)
    member = opens_a_session(app)
    offer = shows_offers(app, member, code)
    accepts(app, member, offer)
    takes_it_back(app, member, offer)
    declines(app, member, offer)
    is_refused(app, member)


def somebody_wins_an_offer(server: str) -> str:
    playing = game.connected(server)
    trace = game.gives_an_offer(playing)
    return playing.get(f"bulk-action/{trace}")["offer"]["offerCode"]


def gets_a_token(app: Connection) -> None:
    grant = {"form": {"grant_type": "client_credentials"}}
    wrong = app.call("POST", "client/oauth/token", 401, headers=basic("wrong", ""), **grant)
    same("the refusal", wrong, {"statusCode": 401, "errorMessage": "Unauthorized", "errorCode": "UNAUTHORIZED"})
    granted = app.call("POST", "client/oauth/token", headers=basic("client-demo-token", ""), **grant)
    same("the token's kind", granted["token_type"], "Bearer")
    has(granted, "expires_in")
    app.credential = bearer(granted["access_token"])


def opens_a_session(app: Connection) -> str:
    """What the other calls go to, with an id that the app makes up."""
    session = {"correlationId": f"mck-{uuid4()}", "channel": "APP"}
    by_mail = {"X-Identifier-Type": "EMAIL"}
    opened = app.call("POST", "client/users/tom.sawyer@example.com/sessions", json=session, headers=by_mail)
    has(opened, "accountId", "loyaltyId")
    same("the account", opened["accountId"], game.TOM)
    same("the session", opened["correlationId"], session["correlationId"])
    app.call("POST", "client/users/nobody@example.com/sessions", 404, json=session, headers=by_mail)
    return f"client/users/{session['correlationId']}"


def shows_offers(app: Connection, member: str, code: str) -> dict[str, Any]:
    listed = app.get(f"{member}/offers", maxResults=100)
    for row in listed:
        has(row, *OF_THE_SCREEN)
    has(app.get(f"{member}/offer"), *OF_THE_SCREEN)
    for row in app.get(f"{member}/offers/future", maxResults=100):
        has(row, *OF_THE_SCREEN)
    (won,) = [row for row in listed if row["offerCode"] == code]
    same("what the member said", (won["acceptanceState"], won["acceptanceDate"]), ("NONE", None))
    return won


def accepts(app: Connection, member: str, offer: dict[str, Any]) -> None:
    """A second time too, as after an answer that was lost: nothing changes."""
    accepted = answers(app, member, offer, "ACCEPTED")
    same("the offer", (accepted["acceptanceState"], accepted["version"]), ("ACCEPTED", offer["version"] + 1))
    has(accepted, *OF_AN_ANSWER)
    same("the date of acceptance is there", bool(accepted["acceptanceDate"]), True)
    same("the second answer", answers(app, member, offer, "ACCEPTED"), accepted)


def takes_it_back(app: Connection, member: str, offer: dict[str, Any]) -> None:
    freed = answers(app, member, offer, "UNACCEPTED")
    same("the offer", (freed["acceptanceState"], freed["version"]), ("NONE", offer["version"] + 2))
    same("the date of acceptance", (freed["acceptanceDate"], freed["acceptanceDateEpoch"]), (None, None))


def declines(app: Connection, member: str, offer: dict[str, Any]) -> None:
    """For good: the second time it reads the refusal as done."""
    declined = answers(app, member, offer, "DECLINED")
    same("the offer", (declined["acceptanceState"], declined["version"]), ("DECLINED", offer["version"] + 3))
    for answer in ("DECLINED", "ACCEPTED"):
        refused = answers(app, member, offer, answer, 400)
        same("the refusal", refused["errorMessage"], "Cannot change state of declined offer")


def is_refused(app: Connection, member: str) -> None:
    refused = answers(app, member, {"offerCode": "OFFER_EXPIRED"}, "ACCEPTED", 400)
    same("the refusal", refused["errorMessage"], "Current date is after expiry date")
    refused = answers(app, member, {"offerCode": "OFFER_OPEN_1"}, "NONE", 400)
    same("the refusal", refused["errorMessage"], "Acceptance state is invalid")
    refused = answers(app, member, {"offerCode": "OFFER_OTHER_MEMBER"}, "ACCEPTED", 404)
    same("the refusal", refused["errorCode"], "PROMO_NOT_FOUND")


def answers(app: Connection, member: str, offer: dict[str, Any], answer: str, status: int = 200) -> Any:
    path = f"{member}/offer/{offer['offerCode']}"
    return app.call("PUT", path, status, json={"acceptanceState": answer})
