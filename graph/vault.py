"""Personal values under lock: each person's under a data key of their own, each data key under a master key that lies outside the store.

Who destroys a person's key has erased their values everywhere: in versions, in records of merges, in backups. Ciphers come from the library
`cryptography`: AES-256-GCM, or SM4-GCM (GB/T 32907), a fresh nonce each time; what is sealed is bound to its owner and its field."""

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers import Cipher as Engine
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from graph.errors import GraphError

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
SM4_BYTES = 16
INDEX_CHARS = 32
"""128 bits: two different numbers never meet."""


class Locked(GraphError):
    """What is sealed can't be opened: another master key, another owner, or it was tampered with."""


class Cipher(StrEnum):
    AES = "aes-gcm"
    SM4 = "sm4-gcm"


MARKS = {Cipher.AES: "aes1:", Cipher.SM4: "sm41:"}
BY_MARK = {mark: cipher for cipher, mark in MARKS.items()}
MARK_CHARS = 5


def is_sealed(text: str) -> bool:
    return text[:MARK_CHARS] in BY_MARK


def seal_bytes(cipher: Cipher, key: bytes, content: bytes, bound: bytes) -> bytes:
    """Nonce, content, tag; opens only together with what it is bound to."""
    nonce = os.urandom(NONCE_BYTES)
    if cipher is Cipher.AES:
        return nonce + AESGCM(key).encrypt(nonce, content, bound)
    engine = Engine(SM4(key[:SM4_BYTES]), GCM(nonce)).encryptor()
    engine.authenticate_additional_data(bound)
    return nonce + engine.update(content) + engine.finalize() + engine.tag


def open_bytes(cipher: Cipher, key: bytes, sealed: bytes, bound: bytes) -> bytes:
    """Raises Locked."""
    nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        if cipher is Cipher.AES:
            return AESGCM(key).decrypt(nonce, rest, bound)
        engine = Engine(SM4(key[:SM4_BYTES]), GCM(nonce, rest[-TAG_BYTES:])).decryptor()
        engine.authenticate_additional_data(bound)
        return engine.update(rest[:-TAG_BYTES]) + engine.finalize()
    except (InvalidTag, ValueError) as error:
        raise Locked("a sealed value can't be opened") from error


def seal_text(cipher: Cipher, key: bytes, content: bytes, bound: str) -> str:
    return MARKS[cipher] + urlsafe_b64encode(seal_bytes(cipher, key, content, bound.encode())).decode()


def open_text(key: bytes, sealed: str, bound: str) -> bytes:
    """By the cipher that it says itself, so that a site may change its cipher. Raises Locked."""
    cipher = BY_MARK.get(sealed[:MARK_CHARS])
    if cipher is None:
        raise Locked("this is no sealed value")
    try:
        raw = urlsafe_b64decode(sealed[MARK_CHARS:])
    except ValueError as error:
        raise Locked("a sealed value is cut off") from error
    return open_bytes(cipher, key, raw, bound.encode())


@dataclass(frozen=True, slots=True)
class DataKey:
    """Of one owner. A text without a mark was stored before there were keys, and reads as it is."""

    owner: str
    cipher: Cipher
    secret: bytes

    def seal(self, field: str, text: str) -> str:
        return seal_text(self.cipher, self.secret, text.encode(), f"{self.owner}|{field}") if text else ""

    def open(self, field: str, text: str) -> str:
        """Raises Locked."""
        return open_text(self.secret, text, f"{self.owner}|{field}").decode() if is_sealed(text) else text

    def seal_content(self, content: bytes) -> bytes:
        """A whole file."""
        return MARKS[self.cipher].encode() + seal_bytes(self.cipher, self.secret, content, self.owner.encode())

    def open_content(self, sealed: bytes) -> bytes:
        """Raises Locked."""
        cipher = BY_MARK.get(sealed[:MARK_CHARS].decode("latin-1"))
        if cipher is None:
            raise Locked("this is no sealed file")
        return open_bytes(cipher, self.secret, sealed[MARK_CHARS:], self.owner.encode())

    def index(self, field: str, text: str) -> str:
        """A keyed digest, for equality alone: the same number gives the same, and nobody reads the number from it. Only the index's key is asked."""
        return hmac.new(self.secret, f"{field}|{text}".encode(), sha256).hexdigest()[:INDEX_CHARS] if text else ""


@dataclass(frozen=True)
class Master:
    """One master key. `name` tells it from others and nothing of it."""

    secret: bytes

    @cached_property
    def name(self) -> str:
        return sha256(b"name of a master key" + self.secret).hexdigest()[:16]

    @cached_property
    def wrapping(self) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, None, b"wrapping data keys").derive(self.secret)


Read = Callable[[], Sequence[bytes]]


class Keyring:
    """Master keys, the present one first. A name that is not known is looked for once more at its source: it may be newer than this process."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._masters = self._fresh()

    def _fresh(self) -> tuple[Master, ...]:
        masters = tuple(Master(secret) for secret in self._read())
        if not masters or any(len(one.secret) < KEY_BYTES for one in masters):
            raise Locked("a master key of personal values has at least 32 bytes")
        return masters

    @property
    def current(self) -> Master:
        return self._masters[0]

    def reread(self) -> Master:
        """What is the present one now."""
        self._masters = self._fresh()
        return self.current

    def master(self, name: str) -> Master:
        """Raises Locked for one that nobody has any more."""
        found = next((one for one in self._masters if one.name == name), None)
        if found is None:
            self.reread()
            found = next((one for one in self._masters if one.name == name), None)
        if found is None:
            raise Locked(f"the master key {name} is not among PERSONAL_KEY, PERSONAL_KEY_OLD and the key file")
        return found


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A data key as it is stored: of no use without the master key of that name."""

    owner: str
    wrapped: str
    master: str


@dataclass(frozen=True, slots=True)
class Vault:
    keyring: Keyring
    cipher: Cipher = Cipher.AES

    def new_key(self, owner: str) -> tuple[DataKey, Wrapped]:
        key = DataKey(owner, self.cipher, os.urandom(KEY_BYTES))
        return key, self.wrap(key)

    def wrap(self, key: DataKey) -> Wrapped:
        master = self.keyring.current
        return Wrapped(key.owner, seal_text(self.cipher, master.wrapping, key.secret, f"key of {key.owner}"), master.name)

    def unwrap(self, stored: Wrapped) -> DataKey:
        """Raises Locked."""
        master = self.keyring.master(stored.master)
        return DataKey(stored.owner, self.cipher, open_text(master.wrapping, stored.wrapped, f"key of {stored.owner}"))


def open_vault(read: Read, cipher: str) -> Vault:
    """Raises Locked, in words for an operator, for a cipher that this machine does not have."""
    known = next((one for one in Cipher if one == cipher), None)
    if known is None:
        raise Locked(f"{cipher} is no cipher of this site; PERSONAL_CIPHER is one of {', '.join(Cipher)}")
    try:
        key = os.urandom(KEY_BYTES)
        open_bytes(known, key, seal_bytes(known, key, b"try", b""), b"")
    except UnsupportedAlgorithm as error:
        raise Locked(f"the OpenSSL of this machine has no {known}; choose PERSONAL_CIPHER={Cipher.AES}") from error
    return Vault(Keyring(read), known)
