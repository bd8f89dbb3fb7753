"""What is called otherwise is found by what it means, under the same rules as everything else; without a model nothing changes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.document import Document
from search.embedding import Embedding
from search.errors import SearchUnavailable
from search.index import Index, open_index
from search.matching import terms_of_need
from search.tantivy_vectors import LINES, MATRIX, WASTE, VectorFile
from tests.engines import ACCESS, ELASTICSEARCH, remove_indices
from tests.search.conftest import OFFICER, PUBLIC, document

MODEL = Path(__file__).parent / "model"
Open = Callable[[], Index]


@pytest.fixture(scope="module")
def embedding() -> Embedding:
    return Embedding(MODEL)


@pytest.fixture
def open_meaning(engine_name: str, tmp_path: Path, embedding: Embedding) -> Iterator[Open]:
    if engine_name == "tantivy":
        yield lambda: open_index((tmp_path / "meaning").as_uri(), embedding=embedding)
        return
    yield lambda: open_index(ELASTICSEARCH, ACCESS, embedding)
    remove_indices()


@pytest.fixture
def index(open_meaning: Open) -> Iterator[Index]:
    opened = open_meaning()
    yield opened
    opened.close()


def put(index: Index, *documents: Document) -> None:
    index.put(documents)
    index.commit()


def ranked(index: Index, text: str, reader: tuple[str, ...] = PUBLIC, without: frozenset[str] = frozenset()) -> list[str]:
    return [hit.id for hit in index.rank(terms_of_need(text, "", index.asked_in), reader, ("achievement",), 10, without, meaning=text)]


WORKS = (document("battery", "电池检测"), document("robot", "焊接机器人"), document("pump", "水泵"))


def test_what_has_no_word_in_common_is_found_by_its_meaning(index: Index) -> None:
    put(index, *WORKS)

    assert ranked(index, "蓄能检测")[0] == "battery"
    assert [hit.id for hit in index.alike("蓄能", PUBLIC)] == ["battery"]


def test_without_a_meaning_the_words_decide_alone(index: Index) -> None:
    put(index, *WORKS)

    assert [hit.id for hit in index.rank(terms_of_need("蓄能", "", index.asked_in), PUBLIC, (), 10)] == []


def test_meaning_shows_nothing_beyond_what_the_reader_may_see(index: Index) -> None:
    put(index, document("hidden", "电池", audience=("officer:jiuxianqiao",)), *WORKS)

    assert next(iter(index.alike("蓄能", OFFICER))).id == "hidden"
    assert "hidden" not in ranked(index, "蓄能") + [hit.id for hit in index.alike("蓄能", PUBLIC)]
    assert "hidden" not in ranked(index, "蓄能", OFFICER, frozenset({"hidden"}))


def test_the_guarded_face_is_found_by_its_own_meaning_once(index: Index) -> None:
    put(index, document("one", "水泵"), document("one", "电池", guarded=True, audience=("officer:jiuxianqiao",)))

    assert [hit.id for hit in index.alike("蓄能", OFFICER)] == ["one"]
    assert index.alike("蓄能", PUBLIC) == []


def test_a_changed_text_has_a_changed_meaning_and_what_is_deleted_none(index: Index, open_meaning: Open) -> None:
    put(index, *WORKS)
    put(index, document("battery", "水泵", version=2), document("robot", "电池", version=2))
    index.delete(["pump"], 2)
    index.commit()

    for one in (index, open_meaning()):
        assert [hit.id for hit in one.alike("蓄能", PUBLIC)] == ["robot"]
        assert next(iter(one.alike("水泵", PUBLIC))).id == "battery"
        assert "pump" not in [hit.id for hit in one.alike("水泵", PUBLIC)]


def test_a_rebuilt_index_has_its_meanings(index: Index) -> None:
    put(index, *WORKS)
    following = index.begin_next()
    following.put(WORKS[:2])
    following.show()

    assert [hit.id for hit in index.alike("蓄能", PUBLIC)] == ["battery"]


def test_another_model_makes_an_index_that_fills_itself(index: Index, engine_name: str, tmp_path: Path) -> None:
    put(index, *WORKS)
    index.note_filled()
    index.close()

    without = open_index((tmp_path / "meaning").as_uri()) if engine_name == "tantivy" else open_index(ELASTICSEARCH, ACCESS)

    assert (without.is_filled, without.count(), without.alike("电池", PUBLIC)) == (False, 0, [])
    without.close()


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
def test_a_folder_without_a_model_is_told_in_a_sentence(tmp_path: Path, missing: str) -> None:
    for name in {"model.onnx", "tokenizer.json"} - {missing}:
        (tmp_path / name).write_bytes((MODEL / name).read_bytes())

    with pytest.raises(SearchUnavailable, match="EMBEDDING_MODEL must name a folder with one"):
        Embedding(tmp_path)


def test_a_broken_model_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"no model")
    (tmp_path / "tokenizer.json").write_bytes((MODEL / "tokenizer.json").read_bytes())

    with pytest.raises(SearchUnavailable, match="can't be used"):
        Embedding(tmp_path)


def nearest(vectors: VectorFile, embedding: Embedding) -> list[str]:
    return [key for _, key in vectors.nearest(embedding.of("蓄能"))]


def test_what_a_killed_writer_left_half_is_cut_off(tmp_path: Path, embedding: Embedding) -> None:
    VectorFile(tmp_path, embedding).add(WORKS)
    for name, half in ((MATRIX, b"\x00" * 40), (LINES, b"robot\tabc")):
        with (tmp_path / name).open("ab") as file:
            file.write(half)

    mended = VectorFile(tmp_path, embedding)
    mended.add([document("late", "蓄能")])

    assert nearest(mended, embedding)[:2] == nearest(VectorFile(tmp_path, embedding), embedding)[:2] == ["late", "battery"]


def test_a_text_that_did_not_change_is_not_written_again(tmp_path: Path, embedding: Embedding) -> None:
    vectors = VectorFile(tmp_path, embedding)
    vectors.add(WORKS)
    size = (tmp_path / MATRIX).stat().st_size
    vectors.add(document(one.id, one.title, version=9) for one in WORKS)

    assert (tmp_path / MATRIX).stat().st_size == size


def test_rows_that_were_replaced_are_packed_by_the_next_writer(tmp_path: Path, embedding: Embedding) -> None:
    reader, writer = VectorFile(tmp_path, embedding), VectorFile(tmp_path, embedding)
    writer.add(document("battery", f"水泵{number}") for number in range(WASTE + 9))
    writer.add(WORKS)
    assert nearest(reader, embedding)[0] == "battery"

    VectorFile(tmp_path, embedding).add([document("late", "焊接")])

    lines = (tmp_path / LINES).read_text(encoding="utf-8").count("\n")
    assert lines == 4
    assert nearest(reader, embedding)[0] == "battery"
