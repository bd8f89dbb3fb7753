"""DOMAIN's table of who sees what, cell by cell: what stands here is what the site must do.

`+` seen; `-` not: 404 for a page, absent for a field, 403 for a door; `>` a guest is asked to sign in."""

from dataclasses import dataclass

READERS = ("guest", "worker", "firm", "owner", "officer", "stranger", "technician", "administrator")
"""A guest; a worker, an enterprise user and an association's officer from elsewhere; makers; officers above and of another sub-district."""

TABLE = """
                                      guest worker firm owner officer stranger technician administrator
achievement        page                 +     +     +     +      +       +         +           +
achievement        summary              +     +     +     +      +       +         +           +
achievement        contributor          -     +     +     +      +       +         +           +
achievement        hidden contributor   -     -     -     +      +       -         -           -
achievement        open evidence        -     +     +     +      +       +         +           +
achievement        firms' evidence      -     -     +     +      +       -         -           -
achievement        makers' evidence     -     -     -     +      +       -         -           -
achievement        /open file           -     +     +     +      +       +         +           +
achievement        /firms' file         -     -     +     +      +       -         -           -
achievement        /makers' file        -     -     -     +      +       -         -           -
achievement        /history             >     -     -     +      +       -         -           -
achievement        /enquiry             >     -     +     -      -       -         +           -
draft work         page                 -     -     -     +      -       -         -           -
draft work         title                -     -     -     +      -       -         -           -
submitted work     page                 -     -     -     +      +       -         -           -
submitted work     title                -     -     -     +      +       -         -           -
returned work      page                 -     -     -     +      +       -         -           -
returned work      title                -     -     -     +      +       -         -           -
returned work      reason               -     -     -     +      +       -         -           -
withdrawn work     page                 -     -     -     +      +       -         -           -
withdrawn work     title                -     -     -     +      +       -         -           -
listing            page                 +     +     +     +      +       +         +           +
listing            price                +     +     +     +      +       +         +           +
listing            offerer              -     +     +     +      +       +         +           +
quiet listing      page                 +     +     +     +      +       +         +           +
quiet listing      summary              +     +     +     +      +       +         +           +
quiet listing      price                -     -     -     +      +       -         -           -
quiet listing      terms                -     -     -     +      +       -         -           -
quiet listing      /history             >     -     -     +      +       -         -           -
draft listing      page                 -     -     -     +      -       -         -           -
draft listing      title                -     -     -     +      -       -         -           -
submitted listing  page                 -     -     -     +      +       -         -           -
submitted listing  title                -     -     -     +      +       -         -           -
patent             page                 +     +     +     +      +       +         +           +
patent             summary              +     +     +     +      +       +         +           +
patent             inventor's card      -     +     +     +      +       +         +           +
patent             hidden card          -     -     -     +      +       -         -           -
studio             page                 +     +     +     +      +       +         +           +
studio             summary              +     +     +     +      +       +         +           +
studio             lead                 -     +     +     +      +       +         +           +
studio             hidden member        -     -     -     +      +       -         -           -
association        page                 +     +     +     +      +       +         +           +
association        summary              +     +     +     +      +       +         +           +
association        chair                -     +     +     +      +       +         +           +
association        hidden member        -     -     -     +      +       -         -           -
enterprise         page                 +     +     +     +      +       +         +           +
enterprise         summary              +     +     +     +      +       +         +           +
enterprise         contact              -     -     -     +      +       -         -           -
enterprise         phone                -     -     -     +      +       -         -           -
enterprise         /history             >     -     -     +      +       -         -           -
card               page                 >     +     +     +      +       +         +           +
card               headline             -     +     +     +      +       +         +           +
card               skill                -     +     +     +      +       +         +           +
card               identity             -     -     -     +      +       -         -           -
card               phone                -     -     -     +      +       -         -           -
card               bank                 -     -     -     +      +       -         -           -
card               birth                -     -     -     +      +       -         -           -
card               certificate          -     -     -     +      +       -         -           -
card               /own numbers         >     -     -     +      -       -         -           -
hidden person      page                 >     -     -     +      +       -         -           -
hidden person      headline             -     -     -     +      +       -         -           -
open need          page                 +     +     +     +      +       +         +           +
open need          problem              +     +     +     +      +       +         +           +
open need          poster               +     +     +     +      +       +         +           +
open need          /history             >     -     -     +      +       -         -           -
open need          /answer              >     +     +     -      -       -         +           -
confidential need  page                 +     +     +     +      +       +         +           +
confidential need  abstract             +     +     +     +      +       +         +           +
confidential need  problem              -     -     -     +      +       -         -           -
confidential need  indicator            -     -     -     +      +       -         -           -
confidential need  skill                -     -     -     +      +       -         -           -
confidential need  budget               -     -     -     +      +       -         -           -
anonymous need     page                 +     +     +     +      +       +         +           +
anonymous need     problem              +     +     +     +      +       +         +           +
anonymous need     name                 -     -     -     +      +       -         -           -
silent enterprise  page                 +     +     +     +      +       +         +           +
silent enterprise  its need             -     -     -     +      +       -         -           -
draft need         page                 -     -     -     +      -       -         -           -
draft need         title                -     -     -     +      -       -         -           -
submitted need     page                 -     -     -     +      +       -         -           -
submitted need     title                -     -     -     +      +       -         -           -
returned need      page                 -     -     -     +      +       -         -           -
returned need      title                -     -     -     +      +       -         -           -
withdrawn need     page                 -     -     -     +      +       -         -           -
withdrawn need     title                -     -     -     +      +       -         -           -
enquiry            page                 >     -     -     +      -       -         -           -
enquiry            question             -     -     -     +      -       -         -           -
own enquiry        page                 >     -     +     +      -       -         -           -
own enquiry        question             -     -     +     +      -       -         -           -
"""


@dataclass(frozen=True, slots=True)
class Cell:
    thing: str
    field: str
    reader: str
    mark: str

    @property
    def is_seen(self) -> bool:
        return self.mark == "+"

    def __str__(self) -> str:
        return f"{self.thing}: {self.field}: {self.reader} {self.mark}"


def cells_of(table: str = TABLE) -> list[Cell]:
    """Raises ValueError for a line that has not a mark for every reader."""
    heads, *lines = table.strip("\n").splitlines()
    if tuple(heads.split()) != READERS:
        raise ValueError("the readers stand in another order")
    marks = [(line[:19].strip(), line[19:38].strip(), line[38:].split()) for line in lines]
    return [Cell(thing, field, reader, mark) for thing, field, row in marks for reader, mark in zip(READERS, row, strict=True)]
