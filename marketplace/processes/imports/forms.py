"""What can be imported, what its file may say, and the officer's first step."""

from dataclasses import dataclass, replace
from pathlib import PurePath

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, SelectField

from marketplace.domains.achievements.forms import AchievementForm
from marketplace.domains.achievements.model import AchievementText
from marketplace.domains.achievements.service import import_achievements
from marketplace.domains.enterprises.forms import EnterpriseForm
from marketplace.domains.enterprises.model import EnterpriseText
from marketplace.domains.enterprises.model import faults_of as enterprise_faults
from marketplace.domains.enterprises.service import import_enterprises
from marketplace.domains.needs.forms import NeedForm
from marketplace.domains.needs.model import NeedText
from marketplace.domains.needs.service import import_needs
from marketplace.domains.patents.forms import PatentForm
from marketplace.domains.patents.model import Inventor, PatentText
from marketplace.domains.patents.model import faults_of as patent_faults
from marketplace.domains.patents.service import import_patents
from marketplace.domains.studios.forms import StudioForm
from marketplace.domains.studios.model import StudioText
from marketplace.domains.studios.service import import_studios
from marketplace.domains.workers.forms import WorkerForm
from marketplace.domains.workers.model import WorkerEntry
from marketplace.domains.workers.service import import_workers
from marketplace.kernel.errors import Invalid
from marketplace.kernel.importing import Checked, Fault, Intake
from marketplace.kernel.labels import Label, label
from marketplace.kernel.tables import Table, read_table
from marketplace.kernel.workdays import local_day
from marketplace.processes.imports.service import Conduct, Verb
from marketplace.web.forms import Form, line, one_line
from marketplace.web.rows import RowReader, Shape
from marketplace.web.site import current_site
from marketplace.web.words import property_name, say, translated


@dataclass(frozen=True, slots=True)
class Importable:
    """`rehearse` where the store has a say, too: a code that is taken, an employer that is not there."""

    kind: str
    words: Label
    shape: Shape
    verb: Verb
    rehearse: bool = True


def patent_faults_today(text: PatentText) -> dict[str, Label]:
    """No day of a patent lies in the future."""
    return patent_faults(text, local_day(current_site().clock.now()))


KINDS = {
    one.kind: one
    for one in (
        Importable("achievement", label("Achievements"), Shape("Achievement", AchievementForm, AchievementText), import_achievements, rehearse=False),
        Importable(
            "need", label("Needs"), Shape("Need", NeedForm, NeedText, also={"content": "problem", "内容": "problem"}), import_needs, rehearse=False
        ),
        Importable(
            "enterprise", label("Enterprises"), Shape("Enterprise", EnterpriseForm, EnterpriseText, rules=enterprise_faults), import_enterprises
        ),
        Importable("worker", label("Workers"), Shape("Worker", WorkerForm, WorkerEntry, parts={"skills": str}), import_workers),
        Importable("studio", label("Studios"), Shape("Studio", StudioForm, StudioText), import_studios),
        Importable(
            "patent",
            label("Patents"),
            Shape("Patent", PatentForm, PatentText, parts={"inventors": Inventor}, rules=patent_faults_today),
            import_patents,
        ),
    )
}


def check_table(kind: Importable, table: Table, source: str) -> Checked:
    """By the rules of the form. Raises Invalid at `file` where the columns that every row needs are not there."""
    reader = RowReader(kind.shape, source)
    placed = {header: name for header in table.header if (name := reader.place(header))}
    needed = ["id", *(one.name for one in reader.columns.values() if one.needed)]
    if missing := [name for name in needed if name not in placed.values()]:
        words = "、".join("id" if name == "id" else reader.columns[name].words[0] for name in missing)
        raise Invalid({"file": label("The first line must name the columns; these are missing: %(needed)s")}, needed=words)
    seen: dict[str, int] = {}
    found = [reader.read(number, cells, placed, seen) for number, cells in table.rows]
    lines = {row.source_key: number for (row, _), (number, _) in zip(found, table.rows, strict=True) if row}
    faults = tuple(fault for _, some in found for fault in some)
    ignored = tuple(header for header in table.header if header and header not in placed)
    return Checked(tuple(row for row, _ in found if row), faults, len(table.rows), ignored, lines)


def checked_again(conduct: Conduct, kind: Importable, checked: Checked, intake: Intake) -> Checked:
    """What only the store can say: tried, and not kept."""
    refused = conduct.rehearse(kind.verb, checked.rows, intake)
    keys = {row.source_key for row, _ in refused}
    faults = [
        Fault(checked.lines[row.source_key], str(property_name(name, kind.shape.node)), translated(message, **problem.values))
        for row, problem in refused
        for name, message in problem.fields.items()
    ]
    every = tuple(sorted((*checked.faults, *faults), key=lambda one: one.line))
    return replace(checked, rows=tuple(row for row in checked.rows if row.source_key not in keys), faults=every)


def check_file(conduct: Conduct, kind: Importable, name: str, content: bytes, intake: Intake) -> Checked:
    """All that a dry run can say. Raises Invalid at `file`."""
    checked = check_table(kind, read_table(name, content), intake.source)
    return checked_again(conduct, kind, checked, intake) if kind.rehearse else checked


class UploadForm(Form):
    """What the file holds, and what is to become of it."""

    kind = SelectField(say(label("What the file holds")), choices=[(one.kind, say(one.words)) for one in KINDS.values()])
    file = FileField(
        say(label("File")), [FileRequired(say(label("Choose a file.")))], description=say(label("xlsx, csv or jsonl; up to 100,000 rows"))
    )
    source = line(
        say(label("Name of the register")), required=False, most=60,
        help=label("Where the ids come from; the same name next time, so that nothing comes in twice. Without one the file's name is taken."),
    )  # fmt: skip
    publish = BooleanField(say(label("Make the rows public at once")))
    mode = RadioField(
        say(label("When rows are faulty")), default="valid",
        choices=[("valid", say(label("Import the others"))), ("whole", say(label("Import nothing")))],
    )  # fmt: skip

    @property
    def register(self) -> str:
        return self.source.data or one_line(PurePath(self.file.data.filename or "").stem)[:60]

    def checked(self, conduct: Conduct, content: bytes) -> Checked | None:
        """None where the file can't be read, said at the field."""
        try:
            return check_file(
                conduct, KINDS[self.kind.data], self.file.data.filename or "", content, Intake(self.register, publish=self.publish.data)
            )
        except Invalid as problem:
            self.file.errors = [translated(problem.message, **problem.values)]
            return None
