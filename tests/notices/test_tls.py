"""Letters over TLS, from the first byte or once the server offers it: only to a server that shows the certificate of its name."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from marketplace.config import Settings
from marketplace.mail import MailAway, send
from tests.notices.post import Post, text_of

WAYS = ("smtp", "smtps")
TO = "worker@example.org"


def certificate(folder: Path, name: str, *addresses: str) -> Path:
    """Made by itself, with its key in one file, for these addresses."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(one)) for one in addresses]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    place = folder / f"{name}.pem"
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    place.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return place


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return certificate(tmp_path, "own", "127.0.0.1")


class Guarded(Controller):
    """Listens with TLS from the first byte, or offers it; without a certificate neither."""

    def __init__(self, post: Post, way: str, shown: Path | None) -> None:
        context = None
        if shown is not None:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(shown)
        tls = {"ssl_context": context} if way == "smtps" else {"tls_context": context, "authenticator": known, "auth_require_tls": True}
        super().__init__(post, hostname="127.0.0.1", port=post.port, **tls)

    def _trigger_server(self) -> None:
        """Its library's knock, by which it sees that it listens, knows no certificate but the machine's."""
        socket.create_connection((self.hostname, self.port), timeout=5).close()


def known(server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"union", b"p@ss"))


@contextmanager
def server(way: str, shown: Path | None) -> Iterator[Post]:
    post = Post.anywhere()
    controller = Guarded(post, way, shown)
    controller.start()
    yield post
    controller.stop()


def settings_for(post: Post, way: str, ca: Path | None = None, tls: Any = "required", who: str = "") -> Settings:
    return Settings(smtp_url=SecretStr(f"{way}://{who}127.0.0.1:{post.port}"), smtp_ca_file=ca, smtp_tls=tls)


@pytest.mark.parametrize("way", WAYS)
def test_a_letter_goes_to_the_server_whose_certificate_is_named(way: str, own: Path) -> None:
    with server(way, own) as post:
        send(settings_for(post, way, own), TO, "通知", "有新的工作等您")
        [letter] = post.to(TO)
    assert "有新的工作等您" in text_of(letter)


@pytest.mark.parametrize("way", WAYS)
def test_a_certificate_that_nobody_named_is_refused_before_anything_is_said(way: str, own: Path) -> None:
    with server(way, own) as post:
        with pytest.raises(MailAway, match="SSLCertVerificationError"):
            send(settings_for(post, way), TO, "通知", "有新的工作等您")
        assert (post.asked, post.letters) == ([], [])


@pytest.mark.parametrize("way", WAYS)
def test_another_ones_certificate_is_refused(way: str, own: Path, tmp_path: Path) -> None:
    """Known, but of another machine; and of this machine, but not the one that is known."""
    elsewhere = certificate(tmp_path, "elsewhere", "127.0.0.2")
    twin = certificate(tmp_path, "twin", "127.0.0.1")
    for shown, named in ((elsewhere, elsewhere), (twin, own)):
        with server(way, shown) as post:
            with pytest.raises(MailAway, match="SSLCertVerificationError"):
                send(settings_for(post, way, named), TO, "通知", "有新的工作等您")
            assert (post.asked, post.letters) == ([], [])


def test_where_no_tls_is_offered_a_letter_waits_if_it_must_have_it(own: Path) -> None:
    with server("smtp", None) as post:
        with pytest.raises(MailAway, match="SMTPNotSupportedError"):
            send(settings_for(post, "smtp", own), TO, "通知", "有新的工作等您")
        assert post.letters == []
        send(settings_for(post, "smtp", own, tls="offered"), TO, "通知", "有新的工作等您")
        assert len(post.letters) == 1


@pytest.mark.slow
def test_a_password_is_said_over_tls(own: Path) -> None:
    """The server takes one in no other way."""
    with server("smtp", own) as post:
        send(settings_for(post, "smtp", own, who="union:p%40ss@"), TO, "通知", "有新的工作等您")
        assert len(post.letters) == 1
        with pytest.raises(MailAway):
            send(settings_for(post, "smtp", own, who="union:wrong@"), TO, "通知", "有新的工作等您")
        assert len(post.letters) == 1


@pytest.mark.parametrize("way", WAYS)
def test_a_file_of_certificates_that_is_not_there_leaves_the_letter_waiting(way: str, own: Path, tmp_path: Path) -> None:
    with server(way, own) as post, pytest.raises(MailAway, match="FileNotFoundError"):
        send(settings_for(post, way, tmp_path / "none.pem"), TO, "通知", "有新的工作等您")
