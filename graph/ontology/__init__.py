"""The map of the domain: every label, relation and property of the site, declared once."""

from graph.ontology.edges import EDGES
from graph.ontology.market import MARKET_EDGES, MARKET_NODES
from graph.ontology.nodes import NODES
from graph.schema import Ontology

ONTOLOGY = Ontology(nodes=(*NODES, *MARKET_NODES), edges=(*EDGES, *MARKET_EDGES))

__all__ = ["ONTOLOGY"]
