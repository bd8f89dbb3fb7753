"""What search sees of an achievement."""

from marketplace.domains.achievements.model import Achievement
from marketplace.kernel.entity import node_properties
from marketplace.kernel.facets import field_path, only
from search.document import Document


def documents_of(achievement: Achievement) -> list[Document]:
    body = (achievement.benefit, achievement.title_en, achievement.summary, achievement.conditions, " ".join(achievement.skills))
    facets = only(
        kind=achievement.KIND, field=field_path(achievement.field), area=achievement.area, achievement_kind=achievement.kind,
        maturity=f"{achievement.maturity_scale}{achievement.maturity}" if achievement.maturity else "",
        provider=achievement.studio_name or achievement.enterprise_name, has_patent="yes" if achievement.patents else "no",
        in_use="yes" if achievement.adopters else "no", skill=achievement.skills,
        year=str(achievement.published_at.year) if achievement.published_at else "",
    )  # fmt: skip
    return [Document(
        key=achievement.id, id=achievement.id, kind=achievement.KIND, version=achievement.version,
        audience=node_properties(achievement)["audience"], title=achievement.title, summary=achievement.benefit,
        body="\n".join(part for part in body if part), number=achievement.number, facets=facets, published_at=achievement.published_at,
        used=achievement.adopters,
    )]  # fmt: skip
