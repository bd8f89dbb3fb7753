"""Contact sheets: many pictures on one, each with its name, so that somebody can look at all of them."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ACROSS, DOWN = 4, 3
WIDE, HIGH, NAME = 480, 620, 24
GAP = 8


def make_sheets(pictures: list[Path], folder: Path) -> list[Path]:
    """Twelve to a sheet, in the order in which they were taken; long pages are cut at the foot."""
    size = ACROSS * DOWN
    return [make_sheet(pictures[at : at + size], folder / f"sheet-{at // size + 1:02}.png") for at in range(0, len(pictures), size)]


def make_sheet(pictures: list[Path], place: Path) -> Path:
    sheet = Image.new("RGB", (ACROSS * (WIDE + GAP) + GAP, DOWN * (HIGH + NAME + GAP) + GAP), "#8a929b")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(15)
    for at, picture in enumerate(pictures):
        x, y = GAP + at % ACROSS * (WIDE + GAP), GAP + at // ACROSS * (HIGH + NAME + GAP)
        pen.text((x, y + 2), picture.stem, fill="white", font=font)
        sheet.paste(thumbnail(picture), (x, y + NAME))
    sheet.save(place, optimize=True)
    return place


def thumbnail(picture: Path) -> Image.Image:
    """Its upper part, as wide as a place on the sheet; a phone's picture keeps its own width."""
    with Image.open(picture) as whole:
        scale = min(WIDE / whole.width, 1)
        small = whole.convert("RGB").resize((round(whole.width * scale), round(whole.height * scale)), Image.Resampling.LANCZOS)
    return small.crop((0, 0, small.width, min(small.height, HIGH)))
