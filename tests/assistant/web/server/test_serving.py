"""Nothing is opened to other machines by mistake, and what is wrong is told in one line."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from assistant.web.auth.sessions import Accounts
from assistant.web.server import process as server
from assistant.web.server.application import create_app
from assistant.web.server.health import Health, looking, reason
from assistant.web.server.serving import CannotServe, Serving
from index.errors import IndexBusy, IndexDamaged, IndexFault, IndexForeign, IndexMissing
from tests.assistant.desk import SmallDesk
from tests.newsroom import Newsroom

FILE = Path("users")
EVERYWHERE = "0.0.0.0"  # noqa: S104


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "::1"])
def test_this_machine_alone_needs_no_password(host: str) -> None:
    assert Serving(host=host).is_local


@pytest.mark.parametrize(
    "host", [EVERYWHERE, "::", "192.0.2.1", "2001:db8::1", "desk.example", "127.0.0.1.example"]
)
def test_others_are_let_in_on_purpose_only(host: str) -> None:
    with pytest.raises(
        CannotServe, match=r"--auth-file FILE \(onrecord passwd FILE NAME makes it\), or --no-auth"
    ):
        Serving(host=host)
    assert not Serving(host=host, no_auth=True).is_local
    assert not Serving(host=host, auth_file=FILE).is_local
    with pytest.raises(CannotServe, match="choose one of them"):
        Serving(host=host, auth_file=FILE, no_auth=True)


@pytest.mark.parametrize("name", ["http://a.example", "a.example:80", "a b", "*", "", "-a", "a\n", "a" * 254])
def test_a_name_is_a_hosts_name_alone(name: str) -> None:
    with pytest.raises(CannotServe, match="without port"):
        Serving(names=(name,))
    assert Serving(names=("news.example", "10.0.0.7", "[::2]", "desk"))


@pytest.mark.parametrize(
    "proxy", ["*", "", "proxy.example", "127.0.0.1:80", "10.1.2.3/8", "0.0.0.0/0", "::/0"]
)
def test_a_proxy_is_an_address_or_a_network_and_never_everyone(proxy: str) -> None:
    with pytest.raises(CannotServe, match=r"--behind-proxy .*: give the address .* such as 172\.18\.0\.0/16"):
        Serving(behind=(proxy,), no_auth=True)


def test_whom_a_proxy_lets_in_is_let_in_on_purpose_only() -> None:
    with pytest.raises(CannotServe, match=r"--behind-proxy lets in .*: add --auth-file FILE"):
        Serving(behind=("127.0.0.1",))
    assert Serving(behind=("::1",), auth_file=FILE).proxies == ("::1/128",)
    assert Serving().proxies == ()


def test_a_package_that_is_missing_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)  # as if it were not installed
    with pytest.raises(CannotServe, match=r"pip --python .venv/bin/python install .* '.\[mcp\]'"):
        Serving(mcp=True)
    assert create_app(SmallDesk())  # which serves no tools and needs nothing for them


def test_port_in_use_says_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        with pytest.raises(CannotServe, match=f"Port {port} is in use: .* choose another port"):
            server.serve(SmallDesk(), Serving(port=port))


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 0), ("127.0.0.1", 70_000)])
def test_address_that_cannot_be_had_says_what_to_do(host: str, port: int) -> None:
    with pytest.raises(CannotServe, match="choose an address of this machine"):
        server.serve(SmallDesk(), Serving(host, port, no_auth=True))


def test_a_log_or_users_that_cannot_be_had_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(
        CannotServe, match=r"can't be written \(No such file or directory\): choose another file"
    ):
        server.serve(SmallDesk(), Serving(port=0, access_log=tmp_path / "none" / "log"))
    with pytest.raises(ValueError, match=r"No such file or directory\): make it with onrecord passwd"):
        Accounts(tmp_path / "users")


def test_health_follows_the_index_and_names_no_place(printed: Newsroom) -> None:
    look = looking(printed.retriever())
    assert look() == Health("000001", 3)
    printed.print("new.txt", "A ferry sank.", "2031-03-05")
    printed.build()
    assert look() == Health("000002", 4)
    (printed.index / "CURRENT").unlink()
    with pytest.raises(IndexFault) as fault:
        look()
    assert reason(fault.value) == "There is no index: run onrecord index on the articles."


@pytest.mark.parametrize("fault", [IndexMissing, IndexDamaged, IndexForeign, IndexBusy])
def test_a_reason_is_one_line_without_the_faults_own_words(fault: type[IndexFault]) -> None:
    told = reason(fault("/home/anna/secret/index is damaged"))
    assert "/" not in told
    assert "onrecord" in told
