"""What is uploaded is what its name says, small when it is opened, and never runs; bombs are opened in a process of their own, which is measured."""

import io
import json
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from marketplace.kernel.errors import Invalid
from marketplace.kernel.files import KINDS, checked_file, plain_name
from tests.security.bombs import BOMBS, GOOD, HOSTILE, MEGABYTE, book, cells, jpeg, letter
from tests.security.digests import differences, state_of
from tests.security.world import build_world
from tests.site import TestSite

ROOT = Path(__file__).parents[2]
MOST_MEGABYTES = 100
"""Beyond the file itself and the libraries."""
TABLE_MEGABYTES = 600
"""For the largest table that is taken, read to its end."""
MOST_SECONDS = 60
TRUSTED = ("picture of 400 million points", "packed 400 MB", "packed 400 MB in a letter", "two cells, far apart", "one text in every cell")
CEILING = 3 * 1024 * MEGABYTE
Made = tuple[str, Callable[[], bytes]]


def opened(made: Made, folder: Path, how: str = "guarded") -> dict[str, Any]:
    """What its process said; one that died of too much says so."""
    name, build = made
    place = folder / "sent"
    place.write_bytes(build())
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.opener", name, str(place), how], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (CEILING, CEILING)),
    )  # fmt: skip
    if done.returncode:
        return {"said": "died", "megabytes": CEILING / MEGABYTE, "seconds": 0, "why": done.stderr[-300:]}
    said: dict[str, Any] = json.loads(done.stdout)
    return said | {"sent": place.stat().st_size}


QUICK = ("two cells, far apart", "deep letter", "a billion laughs", "ten to the fortieth pages", "pages in a ring", "picture just over the limit")


@pytest.mark.parametrize("made", [pytest.param(made, id=name, marks=() if name in QUICK else pytest.mark.slow) for name, made in BOMBS.items()])
def test_a_bomb_is_refused_with_little_memory(made: Made, tmp_path: Path) -> None:
    said = opened(made, tmp_path)
    print(said)
    assert said["said"] == "refused", said
    assert said["megabytes"] <= MOST_MEGABYTES
    assert said["seconds"] <= MOST_SECONDS


@pytest.mark.slow
def test_the_largest_table_that_is_taken_stays_within_bounds(tmp_path: Path) -> None:
    said = opened(("a.xlsx", lambda: book(cells("A1", "AD100000"))), tmp_path)
    print(said)
    assert said["said"] == "taken"
    assert said["megabytes"] <= TABLE_MEGABYTES


@pytest.mark.slow
@pytest.mark.parametrize("name", TRUSTED)
def test_control_whoever_trusts_them_is_blown_up(name: str, tmp_path: Path) -> None:
    said = opened(BOMBS[name], tmp_path, "trusting")
    print(said)
    assert said["said"] == "died" or said["megabytes"] > MOST_MEGABYTES


@pytest.mark.parametrize("made", HOSTILE.values(), ids=HOSTILE)
def test_what_is_not_what_its_name_says_or_would_run_is_refused(made: Made) -> None:
    name, build = made
    with pytest.raises(Invalid):
        checked_file(name, build())


@pytest.mark.parametrize("made", GOOD.values(), ids=GOOD)
def test_control_good_files_are_taken(made: Made) -> None:
    name, build = made
    assert checked_file(name, build()).content


def test_every_kind_that_is_taken_is_tried() -> None:
    assert {Path(name).suffix.lower() for name, _ in GOOD.values()} == set(KINDS)


@pytest.mark.parametrize("ending", KINDS)
def test_noise_under_any_allowed_ending_is_refused(ending: str) -> None:
    for head in (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"):
        with pytest.raises(Invalid):
            checked_file(f"a{ending}", head + b"\x00\xff\xfe\x80" * 500)


@pytest.mark.parametrize("made", GOOD.values(), ids=GOOD)
def test_a_file_cut_or_changed_anywhere_is_taken_or_refused_and_nothing_else(made: Made) -> None:
    """Whatever a parser raises is a message at the field, never a fault of ours."""
    name, build = made
    whole = build()
    step = max(1, len(whole) // 60)
    for at in range(0, len(whole), step):
        for sent in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
            with suppress(Invalid):
                checked_file(name, sent)


def with_hidden(form: str) -> bytes:
    """A picture that says where it was taken and carries a page behind its end."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret-place"
    exif[0x0112] = 6
    Image.new("RGB", (40, 20), "red").save(out, form, exif=exif, icc_profile=b"secret-profile" * 10)
    return out.getvalue() + b"<script>secret-tail</script>"


@pytest.mark.parametrize(("name", "form"), [("a.jpg", "JPEG"), ("a.png", "PNG")])
def test_a_picture_is_drawn_anew_upright_and_without_what_hid_in_it(name: str, form: str) -> None:
    sent = with_hidden(form)
    assert all(word in sent for word in (b"secret-tail", b"secret-place" if form == "JPEG" else b"secret-tail"))
    kept = checked_file(name, sent).content
    assert b"secret" not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, picture.size) == (form, (20, 40))
        assert not picture.getexif()
        assert "icc_profile" not in picture.info


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"), ("C:\\x\\报告.pdf", "报告.pdf"), ("a\u202efdp.txt", "afdp.txt"),
        ("a\r\nSet-Cookie: b.txt", "aSet-Cookie: b.txt"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"), ("a.txt/", "a.txt"), ("\x00.txt", ".txt"),
    ],
)  # fmt: skip
def test_a_name_is_plain_and_keeps_its_ending(sent: str, kept: str) -> None:
    assert plain_name(sent) == kept


def test_a_sheet_with_coloured_but_empty_cells_far_away_is_a_small_sheet() -> None:
    sheet = cells("A1", "B2").replace("</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>')
    assert checked_file("a.xlsx", book(sheet)).content


def test_a_part_that_stands_twice_is_refused() -> None:
    out = io.BytesIO(letter())
    with zipfile.ZipFile(out, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr("word/document.xml", "<other/>")
    with pytest.raises(Invalid):
        checked_file("a.docx", out.getvalue())


def test_an_encrypted_part_is_refused() -> None:
    changed = bytearray(letter())
    changed[changed.rindex(b"word/document.xml") - 46 + 8] |= 1
    with pytest.raises(Invalid):
        checked_file("a.docx", bytes(changed))


@pytest.mark.slow
def test_whoever_sends_it_is_told_which_file_and_why_and_nothing_is_kept(site: TestSite) -> None:
    world = build_world(site)
    work = world.things["achievement"].id
    before = state_of(site.graph)
    for name, build in (HOSTILE["program"], BOMBS["two cells, far apart"], BOMBS["a billion laughs"]):
        answer = world.client("owner").post(f"/achievements/{work}/files", data={"file": (io.BytesIO(build()), name), "access": "makers"})
        assert answer.status_code == 422
        assert f"{name} " in answer.text
        assert "Traceback" not in answer.text
    assert differences(before, state_of(site.graph)) == []


@pytest.mark.slow
def test_what_was_taken_is_a_download_and_never_a_page(site: TestSite) -> None:
    world = build_world(site)
    path = f"/achievements/{world.things['achievement'].id}/files/{world.files['openfile']}"
    answer = world.client("owner").get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/octet-stream")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_photograph_of_a_usual_camera_is_taken() -> None:
    assert checked_file("a.jpg", jpeg(5_000)).media_type == "image/jpeg"
