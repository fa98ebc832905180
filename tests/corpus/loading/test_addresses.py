"""One page has many addresses, which compare the same; other pages don't."""

from __future__ import annotations

import pytest
from hypothesis import given

from corpus.loading.addresses import canonical
from tests.odd_texts import ODD_TEXTS


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://A.example/B/", "a.example/B"),
        ("http://a.example:80/B", "a.example/B"),
        ("https://a.example:8443/B", "a.example:8443/B"),
        ("http://a.example:443/B", "a.example:443/B"),
        ("https://me@a.example/B?", "a.example/B"),
        ("https://a.example/?p=2&id=1&utm_campaign=x", "a.example?id=1&p=2"),
        ("https://a.example/b?x=1&x=2&MC_CID=7", "a.example/b?x=1&x=2"),
        ("https://a.example/b?q=a+b", "a.example/b?q=a+b"),
        ("https://a.example/b?q=a%20b", "a.example/b?q=a+b"),
        ("https://a.example/caf%c3%a9", "a.example/caf%C3%A9"),
        ("https://b\u00fccher.example/b", "xn--bcher-kva.example/b"),
        ("https://xn--bcher-kva.example/b", "xn--bcher-kva.example/b"),
        ("https://a.example/b?empty", "a.example/b?empty="),
        ("https://a.example/?utm_source=x#story", None),
        ("https://a.example:x/b", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_an_address_is_compared_without_what_does_not_name_the_page(url: str, page: str | None) -> None:
    assert canonical(url) == page


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/b", "https://a.example/B"),
        ("https://a.example/b?id=1", "https://a.example/b?id=2"),
        ("https://a.example/b", "https://b.example/b"),
        ("https://a.example/b%2Fc", "https://a.example/b/c"),
        ("https://a.example/b?x=1%26y=2", "https://a.example/b?x=1&y=2"),
        ("https://a.example/b?utmost=1", "https://a.example/b"),
    ],
)
def test_other_pages_stay_others(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@given(rest=ODD_TEXTS)
def test_any_address_has_a_page_or_none(rest: str) -> None:
    for url in (rest, f"https://a.example/{rest}", f"https://{rest}/b", f"https://a.example/b?{rest}"):
        assert canonical(url) is None or canonical(url)
