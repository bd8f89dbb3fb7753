"""What a site that strangers can reach must not be started with: each weakness by its setting, with what to do. All are told at once.

A new rule is one function more in RULES, from the settings to what is weak about them."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from marketplace.config import Settings
from marketplace.kernel.second_factors import weak_sign_in

SHORTEST_KEY = 32
SHORTEST_TOKEN = 24
SHORTEST_PASSWORD = 12
FEWEST_SIGNS = 10
MOST_UPLOAD = 200 * 1024 * 1024
MOST_PROXIES = 3
MOST_FAILURES = 10
MOST_IDLE_HOURS = 24
LEAST_HASHING_MIB = 19
WELL_KNOWN = ("neo4j", "password", "secret", "changeme", "change-me", "letmein", "admin", "default", "example", "test", "dev", "123456")
DEBUG = ("FLASK_DEBUG", "PYTHONDEVMODE", "WERKZEUG_DEBUG_PIN")
OFF = ("", "0", "false", "no", "off")
MAKE_ONE = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"


@dataclass(frozen=True, slots=True)
class Weakness:
    """`why` and `remedy` are whole sentences and never hold the value of a secret."""

    setting: str
    why: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.setting}: {self.why} {self.remedy}"


Rule = Callable[[Settings], Iterable[Weakness]]


def plain_http(settings: Settings) -> Iterator[Weakness]:
    if not settings.https:
        yield Weakness("HTTPS", "Passwords and cookies would cross the network readably.", "Put a proxy with TLS in front and set HTTPS=true.")


def guessable_key(settings: Settings) -> Iterator[Weakness]:
    """Whoever knows it writes cookies of their own. One that is made by itself lies beside the data, and in each copy of them."""
    key = settings.secret_key.get_secret_value()
    if not key:
        yield Weakness("SECRET_KEY", "None is set.", f"Make one ({MAKE_ONE}), keep it apart from the data, and set SECRET_KEY or SECRET_KEY_FILE.")
    elif is_guessable(key, SHORTEST_KEY):
        yield Weakness("SECRET_KEY", "It can be guessed.", f"Take at least {SHORTEST_KEY} random characters: {MAKE_ONE}")


def guessable_store(settings: Settings) -> Iterator[Weakness]:
    if settings.neo4j_uri and is_guessable(settings.neo4j_password.get_secret_value(), SHORTEST_PASSWORD):
        yield Weakness(
            "NEO4J_PASSWORD", "It is the one that Neo4j comes with, or can be guessed.", f"Set one of at least {SHORTEST_PASSWORD} random characters."
        )


def guessable_token(settings: Settings) -> Iterator[Weakness]:
    token = settings.metrics_token.get_secret_value()
    if token and is_guessable(token, SHORTEST_TOKEN):
        yield Weakness("METRICS_TOKEN", "It can be guessed.", f"Take at least {SHORTEST_TOKEN} random characters, or leave it empty.")


def secrets_in_addresses(settings: Settings) -> Iterator[Weakness]:
    """Addresses are shown when something can't be reached."""
    for name, url in (("NEO4J_URI", settings.neo4j_uri), ("ELASTICSEARCH_URL", settings.elasticsearch_url)):
        if urlsplit(url).password:
            yield Weakness(name, "The address holds a password, and addresses are shown.", "Use the setting for the password or the API key.")


def believed_proxies(settings: Settings) -> Iterator[Weakness]:
    """X-Forwarded headers are somebody's word; more are believed than proxies stand there, and anybody names their own address."""
    if settings.proxies > MOST_PROXIES:
        yield Weakness("PROXIES", f"{settings.proxies} senders of X-Forwarded headers are believed.", "Set the number of your own proxies.")
    if settings.https and not settings.proxies:
        yield Weakness("PROXIES", "All readers would have the proxy's address, and one limit together.", "Set the number of proxies, mostly 1.")
    if settings.proxies and is_everywhere(settings.host):
        yield Weakness("HOST", "Who reaches the port past the proxy can name any address as theirs.", "Listen on the address that the proxy reaches.")


def debugging(settings: Settings) -> Iterator[Weakness]:
    for name in DEBUG:
        if os.environ.get(name, "").casefold() not in OFF:
            yield Weakness(name, "Errors would show the inside of the site.", f"Unset {name}.")


