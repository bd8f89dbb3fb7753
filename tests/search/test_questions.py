"""Two hundred things that people type, with what they should see first, in the demonstration, on each engine that is at hand.

`questions.tsv`: the way of typing, the words, the kind and title of what is expected (several where the same thing stands there as work, patent,
offer or need), and what else the question needs: `synonym` waits for the demonstration's synonyms. Expected is what a reader of the data would
name, not what an engine answers. Right is a question whose first hit is expected, or whose number leads straight there, or, where the page offers
another spelling, for which that spelling's first hit is.
"""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from marketplace.cli.demo import load
from marketplace.cli.init import found
from marketplace.kernel.cards import list_titles
from marketplace.web.links import ROOMS
from search.index import open_index
from tests.engines import ACCESS, ELASTICSEARCH, remove_indices
from tests.site import TestSite, make_site

TABLE = Path(__file__).parent / "questions.tsv"
ENOUGH = 195
KINDS = {room: kind for kind, room in ROOMS.items()}
THING = re.compile(rf'href="/({"|".join(KINDS)})/([0-9a-z]{{20,}})"')
LIST = re.compile(r'<ol class="list">(.*?)</ol>', re.DOTALL)
OFFERED = re.compile(r'href="(/search\?q=[^"]+)"><b>')


@dataclass(frozen=True, slots=True)
class Question:
    way: str
    text: str
    expected: frozenset[str]
    needs: str


def questions() -> list[Question]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Question(row["way"], row["question"], frozenset(row["expected"].split(" | ")), row["needs"]) for row in rows]


def first(site: TestSite, client: FlaskClient, url: str, **asked: str) -> tuple[str, str]:
    """What stands first, as kind:title, and the address of another spelling that is offered."""
    answer = client.get(url, query_string=asked or None)
    listed = LIST.search(answer.text)
    thing = THING.search(f'href="{answer.location}"' if answer.location else listed[1] if listed else "")
    offered = OFFERED.search(answer.text)
    if thing is None:
        return "", unescape(offered[1]) if offered else ""
    ref = (KINDS[thing[1]], thing[2])
    return f"{ref[0]}:{site.system.read(list_titles, [ref])[ref]}", unescape(offered[1]) if offered else ""


def wrong_ones(site: TestSite, asked: list[Question]) -> list[str]:
    client = site.client()
    wrong = []
    for one in asked:
        seen, offered = first(site, client, "/search", q=one.text)
        if seen not in one.expected and offered:
            seen, _ = first(site, client, offered)
        if seen not in one.expected:
            wrong.append(f"{one.way} {one.text}: {seen or 'nothing'}, not {' or '.join(sorted(one.expected))}")
    return wrong


@contextmanager
def engines(site: TestSite, folder: Path) -> Iterator[dict[str, TestSite]]:
    """The site over its own index, and over copies of it in the engines that it does not use itself."""
    at_hand = {"embedded": open_index(str(folder))} | ({"elasticsearch": open_index(ELASTICSEARCH, ACCESS)} if ELASTICSEARCH else {})
    for index in at_hand.values():
        index.put(site.index.documents())
        index.commit()
    try:
        yield {name: make_site(site.graph, index, site.site.settings) for name, index in at_hand.items()} | {"the site's own": site}
    finally:
        for index in at_hand.values():
            index.close()
        if ELASTICSEARCH:
            remove_indices()


def test_the_table_is_whole() -> None:
    asked = [one for one in questions() if not one.needs]

    assert len(asked) == len({one.text for one in asked}) == 200
    assert {one.needs for one in questions()} == {"", "synonym"}


@pytest.mark.slow
def test_what_people_type_leads_to_what_they_mean(site: TestSite, tmp_path: Path) -> None:
    found(site.site)
    load(site.site)
    asked = [one for one in questions() if not one.needs]

    with engines(site, tmp_path / "copy") as over:
        wrong = {name: wrong_ones(one, asked) for name, one in over.items()}

    print("\n".join(f"{name}: {len(asked) - len(missed)} of {len(asked)}\n  " + "\n  ".join(missed) for name, missed in wrong.items()))
    assert {name: missed for name, missed in wrong.items() if len(asked) - len(missed) < ENOUGH} == {}
