"""The command line of the embedded server: the wheel's own Java and jars, settings as measured."""

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from graph.errors import StartFailed

FLAGS: Final = (
    "-Xmx512m",
    # A small heap on few cores: no collector's threads take them from whoever waits (a rush of 40 answered within 242 ms instead of 369).
    "-XX:+UseSerialGC",
    "-XX:+UseCompactObjectHeaders",
    "--add-modules=jdk.incubator.vector",
    "--enable-native-access=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
    "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF8",
)
# Each acknowledged commit is on the disk (txWalFlush), nothing listens beyond this machine, no statement reads files or the net.
SETTINGS: Final = {
    "txWalFlush": "1",
    "server.mode": "development",
    "server.httpIncomingHost": "127.0.0.1",
    "server.httpIncomingPort": "0",
    "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
    "bolt.host": "127.0.0.1",
    "bolt.maxMessageSize": "67108864",
    "command.timeout": "30000",
    "opencypher.loadCsv.allowFileUrls": "false",
    "opencypher.loadCsv.allowRemoteUrls": "false",
    "support.autoRegister": "false",
    "polyglotEngineEnabled": "false",
}
USER: Final = "root"


def root_setting(folder: Path) -> str:
    """Tells this folder's server from every other process on the machine."""
    return f"-Darcadedb.server.rootPath={folder}"


def server_command(folder: Path, password_file: Path, databases: tuple[str, ...], port: int) -> list[str]:
    """Port 0 takes any free one."""
    settings = {
        **SETTINGS,
        "server.rootPasswordPath": str(password_file),
        "server.logsDirectory": str(folder / "log"),
        "server.defaultDatabases": ";".join(f"{name}[{USER}]" for name in databases),
        "bolt.defaultDatabase": databases[0],
        "bolt.port": str(port),
    }
    home = _wheel()
    options = [f"-Darcadedb.{name}={value}" for name, value in settings.items()]
    java = [str(home / "jre" / "bin" / "java"), "-cp", str(home / "jars" / "*")]
    return [*java, *FLAGS, root_setting(folder), *options, "com.arcadedb.server.ArcadeDBServer"]


def _wheel() -> Path:
    """Found without importing it: the import would load a JVM into this process."""
    spec = find_spec("arcadedb_embedded")
    if spec is None or spec.origin is None:
        raise StartFailed("the package arcadedb-embedded is not installed")
    return Path(spec.origin).parent
