"""Codes that work once: those of an authenticator, those written down, those that an officer hands over. No store, no clock."""

import base64
import hashlib
import os
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

import pyotp
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from graph.vault import Cipher, Locked, open_text, seal_text

ISSUER = "Jiangchuang"
STEP = timedelta(seconds=30)
DRIFT = (0, -1, 1)
"""Steps by which a telephone's clock may differ."""
RECOVERY_CODES = 10


def new_secret() -> str:
    return pyotp.random_base32()


def address_of(secret: str, login: str) -> str:
    """What an authenticator reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """The time step whose code was typed, so that it can be kept from working again."""
    totp = pyotp.TOTP(secret)
    present = int(now.timestamp()) // int(STEP.total_seconds())
    fitting = [present + drift for drift in DRIFT if secrets.compare_digest(totp.generate_otp(present + drift), typed)]
    return fitting[0] if fitting else None


def spoken(typed: str) -> str:
    """A code as it was typed, without what only makes it readable."""
    return "".join(char for char in typed.upper() if char.isascii() and char.isalnum())


def new_code() -> str:
    """Eighty random bits: nobody guesses it, and a fast digest is enough to keep it."""
    text = base64.b32encode(os.urandom(10)).decode()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def code_digest(code: str) -> str:
    return hashlib.sha256(spoken(code).encode()).hexdigest()


def seal(secret: str, owner: str, keys: Sequence[str]) -> str:
    """Bound to its owner: moved to another account it opens nothing."""
    return seal_text(Cipher.AES, _key(keys[0]), secret.encode(), owner)


def unseal(sealed: str, owner: str, keys: Sequence[str]) -> str:
    """Raises ValueError for what was sealed with none of the keys, or for somebody else."""
    for key in keys:
        try:
            return open_text(_key(key), sealed, owner).decode()
        except Locked:
            continue
    raise ValueError("sealed with none of the present keys")


def _key(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"second factor").derive(secret.encode())
