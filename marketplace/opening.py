"""Opens and closes what the site runs on: the same for the web, the command line, the demo and the tests."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial

from obstore.store import LocalStore

from graph.connection import Graph, open_graph
from graph.constraints import apply_constraints
from graph.copying.store import is_empty
from graph.embedded import start_embedded
from graph.errors import GraphError
from graph.migrations import run_migrations
from graph.ontology import ONTOLOGY
from graph.person_keys import try_keys
from graph.vault import Locked, Vault, open_vault
from graph.watch import Watch
from marketplace.config import Settings
from marketplace.deadlines import rooms_of
from marketplace.domains.vocabulary.repository import read_synonyms, read_version
from marketplace.kernel.clock import Clock, SystemClock
from marketplace.kernel.files import FileStore
from marketplace.kernel.permissions import SYSTEM
from marketplace.kernel.rooms import Room
from marketplace.kernel.vocabulary import Vocabulary
from marketplace.processes.erasure.service import keep_list
from marketplace.relay.alerting import Alerting
from marketplace.relay.analysing import Analysing
from marketplace.relay.announcing import Announcing
from marketplace.relay.archiving import Archiving
from marketplace.relay.beside import Beside, Daily
from marketplace.relay.checking import Checking
from marketplace.relay.closing import Closing
from marketplace.relay.digests import Digesting
from marketplace.relay.mailing import Mailing
from marketplace.relay.relay import Relay
from marketplace.relay.repairing import Repairing
from marketplace.relay.sweeping import Sweeping
from marketplace.web.site import Site
from search.embedding import Embedding
from search.index import Access, Index, open_index


def build_site(settings: Settings, graph: Graph, index: Index, clock: Clock) -> Site:
    """From engines that are open already. The relay has no thread yet: `site.relay.start()` or `.drain()`."""
    graph.vault = vault_of(settings)
    rooms = rooms_of(settings)
    vocabulary = Vocabulary(graph, read_version, read_synonyms)
    files = open_files(settings)
    relay = Relay(graph, index, rooms, clock, beside_of(settings, graph, files, clock, rooms, vocabulary))
    return Site(settings, graph, index, files, clock, rooms, relay, vocabulary)


def beside_of(settings: Settings, graph: Graph, files: FileStore, clock: Clock, rooms: dict[str, Room], vocabulary: Vocabulary) -> list[Beside]:
    """What whoever leads does in threads of its own, by name."""
    mailing, digesting, announcing = Mailing(graph, settings, rooms, clock), Digesting(graph, clock), Announcing(graph, clock)
    checking, analysing, closing = Checking(graph, files, clock), Analysing(graph, clock), Closing(graph, clock)
    alerting, repairing = Alerting(graph, rooms, vocabulary, clock), Repairing(graph, rooms, clock)
    archiving = Daily(clock, Archiving(graph, files, clock, settings.audit_days).carry_out)
    sweeping = Daily(clock, Sweeping(graph, files, clock, settings.removed_file_days).carry_out)
    listing = Daily(clock, partial(keep_list, graph, settings.erased_list))
    return [
        Beside("announcements", announcing.is_due, announcing.carry_out), Beside("digests", digesting.is_due, digesting.carry_out),
        Beside("mail", mailing.is_due, mailing.carry_out), Beside("audit", checking.is_due, checking.carry_out),
        Beside("analysis", analysing.is_due, analysing.carry_out), Beside("archive", archiving.is_due, archiving.carry_out),
        Beside("erased people", listing.is_due, listing.carry_out), Beside("alerts", alerting.is_due, alerting.carry_out),
        Beside("auctions", closing.is_due, closing.carry_out), Beside("repairs", repairing.is_due, repairing.carry_out),
        Beside("removed files", sweeping.is_due, sweeping.carry_out),
    ]  # fmt: skip


def vault_of(settings: Settings) -> Vault:
    """Raises Locked, in words for an operator."""
    try:
        return open_vault(settings.master_keys, settings.personal_cipher)
    except (OSError, ValueError) as error:
        raise Locked(f"the master keys of personal values can't be read: {error}") from error


def open_files(settings: Settings) -> FileStore:
    folder = settings.data / "files"
    folder.mkdir(exist_ok=True)
    return FileStore(LocalStore(str(folder)))


@contextmanager
def open_site(settings: Settings, clock: Clock | None = None) -> Iterator[Site]:
    """Raises StartFailed, Unavailable, SearchUnavailable, and Locked for master keys of another store. Constraints and migrations are in
    place when it yields."""
    with ExitStack() as opened:
        index = open_search(settings)
        opened.callback(index.close)
        graph = opened.enter_context(open_store(settings))
        apply_constraints(graph, ONTOLOGY)
        if not index.is_filled and graph.read(is_empty, reader=(SYSTEM,), patience=15):
            index.note_filled()
        graph.read(try_keys, reader=(SYSTEM,), patience=15)
        run_migrations(graph)
        site = build_site(settings, graph, index, clock or SystemClock())
        opened.callback(site.relay.close)
        yield site


def open_search(settings: Settings) -> Index:
    """An Elasticsearch where one is named, else the index of the data folder. Raises SearchUnavailable."""
    embedding = Embedding(settings.embedding_model) if settings.embedding_model else None
    if not settings.elasticsearch_url:
        return open_index(str(settings.data / "index"), embedding=embedding)
    key = settings.elasticsearch_api_key.get_secret_value()
    access = Access(key, settings.elasticsearch_ca_file, settings.elasticsearch_prefix, settings.elasticsearch_replicas)
    return open_index(settings.elasticsearch_url, access, embedding)


@contextmanager
def open_store(settings: Settings) -> Iterator[Graph]:
    """A Neo4j where one is named, else the embedded engine of the data folder, started or joined."""
    with ExitStack() as opened:
        if settings.neo4j_uri:
            graph = open_graph(
                settings.neo4j_uri,
                user=settings.neo4j_user,
                password=settings.neo4j_password.get_secret_value(),
                database=settings.neo4j_database or None,
            )
        else:
            running = start_embedded(settings.data / "graph")
            opened.callback(Watch(running).close)
            graph = open_graph(running.url, user=running.user, password=running.password)
        opened.callback(close_quietly, graph)
        graph.vault = vault_of(settings)
        yield graph


def close_quietly(graph: Graph) -> None:
    with suppress(GraphError):
        graph.close()
