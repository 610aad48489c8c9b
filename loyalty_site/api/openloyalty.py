"""The error shapes of Open Loyalty, "Reward Campaigns API"; also those of every path that is no dialect's."""

from rest_framework.exceptions import APIException, AuthenticationFailed, PermissionDenied

from loyalty_site.api.dialects import Body, Dialect, Saying, phrase_of


class OpenLoyalty(Dialect):
    """A saying without a text is told by its status alone: `Saying(404)`."""

    def refused(self, saying: Saying, text: str) -> Body:
        return {"error": text} if text else self.failed(saying.status)

    def failed(self, status: int, error: Exception | None = None) -> Body:
        if status == 401:
            return {"code": 401, "message": _unauthorized(error)}
        if status == 403 and isinstance(error, APIException) and not isinstance(error, PermissionDenied):
            return {"message": str(error.detail)}  # a credential that is refused rather than not enough
        return {"error": {"code": status, "message": phrase_of(status)}}


def _unauthorized(error: Exception | None) -> str:
    """Front ends show this text."""
    if not isinstance(error, AuthenticationFailed):
        return "Invalid credentials"
    own_words = error.detail != AuthenticationFailed.default_detail
    return str(error.detail) if own_words else "Invalid JWT Token"


OPEN_LOYALTY = OpenLoyalty()
