"""What search sees of a worker: the public card alone, for those who may read it. The guarded side is in no index."""

from marketplace.domains.workers.model import Worker
from marketplace.kernel.entity import node_properties
from marketplace.kernel.facets import field_path, only
from search.document import Document


def documents_of(worker: Worker) -> list[Document]:
    skills = tuple(one.skill for one in worker.skills)
    fields = tuple(dict.fromkeys(code for field in worker.fields for code in field_path(field)))
    return [Document(
        key=worker.id, id=worker.id, kind=worker.KIND, version=worker.version, audience=node_properties(worker)["audience"],
        title=worker.name, summary=worker.headline, body="\n".join((worker.headline, " ".join(skills), worker.enterprise_name)).strip(),
        number=worker.number, published_at=worker.published_at,
        facets=only(kind=worker.KIND, field=fields, area=worker.area, provider=worker.enterprise_name, occupation=worker.occupation,
                    level=worker.level or "", skill=skills),
    )]  # fmt: skip
