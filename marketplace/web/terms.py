"""Terms in words; several versions of them as rows of a table, with what changed against the one before."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from marketplace.kernel.labels import Label
from marketplace.kernel.money import yuan_of
from marketplace.kernel.technology_contracts import CONTRACT_LABELS, COURSE_LABELS, PRICE_LABELS, SUB_KIND_LABELS, Stage, Terms
from marketplace.web.words import day, percent, translated


@dataclass(frozen=True, slots=True)
class Cell:
    """`changed`: it differs from the version before."""

    words: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    words: str
    cells: tuple[Cell, ...]


def compared(offers: Sequence[Terms]) -> list[Row]:
    """Only the terms that at least one version names."""
    columns = [terms_of(one) for one in offers]
    if not columns:
        return []
    rows = (Row(name, _cells([column[name] for column in columns])) for name in columns[0])
    return [row for row in rows if any(cell.words for cell in row.cells)]


def _cells(said: list[str]) -> tuple[Cell, ...]:
    return tuple(Cell(words, bool(at) and words != said[at - 1]) for at, words in enumerate(said))


def terms_of(terms: Terms) -> dict[str, str]:
    """Word → what the terms say of it, empty where they say nothing."""
    return {
        _("Contract"): _joined(_word(CONTRACT_LABELS, terms.contract_kind), _word(SUB_KIND_LABELS, terms.sub_kind)),
        _("Price, yuan"): "" if terms.total_fen is None else yuan_of(terms.total_fen),
        _("of it for the technology, yuan"): "" if terms.technology_fen is None else yuan_of(terms.technology_fen),
        _("Way of paying"): _word(PRICE_LABELS, terms.price_mode),
        _("Royalty"): _royalty(terms),
        _("Stages"): "；".join(_stage(one) for one in terms.stages),
        _("Exclusive"): _("yes") if terms.exclusive else _("no"), _("Region"): terms.region,
        _("Validity"): _joined(*(day(one) for one in (terms.valid_from, terms.valid_until) if one)),
        _("Scope"): terms.scope, _("Delivery"): terms.delivery, _("Acceptance standard"): terms.acceptance,
    }  # fmt: skip


def _stage(stage: Stage) -> str:
    return str(_("%(name)s %(share)s by day %(days)s", name=stage.name, share=percent(stage.share), days=stage.days))


def _royalty(terms: Terms) -> str:
    if not terms.royalty_bp:
        return ""
    return _joined(percent(terms.royalty_bp), _word(COURSE_LABELS, terms.royalty_course), terms.royalty_note)


def _word(labels: dict[str, Label], value: str) -> str:
    return translated(labels[value]) if value in labels else ""


def _joined(*words: str) -> str:
    return "，".join(one for one in words if one)
