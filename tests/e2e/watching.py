"""What must not happen on any page, whatever the test looks at."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError

LOCAL = {"data", "blob", "about"}


class Watch:
    """Of all pages of a context: what scripts complain of, what the server fails at, and who else is asked."""

    def __init__(self, context: BrowserContext, server: str) -> None:
        self.server, self.seen = urlsplit(server).netloc, []
        context.on("console", self._said)
        context.on("weberror", self._broke)
        context.on("request", self._asked)
        context.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":  # the browser tells here of what the content security policy refused, too
            self.seen.append(f"{_address(message.page)}: {message.text}")

    def _broke(self, error: WebError) -> None:
        self.seen.append(f"{_address(error.page)}: {error.error}")

    def _asked(self, request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme not in LOCAL and target.netloc != self.server:
            self.seen.append(f"asked another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.seen.append(f"{response.status} {response.url}")


def _address(page: Page | None) -> str:
    return page.url if page else "a page that is gone"
