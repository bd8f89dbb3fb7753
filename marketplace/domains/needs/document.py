"""What search sees of a need: the public face, and for a confidential one the whole for whom it is meant."""

from datetime import UTC, datetime, time

from marketplace.domains.needs.model import Need, Visibility
from marketplace.kernel.entity import node_properties
from marketplace.kernel.facets import field_path, only
from marketplace.kernel.money import band_of
from search.document import GUARDED, Document


def documents_of(need: Need) -> list[Document]:
    stored = node_properties(need)
    public = _face(need, need.id, stored["audience"], need.visibility is not Visibility.CONFIDENTIAL)
    guarded = [_face(need, need.id + GUARDED, stored["guarded_audience"], True)] if need.visibility is Visibility.CONFIDENTIAL else []
    return [public, *guarded]


def _face(need: Need, key: str, audience: tuple[str, ...], whole: bool) -> Document:
    figures = (f"{one.name} {one.target}{one.unit}" for one in need.figures)
    inside = (need.problem, " ".join(figures), " ".join(need.skills)) if whole else ()
    facets = only(
        kind=need.KIND, field=field_path(need.field), area=need.area, skill=need.skills if whole else (),
        price_band=band_of(need.budget_high_fen if need.budget_high_fen is not None else need.budget_low_fen) if whole else "",
        provider="" if need.is_anonymous else need.enterprise_name, year=str(need.published_at.year) if need.published_at else "",
    )  # fmt: skip
    return Document(
        key=key, id=need.id, kind=need.KIND, version=need.version, audience=audience, title=need.title, summary=need.abstract,
        body="\n".join(part for part in (need.abstract, *inside) if part), number=need.number, facets=facets,
        published_at=need.published_at, ending_at=midnight(need), asks=True,
    )  # fmt: skip


def midnight(need: Need) -> datetime | None:
    """The deadline as a moment, for the order by what ends soon."""
    return datetime.combine(need.deadline, time.max, UTC) if need.deadline else None
