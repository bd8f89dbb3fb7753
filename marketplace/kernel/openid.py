"""The sign-in of another house by OpenID Connect: code, PKCE, state and nonce. What it says is believed only when all of it fits."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from marketplace.config import Settings

SECONDS = 5
LEEWAY = 30
"""Seconds by which two clocks may differ."""
SIGNED_BY = ("RS256", "PS256", "ES256", "EdDSA")
"""Never by a shared secret, and never by nothing."""
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


class NotBelieved(Exception):
    """Something did not fit, or the other house did not answer; the text is for the log."""


@dataclass(frozen=True, slots=True)
class Way:
    """What goes along in the browser's own cookie, and has to come back: `state` finds it, `nonce` binds the answer, `verifier` proves who asked."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Stranger:
    """Who the other house says it is. `subject` stays the same for ever; `shown` is for people."""

    subject: str
    shown: str


def new_way() -> Way:
    return Way(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))


def address_to_go(settings: Settings, way: Way, back: str) -> str:
    """Where the browser is sent. Raises NotBelieved."""
    plan = _discovered(settings.oidc_issuer)
    address, _state = _client(settings, back).create_authorization_url(
        plan["authorization_endpoint"], state=way.state, nonce=way.nonce, code_verifier=way.verifier
    )
    return str(address)


def stranger_of(settings: Settings, way: Way, back: str, code: str, now: datetime) -> Stranger:
    """Who came back with this code. Raises NotBelieved for a wrong issuer, audience, nonce, signature or time, and for silence."""
    plan = _discovered(settings.oidc_issuer)
    try:
        token = _client(settings, back).fetch_token(
            plan["token_endpoint"], code=code, code_verifier=way.verifier, timeout=SECONDS, allow_redirects=False
        )
        signed = jwt.decode(str(token.get("id_token", "")), KeySet.import_key_set(_fetched(plan["jwks_uri"])), algorithms=SIGNED_BY)
        options = {"iss": {"essential": True, "value": settings.oidc_issuer}, "aud": {"essential": True, "value": settings.oidc_client_id}}
        params = {"nonce": way.nonce, "client_id": settings.oidc_client_id, "access_token": token.get("access_token")}
        claims = CodeIDToken(signed.claims, signed.header, options, params)
        claims.validate(int(now.timestamp()), LEEWAY)
    except (OAuthError, JoseError, requests.RequestException, ValueError, TypeError, KeyError) as error:
        raise NotBelieved(type(error).__name__) from error
    subject = str(claims["sub"])
    if not subject or len(subject) > 255:
        raise NotBelieved("subject")
    return Stranger(subject, str(claims.get("preferred_username") or claims.get("email") or claims.get("name") or subject)[:120])


def _client(settings: Settings, back: str) -> Any:
    return OAuth2Session(
        settings.oidc_client_id,
        settings.oidc_client_secret.get_secret_value(),
        scope="openid profile",
        redirect_uri=back,
        code_challenge_method="S256",
    )


def _discovered(issuer: str) -> Mapping[str, Any]:
    """What the house says of itself: read each time, for sign-ins are few and keys change."""
    plan: Mapping[str, Any] = _fetched(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if any(not isinstance(plan.get(name), str) for name in NEEDED):
        raise NotBelieved("discovery is not whole")
    if plan["issuer"] != issuer:
        raise NotBelieved("the issuer calls itself otherwise")
    if not all(_is_private(plan[name]) for name in NEEDED[1:]):
        raise NotBelieved("an address without TLS")
    return plan


def _fetched(address: str) -> Any:
    if not _is_private(address):
        raise NotBelieved("an address without TLS")
    try:
        answer = requests.get(address, timeout=SECONDS, allow_redirects=False)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise NotBelieved(type(error).__name__) from error
    if answer.status_code != requests.codes.ok or not isinstance(found, dict):
        raise NotBelieved("no such document")
    return found


def _is_private(address: str) -> bool:
    """By TLS, or within this machine."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        return True
    try:
        return parts.scheme == "http" and ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
