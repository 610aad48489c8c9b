"""How a description reads as HTML, and what of it never gets there."""

import pytest
from markdown_it.ruler import Ruler

from campaigns.api.inline_markdown import rendered

REL = 'rel="noopener noreferrer nofollow"'


def link(address: str, text: str | None = None) -> str:
    return f'<a href="{address}" {REL}>{text or address}</a>'


RENDERED = {
    "_x_ and *y*": "<em>x</em> and <em>y</em>",
    "**x** and __y__": "<strong>x</strong> and <strong>y</strong>",
    "`a * b < c`": "<code>a * b &lt; c</code>",
    "[shop](https://example.com/a?b=1&c=2)": link("https://example.com/a?b=1&amp;c=2", "shop"),
    "<https://example.com>": link("https://example.com"),
    "https://example.com/a_b_c": link("https://example.com/a_b_c"),
    "See http://example.com, or (https://example.org/).": (
        f"See {link('http://example.com')}, or ({link('https://example.org/')})."
    ),
    "**https://example.com**": f"<strong>{link('https://example.com')}</strong>",
    "HTTPS://example.com": link("HTTPS://example.com"),
    "`https://example.com`": "<code>https://example.com</code>",
    "[https://a.example](https://b.example)": link("https://b.example", "https://a.example"),
    '<a href="https://a.example">https://a.example</a>': link("https://a.example"),
    "nohttps://example.com": "nohttps://example.com",
    "https:// and http:": "https:// and http:",
    "one  \ntwo\nthree": "one<br />\ntwo\nthree",
    "Fish & chips < 5 > 3": "Fish &amp; chips &lt; 5 &gt; 3",
    "\\*as it is\\*": "*as it is*",
    "# none\n\n- of these\n> is a block": "# none\n\n- of these\n&gt; is a block",
    "<b>bold</b>, H<sub>2</sub>O<br>": "<b>bold</b>, H<sub>2</sub>O<br />",
    '<a href="mailto:a@example.com" title="Write">us</a>': f'<a href="mailto:a@example.com" title="Write" {REL}>us</a>',
    "Zażółć \U0001f355": "Zażółć \U0001f355",
    "": "",
}
TAKEN_OUT = {
    "a<script>alert(1)</script>b": "ab",
    "a<SCRIPT SRC=//evil.example></SCRIPT>b": "ab",
    "<b onclick=alert(1) style=color:red class=x>a</b>": "<b>a</b>",
    "<img src=x onerror=alert(1)>a": "a",
    "![a](https://example.com/a.png)": f"!{link('https://example.com/a.png', 'a')}",
    "[a](javascript:alert(1))": "[a](javascript:alert(1))",
    "<a href=javascript:alert(1)>a</a>": f"<a {REL}>a</a>",
    "<a href='&#106;avascript:alert(1)'>a</a>": f"<a {REL}>a</a>",
    "<a href='data:text/html,x'>a</a>": f"<a {REL}>a</a>",
    "<a href=https://example.com target=_blank rel=opener>a</a>": link("https://example.com", "a"),
    "<style>b{}</style><iframe src=//x>a</iframe>": "a",
    "<svg/onload=alert(1)>a": "&lt;svg/onload=alert(1)&gt;a",
    "<svg onload=alert(1)>a</svg>": "a",
    "<p>a</p><div>b</div><h1>c</h1>": "abc",
    "<!-- a -->b": "b",
    "<form action=//x><input name=y>a</form>": "a",
    "<b>never closed": "<b>never closed</b>",
    "https://example.com/'onmouseover=alert(1)//": link("https://example.com/'onmouseover=alert(1") + ")//",
}


@pytest.mark.parametrize(("text", "html"), RENDERED.items(), ids=RENDERED)
def test_what_markdown_means(text, html):
    assert rendered(text) == html


@pytest.mark.parametrize(("text", "html"), TAKEN_OUT.items(), ids=TAKEN_OUT)
def test_what_could_run_is_taken_out(text, html):
    assert rendered(text) == html


def test_its_rules_are_put_together_before_the_first_request(monkeypatch):
    """They are put together in place: a thread that came second would find some of them only."""
    monkeypatch.setattr(Ruler, "__compile__", None)
    assert rendered("*x* https://example.com") == f"<em>x</em> {link('https://example.com')}"
