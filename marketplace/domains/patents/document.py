"""What search sees of a patent: found by its number with and without the dot, by its people's names as registered."""

from marketplace.domains.patents.model import Patent
from marketplace.kernel.entity import node_properties
from marketplace.kernel.facets import field_path, only
from search.document import Document


def documents_of(patent: Patent) -> list[Document]:
    body = (patent.summary, patent.ipc, patent.applicant, " ".join(patent.inventor_names), patent.patent_number.replace(".", ""))
    facets = only(
        kind=patent.KIND, field=field_path(patent.field), area=patent.area, provider=patent.applicant or _owner(patent), has_patent="yes",
        year=str(patent.filed_on.year) if patent.filed_on else "",
    )  # fmt: skip
    return [Document(
        key=patent.id, id=patent.id, kind=patent.KIND, version=patent.version, audience=node_properties(patent)["audience"],
        title=patent.title, summary=patent.summary, body="\n".join(part for part in body if part), number=patent.patent_number,
        facets=facets, published_at=patent.published_at,
    )]  # fmt: skip


def _owner(patent: Patent) -> str:
    """A person's name has readers of its own."""
    return "" if patent.owner.kind == "worker" else patent.owner.name
