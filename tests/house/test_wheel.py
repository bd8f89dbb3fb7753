"""What is installed from a wheel is the whole site: a page without its template is found here, not by its first reader."""

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.house.rules.source import FLOORS, ROOT

CODE_ONLY = {".po", ".pot", ".pyc"}
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def committed(*tops: str) -> set[str]:
    listed = subprocess.run(["git", "ls-files", "--", *tops], cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return {name for name in listed if Path(name).suffix not in CODE_ONLY and (ROOT / name).exists()}


def test_the_wheel_contains_every_file_of_the_site(wheel: Path) -> None:
    wanted = {re.sub("^templates/", "marketplace/_templates/", name) for name in committed(*FLOORS, "templates", "wsgi.py")}
    assert wanted - set(ZipFile(wheel).namelist()) == set()


def test_the_wheel_contains_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} <= {*FLOORS, "wsgi.py"}


@pytest.mark.slow
def test_an_installed_wheel_serves_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    program = installed(wheel, tmp_path / "environment")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    command = [str(program), "run", "--port", "0", "--no-demo", "--data", str(tmp_path / "data")]
    server = subprocess.Popen(command, cwd=elsewhere, env=bare_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        address = printed_address(server)
        assert status_of(f"{address}/healthz") == 200
        assert "<html" in page_of(f"{address}/")
        assert status_of(f"{address}/static/{some_static_file(wheel)}") == 200
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)
    assert server.returncode == 0
    assert list(elsewhere.iterdir()) == []


def installed(wheel: Path, environment: Path) -> Path:
    """The console command of an environment that has nothing but the wheel and what is locked."""
    venv.create(environment, with_pip=not shutil.which("uv"))
    python = environment / "bin" / "python"
    pip = ["uv", "pip", "install", "--python", str(python)] if shutil.which("uv") else [str(python), "-m", "pip", "install"]
    subprocess.run([*pip, "--quiet", "--require-hashes", "-r", str(ROOT / "requirements.txt")], check=True)
    subprocess.run([*pip, "--quiet", "--no-deps", str(wheel)], check=True)
    return environment / "bin" / "marketplace"


def bare_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in {"HOME", "LANG", "PATH", "TMPDIR"}}


def printed_address(server: subprocess.Popen[str]) -> str:
    """The site says where it is once it answers; whoever reads on to the end has seen why it did not."""
    assert server.stdout is not None
    said = []
    for line in server.stdout:
        said.append(line)
        if found := ADDRESS.search(line):
            return found.group()
    pytest.fail("".join(said))


def status_of(url: str) -> int:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return int(answer.status)


def page_of(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def some_static_file(wheel: Path) -> str:
    prefix = "marketplace/static/"
    return min(name.removeprefix(prefix) for name in ZipFile(wheel).namelist() if name.startswith(prefix) and name.endswith(".css"))
