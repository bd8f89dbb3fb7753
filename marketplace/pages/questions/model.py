"""Which questions there are: a sentence, its parts, who may ask it, and what counts as an answer."""

from dataclasses import dataclass
from enum import StrEnum

from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.ways import Node, Way


class Control(StrEnum):
    """How a part is filled in."""

    THING = "thing"
    LEVEL = "level"
    AREA = "area"
    FIELD = "field"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class Part:
    """`blank` is what the sentence says where it is left open; `free`: other words than a thing's name are an answer, too."""

    name: str
    words: Label
    blank: Label
    control: Control
    kinds: tuple[str, ...] = ()
    needed: bool = False
    free: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """`sentence` has a place for each part. At least one part is given, and every one that is needed."""

    name: str
    sentence: Label
    means: Label
    parts: tuple[Part, ...]
    needs: Permission
    example: Label
    """What it is for, on the list."""


LEVEL = Part("level", label("Skill level"), label("people of any level"), Control.LEVEL)
SKILL = Part("skill", label("Skill"), label("any skill"), Control.THING, ("skill",))
NEEDED_SKILL = Part("skill", label("Skill"), label("any skill"), Control.THING, ("skill",), needed=True)
AREA = Part("area", label("Sub-district"), label("any sub-district"), Control.AREA)
FIELD = Part("field", label("Technology field"), label("any field"), Control.FIELD)
FIRM = Part("enterprise", label("Enterprise"), label("any enterprise"), Control.THING, ("enterprise",))
NEED = Part("about", label("A need, or its words"), label("this"), Control.THING, ("need",), needed=True, free=True)
MEMBERS = ("studio", "worker", "association")
ANYTHING = ("worker", "studio", "association", "enterprise", "achievement", "patent", "listing", "need", "skill")


def _end(name: str, kinds: tuple[str, ...]) -> Part:
    return Part(
        name, label("From") if name == "a" else label("To"), label("one") if name == "a" else label("the other"), Control.THING, kinds, needed=True
    )


THROUGH_SKILLS = Part("skills", label("Common skills count, too"), Label(""), Control.TICK)
QUESTIONS = {
    question.name: question
    for question in (
        Question(
            "worked-with", label("Which %(level)s who know %(skill)s in %(area)s have worked with %(enterprise)s?"),
            label("Worked with means: employed by it, helped to make an achievement that was made there or is used there, "
                  "or belongs to a studio that it hosts. Earlier employers count only where you may see them."),
            (LEVEL, SKILL, AREA, FIRM), Permission.SIGNED_IN, label("Find people by what they know, where they are and whom they worked for."),
        ),
        Question(
            "solved", label("Who has solved needs like %(about)s?"),
            label("The words of the need are compared with published achievements, as on its page of matches. Whoever made those, or where they "
                  "were made, stands here; who made several that match stands first."),
            (NEED,), Permission.VISIT, label("From a need, or from words, to the people and studios that solved something like it."),
        ),
        Question(
            "connects", label("Who connects %(a)s and %(b)s?"),
            label("People on the ways of at most four steps between the two, through employers, studios, associations, achievements and patents."),
            (_end("a", MEMBERS), _end("b", MEMBERS)), Permission.SIGNED_IN, label("Whom to ask for an introduction between two studios or people."),
        ),
        Question(
            "path", label("How are %(a)s and %(b)s linked? %(skills)s"),
            label("The shortest ways of at most six steps, each relation by its name. Unless you ask for it, knowing the same skill is no link."),
            (_end("a", ANYTHING), _end("b", ANYTHING), THROUGH_SKILLS), Permission.VISIT, label("The shortest way from any one thing to any other."),
        ),
        Question(
            "no-studio", label("Which %(level)s know %(skill)s in %(area)s but belong to no studio?"),
            label("No studio means: none that you may see, today."),
            (LEVEL, NEEDED_SKILL, AREA), Permission.REVIEW_DESK, label("Skilled people whom a studio could win."),
        ),
        Question(
            "studios", label("Which studios of %(field)s have %(skill)s?"),
            label("Have means: a member of today knows it, or an achievement made there uses it."),
            (FIELD, SKILL), Permission.VISIT, label("Studios by field and by what they can do."),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One answer and why: `ways` from it, or of it; `words` are those of the question that speak for it; `between`: how many ways lead over it."""

    node: Node
    ways: tuple[Way, ...] = ()
    words: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """`rows` of the page asked for; `total` in all; `cut`: there are more than are looked at."""

    rows: tuple[Row, ...] = ()
    total: int = 0
    cut: bool = False
