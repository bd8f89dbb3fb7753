"""Every setting of the site, once. Read from the environment, secrets also from files that it names; frozen afterwards."""

import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Literal

from pydantic import Field, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from marketplace.market_settings import MarketSettings

LONGEST_SECRET = 4_096


class SecretFiles(PydanticBaseSettingsSource):
    """`SECRET_KEY_FILE` names a file that holds what `SECRET_KEY` would say: what is mounted as a file stands in no list of processes."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """A field with a file setting of its own reads it in its own way."""
        place = os.environ.get(f"{field_name}_FILE".upper(), "")
        is_ours = field.annotation is SecretStr and f"{field_name}_file" not in self.settings_cls.model_fields
        return (self._read(field_name, Path(place)) if place and is_ours else None), field_name, False

    def _read(self, name: str, place: Path) -> str:
        """Raises ValueError, which names the setting and never what the file holds."""
        setting = name.upper()
        if os.environ.get(setting):
            raise ValueError(f"{setting} and {setting}_FILE are both set; keep one of them")
        try:
            said = place.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"{setting}_FILE: {place} can't be read ({type(error).__name__})") from None
        if not said or len(said) > LONGEST_SECRET:
            raise ValueError(f"{setting}_FILE: {place} must hold one secret and nothing else")
        return said

    def __call__(self) -> dict[str, Any]:
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}


class Settings(MarketSettings):
    """Names in the environment are the field names in capitals; each secret has a twin that ends with _FILE."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, SecretFiles(settings_cls)

    data_dir: Path = Field(default=Path("data"), description="Where the embedded graph, index and files lie.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on.")
    neo4j_uri: str = Field(default="", description="Bolt URL of a Neo4j; empty means the embedded engine.")
    neo4j_user: str = Field(default="neo4j", description="User of that Neo4j.")
    neo4j_password: SecretStr = Field(default=SecretStr(""), description="Password of that Neo4j.")
    neo4j_database: str = Field(default="", description="Database of that Neo4j; empty means its default.")
    elasticsearch_url: str = Field(default="", description="URL of an Elasticsearch; empty means the embedded index.")
    elasticsearch_api_key: SecretStr = Field(
        default=SecretStr(""), description="API key of that Elasticsearch; it needs all rights on PREFIX-search*."
    )
    elasticsearch_ca_file: str = Field(default="", description="Certificates that sign that Elasticsearch's own; empty means those of the system.")
    elasticsearch_prefix: str = Field(default="jiangchuang", pattern="^[a-z][a-z0-9-]{0,60}$", description="Begins the names of this site's indices.")
    elasticsearch_replicas: int = Field(default=0, ge=0, le=5, description="Copies of a new index on further nodes.")
    embedding_model: Path | None = Field(
        default=None, description='Folder of a sentence-embedding model in ONNX form, for search by meaning; needs the extra "semantic".'
    )
    secret_key: SecretStr = Field(default=SecretStr(""), description="Signs cookies; empty means one made and kept in the data folder.")
    personal_key: SecretStr = Field(
        default=SecretStr(""), description="Master key of personal values, 32 bytes in base64; empty means those of the key file."
    )
    personal_key_old: SecretStr = Field(default=SecretStr(""), description="Earlier master keys, commas between, until `rotate-keys` is through.")
    personal_key_file: Path | None = Field(
        default=None, description="File of master keys, one a line, the present one first; empty means one made and kept in the data folder."
    )
    personal_cipher: str = Field(default="aes-gcm", pattern="^(aes|sm4)-gcm$", description="Cipher of new personal values: aes-gcm or sm4-gcm.")
    erased_file: Path | None = Field(
        default=None, description="List of erased people that a restore goes by; keep it apart from backups. Empty means one in the data folder."
    )
    https: bool = Field(default=False, description="The site is reached by HTTPS: secure cookies, HSTS.")
    proxies: int = Field(default=0, ge=0, description="Reverse proxies in front whose X-Forwarded headers are believed.")
    relay_inside: bool = Field(default=True, description="Each web process can run the relay, one at a time; false where `marketplace worker` does.")
    guest_per_minute: int = Field(default=60, ge=0, description="Pages a minute for one guest address; 0 is no limit (ASSURANCE, security).")
    user_per_minute: int = Field(default=300, ge=0, description="Pages a minute for one account; 0 is no limit.")
    search_per_minute: int = Field(default=60, ge=0, description="Searches a minute for one account or guest address; 0 is no limit.")
    registrations_per_hour: int = Field(default=5, ge=0, description="Accounts opened an hour from one guest address; 0 is no limit.")
    invitation_days: int = Field(default=14, ge=1, le=90, description="So long an invitation may be answered.")
    limits_storage: SecretStr = Field(
        default=SecretStr("memory://"), description="Where limits are counted; one URL for several processes. It may hold a password."
    )
    web_concurrency: int = Field(default=1, ge=1, le=64, description="Web processes that serve the site; gunicorn reads it, too.")
    most_upload_bytes: int = Field(default=50 * 1024 * 1024, description="A larger request is refused with 413.")
    metrics_token: SecretStr = Field(
        default=SecretStr(""), description="Opens /metrics to whoever sends it as a bearer token; empty leaves it to administrators."
    )
    public_url: str = Field(default="", description="Address of the site as its readers type it, for links in mail; empty means HOST and PORT.")
    smtp_url: SecretStr = Field(
        default=SecretStr(""), description="Server for mail, smtp://user:password@host:587 or smtps://…; empty writes letters into the log."
    )
    smtp_tls: Literal["offered", "required"] = Field(
        default="offered", description="Whether a letter may leave where the server of an smtp:// address offers no TLS; required: it waits."
    )
    smtp_ca_file: Path | None = Field(
        default=None, description="Certificates (PEM) by which the mail server is known, instead of the machine's; for a server inside the house."
    )
    mail_from: str = Field(default="jiangchuang@localhost", description="Sender of mail.")
    removed_file_days: int = Field(default=30, ge=1, description="So long the bytes of a file that nothing names any more stay in the store.")
    session_idle_hours: int = Field(default=12, description="A sign-in not used for so long ends.")
    session_hours: int = Field(default=72, ge=1, description="A sign-in ends after so long, used or not.")
    lock_after_failures: int = Field(default=5, ge=1, description="Wrong passwords before an account is locked (ASSURANCE, security).")
    lock_minutes: int = Field(default=15, ge=1, description="How long a locked account stays so; each further failure doubles it, up to 16 times.")
    second_factor: Literal["required", "optional"] = Field(
        default="required", description="Whether officers, finance and administrators must have one; optional is for trying the site out."
    )
    second_factor_key: SecretStr = Field(
        default=SecretStr(""),
        description="Seals the secrets of second factors; empty means one made and kept in the data folder. Several with commas: the first seals.",
    )
    password_memory_mib: int = Field(default=64, ge=1, le=1024, description="Memory that hashing a new password takes: so much each guess costs.")
    hashing_at_once: int = Field(default=0, ge=0, description="Passwords that a process checks at once; 0 means one for each core.")
    oidc_issuer: str = Field(default="", description="Issuer of a unit's own sign-in (OpenID Connect); empty means there is none.")
    oidc_client_id: str = Field(default="", description="How that sign-in knows this site.")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="What this site proves itself with there.")
    oidc_name: str = Field(default="", description="What that sign-in is called on the page.")
    lend_days: int = Field(default=60, ge=1, le=366, description="For at most so many days somebody who is away lends a role.")
    role_request_days: int = Field(default=7, ge=1, le=60, description="So long a change of an administrator's rights waits for the second one.")
    missed_search_days: int = Field(default=90, ge=1, le=730, description="For so long the words of searches that found little are kept.")
    audit_days: int = Field(default=365, ge=180, description="For so long audit entries are searched; older ones move to files that still verify.")
    listing_months: int = Field(default=12, description="Validity that a new listing proposes.")
    organiser: str = Field(default="", description="Footer: organiser of the site; hidden when empty, as are the next six.")
    hours: str = Field(default="", description="Footer: when the organiser can be reached.")
    contact: str = Field(default="", description="Footer: how to reach the organiser.")
    site_code: str = Field(default="", description="Footer: 网站标识码.")
    icp_number: str = Field(default="", description="Footer: ICP 备案.")
    police_number: str = Field(default="", description="Footer: 公安备案.")

    @cached_property
    def data(self) -> Path:
        folder = self.data_dir.expanduser().resolve()
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        return folder

    @property
    def address(self) -> str:
        """Where the site is reached, without a slash at its end."""
        return self.public_url.rstrip("/") or f"http{'s' if self.https else ''}://{self.host}:{self.port}"

    @property
    def signing_key(self) -> str:
        """Made at random on the first start; a default in code would be everybody's."""
        return self.secret_key.get_secret_value() or kept_secret(self.data / "secret_key")

    @property
    def factor_keys(self) -> tuple[str, ...]:
        """The first seals, all of them open: a new one is put in front."""
        said = self.second_factor_key.get_secret_value() or kept_secret(self.data / "second_factor_key")
        return tuple(key.strip() for key in said.split(",") if key.strip())

    @property
    def master_key_file(self) -> Path:
        return self.personal_key_file or self.data / "personal_keys"

    @property
    def has_own_master_key(self) -> bool:
        """One that an operator gave: a key beside the data it guards is stolen with it."""
        return bool(self.personal_key.get_secret_value()) or not self.master_key_file.resolve().is_relative_to(self.data.resolve())

    def master_keys(self) -> tuple[bytes, ...]:
        """The present one first. Raises ValueError for what is no base64."""
        given = [self.personal_key.get_secret_value(), *self.personal_key_old.get_secret_value().split(",")]
        if not given[0]:
            given = [*kept_secret(self.master_key_file, new_master_key).splitlines(), *given]
        return tuple(b64decode(one.strip(), validate=True) for one in given if one.strip())

    @property
    def erased_list(self) -> Path:
        return self.erased_file or self.data / "erased"


PRIVATE = 0o700
"""Whoever else has an account on the machine reads nothing of the site's."""
PACKAGE = Path(__file__).resolve().parent


def templates_folder() -> Path:
    """At the top of the source tree; inside the package of an installed wheel."""
    inside = PACKAGE / "_templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


def new_master_key() -> str:
    return b64encode(secrets.token_bytes(32)).decode()


def new_signing_key() -> str:
    return secrets.token_urlsafe(48)


def kept_secret(place: Path, new: Callable[[], str] = new_signing_key) -> str:
    """A random value that survives restarts, readable by its owner alone; of processes that start at once, all read that of the first."""
    if not place.exists():
        with NamedTemporaryFile("w", dir=place.parent, prefix=place.name, encoding="ascii") as fresh, suppress(FileExistsError):
            fresh.write(new())
            fresh.flush()
            os.link(fresh.name, place)
    return place.read_text(encoding="ascii")
