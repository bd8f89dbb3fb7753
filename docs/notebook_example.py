"""A notebook for analysts, in cells: it only reads. Open it in Jupyter (jupytext), VS Code or Spyder, or run it as a script.

NEO4J_URI (with NEO4J_USER, NEO4J_PASSWORD, NEO4J_DATABASE) names the store; without it, the embedded one of DATA_DIR is joined.
"""

# %% Open the store
import os
from pathlib import Path

from graph.embedded import start_embedded, stop_embedded
from graph.notebook import open_notebook

running = None
if uri := os.environ.get("NEO4J_URI"):
    user, password = os.environ.get("NEO4J_USER", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
    graph = open_notebook(uri, user=user, password=password, database=os.environ.get("NEO4J_DATABASE") or None)
else:
    running = start_embedded(Path(os.environ.get("DATA_DIR", "data")) / "graph")
    graph = open_notebook(running.url, user=running.user, password=running.password, database="jiangchuang")

# %% Who works with whom: two people, and how many public achievements they completed together
TOGETHER = """
MATCH (one:Worker)-[:CONTRIBUTED_TO]->(a:Achievement)<-[:CONTRIBUTED_TO]-(other:Worker)
WHERE one.id < other.id AND 'public' IN a.audience
RETURN one.name AS one, other.name AS other, count(DISTINCT a) AS achievements
ORDER BY achievements DESC, one, other LIMIT 20
"""
together = graph.run(TOGETHER).data()
print("Who works with whom")
for row in together:
    print(f"  {row['one']} and {row['other']}: {row['achievements']}")

# %% The skills that most people hold
SKILLS = """
MATCH (w:Worker)-[:HAS_SKILL]->(s:Skill)
RETURN s.zh AS skill, count(DISTINCT w) AS people
ORDER BY people DESC, skill LIMIT 20
"""
skills = graph.run(SKILLS).data()
print("Most held skills")
for row in skills:
    print(f"  {row['skill']}: {row['people']}")

# %% How two people are connected: those who stand on the shortest path over studios and achievements, whether these are public or not
ENDS = "MATCH (w:Worker)-[:CONTRIBUTED_TO]->(:Achievement) WITH DISTINCT w ORDER BY w.id RETURN collect(w.id) AS ids"
PATH = """
MATCH (a:Worker {id: $one}), (b:Worker {id: $other})
MATCH path = shortestPath((a)-[:CONTRIBUTED_TO|MEMBER_OF|LEADS|PRODUCED_BY*..8]-(b))
RETURN [n IN nodes(path) WHERE n:Worker | n.name] AS names
"""
ids = graph.evaluate(ENDS) or []
names = graph.evaluate(PATH, one=ids[0], other=ids[-1]) if len(ids) > 1 else None
print("A shortest path")
print(f"  {' - '.join(names)}" if names else "  these two are not connected")

# %% Leave the store; the embedded one stops when nobody else uses it
if running:
    stop_embedded(running)
