"""A small provider of OpenID Connect on this machine. It can be told to lie."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "jiangchuang", "a secret that both know"


@dataclass(slots=True)
class Provider:
    """`claims` are put over the honest ones; `signed_with` is another key than the published one."""

    moment: datetime
    address: str = ""
    subject: str = "u-4711"
    claims: dict[str, Any] = field(default_factory=dict)
    called: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signed_with: RSAKey | None = None
    algorithm: str = "RS256"
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    exchanged: list[dict[str, str]] = field(default_factory=list)

    def authorize(self, address: str) -> str:
        """What its page would do with a browser that comes there: the address to which it goes back."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (query["response_type"], query["client_id"], query["code_challenge_method"]) == ("code", CLIENT, "S256")
        code = secrets.token_urlsafe(16)
        self.asked[code] = query
        return f"{query['redirect_uri']}?code={code}&state={query['state']}"

    def token(self, sent: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """A code is good once, for whoever holds its verifier and knows the secret."""
        self.exchanged.append(sent)
        query = self.asked.pop(sent.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        known = authorization == "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if query is None or query["code_challenge"] != proof or not known or sent.get("redirect_uri") != query["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "none of this site's business", "token_type": "Bearer", "id_token": self.id_token(query["nonce"])}

    def id_token(self, nonce: str) -> str:
        now = int(self.moment.timestamp())
        honest = {
            "iss": self.address,
            "sub": self.subject,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "preferred_username": "zhang.wei",
        }
        claims = {name: one for name, one in (honest | self.claims).items() if one is not None}
        if self.algorithm == "HS256":
            return forged(claims, self.key.as_pem(private=False))
        return jwt.encode({"alg": self.algorithm, "kid": "one"}, claims, self.signed_with or self.key, algorithms=[self.algorithm])

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.called or self.address, "authorization_endpoint": f"{self.address}/authorize", "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
        }  # fmt: skip


def forged(claims: dict[str, Any], public: bytes) -> str:
    """Signed with what everybody knows, as if it were a shared secret; no library makes such a thing any more."""
    parts = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in ({"alg": "HS256", "kid": "one"}, claims)]
    signature = hmac.digest(public, b".".join(parts), "sha256")
    return b".".join((*parts, base64.urlsafe_b64encode(signature).rstrip(b"="))).decode()


@contextmanager
def answering(provider: Provider) -> Iterator[Provider]:
    """On a free port of this machine."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {"/.well-known/openid-configuration": provider.discovery, "/keys": lambda: {"keys": [provider.key.as_dict(private=False)]}}
            page = pages.get(self.path)
            self.answer(*((200, page()) if page else (404, {})))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(body).items()}
            self.answer(*provider.token(sent, self.headers.get("Authorization", "")))

        def answer(self, status: int, body: dict[str, Any]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_words: object) -> None:
            """It is quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield provider
    server.shutdown()
    server.server_close()
