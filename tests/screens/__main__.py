"""`python -m tests.screens DIR`: from an empty folder to all pictures and their contact sheets."""

import sys
import tempfile
import time
from pathlib import Path

from marketplace.app import create_app
from marketplace.cli.init import found
from marketplace.config import Settings
from marketplace.demo.load import load_demo
from marketplace.kernel.permissions import SYSTEM
from marketplace.opening import open_site
from marketplace.web.site import Site
from tests.journeys.live import answering
from tests.screens.photographer import Photographer, open_browser
from tests.screens.sheets import make_sheets
from tests.screens.shots import SHOTS, Shot
from tests.screens.subjects import find_people, find_things

MOST = 250


def main(folder: Path, *wanted: str) -> int:
    """0 when every page answered as it should, 1 otherwise, 2 without a folder. Further words choose shots by name."""
    began = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    shots = [shot for shot in SHOTS if not wanted or shot.name in wanted]
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(data_dir=Path(data), guest_per_minute=0, user_per_minute=0, search_per_minute=0, second_factor="optional")
        with open_site(settings) as site:
            found(site)
            load_demo(site, print)
            while site.relay.drain():
                pass
            photographer = photograph(site, shots, folder)
    sheets = make_sheets(photographer.taken, folder)
    print(f"{len(photographer.taken)} pictures, {len(sheets)} sheets, {time.monotonic() - began:.0f} s")
    print("\n".join(photographer.wrong))
    return 1 if photographer.wrong or len(photographer.taken) > MOST else 0


def photograph(site: Site, shots: list[Shot], folder: Path) -> Photographer:
    things = site.graph.read(find_things, reader=(SYSTEM,))
    people = site.graph.read(lambda tx: find_people(tx, things, site.clock.now()), reader=(SYSTEM,))
    app = create_app(site=site)
    site.relay.start()
    with answering(app) as address, open_browser() as browser:
        photographer = Photographer(browser, site, app, address, folder, people, things)
        photographer.take_all(shots)
    return photographer


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("python -m tests.screens DIR [SHOT ...]", file=sys.stderr)
        sys.exit(2)
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
