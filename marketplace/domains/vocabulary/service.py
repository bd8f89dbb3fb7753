"""Keep the words of search: add a group, change it, retire it and use it again; see what a change does before it is made."""

from collections.abc import Sequence
from typing import Any

from graph.connection import Transaction
from graph.outbox import list_withheld
from marketplace.domains.vocabulary.model import MOST_GROUPS, WORKFLOW, Effect, Synonym, SynonymText, faults_of, keys_of, language_of, tidy
from marketplace.domains.vocabulary.repository import (
    count_synonyms,
    create_synonym_node,
    find_standing,
    get_synonym,
    list_groups,
    save_synonym,
    take_turn,
)
from marketplace.kernel.cards import list_cards
from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import PUBLIC, SYSTEM
from marketplace.kernel.revisions import content_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import Change, created, edited
from search.index import Index
from search.query import SearchQuery
from search.results import Results
from search.synonyms import Synonyms, synonyms_of

COMPARED = 500
"""Hits on each side of a preview whose titles are compared; totals are always of all."""
TITLES = 5
MOST_AT_ONCE = 1_000
STANDS = label("“%(word)s” stands in another group already: %(title)s. Add to that one, or retire it first.")


def create_synonym(uow: UnitOfWork, text: SynonymText) -> Synonym:
    """Raises Invalid at the field, also for a word that another group in use has."""
    uow.actor.require(Permission.VOCABULARY_EDIT, None)
    take_turn(uow.tx)
    if count_synonyms(uow.tx) >= MOST_GROUPS:
        raise Refused(label("There are %(most)s groups already; bring some together first."), most=MOST_GROUPS)
    return _create(uow, _checked(uow, text))


def edit_synonym(uow: UnitOfWork, id: str, version: int, text: SynonymText) -> Synonym:
    """Raises Stale when somebody saved meanwhile, Invalid at the field."""
    synonym = _own(uow, id)
    clean = _checked(uow, text, id)
    return _saved(uow, edited(synonym, version, at=uow.now, **content_of(clean), keys=keys_of(clean.words), language=language_of(clean)))


def retire_synonym(uow: UnitOfWork, id: str) -> Synonym:
    """It no longer acts; its words are free for other groups."""
    synonym = _own(uow, id)
    return _saved(uow, WORKFLOW.step("retire", synonym, synonym.version, at=uow.now))


def restore_synonym(uow: UnitOfWork, id: str) -> Synonym:
    """Raises Refused where another group has taken one of its words meanwhile."""
    synonym = _own(uow, id)
    if standing := find_standing(uow.tx, synonym.keys, id):
        raise Refused(STANDS, word=_shared(synonym.words, standing), title=standing.title)
    return _saved(uow, WORKFLOW.step("restore", synonym, synonym.version, at=uow.now))


def import_synonyms(uow: UnitOfWork, texts: Sequence[SynonymText]) -> int:
    """How many were new: a group whose words stand already is left as it was edited. Raises Invalid for one that no form would take."""
    uow.actor.require(Permission.VOCABULARY_EDIT, None)
    if len(texts) > MOST_AT_ONCE:
        raise Refused(label("At most %(most)s at once."), most=MOST_AT_ONCE)
    take_turn(uow.tx)
    made = 0
    for text in map(tidy, texts):
        if faults := faults_of(text):
            raise Invalid(faults)
        if find_standing(uow.tx, keys_of(text.words)) is None:
            _create(uow, text)
            made += 1
    return made


def preview_synonym(tx: Transaction, index: Index, text: SynonymText, id: str = "") -> list[Effect]:
    """For each word of the group, before and after, what a guest finds. `tx` is the guest's; the group stored under `id` is what it replaces."""
    groups = tx.seen_by((SYSTEM,))
    others = list_groups(groups, without=id)
    old = get_synonym(groups, id) if id else None
    clean = tidy(text)
    now, then = synonyms_of(list_groups(groups)), synonyms_of([*others, clean.group])
    words = dict.fromkeys([*clean.words, *(old.words if old else ())])
    withheld = list_withheld(tx)
    return [_effect(tx, word, *(_found(index, word, table, withheld) for table in (now, then))) for word in words]


def _found(index: Index, word: str, table: Synonyms, withheld: frozenset[str]) -> Results:
    return index.search(SearchQuery(word, (PUBLIC,), without=withheld, size=COMPARED, highlight=False, synonyms=table))


def _effect(tx: Transaction, word: str, before: Results, after: Results) -> Effect:
    """The graph says again which of the titles a guest may see."""
    old, new = ([(hit.kind, hit.id) for hit in results.hits] for results in (before, after))
    come, go = [ref for ref in new if ref not in set(old)], [ref for ref in old if ref not in set(new)]
    return Effect(word, before.total, after.total, tuple(list_cards(tx, come[:TITLES])), tuple(list_cards(tx, go[:TITLES])))


def _own(uow: UnitOfWork, id: str) -> Synonym:
    """The group as it stands in one's turn."""
    take_turn(uow.tx)
    synonym = get_synonym(uow.tx, id)
    uow.actor.require(Permission.VOCABULARY_EDIT, synonym)
    return synonym


def _checked(uow: UnitOfWork, text: SynonymText, id: str = "") -> SynonymText:
    clean = tidy(text)
    if faults := faults_of(clean):
        raise Invalid(faults)
    if standing := find_standing(uow.tx, keys_of(clean.words), id):
        raise Invalid({"words": STANDS}, word=_shared(clean.words, standing), title=standing.title)
    return clean


def _shared(words: tuple[str, ...], standing: Synonym) -> str:
    return next(word for word in words if set(keys_of((word,))) & set(standing.keys))


def _create(uow: UnitOfWork, text: SynonymText) -> Synonym:
    said: dict[str, Any] = content_of(text)
    synonym = Synonym(**said, id=uow.new_id(), keys=keys_of(text.words), language=language_of(text), created_at=uow.now, updated_at=uow.now)
    create_synonym_node(uow.tx, synonym)
    uow.record(created(synonym, at=uow.now))
    return synonym


def _saved(uow: UnitOfWork, change: Change[Synonym]) -> Synonym:
    save_synonym(uow.tx, change)
    uow.record(change)
    return change.after
