"""Strict headers on every answer, whatever its status and whoever made it; limits that nobody walks around; cookies that stay where they belong."""

import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask.testing import FlaskClient
from waitress import create_server
from werkzeug.test import TestResponse

from graph.connection import open_graph
from marketplace.app import create_app
from marketplace.cli.run import StrictChannel
from marketplace.config import PACKAGE, Settings
from marketplace.web.headers import HEADERS
from marketplace.web.limits import place_of
from tests.factories import Make
from tests.site import TestSite

UNSAFE = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "http:", "https:", "blob:")
Asking = Callable[[FlaskClient], TestResponse]


def settings_of(site: TestSite, **changes: Any) -> Settings:
    return site.site.settings.model_copy(update=changes)


def client_of(site: TestSite, **changes: Any) -> FlaskClient:
    app = create_app(site=replace(site.site, settings=settings_of(site, **changes)))
    app.config.update(PROPAGATE_EXCEPTIONS=False)
    return app.test_client()


def broken() -> str:
    raise RuntimeError("inside")


def missing_headers(answer: TestResponse) -> list[str]:
    return [name for name, value in HEADERS.items() if answer.headers.get(name) != value]


def asked_too_often(client: FlaskClient) -> TestResponse:
    return [client.get("/help") for _ in range(40)][-1]


ANSWERS: list[tuple[int, Asking]] = [
    (200, lambda client: client.get("/")), (200, lambda client: client.head("/help")), (200, lambda client: client.options("/sign-in")),
    (200, lambda client: client.get("/healthz")), (200, lambda client: client.get("/static/img/mark.svg")),
    (302, lambda client: client.get("/accounts")), (302, lambda client: client.get("/language/en")), (308, lambda client: client.get("/workers")),
    (400, lambda client: client.get("/?q=%00")), (400, lambda client: client.post("/sign-in", data={"login": "a"})),
    (404, lambda client: client.get("/nowhere")), (404, lambda client: client.get("/needs/none")),
    (404, lambda client: client.get("/static/none.js")),
    (405, lambda client: client.post("/help")), (405, lambda client: client.open("/help", method="BREW")),
    (413, lambda client: client.post("/sign-in", data={"login": "x" * 4_000_000})), (429, asked_too_often),
]  # fmt: skip


@pytest.mark.parametrize(("status", "ask"), ANSWERS)
def test_each_answer_carries_every_header(site: TestSite, status: int, ask: Asking) -> None:
    client = client_of(site, guest_per_minute=30, most_upload_bytes=1_000_000)
    answer = ask(client)
    assert answer.status_code == status
    assert missing_headers(answer) == []
    assert "Server" not in answer.headers
    if not answer.request.path.startswith("/static/img"):
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_fault_a_missing_store_a_form_with_errors_and_a_forbidden_page_carry_them_too(site: TestSite, make: Make) -> None:
    app = create_app(site=site.site)
    app.config.update(PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
    app.view_functions["help.index"] = broken
    lost = open_graph("bolt://127.0.0.1:1")
    away = create_app(site=replace(site.site, graph=lost)).test_client()
    answers = [app.test_client().get("/help"), away.get("/achievements/x"), app.test_client().post("/sign-in", data={"login": "a", "password": "b"})]
    answers.append(site.client(make.account()).get("/accounts"))
    lost.close()
    assert [answer.status_code for answer in answers] == [500, 503, 422, 403]
    assert [missing_headers(answer) for answer in answers] == [[]] * 4


def test_control_a_header_that_is_left_out_is_missed(site: TestSite) -> None:
    app = create_app(site=site.site)
    app.after_request_funcs[None].insert(0, lambda response: (response.headers.remove("X-Frame-Options"), response)[1])
    assert missing_headers(app.test_client().get("/help")) == ["X-Frame-Options"]


def test_the_policy_allows_nothing_unsafe_and_no_frame() -> None:
    policy = dict(part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";"))
    assert not [word for word in UNSAFE if any(word in value.split() or f"'{word}'" in value for value in policy.values())]
    assert {policy["frame-ancestors"], policy["object-src"], policy["base-uri"]} == {"'none'"}
    assert {policy["script-src"], policy["style-src"], policy["form-action"], policy["default-src"]} == {"'self'"}


