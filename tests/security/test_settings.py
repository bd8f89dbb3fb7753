"""Secrets come from the environment or from files, and are shown nowhere; production refuses weak settings, and says all of them at once."""

import json
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import structlog
from click.testing import CliRunner
from pydantic import SecretStr, ValidationError

from marketplace import production
from marketplace.app import create_app, open_for_good
from marketplace.cli import main
from marketplace.config import SecretFiles, Settings, kept_secret
from marketplace.production import RULES, weaknesses
from marketplace.web.logs import configure_logs
from tests.site import TestSite

ROOT = Path(__file__).parents[2]
SECRETS = sorted(
    name for name, field in Settings.model_fields.items() if field.annotation is SecretStr and f"{name}_file" not in Settings.model_fields
)
CANARY = "canary-8f3e1b-must-not-be-seen"
MASTER_KEY = b64encode(bytes(range(32))).decode()
GOOD_KEY = "Zq8-xW3vLr5nTb7yKc2mHd9sPf4gJw6aEu1o"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of whoever runs the tests says nothing about these."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(f"{name}_file".upper(), raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "data"
    place.mkdir(mode=0o700)
    return place


def strong(folder: Path, **changes: Any) -> Settings:
    return Settings(
        **{
            "data_dir": folder,
            "https": True,
            "proxies": 1,
            "secret_key": GOOD_KEY,
            "personal_key": MASTER_KEY,
            "second_factor": "required",
            "public_url": "https://market.example",
        }
        | changes
    )


@pytest.mark.parametrize("name", SECRETS)
def test_each_secret_is_read_from_the_file_that_is_named(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text(f"{CANARY}\n", encoding="utf-8")
    monkeypatch.setenv(f"{name}_FILE".upper(), str(tmp_path / "secret"))
    assert getattr(Settings(), name).get_secret_value() == CANARY


def test_what_is_no_secret_has_no_such_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGANISER_FILE", __file__)
    assert Settings().organiser == ""


@pytest.mark.parametrize(
    ("content", "also", "sentence"),
    [(None, "", "can't be read"), (b"", "", "one secret"), (b"\xff\xfe", "", "can't be read"),
     (b"a" * 5_000, "", "one secret"), (b"a", "b", "both set")],
)  # fmt: skip
def test_a_file_that_is_no_secret_stops_the_start_and_is_not_shown(
    content: bytes | None, also: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "secret"))
    if also:
        monkeypatch.setenv("SECRET_KEY", also)
    with pytest.raises(ValueError, match=sentence):
        Settings()
    said = CliRunner().invoke(main, ["check", "--data", str(tmp_path / "data")])
    assert said.exit_code == 2
    assert "SECRET_KEY_FILE" in said.output
    assert "aaa" not in said.output


def test_a_setting_that_can_not_be_used_is_named_without_its_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", CANARY)
    monkeypatch.setenv("PROXIES", "-1")
    said = CliRunner().invoke(main, ["check", "--data", str(tmp_path)])
    assert said.exit_code == 2
    assert "PORT" in said.output
    assert "PROXIES" in said.output
    assert CANARY not in said.output
    with pytest.raises(ValidationError) as raised:
        Settings()
    assert CANARY not in str(raised.value)


def canaries() -> dict[str, str]:
    return {name: f"{CANARY}-{name}" for name in SECRETS if name != "limits_storage"} | {"limits_storage": f"memory://{CANARY}"}


def test_nothing_that_settings_say_of_themselves_holds_a_secret() -> None:
    settings = Settings(**canaries())
    said = [repr(settings), str(settings), settings.model_dump_json(), json.dumps(settings.model_dump(mode="json"), default=str), f"{settings}"]
    assert not [one for one in said if CANARY in one]
    assert settings.secret_key.get_secret_value().startswith(CANARY)