def missing_limits(settings: Settings) -> Iterator[Weakness]:
    for name in ("guest_per_minute", "user_per_minute", "search_per_minute"):
        if getattr(settings, name) == 0:
            yield Weakness(name.upper(), "There is no limit.", f"Leave it out, or set it; the default is {Settings.model_fields[name].default}.")
    if settings.web_concurrency > 1 and settings.limits_storage.get_secret_value().startswith("memory:"):
        yield Weakness(
            "LIMITS_STORAGE", f"Each of {settings.web_concurrency} processes would count for itself.", "Name a Redis, such as redis://redis:6379."
        )


def patient_door(settings: Settings) -> Iterator[Weakness]:
    if settings.lock_after_failures > MOST_FAILURES:
        yield Weakness("LOCK_AFTER_FAILURES", "Passwords could be tried at leisure.", f"Set 1 to {MOST_FAILURES}; the default is 5.")
    if not 1 <= settings.session_idle_hours <= MOST_IDLE_HOURS:
        yield Weakness("SESSION_IDLE_HOURS", "A sign-in that is left behind would stay open.", f"Set 1 to {MOST_IDLE_HOURS}; the default is 12.")


def cheap_guesses(settings: Settings) -> Iterator[Weakness]:
    if settings.password_memory_mib < LEAST_HASHING_MIB:
        yield Weakness("PASSWORD_MEMORY_MIB", "Passwords of a stolen copy would be guessed quickly.", "Leave it out; the default is 64.")


def huge_uploads(settings: Settings) -> Iterator[Weakness]:
    if not 0 < settings.most_upload_bytes <= MOST_UPLOAD:
        yield Weakness("MOST_UPLOAD_BYTES", "One request could fill memory or disk.", f"Set at most {MOST_UPLOAD}; the default is 52428800.")


def open_folder(settings: Settings) -> Iterator[Weakness]:
    """The folder holds the store, the files and, on the embedded engine, its password."""
    folder = settings.data
    if stat.S_IMODE(folder.stat().st_mode) & (stat.S_IRWXO | stat.S_IWGRP):
        yield Weakness("DATA_DIR", f"Others on this machine can enter {folder}.", f"chmod 700 {folder}")
    if (folder / "demo-accounts.txt").exists():
        yield Weakness("DATA_DIR", f"{folder} holds the demonstration, whose accounts have passwords in a file.", "Begin with an empty folder.")


def unknown_address(settings: Settings) -> Iterator[Weakness]:
    """A request's Host is its sender's word: a link made from it leads where they want."""
    if urlsplit(settings.public_url).scheme != "https":
        yield Weakness("PUBLIC_URL", "Letters, invitations and printed papers would lead elsewhere.", "Set the https:// address that readers type.")


def one_factor(settings: Settings) -> Iterator[Weakness]:
    for words in weak_sign_in(settings):
        yield Weakness("SECOND_FACTOR", str(words), "Leave it out, or set it to required.")


def key_beside_its_data(settings: Settings) -> Iterator[Weakness]:
    """Whoever steals the folder would have both; and of two that are given one is not used, which nobody would notice before a restore."""
    if not settings.has_own_master_key:
        yield Weakness(
            "PERSONAL_KEY", "Numbers of people would be sealed with a key that lies beside them.",
            "Set PERSONAL_KEY, or PERSONAL_KEY_FILE to a file outside the data folder: 32 random bytes in base64.",
        )  # fmt: skip
    if settings.personal_key.get_secret_value() and settings.personal_key_file is not None:
        yield Weakness("PERSONAL_KEY_FILE", "It is not read while PERSONAL_KEY is set.", "Keep one of the two.")


RULES: tuple[Rule, ...] = (
    plain_http, guessable_key, guessable_store, guessable_token, secrets_in_addresses, believed_proxies, debugging, missing_limits, patient_door,
    one_factor, key_beside_its_data, unknown_address, cheap_guesses, huge_uploads, open_folder,
)  # fmt: skip


def is_everywhere(host: str) -> bool:
    """Of any spelling; a name stands for one address."""
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return not host


def is_guessable(secret: str, shortest: int) -> bool:
    """Too short, of too few different signs, or one of those that stand in everybody's examples, also said several times."""
    low = secret.casefold()
    bare = low
    for word in WELL_KNOWN:
        bare = bare.replace(word, "")
    return len(secret) < shortest or len(set(secret)) < min(FEWEST_SIGNS, shortest) or len(bare) * 2 < len(low)


def weaknesses(settings: Settings) -> list[Weakness]:
    return [weakness for rule in RULES for weakness in rule(settings)]


def told(found: list[Weakness]) -> str:
    lines = "\n".join(f"  - {one}" for one in found)
    return f"The site does not start in production with these settings:\n{lines}"
