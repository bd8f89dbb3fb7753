"""An Elasticsearch that is busy, wrong, locked or silent. Only its answers are made up; TLS and keys have not met a real one."""

import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.elastic_layout import Layout
from search.elastic_server import READING, WRITING, Access, Patience, Server
from search.elastic_writer import ElasticWriter
from search.errors import DocumentRefused, SearchUnavailable
from search.index import open_index
from search.query import SearchQuery
from tests.search.conftest import PUBLIC, document
from tests.search.fake_server import Answer, Fake, fake_server

ACCESS = Access(api_key="kept-secret", prefix="fake")
BUSY = Answer(429, {"error": {"type": "es_rejected_execution_exception"}, "status": 429})
NOBODY = Answer(200, {"docs": []})
NO_HITS = Answer(200, {"hits": {"total": {"value": 0}, "hits": []}})


@pytest.fixture
def fake() -> Iterator[Fake]:
    with fake_server() as one:
        one.answers |= {"_mget": [NOBODY], "_search": [NO_HITS]}
        yield one


@pytest.fixture
def waited() -> list[float]:
    return []


@pytest.fixture
def writer(fake: Fake, waited: list[float]) -> ElasticWriter:
    server = Server(fake.url, ACCESS, sleep=waited.append)
    return ElasticWriter(server, Layout(server, ACCESS).alias)


def told(*statuses: int) -> Answer:
    """What a bulk says of each of its documents, d0, d1 …"""
    return Answer(200, {"errors": True, "items": [{"index": {"_id": f"d{n}", "status": status}} for n, status in enumerate(statuses)]})


def test_a_busy_server_is_asked_again_after_growing_pauses(fake: Fake, writer: ElasticWriter, waited: list[float]) -> None:
    fake.answers["_bulk"] = [BUSY, BUSY, told(201)]

    assert writer.put([document("d0")]) == 1

    assert fake.count("_bulk") == 3
    assert waited == list(WRITING.pauses[:2])


def test_a_server_that_stays_busy_is_given_up(fake: Fake, writer: ElasticWriter, waited: list[float]) -> None:
    fake.answers["_bulk"] = [BUSY]

    with pytest.raises(SearchUnavailable, match="429"):
        writer.put([document("d0")])
    assert waited == list(WRITING.pauses)


def test_only_those_without_a_place_in_the_queue_are_sent_again(fake: Fake, writer: ElasticWriter, waited: list[float]) -> None:
    again = Answer(200, {"errors": False, "items": [{"index": {"_id": "d1", "status": 201}}]})
    fake.answers["_bulk"] = [told(201, 429, 409), again]

    assert writer.put([document(f"d{n}") for n in range(3)]) == 2

    bodies = [body for path, _, body in fake.asked if "_bulk" in path]
    assert b'"d0"' in bodies[0]
    assert b'"d0"' not in bodies[1]
    assert b'"d1"' in bodies[1]
    assert waited == [WRITING.pauses[0]]


def test_documents_that_never_find_a_place_are_given_up(fake: Fake, writer: ElasticWriter, waited: list[float]) -> None:
    fake.answers["_bulk"] = [told(429)]

    with pytest.raises(SearchUnavailable, match="too busy"):
        writer.put([document("d0")])
    assert waited == list(WRITING.pauses)


def test_a_document_that_is_refused_is_named_and_the_others_stand(fake: Fake, writer: ElasticWriter) -> None:
    fake.answers["_bulk"] = [told(201, 400)]

    with pytest.raises(DocumentRefused, match=r"d1 \(400\)"):
        writer.put([document("d0"), document("d1")])


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Answer(401, {"error": "no"}), "does not let this API key in .401."),
        (Answer(403, {"error": "no"}), "does not let this API key in .403."),
        (Answer(200, {}, {}), "is no Elasticsearch"),
        (Answer(500, {"error": "no"}), "answers 500"),
    ],
)
def test_what_is_wrong_at_the_start_is_one_sentence_without_the_key(fake: Fake, answer: Answer, sentence: str) -> None:
    fake.answers["_mapping"] = [answer]

    with pytest.raises(SearchUnavailable, match=sentence) as error:
        open_index(fake.url.replace("//", "//name:word@"), Access(prefix="fake"))
    assert "word" not in str(error.value)


def test_the_key_goes_along_and_nothing_asks_for_the_root(fake: Fake) -> None:
    index = open_index(fake.url, ACCESS)
    index.search(SearchQuery("阀门", reader=PUBLIC))
    index.close()

    assert {headers["authorization"] for _, headers, _ in fake.asked} == {"ApiKey kept-secret"}
    assert all(path.startswith("/fake-search") for path, _, _ in fake.asked)
    assert "kept-secret" not in repr(ACCESS)


@pytest.mark.parametrize("url", ["ftp://host:1", "localhost:9200", "127.0.0.1:9200", "https://host", "http://host:x", "nowhere", "https://"])
def test_an_address_that_is_none_is_one_sentence(url: str) -> None:
    with pytest.raises(SearchUnavailable, match="https://host:9200"):
        open_index(url, ACCESS)


def test_nobody_at_the_address_is_one_sentence() -> None:
    with pytest.raises(SearchUnavailable, match=r"Elasticsearch at http://127.0.0.1:1 does not answer$"):
        open_index("http://127.0.0.1:1", ACCESS)


def test_a_silent_server_costs_a_reader_one_answers_time() -> None:
    waited: list[float] = []
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = Server(f"http://127.0.0.1:{silent.getsockname()[1]}", ACCESS, sleep=waited.append)
        with pytest.raises(SearchUnavailable, match="in time"):
            server.ask(lambda client: client.count(index="x"), Patience(0.2, READING.pauses))
    assert waited == []


def test_a_ca_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SearchUnavailable, match=r"CA file .* is not there"):
        open_index("https://127.0.0.1:1", Access(ca_file=str(tmp_path / "none.pem")))


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """Signed by itself for 127.0.0.1."""
    made = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=fake", "-addext", "subjectAltName=IP:127.0.0.1",
         "-out", made[0], "-keyout", made[1]],
        check=True, capture_output=True,
    )  # fmt: skip
    return made


@pytest.mark.parametrize("trusted", [True, False])
def test_a_certificate_is_believed_only_where_the_ca_file_says_so(certificate: tuple[Path, Path], trusted: bool) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with fake_server(context) as fake:
        access = Access(ca_file=str(certificate[0]) if trusted else "", prefix="fake")
        if trusted:
            open_index(fake.url, access).close()
        else:
            with pytest.raises(SearchUnavailable, match="is not trusted; ELASTICSEARCH_CA_FILE"):
                open_index(fake.url, access)
