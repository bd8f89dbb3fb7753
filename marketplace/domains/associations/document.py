"""What search sees of an association: everything but its people, whose names have readers of their own."""

from marketplace.domains.associations.model import Association
from marketplace.kernel.entity import node_properties
from marketplace.kernel.facets import field_path, only
from search.document import Document


def documents_of(association: Association) -> list[Document]:
    fields = dict.fromkeys(code for field in association.fields for code in field_path(field))
    facets = only(
        kind=association.KIND, field=tuple(fields), area=association.area, provider=association.organisation_name,
        year=str(association.founded_on.year) if association.founded_on else "",
    )  # fmt: skip
    return [Document(
        key=association.id, id=association.id, kind=association.KIND, version=association.version,
        audience=node_properties(association)["audience"], title=association.name, summary=association.summary,
        body=association.organisation_name, number=association.number, facets=facets, published_at=association.published_at,
    )]  # fmt: skip
