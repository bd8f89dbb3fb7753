"""Public things to be found, and an administrator who keeps the words."""

from marketplace.domains.needs.model import Need
from marketplace.domains.vocabulary.model import Kind, Synonym, SynonymText
from marketplace.domains.vocabulary.service import create_synonym
from marketplace.kernel.actor import GUEST, Actor
from tests.factories import Make
from tests.site import TestSite


def work(make: Make, title: str, *, public: bool = True) -> Need:
    """Something to be found: what a public need says in its title."""
    return make.need(title=title, public=public)


def group(site: TestSite, actor: Actor, *words: str, finds: tuple[str, ...] = (), kind: Kind = Kind.SAME) -> Synonym:
    return site.acting_as(actor).change(create_synonym, SynonymText(kind=kind, words=words, finds=finds))


def titles(site: TestSite, text: str) -> list[str]:
    """As the search page asks, with the words that act now."""
    site.site.vocabulary.look_again()
    return [site.find(hit.kind, hit.id).title for hit in site.search(text, GUEST, synonyms=site.site.vocabulary.synonyms()).hits]


def fields(**said: str) -> dict[str, str]:
    return {"kind": "same", "words": "机械臂\n机械手", "finds": "", "note": "", "version": "0"} | said
