"""The words that the district's administrator has brought together so far."""

from marketplace.demo.stage import Stage, rows_of
from marketplace.domains.vocabulary.model import Kind, SynonymText
from marketplace.domains.vocabulary.service import import_synonyms
from marketplace.kernel.actor import SYSTEM_ACTOR


def load_words(stage: Stage) -> None:
    texts = [
        SynonymText(kind=Kind(row["kind"]), words=tuple(row["words"]), finds=tuple(row.get("finds", ())), note=row.get("note", ""))
        for row in rows_of("synonyms")
    ]

    def bring_together() -> None:
        stage.play(None, SYSTEM_ACTOR, import_synonyms, texts)

    stage.together(bring_together)
