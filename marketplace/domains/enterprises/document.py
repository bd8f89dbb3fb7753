"""What search sees of an enterprise. Contacts stay out of the index: nobody has to be found by their phone."""

from marketplace.domains.enterprises.model import Enterprise
from marketplace.kernel.entity import node_properties
from marketplace.kernel.facets import field_path, only
from search.document import Document


def documents_of(enterprise: Enterprise) -> list[Document]:
    fields = tuple(dict.fromkeys(code for field in enterprise.fields for code in field_path(field)))
    body = (enterprise.short_name, enterprise.name_en, enterprise.uscc or "", enterprise.summary)
    return [Document(
        key=enterprise.id, id=enterprise.id, kind=enterprise.KIND, version=enterprise.version,
        audience=node_properties(enterprise)["audience"], title=enterprise.name, summary=enterprise.summary,
        body="\n".join(part for part in body if part), number=enterprise.number, published_at=enterprise.published_at,
        facets=only(kind=enterprise.KIND, field=fields, area=enterprise.area),
    )]  # fmt: skip