def answered_with_a_fault(site: TestSite) -> str:
    """Pages, headers and the log of a site whose secrets are known, one page of which breaks with a secret in hand."""
    settings = site.site.settings.model_copy(update={name: SecretStr(value) for name, value in canaries().items() if name != "limits_storage"})
    app = create_app(site=replace(site.site, settings=settings))
    app.config.update(PROPAGATE_EXCEPTIONS=False)

    def broken() -> str:
        held = settings.secret_key.get_secret_value()
        raise LookupError("inside", len(held))

    app.view_functions["help.index"] = broken
    client = app.test_client()
    answers = [client.get(path) for path in ("/", "/help", "/sign-in", "/metrics", "/readyz", "/healthz", "/nowhere", "/accounts")]
    answers.append(client.get("/metrics", headers={"Authorization": f"Bearer {CANARY}"}))
    return "".join(f"{answer.status}{answer.headers}{answer.get_data(as_text=True)}" for answer in answers)


@pytest.fixture
def logs_as_usual() -> Iterator[None]:
    before = structlog.get_config()
    yield
    structlog.configure(**before)


@pytest.mark.parametrize("machine_readable", [True, False])
def test_neither_pages_nor_headers_nor_logs_hold_a_secret(
    site: TestSite, logs_as_usual: None, machine_readable: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    configure_logs(machine_readable=machine_readable)
    seen = answered_with_a_fault(site) + "".join(capfd.readouterr())
    assert "500" in seen
    assert "LookupError" in seen, "the trace is in the log"
    assert CANARY not in seen


def test_control_a_log_that_shows_what_variables_hold_is_caught(site: TestSite, logs_as_usual: None, capfd: pytest.CaptureFixture[str]) -> None:
    trace = structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=True))
    structlog.configure(processors=[trace, structlog.processors.JSONRenderer()], logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    assert CANARY in answered_with_a_fault(site) + "".join(capfd.readouterr())


def test_a_kept_key_is_its_owners_alone(tmp_path: Path) -> None:
    kept_secret(tmp_path / "secret_key")
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_new_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path / "new").data.stat().st_mode & 0o077 == 0


def test_strong_settings_have_no_weakness(folder: Path) -> None:
    assert weaknesses(strong(folder)) == []
    assert (
        weaknesses(strong(folder, web_concurrency=4, limits_storage="redis://redis:6379", neo4j_uri="bolt://neo4j:7687", neo4j_password=GOOD_KEY))
        == []
    )


WEAK: list[tuple[dict[str, Any], str]] = [
    ({"https": False}, "HTTPS"), ({"secret_key": ""}, "SECRET_KEY"), ({"secret_key": "short"}, "SECRET_KEY"),
    ({"secret_key": "a" * 64}, "SECRET_KEY"),
    ({"secret_key": "changeme" * 8}, "SECRET_KEY"), ({"secret_key": "password-secret-default-example-1"}, "SECRET_KEY"),
    ({"neo4j_uri": "bolt://n:1", "neo4j_password": "neo4j"}, "NEO4J_PASSWORD"), ({"neo4j_uri": "bolt://n:1"}, "NEO4J_PASSWORD"),
    ({"neo4j_uri": f"bolt://u:{CANARY}@n:1", "neo4j_password": GOOD_KEY}, "NEO4J_URI"),
    ({"elasticsearch_url": f"https://u:{CANARY}@e:9200"}, "ELASTICSEARCH_URL"), ({"metrics_token": "metrics"}, "METRICS_TOKEN"),
    ({"proxies": 0}, "PROXIES"), ({"proxies": 9}, "PROXIES"), ({"host": "0.0.0.0"}, "HOST"), ({"host": "::"}, "HOST"),
    ({"guest_per_minute": 0}, "GUEST_PER_MINUTE"), ({"user_per_minute": 0}, "USER_PER_MINUTE"), ({"search_per_minute": 0}, "SEARCH_PER_MINUTE"),
    ({"web_concurrency": 2}, "LIMITS_STORAGE"), ({"most_upload_bytes": 10**10}, "MOST_UPLOAD_BYTES"), ({"most_upload_bytes": 0}, "MOST_UPLOAD_BYTES"),
    ({"lock_after_failures": 1_000}, "LOCK_AFTER_FAILURES"), ({"second_factor": "optional"}, "SECOND_FACTOR"), ({"personal_key": ""}, "PERSONAL_KEY"),
    ({"session_idle_hours": 10_000}, "SESSION_IDLE_HOURS"),
    ({"password_memory_mib": 8}, "PASSWORD_MEMORY_MIB"), ({"public_url": ""}, "PUBLIC_URL"), ({"public_url": "http://market.example"}, "PUBLIC_URL"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "setting"), WEAK)
