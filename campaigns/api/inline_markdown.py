"""Descriptions as HTML: inline Markdown only. Rule: Open Loyalty, "Reward Campaigns API", the parameter `format`.

Raw HTML passes through as far as ELEMENTS goes: whoever writes a campaign runs nothing in the browser of who reads it.
"""

import re

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

ELEMENTS = {"a", "b", "br", "code", "del", "em", "i", "s", "small", "strong", "sub", "sup", "u"}
ATTRIBUTES = {"a": {"href", "title"}}
SCHEMES = {"http", "https", "mailto", "tel"}
REL = "noopener noreferrer nofollow"
SCHEME = re.compile(r"(?<![a-z0-9.+-])https?$", re.IGNORECASE)
ADDRESS = re.compile(r"://[^\s<]+\b/*")  # not what ends the sentence


def bare_address(state: StateInline, silent: bool) -> bool:
    """A rule of the parser: `https://…` in a text is a link, without an angle bracket around it."""
    scheme = SCHEME.search(state.pending[-6:])
    rest = scheme and state.linkLevel == 0 and ADDRESS.match(state.src, state.pos)
    if not rest:
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[0])]
        address = scheme[0] + rest[0]
        state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(address)}
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1)
    state.pos = rest.end()
    return True


MARKDOWN = MarkdownIt("commonmark").disable("image")  # it would be loaded from wherever it lies
MARKDOWN.inline.ruler.before("linkify", "bare_address", bare_address)
MARKDOWN.renderInline("")  # the first call puts the rules together, and another thread would find half of them


def rendered(text: str) -> str:
    """The text as HTML that may stand within a paragraph."""
    html = MARKDOWN.renderInline(text)
    clean = nh3.clean(html, tags=ELEMENTS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=REL)
    return clean.replace("<br>", "<br />")
