"""Tables as files: csv, xlsx and JSON lines in, csv and xlsx out. No cell that we write may begin a formula."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any, BinaryIO

import python_calamine
import xlsxwriter

from marketplace.kernel.errors import Invalid
from marketplace.kernel.files import checked_file
from marketplace.kernel.labels import label

MOST_LINES = 100_000
MOST_COLUMNS = 200
LONGEST_CELL = 32_000
MOST_TEXT = 50_000_000
"""Characters of all cells: a file may say one text once and show it in a million cells."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
UNSEEN = " \n\u200b\ufeff"
"""Some programs drop these before they look for a formula."""
EXACT = 10**15
"""A spreadsheet keeps no more digits of a number: beyond it the last ones are made up."""
ENCODINGS = ("utf-8-sig", "gb18030")
MARKED = {"bg_color": "#FBE3E4", "font_color": "#8A1F26"}
Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` are (line of the file, text by header); blank lines and those that begin with # are not there."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, Cells], ...]


def read_table(name: str, content: bytes) -> Table:
    """Raises Invalid at `file` for what is no such table, or for too large a one."""
    read = READERS.get(PurePath(name).suffix.lower())
    if read is None:
        raise Invalid({"file": label("%(name)s: only xlsx, csv and jsonl files can be imported.")}, name=PurePath(name).name[:120])
    try:
        return read(name, content)
    except (ValueError, csv.Error, python_calamine.CalamineError, RecursionError) as error:
        raise Invalid({"file": label("%(name)s is not what its name says; it may be damaged.")}, name=PurePath(name).name[:120]) from error


def _text(content: bytes) -> str:
    """Older registers write GB 18030. Raises ValueError for what is neither, or no text."""
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ValueError("no text")


def _read_csv(_name: str, content: bytes) -> Table:
    text = _text(content)
    first = text.partition("\n")[0]
    comma = max(",;\t", key=first.count)
    return _table(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True), 1))


def _read_xlsx(name: str, content: bytes) -> Table:
    book = python_calamine.load_workbook(io.BytesIO(checked_file(name, content, "file").content))
    rows = book.get_sheet_by_index(0).iter_rows()
    return _table((line, [plain(value) for value in row]) for line, row in enumerate(rows, 1))


def _read_jsonl(_name: str, content: bytes) -> Table:
    rows: list[tuple[int, Cells]] = []
    for line, text in enumerate(_text(content).splitlines(), 1):
        if text.strip():
            found = json.loads(text)
            if not isinstance(found, dict):
                raise ValueError("no object")
            rows.append((line, {str(name): plain(value) for name, value in found.items()}))
            _bound(len(rows), len(found))
    return Table(tuple(dict.fromkeys(name for _, row in rows for name in row)), tuple(rows))


def _table(lines: Iterable[tuple[int, Sequence[str]]]) -> Table:
    header: tuple[str, ...] = ()
    rows: list[tuple[int, Cells]] = []
    text = 0
    for line, cells in lines:
        if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
            continue
        if not header:
            header = tuple(cell.strip() for cell in cells)
            continue
        rows.append((line, {name: cell[:LONGEST_CELL] for name, cell in zip(header, cells, strict=False) if name}))
        text += sum(map(len, rows[-1][1].values()))
        _bound(len(rows), len(header), text)
    return Table(header, tuple(rows))


def _bound(rows: int, columns: int, text: int = 0) -> None:
    if rows > MOST_LINES or columns > MOST_COLUMNS or text > MOST_TEXT:
        raise Invalid({"file": label("At most %(most)d rows in one file; split it.")}, most=MOST_LINES)


def plain(value: Any) -> str:
    """A cell as a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, list | tuple):
        return "、".join(plain(one) for one in value)
    return value.isoformat() if isinstance(value, date) else str(value)


READERS = {".csv": _read_csv, ".xlsx": _read_xlsx, ".jsonl": _read_jsonl}


def safe(value: Any) -> Any:
    """What is no primitive is written as JSON; what would begin a formula is shown as text."""
    if value is None or isinstance(value, bool | int | float):
        return "" if value is None else value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "'" + text if text.lstrip(UNSEEN).startswith(FORMULA) else text


def write_csv(out: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """With a byte-order mark: the spreadsheet programs of its readers ask for one. Returns the number of rows."""
    file = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(file)
    writer.writerow([safe(name) for name in header])
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007  the count of the last row is the answer
        writer.writerow([safe(value) for value in row])
    file.detach()
    return count


def write_xlsx(out: BinaryIO | Path, header: Sequence[str], rows: Iterable[Sequence[Any]], marks: Mapping[tuple[int, int], str] | None = None) -> int:
    """`marks` are cells (row from 0, column) to be shown as faulty, with what is wrong. Returns the number of rows."""
    place = str(out) if isinstance(out, Path) else out
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    count = 0
    with xlsxwriter.Workbook(place, options) as book:
        sheet, marked, bold = book.add_worksheet(), book.add_format(MARKED), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [safe(name) for name in header], bold)
        for count, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                sheet.write(count, column, safe(value), *((marked,) if marks and (count - 1, column) in marks else ()))
    return count


def lines_of(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """JSON lines."""
    return (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
