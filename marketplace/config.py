"""Every setting of the site, once. Read from the environment (or a .env file in the data folder), frozen afterwards."""

import os
import secrets
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Names in the environment are the field names in capitals."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

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
    https: bool = Field(default=False, description="The site is reached by HTTPS: secure cookies, HSTS.")
    proxies: int = Field(default=0, ge=0, description="Reverse proxies in front whose X-Forwarded headers are believed.")
    relay_inside: bool = Field(default=True, description="Each web process can run the relay, one at a time; false where `marketplace worker` does.")
    guest_per_minute: int = Field(default=60, ge=0, description="Pages a minute for one guest address; 0 is no limit (ASSURANCE, security).")
    user_per_minute: int = Field(default=300, ge=0, description="Pages a minute for one account; 0 is no limit.")
    search_per_minute: int = Field(default=60, ge=0, description="Searches a minute for one account or guest address; 0 is no limit.")
    limits_storage: str = Field(default="memory://", description="Where limits are counted; one URL for several processes.")
    most_upload_bytes: int = Field(default=50 * 1024 * 1024, description="A larger request is refused with 413.")
    metrics_token: SecretStr = Field(
        default=SecretStr(""), description="Opens /metrics to whoever sends it as a bearer token; empty leaves it to administrators."
    )
    public_url: str = Field(default="", description="Address of the site as its readers type it, for links in mail; empty means HOST and PORT.")
    smtp_url: SecretStr = Field(
        default=SecretStr(""), description="Server for mail, smtp://user:password@host:587 or smtps://…; empty writes letters into the log."
    )
    mail_from: str = Field(default="jiangchuang@localhost", description="Sender of mail.")
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
    hashing_at_once: int = Field(default=0, ge=0, description="Passwords that a process checks at once; 0 means one for each core.")
    oidc_issuer: str = Field(default="", description="Issuer of a unit's own sign-in (OpenID Connect); empty means there is none.")
    oidc_client_id: str = Field(default="", description="How that sign-in knows this site.")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="What this site proves itself with there.")
    oidc_name: str = Field(default="", description="What that sign-in is called on the page.")
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
        folder.mkdir(parents=True, exist_ok=True)
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


PACKAGE = Path(__file__).resolve().parent


def templates_folder() -> Path:
    """At the top of the source tree; inside the package of an installed wheel."""
    inside = PACKAGE / "_templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


def kept_secret(place: Path) -> str:
    """A random value that survives restarts, readable by its owner alone; of processes that start at once, all read that of the first."""
    if not place.exists():
        with NamedTemporaryFile("w", dir=place.parent, prefix=place.name, encoding="ascii") as fresh, suppress(FileExistsError):
            fresh.write(secrets.token_urlsafe(48))
            fresh.flush()
            os.link(fresh.name, place)
    return place.read_text(encoding="ascii")
