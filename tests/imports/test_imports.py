"""An officer brings an older register in: checked, taken in once, and taken back."""

import io
import json
from pathlib import Path
from time import monotonic, sleep

import pytest
import python_calamine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from marketplace.domains.achievements.model import AchievementText, Status
from marketplace.domains.achievements.repository import ids_of_source
from marketplace.domains.achievements.service import import_achievements, withdraw_achievement
from marketplace.domains.patents.model import Type
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Forbidden, Invalid, NotFound
from marketplace.kernel.importing import Intake, Row
from marketplace.kernel.tables import read_table, write_csv
from marketplace.processes.imports.forms import KINDS
from marketplace.processes.imports.model import ImportBatch
from marketplace.processes.imports.model import Status as BatchStatus
from marketplace.processes.imports.repository import get_batch, list_batches
from marketplace.web.rows import columns_of
from marketplace.web.words import locale_code, speaking
from tests.factories import Make
from tests.site import TestSite

CSV = "id,标题,成果类型,成熟度,备注\n1,防爆锂离子电池热失控预警,process,5,x\n2,电梯曳引轮磨损检测,,,\n"


def rows(*titles: str) -> list[Row[AchievementText]]:
    return [Row(f"register:{number}", AchievementText(title=title)) for number, title in enumerate(titles)]


def upload(client: FlaskClient, content: str | bytes, name: str = "成果.csv", **fields: str) -> TestResponse:
    file = (io.BytesIO(content.encode() if isinstance(content, str) else content), name)
    return client.post("/imports", data={"kind": "achievement", "file": file, "mode": "valid", "source": "register", **fields})


def opened(site: TestSite, answer: TestResponse) -> ImportBatch:
    assert answer.status_code == 302, answer.text
    return site.system.read(get_batch, answer.location.rpartition("/")[2])


def step(client: FlaskClient, batch: ImportBatch, verb: str) -> TestResponse:
    return client.post(f"/imports/{batch.id}/steps/{verb}", data={"version": batch.version})


def settled(site: TestSite, id: str, status: BatchStatus) -> ImportBatch:
    """The work goes on in a thread; wait for its end."""
    deadline = monotonic() + 20
    while (batch := site.system.read(get_batch, id)).status is not status:
        assert monotonic() < deadline, batch
        sleep(0.05)
    return batch


def imported(site: TestSite, client: FlaskClient, content: str = CSV, **fields: str) -> ImportBatch:
    batch = opened(site, upload(client, content, **fields))
    assert step(client, batch, "run").status_code == 302
    return settled(site, batch.id, BatchStatus.DONE)


def ids_in(site: TestSite, *keys: str) -> dict[str, str]:
    return site.system.read(ids_of_source, [f"register:{key}" for key in keys])


def test_second_import_of_a_register_changes_nothing(site: TestSite, make: Make) -> None:
    officer = site.acting_as(make.officer())

    first = officer.change(import_achievements, rows("甲", "乙"), Intake("register", publish=True))
    second = officer.change(import_achievements, rows("甲", "乙", "丙"), Intake("register", publish=True))

    assert (len(first.created), first.unchanged) == (2, 0)
    assert (len(second.created), second.unchanged) == (1, 2)


def test_published_rows_are_found_and_say_what_they_lack(site: TestSite, make: Make) -> None:
    taken = site.acting_as(make.officer()).change(import_achievements, rows("防爆锂离子电池"), Intake("register", publish=True))
    site.drain()

    found = site.find("achievement", taken.created[0])
    assert [hit.id for hit in site.search("电池").hits] == list(taken.created)
    assert (found.status, found.version, found.source_key) == (Status.PUBLISHED, 1, "register:0")
    assert "benefit" in found.missing


def test_a_worker_may_not_import(site: TestSite, make: Make) -> None:
    with pytest.raises(Forbidden):
        site.acting_as(make.account()).change(import_achievements, rows("甲"), Intake("register"))
    assert site.client(make.account()).get("/imports").status_code == 403


def test_officer_checks_imports_and_undoes_a_file(site: TestSite, make: Make) -> None:
    client = site.client(make.officer())

    batch = imported(site, client, publish="y")
    site.drain()
    page = client.get(f"/imports/{batch.id}").text
    assert (batch.created, batch.skipped, batch.refused, batch.number[:3]) == (2, 0, 0, "DR-")
    assert "备注" in page
    assert site.search("曳引轮").total == 1

    assert step(client, batch, "undo").status_code == 302
    undone = settled(site, batch.id, BatchStatus.UNDONE)
    assert site.search("曳引轮").total == 0, "withheld before the index follows"
    site.drain()
    assert (undone.kept, ids_in(site, "1", "2"), site.search("曳引轮").total) == (0, {}, 0)


def test_the_check_alone_brings_nothing_in(site: TestSite, make: Make) -> None:
    client = site.client(make.officer())
    batch = opened(site, upload(client, CSV))

    assert (batch.status, batch.rows, ids_in(site, "1", "2")) == (BatchStatus.CHECKED, 2, {})
    assert step(client, batch, "discard").status_code == 302
    assert step(client, batch, "run").status_code == 409


