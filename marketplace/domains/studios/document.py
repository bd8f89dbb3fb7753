"""What search sees of a studio: everything but its people, whose names have readers of their own."""

from marketplace.domains.studios.model import Studio
from marketplace.kernel.entity import node_properties
from marketplace.kernel.facets import field_path, only
from search.document import Document


def documents_of(studio: Studio) -> list[Document]:
    fields = dict.fromkeys(code for field in studio.fields for code in field_path(field))
    facets = only(
        kind=studio.KIND, field=tuple(fields), area=studio.area, provider=studio.enterprise_name,
        year=str(studio.named_on.year) if studio.named_on else "",
    )  # fmt: skip
    return [Document(
        key=studio.id, id=studio.id, kind=studio.KIND, version=studio.version, audience=node_properties(studio)["audience"],
        title=studio.name, summary=studio.summary, body="\n".join(part for part in (studio.equipment, studio.enterprise_name) if part),
        number=studio.number, facets=facets, published_at=studio.published_at,
    )]  # fmt: skip
