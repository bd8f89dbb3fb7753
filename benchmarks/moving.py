"""How long `marketplace restore` takes to fill an empty store: a copy of made-up content, looked at and put in as the command does it.

`python -m benchmarks.moving [--nodes 100000] [--relations 500000] [--wipe]`: into the embedded engine, or into the Neo4j of NEO4J_URI, which must be
empty (`--wipe` empties it first). Files and the index are not part of it.
"""

import argparse
import os
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from benchmarks.made_up_graph import RELATIONS, ids_of, node_rows, relation_rows
from benchmarks.stores import empty_graph, store_of_environment
from graph.connection import Graph
from graph.copying.lines import sum_of, writing
from graph.copying.manifest import FORMAT, NODES, Manifest, digest_of_map
from graph.copying.manifest import RELATIONS as RELATIONS_FILE
from graph.copying.proving import Proof
from graph.copying.putting import put_nodes, put_relations
from graph.copying.rows import CopiedNode, CopiedRelation, plain
from graph.ontology import ONTOLOGY


def write_copy(folder: Path, nodes: int, relations: int) -> Manifest:
    """As `marketplace backup` lays it down."""
    ids = ids_of(nodes)
    with writing(folder / NODES) as written_nodes:
        for label, keys in ids.items():
            for row in node_rows(label, keys):
                written_nodes.write(CopiedNode(label, row["id"], plain(row)))
    with writing(folder / RELATIONS_FILE) as written:
        for kind in RELATIONS:
            source, type, target = kind
            for row in relation_rows(ids, kind, relations):
                written.write(CopiedRelation(source, row["a"], type, target, row["b"], row["properties"]))
    sums = {name: sum_of(folder / name) for name in (NODES, RELATIONS_FILE)}
    return Manifest(FORMAT, datetime.now(UTC), "made up", digest_of_map(ONTOLOGY), written_nodes.count, written.count, 0, 0, sums)


def timed(words: str, count: int, work: Callable[[], None]) -> None:
    began = perf_counter()
    work()
    seconds = perf_counter() - began
    print(f"{words}: {count} in {seconds:.1f} s, {count / seconds:.0f} a second", flush=True)


def fill(graph: Graph, proof: Proof) -> None:
    """The steps of the command, in its order."""
    made = proof.manifest
    timed("rows looked at", made.nodes + made.relations, proof.hold)
    timed("nodes put in", made.nodes, lambda: put_nodes(graph, ONTOLOGY, proof.nodes(), lambda _count: None))
    timed("relations put in", made.relations, lambda: put_relations(graph, ONTOLOGY, proof.relations(), lambda _count: None))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.moving")
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--relations", type=int, default=500_000)
    parser.add_argument("--wipe", action="store_true", help="empty the Neo4j of NEO4J_URI first")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, store_of_environment() as store, empty_graph(store, wiping=asked.wipe) as graph:
        proof = Proof(Path(folder), write_copy(Path(folder), asked.nodes, asked.relations), ONTOLOGY)
        print(f"{store.name}, load average {os.getloadavg()[0]:.1f}", flush=True)
        fill(graph, proof)
        print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
