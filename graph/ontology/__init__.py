"""The map of the domain: every label, relation and property of the site, declared once."""

from graph.ontology.edges import EDGES
from graph.ontology.nodes import NODES
from graph.schema import Ontology

ONTOLOGY = Ontology(nodes=NODES, edges=EDGES)

__all__ = ["ONTOLOGY"]
