"""An entry in words: who did what to which thing, and which fields; never what stood in them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.connection import Transaction
from marketplace.kernel.audit import AuditEntry
from marketplace.kernel.cards import list_titles
from marketplace.kernel.chain import Link, seal_of
from marketplace.kernel.checks import AuditCheck
from marketplace.kernel.checks import Status as CheckStatus
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permissions import SYSTEM
from marketplace.pages.audit.people import list_names, list_other_titles
from marketplace.processes.looks.model import PURPOSE_LABELS
from marketplace.web.links import ROOMS, url_of
from marketplace.web.versions import VERBS as HISTORY_VERBS
from marketplace.web.versions import verb_words
from marketplace.web.words import property_name, translated

KINDS: dict[str, Label] = {
    "achievement": label("Achievement"), "listing": label("Listing"), "need": label("Need"), "patent": label("Patent"), "studio": label("Studio"),
    "association": label("Association"), "enterprise": label("Enterprise"), "worker": label("Person"), "organisation": label("Union organisation"),
    "enquiry": label("Enquiry"), "report": label("Report of abuse"), "review": label("Review"), "account": label("Account"),
    "announcement": label("Announcement"),
    "synonym": label("Search words"), "missed": label("Missed search words"), "view": label("Saved view"), "batch": label("Import"),
    "download": label("Export of a search"), "opinion": label("Opinion on a match"),
    "repair": label("Reasons that a version answers"), "rating": label("Rating"), "introduction": label("Introduction"), "audit": label("The audit"),
    "postbox": label("E-mail and messages"), "registration": label("Registration"), "invitation": label("Invitation"),
    "erasure": label("Request to erase"), "role-request": label("Change of an administrator's rights"),
    "talent-export": label("Export of talent figures"), "network-export": label("Export of a network"),
    "figures-export": label("Export of market figures"),
}  # fmt: skip
VERBS: dict[str, Label] = {
    "look": label("Personal data seen"), "export": label("Figures taken out"), "export-csv": label("Taken out as csv"),
    "export-xlsx": label("Taken out as xlsx"), "verify": label("Verification asked for"), "rotate-key": label("Key rotated"),
    "grant-role": label("Role given"), "extend-role": label("Role changed"), "end-role": label("Role taken"), "lend-role": label("Role lent"),
    "borrow-role": label("Role borrowed"), "lose-role": label("Lent role ended"), "propose": label("Change of rights proposed"),
    "change-password": label("Password changed"), "set-up-second-factor": label("Second factor set up"),
    "drop-second-factor": label("Second factor taken away"), "renew-recovery-codes": label("Recovery codes renewed"),
    "link-sign-in": label("Unit's sign-in linked"), "unlink-sign-in": label("Unit's sign-in unlinked"),
    "give-reset-code": label("One-time code given"), "mail-reset-code": label("One-time code sent by mail"),
    "use-reset-code": label("One-time code used"), "choose-parts": label("What the card shows changed"),
    "choose-uses": label("Uses of data changed"), "declare-kin": label("Kinship declared"), "end-kin": label("Kinship ended"),
    "leave": label("Job ended"), "take-in": label("Taken over from a merged entry"), "give-back": label("Separated again"),
    "offers-end": label("Offers ended"), "end-of-keeping": label("Numbers removed after their time"), "remove": label("Removed"),
    "merge": label("Merged"), "announce": label("Announced"), "withdraw": label("Withdrawn"), "choose": label("Choice of messages changed"),
    "ask": label("Asked"), "answer": label("Answered"), "unsubscribe": label("Mail switched off"),
}  # fmt: skip
RELATED: dict[str, Label] = {
    "organisation_id": label("Union organisation"), "organisation_name": label("Union organisation"), "parent_ids": label("Unit above"),
    "enterprise_name": label("Enterprise"), "enterprise_id": label("Enterprise"), "studio_id": label("Studio"), "worker_id": label("Person"),
    "account_id": label("Account"), "members": label("Members"), "units": label("Unit"),
}  # fmt: skip
"""Fields that are relations in the graph."""
CHECK_WORDS: dict[CheckStatus, tuple[Label, str]] = {
    CheckStatus.ASKED: (label("at work"), "due"), CheckStatus.SOUND: (label("sound"), "ok"), CheckStatus.FAULTY: (label("faulty"), "error"),
    CheckStatus.BROKEN_OFF: (label("broken off"), "error"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """`url` is empty for what the reader may not see or has no page; `title` then is its id."""

    id: str
    at: datetime
    who: str
    who_id: str
    kind: str
    kind_words: str
    title: str
    url: str
    entity_id: str
    done: str
    fields: tuple[str, ...]
    purpose: str
    link: Link


def rows_of(tx: Transaction, links: tuple[Link, ...]) -> list[Row]:
    """Titles with the reader's own eyes."""
    entries = [link.entry for link in links]
    refs = [(one.kind, one.entity_id) for one in entries]
    titles = list_titles(tx, refs) | list_other_titles(tx, refs)
    names = list_names(tx, [one.account_id for one in entries] + [one.entity_id for one in entries if one.kind == "account"])
    return [_row(link, titles.get((link.entry.kind, link.entry.entity_id), ""), names) for link in links]


def _row(link: Link, title: str, names: dict[str, str]) -> Row:
    entry = link.entry
    shown = title or (names.get(entry.entity_id, "") if entry.kind == "account" else "")
    has_page = bool(title) and entry.kind in ROOMS
    return Row(
        id=entry.id, at=entry.at, who=who_of(entry.account_id, names), who_id=entry.account_id, kind=entry.kind, kind_words=kind_words(entry.kind),
        title=shown or entry.entity_id, url=url_of(entry.kind, entry.entity_id) if has_page else "", entity_id=entry.entity_id,
        done=done_words(entry), fields=field_words(entry), purpose=purpose_words(entry.purpose), link=link,
    )  # fmt: skip


def who_of(account_id: str, names: dict[str, str]) -> str:
    if account_id == SYSTEM:
        return translated(label("The site itself"))
    return names.get(account_id) or translated(label("An account that is closed or not yours to see"))


def kind_words(kind: str) -> str:
    return translated(KINDS.get(kind, kind))


def purpose_words(purpose: str) -> str:
    return translated(PURPOSE_LABELS.get(purpose, purpose))


def done_words(entry: AuditEntry) -> str:
    """The audit's own words for what no workflow names."""
    return translated(VERBS[entry.verb]) if entry.verb in VERBS else verb_words(entry)


def field_words(entry: AuditEntry) -> tuple[str, ...]:
    return tuple(translated(RELATED[name]) if name in RELATED else property_name(name, entry.kind.capitalize()) for name in entry.fields)


def verb_choices() -> list[tuple[str, str]]:
    """For the filter; a verb of the address that is not among them is kept there all the same."""
    return sorted(((name, translated(words)) for name, words in (HISTORY_VERBS | VERBS).items()), key=lambda one: one[1])


def is_as_sealed(link: Link) -> bool:
    """Of this entry alone; the chain as a whole is verified elsewhere."""
    return bool(link.seal) and link.seal == seal_of(link.entry, link.sequence, link.previous)


def check_lines(checks: list[AuditCheck], names: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"check": one, "by": who_of(one.by, names), "words": translated(CHECK_WORDS[one.status][0]), "tone": CHECK_WORDS[one.status][1]}
        for one in checks
    ]  # fmt: skip


def kind_choices() -> list[tuple[str, str]]:
    return [(name, translated(words)) for name, words in KINDS.items()]
