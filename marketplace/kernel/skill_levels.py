"""The national skill levels: a worker holds one, and every page that names a worker may say it."""

from enum import StrEnum

from marketplace.kernel.labels import Label, label


class Level(StrEnum):
    """新八级, from the lowest."""

    APPRENTICE = "apprentice"
    JUNIOR = "junior"
    INTERMEDIATE = "intermediate"
    SENIOR = "senior"
    TECHNICIAN = "technician"
    SENIOR_TECHNICIAN = "senior-technician"
    SPECIAL_TECHNICIAN = "special-technician"
    CHIEF_TECHNICIAN = "chief-technician"


LEVEL_LABELS: dict[str, Label] = {
    Level.APPRENTICE: label("Apprentice worker"), Level.JUNIOR: label("Junior worker (grade 5)"),
    Level.INTERMEDIATE: label("Intermediate worker (grade 4)"), Level.SENIOR: label("Senior worker (grade 3)"),
    Level.TECHNICIAN: label("Technician (grade 2)"), Level.SENIOR_TECHNICIAN: label("Senior technician (grade 1)"),
    Level.SPECIAL_TECHNICIAN: label("Special-grade technician"), Level.CHIEF_TECHNICIAN: label("Chief technician"),
}  # fmt: skip


def rank_of(level: str | None) -> int:
    """From 1 to 8; 0 for none."""
    return list(Level).index(Level(level)) + 1 if level else 0
