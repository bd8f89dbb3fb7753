"""Papers as PDF files: headings, clauses, tables, a code to be scanned. The text can be copied, the font is embedded as a subset."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import segno
from fpdf import FPDF, FPDF_VERSION
from fpdf.enums import Align, WrapMode, XPos, YPos

FONT = Path(__file__).resolve().parent.parent / "fonts" / "NotoSansSC-Regular.ttf"
NAME = "NotoSansSC"
INK, MUTED, LINE, GROUND, ALARM = (31, 35, 40), (89, 97, 107), (218, 222, 227), (245, 246, 248), (163, 59, 6)
MARGIN = 20
LINE_HEIGHT = 6.2


class Paper(FPDF):
    """A4, upright. `foot` stands on every page beside its number; `mark` lies under the text of a draft.

    The same words at the same moment give the same bytes."""

    def __init__(self, title: str, foot: str, made_at: datetime, *, mark: str = "", font: Path | None = None) -> None:
        super().__init__(format="A4")
        self.foot, self.mark = foot, mark
        self.add_font(NAME, fname=str(font or FONT))
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, 22)
        self.set_title(title)
        self.set_producer(f"fpdf2 {FPDF_VERSION}")
        self.set_lang("zh-CN")
        self.set_creation_date(made_at.astimezone(UTC))
        self.add_page()

    def header(self) -> None:
        """The mark of a draft, on every page."""
        if self.mark:
            self.set_font(NAME, size=96)
            self.set_text_color(238, 240, 242)
            with self.rotation(45, self.w / 2, self.h / 2):
                self.text(self.w / 2 - self.get_string_width(self.mark) / 2, self.h / 2, self.mark)
            self.set_text_color(*INK)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font(NAME, size=8)
        self.set_text_color(*MUTED)
        self.cell(0, 8, self.foot, align=Align.L, new_x=XPos.LMARGIN)
        self.cell(0, 8, f"{self.page_no()} / {{nb}}", align=Align.R)
        self.set_text_color(*INK)

    def heading(self, text: str, size: int = 12) -> None:
        self.ln(2)
        self._lines(text, size=size, height=LINE_HEIGHT * size / 11)

    def clause(self, text: str, *, missing: bool = False) -> None:
        self.set_text_color(*(ALARM if missing else INK))
        self._lines(text, size=10)
        self.set_text_color(*INK)

    def note(self, text: str) -> None:
        self.set_text_color(*MUTED)
        self._lines(text, size=8, height=4.6)
        self.set_text_color(*INK)

    def _lines(self, text: str, *, size: int, height: float = LINE_HEIGHT) -> None:
        self.set_font(NAME, size=size)
        self.multi_cell(0, height, text, align=Align.L, wrapmode=WrapMode.CHAR, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def pairs(self, rows: Sequence[tuple[str, str]]) -> None:
        """A word on the left, what is said of it on the right."""
        self.grid((), rows, (34, 136))

    def grid(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        """A table; a row is never cut by the end of a page."""
        self.set_font(NAME, size=9)
        self.set_draw_color(*LINE)
        with self.table(col_widths=tuple(widths), line_height=5.6, text_align=Align.L, first_row_as_headings=False, padding=1.2,
                        wrapmode=WrapMode.CHAR) as table:  # fmt: skip
            for cells in (*((head,) if head else ()), *rows):
                row = table.row()
                for cell in cells:
                    row.cell(cell)
        self.ln(2)

    def code(self, address: str, size: float = 30) -> None:
        """A square to be scanned, at the right margin; the text goes on beside it."""
        matrix = segno.make(address, error="m").matrix
        if self.get_y() + size > self.h - 24:
            self.add_page()
        step, left, top = size / len(matrix), self.w - MARGIN - size, self.get_y()
        self.set_fill_color(*INK)
        for down, line in enumerate(matrix):
            for across, dark in enumerate(line):
                if dark:
                    self.rect(left + across * step, top + down * step, step + 0.02, step + 0.02, style="F")

    def content(self) -> bytes:
        return bytes(self.output())
