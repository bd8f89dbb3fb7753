"""The files for containers, as far as they can be read without an engine: secrets are asked for, nobody is root, all are watched."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from marketplace.config import Settings

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
SECRET = re.compile(r"PASSWORD|SECRET|AUTH|API_KEY")


def services(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text)["services"]
    return found


def default_secrets(text: str) -> list[str]:
    """Secrets that compose would fill in by itself."""
    return [
        f"{name}: {key}"
        for name, one in services(text).items()
        for key, value in one.get("environment", {}).items()
        if SECRET.search(key) and ":?" not in str(value)
    ]


def unwatched(text: str) -> list[str]:
    """Services with neither a check of their own nor the image's. Those that switch it off say so."""
    return [name for name, one in services(text).items() if "healthcheck" not in one and "build" not in one]


def test_no_secret_has_a_default() -> None:
    assert default_secrets(COMPOSE) == []


def test_every_service_is_watched() -> None:
    assert unwatched(COMPOSE) == []
    assert set(services(COMPOSE)) == {"prepare", "site", "worker", "neo4j", "elasticsearch", "redis"}


def test_only_the_site_is_reached_from_outside() -> None:
    assert [name for name, one in services(COMPOSE).items() if "ports" in one] == ["site"]
    assert all(port.startswith("127.0.0.1:") for port in services(COMPOSE)["site"]["ports"])


@pytest.mark.parametrize("name", ["prepare", "site", "worker"])
def test_every_setting_exists(name: str) -> None:
    assert {key.lower() for key in services(COMPOSE)[name]["environment"]} <= set(Settings.model_fields)


def test_every_named_volume_and_network_is_declared() -> None:
    whole = yaml.safe_load(COMPOSE)
    used = {volume.split(":")[0] for one in whole["services"].values() for volume in one.get("volumes", ())}
    assert used == set(whole["volumes"])
    assert {net for one in whole["services"].values() for net in one["networks"]} == set(whole["networks"])


def test_the_image_is_nobodys_root_watched_and_made_from_locked_packages() -> None:
    final = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER (?!root)\w+$", final, re.MULTILINE)
    assert "/healthz" in final.partition("HEALTHCHECK")[2]
    assert "--require-hashes -r requirements-production.txt" in DOCKERFILE
    assert all(re.search(r":\d", line) for line in DOCKERFILE.splitlines() if line.startswith("FROM "))


def test_what_the_image_copies_is_not_ignored_and_nothing_else_is_sent() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert next(line for line in lines if not line.startswith("#")) == "*"
    sent = {line[1:] for line in lines if line.startswith("!")}
    assert all((ROOT / one).exists() for one in sent)
    assert sent >= {"graph", "search", "marketplace", "templates", "wsgi.py", "pyproject.toml", "requirements-production.txt", "README.md"}


def test_control_a_default_secret_and_an_unwatched_service_are_seen() -> None:
    text = "services: {one: {image: x, environment: {NEO4J_PASSWORD: '${P:-secret}'}}}"
    assert default_secrets(text) == ["one: NEO4J_PASSWORD"]
    assert unwatched(text) == ["one"]
