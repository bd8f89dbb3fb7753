"""What a person can do and holds papers for; the numbers of the papers lie sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from graph.connection import Transaction
from graph.records import properties
from marketplace.kernel.sealing import Keys
from marketplace.kernel.skill_levels import Level


@dataclass(frozen=True, slots=True)
class SkillHeld:
    """A skill of the taxonomy by its Chinese name; the certificate's number belongs to the guarded side."""

    skill: str
    level: Level | None = None
    since: date | None = None
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """`occupation` is a code of the national classification."""

    certificate: str
    occupation: str
    level: Level | None = None
    issued_on: date | None = None


class Holder(Protocol):
    """A worker, as the room of workers knows them."""

    @property
    def id(self) -> str: ...

    @property
    def skills(self) -> tuple[SkillHeld, ...]: ...

    @property
    def certificates(self) -> tuple[Certificate, ...]: ...


def _paper(keys: Keys, worker: Holder, relation: str, at: int, one: SkillHeld | Certificate) -> dict[str, Any]:
    return properties(one) | keys.sealed(worker.id, relation, {"certificate": one.certificate}) | {"id": worker.id, "position": at}


WRITE_SKILLS = """
UNWIND $rows AS row
MATCH (w:Worker {id: row.id}) MATCH (s:Skill {zh: row.skill})
CREATE (w)-[:HAS_SKILL {level: row.level, since: row.since, certificate: row.certificate, certificate_index: row.certificate_index,
  position: row.position}]->(s)
"""


def write_skills(tx: Transaction, keys: Keys, workers: Sequence[Holder]) -> None:
    if rows := [_paper(keys, worker, "HAS_SKILL", at, one) for worker in workers for at, one in enumerate(worker.skills)]:
        tx.run(WRITE_SKILLS, rows=rows)


WRITE_CERTIFICATES = """
UNWIND $rows AS row
MATCH (w:Worker {id: row.id}) MATCH (x:Occupation {code: row.occupation})
CREATE (w)-[:CERTIFIED_IN {certificate: row.certificate, certificate_index: row.certificate_index, level: row.level, issued_on: row.issued_on,
  position: row.position}]->(x)
"""


def write_certificates(tx: Transaction, keys: Keys, workers: Sequence[Holder]) -> None:
    if rows := [_paper(keys, worker, "CERTIFIED_IN", at, one) for worker in workers for at, one in enumerate(worker.certificates)]:
        tx.run(WRITE_CERTIFICATES, rows=rows)
