"""Units, firms, people, studios and associations: everybody who appears later."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from marketplace.demo.stage import NOBODY, Row, Stage, by_ref, day_of, rows_of
from marketplace.domains.accounts.service import Opening, create_accounts
from marketplace.domains.associations import model as associations
from marketplace.domains.associations.service import create_association
from marketplace.domains.enterprises.model import EnterpriseText, Size
from marketplace.domains.enterprises.service import create_enterprise
from marketplace.domains.organisations.model import Kind, OrganisationText
from marketplace.domains.organisations.service import create_organisation
from marketplace.domains.studios import model as studios
from marketplace.domains.studios.service import close_studio, create_studio
from marketplace.domains.workers.model import Certificate, Level, SkillHeld, WorkerDetails, WorkerText
from marketplace.domains.workers.service import NewWorker, create_workers, give_consent
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.availability import Offer
from marketplace.kernel.consent import Part
from marketplace.kernel.memberships import LEAD, MEMBER, Membership

LEVELS = dict(zip(("学徒工", "初级工", "中级工", "高级工", "技师", "高级技师", "特级技师", "首席技师"), Level, strict=True))
STUDIO_LEVELS = {"国家级": studios.Level.NATIONAL, "市级": studios.Level.CITY, "区级": studios.Level.DISTRICT, "街道级": studios.Level.STREET}
ROLES = {"会长": associations.Role.CHAIR, "副会长": associations.Role.VICE_CHAIR, "秘书长": associations.Role.SECRETARY}
OPENED = date(2021, 3, 1)
"""The day on which the register began."""
KEPT_BACK = {Part.SKILLS: (), Part.WORKS: (), Part.EMPLOYER: (2,), Part.CONTACT: (0, 1, 2, 3, 4)}
"""Not everybody shows everything: who keeps a part back follows from a digit of theirs."""
OFFERED = ((Offer.CONSULTING,), (Offer.CONSULTING, Offer.TEACHING), (Offer.PROJECTS,), (Offer.TEACHING,), (Offer.NOT_NOW,), (), (), (), (),
           (Offer.CONSULTING, Offer.PROJECTS))  # fmt: skip
AT_ONCE = 100
"""People entered in one transaction."""


def load_parties(stage: Stage) -> None:
    for load in (load_units, load_enterprises, load_workers, load_studios, load_associations):
        load(stage)


def load_units(stage: Stage) -> None:
    """What officers enter after the founding: industrial and base unions."""
    stage.each(rows_of("organisations"), play_unit)


def play_unit(stage: Stage, row: Row) -> None:
    if stage.unit(row["ref"]):
        return
    parents = tuple(stage.unit(parent) for parent in row["parents"])
    text = OrganisationText(
        name=row["name"], name_en=row.get("name_en") or "", short_name=row.get("short_name") or "", kind=Kind(row["kind"]), parent_ids=parents
    )
    stage.ids[f"unit:{row['ref']}"] = stage.play(OPENED, SYSTEM_ACTOR, create_organisation, text, f"tree:{row['ref']}").id


def load_enterprises(stage: Stage) -> None:
    stage.each(rows_of("enterprises"), play_enterprise)


def play_enterprise(stage: Stage, row: Row) -> None:
    text = EnterpriseText(
        name=row["name"], short_name=row["short_name"], name_en=row["name_en"], uscc=row["uscc"], fields=tuple(row["fields"]),
        size=Size(row["size"]), summary=row["summary"], contact_name=row["contact_name"], contact_phone=row["contact_phone"],
        joined_on=day_of(row["joined_on"]), union_name=by_ref("organisations")[row["base"]]["name"],
    )  # fmt: skip
    officer = stage.officer(row["subdistrict"])
    stage.ids[f"enterprise:{row['ref']}"] = stage.play(max(OPENED, day_of(row["joined_on"]) or OPENED), officer, create_enterprise, text).id


def load_workers(stage: Stage) -> None:
    """Each is entered once all that is said of them has happened; most agree at once that their card is shown."""
    rows = sorted(rows_of("workers"), key=latest)
    for start in range(0, len(rows), AT_ONCE):
        stage.together(partial(play_workers, stage, rows[start : start + AT_ONCE]))
    stage.each([row for row in rows if row["consent_public"]], play_consent)


def play_workers(stage: Stage, rows: list[Row]) -> None:
    for row, worker in zip(rows, stage.play(latest(rows[-1]), SYSTEM_ACTOR, create_workers, [entry_of(stage, row) for row in rows]), strict=True):
        stage.ids[f"worker:{row['ref']}"] = worker.id
    people = [Opening(f"worker-{row['ref']}", row["name"], NOBODY, stage.ids[f"worker:{row['ref']}"]) for row in rows]
    for row, account in zip(rows, stage.play(OPENED, SYSTEM_ACTOR, create_accounts, people), strict=True):
        stage.ids[f"account:worker-{row['ref']}"] = account.id


def play_consent(stage: Stage, row: Row) -> None:
    me = stage.actor(f"worker-{row['ref']}", row["name"])
    number = int(row["phone"][-1])
    stage.play(latest(row), me, give_consent, me.worker_id, 1, tuple(part for part, kept_back in KEPT_BACK.items() if number not in kept_back))


def latest(row: Row) -> str:
    """The last day that the data name for this person, not before the register began."""
    days = (row["joined_on"], *(one["since"] for one in row["skills"]), *(one["issued_on"] for one in row["certificates"]))
    return str(max(OPENED.isoformat(), *(day for day in days if day)))


def entry_of(stage: Stage, row: Row) -> NewWorker:
    skills = {term["ref"]: term["zh"] for term in rows_of("taxonomies/skills")}
    held = tuple(SkillHeld(skills[one["skill"]], LEVELS[one["level"]], day_of(one["since"])) for one in row["skills"])
    papers = tuple(Certificate(one["number"], one["occupation"], LEVELS[one["level"]], day_of(one["issued_on"])) for one in row["certificates"])
    card = WorkerText(
        name=row["name"], headline=row["headline"], level=LEVELS[row["level"]], occupation=row["occupation"], skills=held,
        offers=OFFERED[int(row["phone"][-2])],
    )  # fmt: skip
    details = WorkerDetails(id_number=row["id_number"], phone=row["phone"], certificates=papers)
    return NewWorker(card, details, stage.ids[f"enterprise:{row['enterprise']}"], day_of(row["joined_on"]))


def load_studios(stage: Stage) -> None:
    stage.each(rows_of("studios"), play_studio)
    stage.actors.clear()  # memberships are rights: whoever acts from now on is read again


def play_studio(stage: Stage, row: Row) -> None:
    text = studios.StudioText(
        name=row["name"], level=STUDIO_LEVELS[row["level"]], fields=tuple(row["fields"]), named_on=day_of(row["named_on"]),
        equipment="、".join(row["equipment"]), summary=row["summary"],
    )  # fmt: skip
    home = by_ref("enterprises")[row["enterprise"]]
    officer = stage.officer(home["subdistrict"])
    members = tuple(members_of(stage, row))
    studio = stage.play(row["named_on"], officer, create_studio, text, stage.ids[f"enterprise:{row['enterprise']}"], members)
    stage.ids[f"studio:{row['ref']}"] = studio.id
    if row["until"]:
        stage.play(row["until"], officer, close_studio, studio.id, studio.version, "带头人退休，成员并入其他工作室，经复核予以摘牌。")


def members_of(stage: Stage, row: Row) -> Iterator[Membership]:
    for one in row["members"]:
        role = LEAD if one["worker"] == row["leader"] and not one["until"] else MEMBER
        yield Membership(stage.ids[f"worker:{one['worker']}"], role, day_of(one["since"]), day_of(one["until"]))


def load_associations(stage: Stage) -> None:
    stage.each(rows_of("associations"), play_association)


def play_association(stage: Stage, row: Row) -> None:
    text = associations.AssociationText(
        name=row["name"], kind=associations.Kind(row["kind"]), fields=tuple(row["fields"]), founded_on=day_of(row["founded_on"]),
        summary=row["summary"],
    )  # fmt: skip
    members = tuple(
        Membership(stage.ids[f"worker:{one['worker']}"], ROLES.get(one["role"], associations.Role.MEMBER), day_of(one["since"]), day_of(one["until"]))
        for one in row["members"]
    )
    made = stage.play(OPENED, SYSTEM_ACTOR, create_association, text, stage.unit(row["organisation"]), members)
    stage.ids[f"association:{row['ref']}"] = made.id


def person_ref(studio: Row) -> str:
    """A present member who writes for the studio: its leader where that is possible."""
    present = [one["worker"] for one in studio["members"] if not one["until"]]
    return studio["leader"] if studio["leader"] in present else str(present[0])