def test_https_is_insisted_on_where_it_is_promised_and_only_there(site: TestSite) -> None:
    assert "Strict-Transport-Security" not in client_of(site).get("/nowhere").headers
    promised = client_of(site, https=True)
    for path in ("/", "/nowhere", "/static/img/mark.svg", "/workers"):
        assert "max-age=31536000" in promised.get(path, base_url="https://localhost").headers["Strict-Transport-Security"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost@evil.example", "evil.example/"])
@pytest.mark.parametrize("path", ["/workers", "/enterprises?x=//evil.example", "/network"])
def test_a_redirect_names_no_host_since_that_is_the_senders_word(site: TestSite, host: str, path: str) -> None:
    answer = site.client().get(path, headers={"Host": host})
    assert answer.status_code in (308, 400)
    assert answer.headers.get("Location", "/").startswith("/")
    assert not answer.headers.get("Location", "/").startswith("//")


def test_static_files_stay_inside_their_folder(site: TestSite) -> None:
    client = site.client()
    ways = ("../config.py", "%2e%2e/config.py", "..%2fconfig.py", "....//config.py", "%252e%252e/config.py", "/etc/passwd", "img/../../config.py", "")
    assert (PACKAGE / "config.py").exists()
    answers = [client.get(f"/static/{way}", follow_redirects=True) for way in ways]
    assert {answer.status_code for answer in answers} <= {404, 400}


@pytest.mark.parametrize(
    ("path", "method"), [("/nowhere", "GET"), ("/help", "POST"), ("/sign-in?x=%00", "GET"), ("/needs/none", "GET"), ("/sign-in", "POST")]
)
def test_what_leads_nowhere_is_counted_too(site: TestSite, path: str, method: str) -> None:
    client = client_of(site, guest_per_minute=3)
    said = [client.open(path, method=method) for _ in range(5)]
    assert [answer.status_code for answer in said[3:]] == [429, 429]
    assert 429 not in [answer.status_code for answer in said[:3]]
    assert 0 < int(said[4].headers["Retry-After"]) <= 60


def test_readers_are_counted_apart_by_kind(site: TestSite, make: Make) -> None:
    app = create_app(site=replace(site.site, settings=settings_of(site, guest_per_minute=2, user_per_minute=4)))
    guest, member = app.test_client(), app.test_client()
    cookie = site.client(make.account()).get_cookie("session")
    assert cookie is not None
    member.set_cookie("session", cookie.value)
    assert [guest.get("/help").status_code for _ in range(3)] == [200, 200, 429]
    assert [member.get("/help").status_code for _ in range(5)] == [200, 200, 200, 200, 429]


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_forged_address_is_believed_only_as_far_as_there_are_proxies(site: TestSite, proxies: int) -> None:
    """The last entry is the proxy's own word; what the sender put before it is nobody's."""
    client = client_of(site, guest_per_minute=2, proxies=proxies)
    said = [client.get("/help", headers={"X-Forwarded-For": f"10.0.0.{n}, 192.0.2.7"}).status_code for n in range(4)]
    assert said == [200, 200, 429, 429]


def test_control_with_too_many_proxies_the_forged_address_is_believed(site: TestSite) -> None:
    client = client_of(site, guest_per_minute=2, proxies=2)
    assert [client.get("/help", headers={"X-Forwarded-For": f"10.0.0.{n}, 192.0.2.7"}).status_code for n in range(4)] == [200] * 4


@pytest.mark.parametrize(
    ("address", "place"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("2001:db8:1:2::9", "2001:db8:1:2::"), ("::ffff:192.0.2.7", "192.0.2.7"),
     ("", "unknown"), ("unix", "unix")],
)  # fmt: skip
def test_a_household_is_one_place(address: str, place: str) -> None:
    assert place_of(address) == place


def test_limits_go_on_where_their_storage_is_away(site: TestSite, make: Make) -> None:
    settings = Settings(data_dir=site.site.settings.data_dir, guest_per_minute=2, limits_storage="redis://127.0.0.1:1")
    client = create_app(site=replace(site.site, settings=settings)).test_client()
    assert [client.get("/help").status_code for _ in range(4)] == [200, 200, 429, 429]


def raw(port: int, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        got = b""
        while piece := line.recv(65_536):
            got += piece
    return got


@pytest.mark.parametrize(
    ("sent", "status"),
    [(b"GET / HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n", b"400"), (b"GET / HTTP/1.1\r\nX: " + b"a" * 262_200 + b"\r\n\r\n", b"431"),
     (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n", b"413"), (b"POST / HTTP/1.1\r\nTransfer-Encoding: x\r\n\r\n", b"501")],
)  # fmt: skip
def test_what_the_server_itself_refuses_carries_them_too(site: TestSite, sent: bytes, status: bytes) -> None:
    server = create_server(site.app, host="127.0.0.1", port=0, threads=2, ident=None, max_request_body_size=1_000_000)
    server.channel_class = StrictChannel
    Thread(target=server.run, daemon=True).start()
    got = raw(server.effective_port, sent)
    server.task_dispatcher.shutdown()
    server.close()
    assert got.startswith((b"HTTP/1.0 " + status, b"HTTP/1.1 " + status)), got[:200]
    assert all(f"{name}: {value}".encode().lower() in got.lower() for name, value in HEADERS.items())
    assert b"Traceback" not in got
    assert str(Path(__file__).parents[2]).encode() not in got