def test_each_weakness_is_found_alone_and_says_what_to_do_without_the_secret(folder: Path, changes: dict[str, Any], setting: str) -> None:
    found = weaknesses(strong(folder, **changes))
    assert [one.setting for one in found] == [setting]
    assert len(found[0].remedy) > 10
    assert CANARY not in str(found)
    assert not [value for name, value in changes.items() if name in SECRETS and value and len(value) > 5 and value in str(found)]


def test_a_key_file_within_the_data_folder_is_weak_and_one_outside_is_not(folder: Path, tmp_path: Path) -> None:
    found = weaknesses(strong(folder, personal_key="", personal_key_file=folder / "keys" / "personal"))
    assert [one.setting for one in found] == ["PERSONAL_KEY"]
    assert weaknesses(strong(folder, personal_key="", personal_key_file=tmp_path / "elsewhere")) == []


def test_of_two_master_keys_one_would_not_be_read(folder: Path, tmp_path: Path) -> None:
    found = weaknesses(strong(folder, personal_key_file=tmp_path / "elsewhere"))
    assert [one.setting for one in found] == ["PERSONAL_KEY_FILE"]


@pytest.mark.parametrize("mode", [0o755, 0o707, 0o701, 0o770, 0o720])
def test_a_folder_that_others_can_enter_is_weak(folder: Path, mode: int) -> None:
    folder.chmod(mode)
    assert [one.setting for one in weaknesses(strong(folder))] == ["DATA_DIR"]


def test_the_demonstration_is_no_beginning_for_production(folder: Path) -> None:
    (folder / "demo-accounts.txt").touch()
    assert [one.setting for one in weaknesses(strong(folder))] == ["DATA_DIR"]


@pytest.mark.parametrize("name", production.DEBUG)
def test_debugging_is_weak(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "1")
    assert [one.setting for one in weaknesses(strong(folder))] == [name]


def test_every_rule_finds_something_in_the_worst_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that never finds anything would be no rule."""
    monkeypatch.setenv("FLASK_DEBUG", "1")
    place = tmp_path / "open"
    place.mkdir()
    place.chmod(0o777)
    worst = Settings(
        data_dir=place, secret_key="short", neo4j_uri="bolt://u:p@n:1", metrics_token="x", proxies=9, host="0.0.0.0", guest_per_minute=0,
        second_factor="optional", lock_after_failures=1_000, password_memory_mib=1, most_upload_bytes=10**12,
    )  # fmt: skip
    assert [rule.__name__ for rule in RULES if not list(rule(worst))] == []


def test_the_command_lists_everything_at_once_and_starts_nothing(tmp_path: Path) -> None:
    place = tmp_path / "open"
    place.mkdir(mode=0o755)
    place.chmod(0o755)
    said = CliRunner().invoke(main, ["run", "--production", "--data", str(place), "--port", "0"], env={"GUEST_PER_MINUTE": "0"})
    assert said.exit_code == 2
    assert all(f"  - {name}: " in said.stderr for name in ("HTTPS", "SECRET_KEY", "GUEST_PER_MINUTE", "DATA_DIR"))
    assert list(place.iterdir()) == []


@pytest.mark.slow
def test_the_installed_command_starts_no_engine_before_it_refuses(tmp_path: Path) -> None:
    place = tmp_path / "data"
    done = subprocess.run(
        [sys.executable, "-m", "marketplace", "run", "--production", "--data", str(place), "--port", "0"],
        cwd=ROOT, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "HTTPS" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (place / "graph").exists()


def test_servers_that_import_the_application_ask_the_same(folder: Path) -> None:
    with pytest.raises(RuntimeError) as refused:
        open_for_good(Settings(data_dir=folder, https=False))
    assert "HTTPS" in str(refused.value)
    assert "SECRET_KEY" in str(refused.value)


def test_no_source_of_secrets_but_the_environment_and_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(f"SECRET_KEY={CANARY}\n", encoding="utf-8")
    assert Settings().secret_key.get_secret_value() == ""
    assert SecretFiles(Settings)() == {}