def test_faults_are_named_by_line_and_column_and_others_come_in(site: TestSite, make: Make) -> None:
    client = site.client(make.officer())
    bad = "id,title,kind,maturity,completed_on\n1,好的,process,5,2024-01-31\n2,,process,,\n3,坏的,魔法,12,2024-02-31\n1,又一次,,,\n,无号,,,\n"

    batch = imported(site, client, bad)
    page = client.get(f"/imports/{batch.id}").text
    sheet = client.get(f"/imports/{batch.id}/faults.xlsx").data
    marked = python_calamine.load_workbook(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()

    assert (batch.rows, batch.created, batch.refused) == (5, 1, 4)
    assert all(name in page for name in ("kind", "maturity", "completed_on"))
    assert len(marked) == 5
    assert "maturity" in str(marked[2][-1])


def test_all_or_nothing_means_nothing(site: TestSite, make: Make) -> None:
    client = site.client(make.officer())
    batch = opened(site, upload(client, "id,title\n1,好的\n2,\n", mode="whole"))

    answer = step(client, batch, "run")

    assert answer.status_code == 409
    assert ids_in(site, "1", "2") == {}


def test_what_was_edited_since_is_kept_and_listed(site: TestSite, make: Make) -> None:
    officer = make.officer()
    client = site.client(officer)
    batch = imported(site, client, publish="y")
    edited = ids_in(site, "1")["register:1"]
    site.system.change(withdraw_achievement, edited, 1)

    step(client, batch, "undo")
    undone = settled(site, batch.id, BatchStatus.UNDONE)

    assert (undone.kept, list(ids_in(site, "1", "2"))) == (1, ["register:1"])
    assert "防爆锂离子电池热失控预警" in client.get(f"/imports/{batch.id}").text


def test_another_units_officer_sees_no_batch(site: TestSite, make: Make) -> None:
    batch = opened(site, upload(site.client(make.officer("酒仙桥街道")), CSV))
    other = make.officer("望京街道")

    assert site.client(other).get(f"/imports/{batch.id}").status_code == 404
    assert site.acting_as(other).read(list_batches)[1] == 0
    with pytest.raises(NotFound):
        site.acting_as(other).read(get_batch, batch.id)


def test_all_three_forms_of_file_say_the_same(tmp_path: Path) -> None:
    texts = [("1", "=危险"), ("2", "二")]
    out = io.BytesIO()
    write_csv(out, ["id", "title"], texts)
    lines = "\n".join(json.dumps({"id": key, "title": title}, ensure_ascii=False) for key, title in texts)

    assert [row for _, row in read_table("a.jsonl", lines.encode()).rows] == [{"id": key, "title": title} for key, title in texts]
    assert [row["title"] for _, row in read_table("a.csv", "id,title\n1,甲\n".encode("gb18030")).rows] == ["甲"]
    assert read_table("a.csv", out.getvalue()).rows[0][1]["title"] == "'=危险", "no cell begins a formula"


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", b"no zip"), ("a.csv", b"a\x00b"), ("a.exe", b"MZ"), ("a.jsonl", b"[1]"), ("a.csv", b'"open\n')]
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Invalid):
        read_table(name, content)


def test_an_unreadable_upload_is_said_at_the_field(site: TestSite, make: Make) -> None:
    answer = upload(site.client(make.officer()), b"no zip", "a.xlsx")

    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text


@pytest.mark.parametrize("kind", ["achievement", "enterprise", "worker", "studio", "patent", "need"])
def test_a_template_names_columns_that_an_import_understands(site: TestSite, make: Make, kind: str) -> None:
    client = site.client(make.officer())
    sheet = client.get(f"/imports/templates/{kind}.xlsx")

    header, help_row = python_calamine.load_workbook(io.BytesIO(sheet.data)).get_sheet_by_index(0).to_python()[:2]
    answer = upload(client, sheet.data, f"{kind}.xlsx", kind=kind)

    assert str(help_row[0]).startswith("#")
    assert "id" in header
    batch = opened(site, answer)
    assert (batch.rows, "left out" in client.get(f"/imports/{batch.id}?lang=en").text) == (0, False)


def test_two_sends_of_one_upload_make_one_batch(site: TestSite, make: Make) -> None:
    officer: Actor = make.officer()
    client = site.client(officer)

    upload(client, CSV, key="once")
    upload(client, CSV, key="once")

    assert site.acting_as(officer).read(list_batches)[1] == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_choices_are_understood_in_both_languages_whatever_the_reader_speaks(site: TestSite, language: str) -> None:
    with site.app.test_request_context(headers={"Accept-Language": language}), speaking(language):
        kind = columns_of(KINDS["patent"].shape)["type"]
        assert kind.sent("实用新型") == kind.sent("Utility model") == Type.UTILITY_MODEL
        assert locale_code() == language, "what was spoken in between is over"
