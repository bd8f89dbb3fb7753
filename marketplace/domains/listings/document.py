"""What search sees of a listing."""

from datetime import UTC, datetime, time

from marketplace.domains.listings.model import Listing
from marketplace.kernel.entity import node_properties
from marketplace.kernel.facets import field_path, only
from search.document import Document


def documents_of(listing: Listing) -> list[Document]:
    facets = only(
        kind=listing.KIND, field=field_path(listing.field), area=listing.area, contract_kind=listing.contract_kind, price_band=listing.band,
        provider="" if listing.offerer.kind == "worker" else listing.offerer.name, has_patent="yes" if listing.has_patent else "no",
        year=str(listing.published_at.year) if listing.published_at else "",
    )  # fmt: skip
    return [Document(
        key=listing.id, id=listing.id, kind=listing.KIND, version=listing.version, audience=node_properties(listing)["audience"],
        title=listing.title, summary=listing.benefit, body="\n".join(part for part in (listing.benefit, listing.summary, listing.region) if part),
        number=listing.number, facets=facets, published_at=listing.published_at, used=listing.used,
        ending_at=datetime.combine(listing.valid_until, time.max, UTC) if listing.valid_until else None,
    )]  # fmt: skip
