"""Take a view or an answer out: read again with the reader's eyes, recorded, then sent."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graph.connection import Transaction
from marketplace.kernel.cards import list_titles
from marketplace.kernel.errors import Invalid, NotFound
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.rings import KINDS, MOST_NODES, SHOWN, among, surroundings
from marketplace.kernel.ways import Node
from marketplace.pages.exports.files import Piece, csv_of, graphml_of, json_of, piece_of
from marketplace.pages.questions.model import QUESTIONS
from marketplace.pages.questions.repository import MOST
from marketplace.pages.questions.show import rows_of, words_of
from marketplace.pages.questions.views import look
from marketplace.processes.exports.model import Format
from marketplace.processes.exports.service import record_export
from marketplace.web.access import requires
from marketplace.web.door import change, read
from marketplace.web.identity import current_actor
from marketplace.web.taxonomies import taxonomies
from marketplace.web.words import word

room = Blueprint("exports", __name__)
LONGEST_ADDRESS = 9_500
ADDRESS = re.compile(r"/network/(?P<first>[a-z-]+)/(?P<second>[\w-]{1,60})", re.ASCII)
FARTHEST = 2
WRITERS: dict[Format, tuple[Callable[[Piece], BytesIO], str]] = {
    Format.CSV: (csv_of, "text/csv"), Format.JSON: (json_of, "application/json"), Format.GRAPHML: (graphml_of, "application/graphml+xml"),
}  # fmt: skip
WRONG = label("This is no page of the network that can be exported.")


@room.post("/network/export")
@requires(Permission.NETWORK_EXPORT)
def take_out() -> ResponseReturnValue:
    """`address` is the page's; with `nodes` those of the picture. A PNG is drawn by the browser: here it is recorded only."""
    if request.form.get("format", "") not in tuple(Format):
        raise Invalid({"format": label("Choose one of the list.")})
    format = Format(request.form["format"])
    what, piece = _asked(request.form.get("address", ""))
    change(record_export, what, format, len(piece.nodes), len(piece.links))
    if format not in WRITERS:
        return "", 204
    write, media = WRITERS[format]
    return send_file(write(piece), media, as_attachment=True, download_name=f"{what}.{format}")


def _asked(address: str) -> tuple[str, Piece]:
    """Raises Invalid for an address that is none of the network, NotFound for what the reader may not see."""
    split = urlsplit(address) if len(address) <= LONGEST_ADDRESS and address.startswith("/network/") else urlsplit("")
    found = ADDRESS.fullmatch(split.path)
    query = {name: values[-1] for name, values in parse_qs(split.query).items()}
    if found is None:
        raise Invalid({"address": WRONG})
    if found["first"] == "questions":
        return found["second"], _answer(found["second"], query)
    if request.form.get("nodes"):
        piece = read(_picture, request.form["nodes"].split()[:MOST_NODES])
    else:
        piece = read(_around, Node(found["first"], found["second"]), query.get("steps", "1"), parse_qs(split.query).get("relation", []))
    return "network", _as_of(piece, query.get("day", ""))


def _as_of(piece: Piece, text: str) -> Piece:
    """The relations of one day; without a day, or with a wrong one, all of them with their dates."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return piece
    held = (link for link in piece.links if (link.since is None or link.since <= day) and (link.until is None or link.until > day))
    return replace(piece, links=tuple(held))


def _answer(name: str, query: dict[str, str]) -> Piece:
    """All rows, up to the bound that the page tells of."""
    if name not in QUESTIONS:
        raise NotFound(name)
    current_actor().require(QUESTIONS[name].needs, None)
    looked = read(look, QUESTIONS[name], query, all_of_it=MOST)
    if not looked.asked.is_ready or looked.away:
        raise Invalid({"address": label("The question has no answer that could be exported.")})
    rows, ways = rows_of(looked.answer, looked.cards, 1), [way for row in looked.answer.rows for way in row.ways]
    header = (_("No."), _("Who or what"), _("Kind"), _("Level"), _("Unit"), _("Sub-district"), _("Why"))
    table = [(str(row["place"]), row["label"], row["kind_words"], row["level"], row["unit"], row["area"], "\n".join(row["why"])) for row in rows]
    nodes = [*(row.node for row in looked.answer.rows), *(node for way in ways for node in way.nodes)]
    return piece_of(words_of(looked.asked), nodes, (link for way in ways for link in way.links), (header, *table))


def _named(tx: Transaction, refs: list[tuple[str, str]]) -> list[Node]:
    """Of these, what the reader may see."""
    skills = taxonomies().skills
    titles = list_titles(tx, refs)
    named = {ref: word(skills[ref[1]].words) if ref[0] == "skill" and ref[1] in skills else titles.get(ref, "") for ref in refs}
    return [Node(kind, id, name) for (kind, id), name in named.items() if name]


def _picture(tx: Transaction, given: list[str]) -> Piece:
    """`kind:id` of what is drawn, and `relation:NAME` of the relations that are, where not all of them."""
    pairs = [(first, second) for first, _colon, second in (one.partition(":") for one in given)]
    chosen = tuple(name for first, name in pairs if first == "relation" and name in SHOWN)
    nodes = _named(tx, [(kind, id) for kind, id in dict.fromkeys(pairs) if kind in KINDS and 0 < len(id) <= 60])
    if not nodes:
        raise NotFound("nodes")
    web = among(tx, nodes, chosen or SHOWN)
    return piece_of(str(_("Talent network")), web.nodes.values(), web.links.values())


def _around(tx: Transaction, centre: Node, steps: str, relations: list[str]) -> Piece:
    """Without script there is no picture: what lies around its centre."""
    named = _named(tx, [(centre.kind, centre.id)]) if centre.kind in KINDS else []
    if not named:
        raise NotFound(centre.id)
    far = FARTHEST if steps == "2" else 1
    web = surroundings(tx, named[0], tuple(name for name in relations if name in SHOWN) or SHOWN, far)
    return piece_of(named[0].label, web.nodes.values(), web.links.values())
