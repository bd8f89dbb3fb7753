"""Fields, occupations and skills: bilingual data that everybody reads and an administrator edits."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.connection import Transaction
from graph.records import reader, rows, value
from graph.schema import Words


@dataclass(frozen=True, slots=True)
class Term:
    """One entry. `parent` is the code above it, or the field a skill belongs to."""

    code: str
    zh: str
    en: str
    parent: str = ""

    @property
    def words(self) -> Words:
        return Words(self.en, self.zh)


LIST_FIELDS = """
MATCH (f:TechnologyField) RETURN f.code AS code, f.zh AS zh, f.en AS en, coalesce(f.parent, '') AS parent ORDER BY code
"""


def list_fields(tx: Transaction) -> list[Term]:
    return tx.all(LIST_FIELDS, reader(Term))


LIST_OCCUPATIONS = """
MATCH (o:Occupation) RETURN o.code AS code, o.zh AS zh, o.en AS en, '' AS parent ORDER BY code
"""


def list_occupations(tx: Transaction) -> list[Term]:
    return tx.all(LIST_OCCUPATIONS, reader(Term))


LIST_SKILLS = """
MATCH (s:Skill) RETURN s.id AS code, s.zh AS zh, s.en AS en, coalesce(s.field, '') AS parent ORDER BY zh
"""


def list_skills(tx: Transaction) -> list[Term]:
    return tx.all(LIST_SKILLS, reader(Term))


KNOWN_SKILLS = """
UNWIND $names AS name MATCH (s:Skill {zh: name}) RETURN DISTINCT s.zh AS name, coalesce(s.field, '') AS field
"""


def find_skills(tx: Transaction, names: list[str]) -> dict[str, str]:
    """Chinese name → technology field of the skills that the taxonomy knows."""
    return dict(tx.all(KNOWN_SKILLS, lambda row: (str(row["name"]), str(row["field"])), names=names))


KNOWN_OCCUPATIONS = """
UNWIND $codes AS code MATCH (x:Occupation {code: code}) RETURN DISTINCT x.code AS code
"""


def find_occupations(tx: Transaction, codes: list[str]) -> set[str]:
    return set(tx.all(KNOWN_OCCUPATIONS, value("code"), codes=codes))


WRITE_FIELDS = """
UNWIND $rows AS row
MERGE (f:TechnologyField {code: row.code}) SET f.zh = row.zh, f.en = row.en, f.parent = row.parent
"""
LINK_FIELDS = """
UNWIND $rows AS row
MATCH (f:TechnologyField {code: row.code}) MATCH (p:TechnologyField {code: row.parent})
MERGE (f)-[:BELONGS_TO]->(p)
"""


def write_fields(tx: Transaction, terms: Iterable[Term]) -> None:
    """Running it twice changes nothing."""
    written = rows(terms)
    tx.run(WRITE_FIELDS, rows=written)
    tx.run(LINK_FIELDS, rows=written)


WRITE_OCCUPATIONS = """
UNWIND $rows AS row
MERGE (o:Occupation {code: row.code}) SET o.zh = row.zh, o.en = row.en
"""


def write_occupations(tx: Transaction, terms: Iterable[Term]) -> None:
    tx.run(WRITE_OCCUPATIONS, rows=rows(terms))


WRITE_SKILLS = """
UNWIND $rows AS row
MERGE (s:Skill {id: row.code}) SET s.zh = row.zh, s.en = row.en, s.field = row.parent
"""
LINK_SKILLS = """
UNWIND $rows AS row
MATCH (s:Skill {id: row.code}) MATCH (f:TechnologyField {code: row.parent})
MERGE (s)-[:BELONGS_TO]->(f)
"""


def write_skills(tx: Transaction, terms: Iterable[Term]) -> None:
    written = rows(terms)
    tx.run(WRITE_SKILLS, rows=written)
    tx.run(LINK_SKILLS, rows=written)
