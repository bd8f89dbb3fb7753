"""What is taken out is what the page shows; each time is recorded, without a name."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import rustworkx
from werkzeug.test import TestResponse

from marketplace.kernel.actor import Actor
from marketplace.kernel.ways import Link, Node
from marketplace.pages.exports.files import csv_of, graphml_of, piece_of
from marketplace.processes.exports.repository import list_exports
from tests.questions.scenes import Town

pytestmark = pytest.mark.xdist_group("questions")
SPACE = "{http://graphml.graphdrawing.org/xmlns}"
ENTRIES = "MATCH (e:AuditEntry {kind: 'network-export'}) RETURN e {.*} AS entry ORDER BY e.at, e.id"


def export(town: Town, actor: Actor | None, **form: str) -> TestResponse:
    return town.site.client(actor).post("/network/export", data=form)


def entries(town: Town) -> list[dict[str, Any]]:
    return town.site.graph.read(lambda tx: tx.all(ENTRIES, lambda row: dict(row["entry"])))


def nodes_of(xml: bytes) -> list[dict[str, str]]:
    return [_data(node) for node in ElementTree.fromstring(xml).iter(f"{SPACE}node")]


def _data(element: ElementTree.Element) -> dict[str, str]:
    return dict(_pairs(element))


def _pairs(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for one in element.iter(f"{SPACE}data"):
        yield one.attrib["key"], one.text or ""


def test_an_answer_as_a_table_has_its_rows_and_reasons(town: Town) -> None:
    file = export(town, town.officer, format="csv", address=f"/network/questions/worked-with?enterprise={town.user.id}")
    assert file.headers["Content-Disposition"] == "attachment; filename=worked-with.csv"
    rows = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["冯晓", "周立成", "陈卫东"]
    assert rows[1][-1] == f"冯晓任职于{town.user.name}"


def test_an_answer_as_a_network_holds_the_ways_that_explain_it(town: Town) -> None:
    file = export(town, town.officer, format="json", address=f"/network/questions/path?a={town.han.id}&b={town.chen.id}").get_json()
    assert {node["label"] for node in file["nodes"]} >= {"韩雪梅", "陈卫东", town.work.title}
    assert {"source": town.chen.id, "target": town.work.id, "relation": "CONTRIBUTED_TO"}.items() <= next(
        link for link in file["links"] if link["source"] == town.chen.id
    ).items()


def test_a_picture_as_graphml_can_be_read_again(town: Town, tmp_path: Path) -> None:
    nodes = " ".join((f"studio:{town.studio.id}", f"worker:{town.zhou.id}", "skill:heat", "relation:MEMBER_OF", "relation:HAS_SKILL"))
    file = export(town, town.officer, format="graphml", address=f"/network/studio/{town.studio.id}", nodes=nodes)
    (tmp_path / "out.graphml").write_bytes(file.data)
    [graph] = rustworkx.read_graphml(str(tmp_path / "out.graphml"))
    assert sorted(node["label"] for node in graph.nodes()) == sorted(["周立成", town.studio.name, "锂电池热管理"])
    assert sorted(edge["relation"] for edge in graph.edges()) == ["HAS_SKILL", "MEMBER_OF"]
    keys = [one.attrib["id"] for one in ElementTree.fromstring(file.data).iter(f"{SPACE}key")]
    assert len(keys) == len(set(keys))


def test_what_is_drawn_as_of_a_day_is_taken_out_as_of_that_day(town: Town) -> None:
    nodes = f"studio:{town.studio.id} worker:{town.zhou.id}"
    address = f"/network/studio/{town.studio.id}"
    counts = [
        len(export(town, town.officer, format="json", nodes=nodes, address=f"{address}?day={day}").get_json()["links"])
        for day in ("2021-06-17", "2021-06-18", "never")
    ]
    assert counts == [0, 1, 1]


def test_without_script_the_surroundings_of_the_centre_are_taken_out(town: Town) -> None:
    near = export(town, town.officer, format="json", address=f"/network/studio/{town.studio.id}?steps=1").get_json()
    far = export(town, town.officer, format="json", address=f"/network/studio/{town.studio.id}?steps=2").get_json()
    assert len(far["nodes"]) > len(near["nodes"]) > 2


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@x", '<b>&"quoted"</b>', "a\x01b\x0bc", "]]>", "𠮷\ufffe", "'"])
def test_no_label_breaks_a_file(label: str, town: Town) -> None:
    piece = piece_of("t", [Node("worker", "a", label), Node("skill", "b", "x")], [Link("a", "b", "HAS_SKILL", role=label)])
    read = nodes_of(graphml_of(piece).getvalue())
    assert read[0]["key_label"] == label.replace("\x01", "").replace("\x0b", "").replace("\ufffe", "")
    with town.site.app.test_request_context():
        cells = [cell for row in csv.reader(io.StringIO(csv_of(piece).getvalue().decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_each_export_is_recorded_with_counts_and_without_names(town: Town) -> None:
    before = len(entries(town))
    nodes = f"worker:{town.zhou.id} studio:{town.studio.id} worker:nobody"
    answer = export(town, town.officer, format="png", address=f"/network/studio/{town.studio.id}?steps=2", nodes=nodes)
    assert (answer.status_code, answer.data) == (204, b"")
    entry = entries(town)[before:][0]
    assert (entry["verb"], entry["account_id"]) == ("export-png", town.officer.account_id)
    assert "周立成" not in str(entry)
    kept = town.site.acting_as(town.officer).read(list_exports, town.officer.account_id)[0]
    assert (kept.what, kept.format, kept.nodes, kept.links) == ("network", "png", 2, 1)
    assert town.site.acting_as(town.stranger).read(list_exports, town.officer.account_id) == []


def test_who_may_take_out_what(town: Town) -> None:
    address = "/network/questions/no-studio?skill=turning"
    assert export(town, None, format="csv", address=address).status_code == 302
    assert export(town, town.make.account(), format="csv", address=address).status_code == 403
    assert export(town, town.officer, format="csv", address=address).status_code == 200


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"format": "exe", "address": "/network/studio/x"}, 422), ({"format": "csv", "address": "https://elsewhere.example/network/studio/x"}, 422),
        ({"format": "csv", "address": "/network/studio/x"}, 404), ({"format": "csv", "address": "/network/organisation/x"}, 404),
        ({"format": "csv", "address": "/network/questions/odd"}, 404), ({"format": "csv", "address": "/network/questions/path?a=x&b=y"}, 422),
        ({"format": "csv", "address": "/network/studio/x?" + "a" * 10_000}, 422), ({"format": "csv"}, 422), ({}, 422),
        ({"format": "json", "address": "/network/studio/x", "nodes": "worker:x : a:b relation:DROP"}, 404),
    ],
)  # fmt: skip
def test_bad_input_is_a_plain_answer_and_no_record(town: Town, form: dict[str, str], status: int) -> None:
    before = len(entries(town))
    assert export(town, town.officer, **form).status_code == status
    assert len(entries(town)) == before


def test_a_post_without_its_token_takes_nothing_out(town: Town) -> None:
    town.site.app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert export(town, town.officer, format="csv", address=f"/network/studio/{town.studio.id}").status_code == 400
    finally:
        town.site.app.config["WTF_CSRF_ENABLED"] = False
