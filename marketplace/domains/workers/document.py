"""What search sees of a worker: the public card as the person agreed to it, and beside it the whole one for whoever is inside, where
anything is kept back. The numbers of the guarded side are in no index."""

from dataclasses import replace

from marketplace.domains.workers.model import ALIVE, Worker
from marketplace.kernel.consent import Part, parts_of
from marketplace.kernel.entity import node_properties
from marketplace.kernel.facets import field_path, only
from marketplace.kernel.skill_levels import Level, rank_of
from search.document import GUARDED, Document


def documents_of(worker: Worker) -> list[Document]:
    """None of somebody who was merged into another, or erased."""
    if worker.status not in ALIVE:
        return []
    tokens, public = node_properties(worker), as_shown(worker)
    guarded = [_face(worker, worker.id + GUARDED, tokens["guarded_audience"])] if public != worker else []
    return [_face(public, worker.id, tokens["audience"]), *guarded]


def as_shown(worker: Worker) -> Worker:
    """Without the parts that the person keeps back: what readers of the public card have; never to be saved."""
    shown = parts_of(worker.concealed)
    if Part.SKILLS not in shown:
        worker = replace(worker, level=None, occupation="", skills=(), fields=())
    if Part.WORKS not in shown:
        worker = replace(worker, works=0)
    if Part.EMPLOYER not in shown:
        worker = replace(worker, enterprise_id="", enterprise_name="", organisation_name="", jobs=())
    return worker


def _face(worker: Worker, key: str, audience: tuple[str, ...]) -> Document:
    skills = tuple(one.skill for one in worker.skills)
    fields = tuple(dict.fromkeys(code for field in worker.fields for code in field_path(field)))
    ranked = {f"skill_{rank}": tuple(one.skill for one in worker.skills if rank_of(one.level) >= rank) for rank in range(1, len(Level) + 1)}
    return Document(
        key=key, id=worker.id, kind=worker.KIND, version=worker.version, audience=audience, title=worker.name, summary=worker.headline,
        body="\n".join((worker.headline, " ".join(skills), worker.enterprise_name, " ".join(worker.other_numbers))).strip(),
        number=worker.number, published_at=worker.published_at, works=worker.works, rank=rank_of(worker.level),
        facets=only(kind=worker.KIND, field=fields, area=worker.area, provider=worker.enterprise_name, occupation=worker.occupation,
                    level=worker.level or "", skill=skills, availability=worker.offers, **ranked),
    )  # fmt: skip
