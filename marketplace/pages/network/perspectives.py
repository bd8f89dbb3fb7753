"""Which relations a picture begins with: few, by what one looks for. Data, so that another view is a line here."""

from marketplace.kernel.actor import Actor
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permissions import ENTERPRISE_USER

PEOPLE, TECHNOLOGY, MARKET = "people", "technology", "market"
LENSES: dict[str, Label] = {
    PEOPLE: label("People and where they work"), TECHNOLOGY: label("Technology and where it is used"), MARKET: label("Needs and offers"),
}  # fmt: skip
FIRST: dict[str, dict[str, tuple[str, ...]]] = {
    PEOPLE: {
        "worker": ("CONTRIBUTED_TO", "MEMBER_OF", "EMPLOYED_BY", "HAS_SKILL"), "studio": ("MEMBER_OF", "HOSTED_BY"), "association": ("MEMBER_OF",),
        "achievement": ("CONTRIBUTED_TO", "PRODUCED_BY", "ADOPTED_BY"), "patent": ("INVENTED", "OWNED_BY"),
        "enterprise": ("EMPLOYED_BY", "HOSTED_BY", "ADOPTED_BY"), "need": ("REQUIRES", "POSTED_BY"), "listing": ("OFFERED_BY", "OFFERS"),
        "skill": ("HAS_SKILL",),
    },
    TECHNOLOGY: {
        "worker": ("CONTRIBUTED_TO", "INVENTED", "MEMBER_OF"), "studio": ("PRODUCED_BY", "MEMBER_OF"), "association": ("OFFERED_BY", "MEMBER_OF"),
        "achievement": ("PRODUCED_BY", "CONTRIBUTED_TO", "ADOPTED_BY", "PROTECTED_BY"), "patent": ("PROTECTED_BY", "INVENTED", "OWNED_BY"),
        "enterprise": ("ADOPTED_BY", "PRODUCED_BY", "HOSTED_BY"), "need": ("REQUIRES", "POSTED_BY"), "listing": ("OFFERS", "OFFERED_BY"),
        "skill": ("USES_SKILL",),
    },
    MARKET: {
        "worker": ("OFFERED_BY", "CONTRIBUTED_TO"), "studio": ("OFFERED_BY", "PRODUCED_BY"), "association": ("OFFERED_BY",),
        "achievement": ("OFFERS", "PRODUCED_BY", "CONTRIBUTED_TO", "ADOPTED_BY"), "patent": ("PROTECTED_BY", "OWNED_BY"),
        "enterprise": ("POSTED_BY", "ADOPTED_BY", "OFFERED_BY"), "need": ("POSTED_BY", "REQUIRES"), "listing": ("OFFERED_BY", "OFFERS"),
        "skill": ("REQUIRES", "USES_SKILL"),
    },
}  # fmt: skip
"""lens → kind of thing → relations drawn before anybody opens one."""


def lens_of(actor: Actor) -> str:
    """Officers look for people, enterprises for what they may buy, everybody else for what works."""
    if actor.is_officer or actor.is_administrator:
        return PEOPLE
    return MARKET if ENTERPRISE_USER in actor.tokens else TECHNOLOGY
