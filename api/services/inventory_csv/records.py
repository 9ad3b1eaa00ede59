"""Records of a CSV file: encodings, delimiters and quotes, so that one broken row costs only itself."""

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

DELIMITERS = ",;\t|"
_UNDECODED = re.compile("[\udc80-\udcff]")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)


@dataclass(frozen=True)
class Record:
    """One record; `number` 0 is the header. A `fault` is about the cell at `column`, else about the whole."""

    number: int
    cells: list[str] = field(default_factory=list)
    fault: str | None = None
    column: int | None = None


class _Lines:
    """Physical lines that can be given back, so that an open quote does not swallow the rows after it."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source = source
        self._returned: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else next(self._source)
        self.taken.append(line)
        return line

    def give_back(self, first: int) -> None:
        """Give back the taken lines from index `first` on."""
        self._returned.extendleft(reversed(self.taken[first:]))
        self.taken.clear()


def records(data: bytes, known_columns: Collection[str]) -> Iterator[Record]:
    """Yield the header and then each record of a CSV file, decoded.

    UTF-8 with or without a byte order mark, or UTF-16 with one; cells of a UTF-8 file that are not UTF-8
    are read as Windows-1252. The delimiter is the one that finds most of `known_columns` in the header.
    Blank lines are no records.
    """
    lines = _Lines(_text(data))
    delimiter = _delimiter(lines, known_columns)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    width = 0
    for number, (cells, fault) in enumerate(_read(lines, reader)):
        if cells is None:
            yield Record(number, fault=fault)
        elif width and len(cells) != width:
            _give_back_swallowed(lines, delimiter, width)
            yield Record(number, fault=f"has {len(cells)} cells where the header has {width}")
        else:
            width = len(cells)
            yield _decoded(number, cells)


def _text(data: bytes) -> Iterator[str]:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding, errors = ("utf-16", "replace") if wide else ("utf-8-sig", "surrogateescape")
    return io.TextIOWrapper(io.BytesIO(data), encoding=encoding, errors=errors, newline="")


def _delimiter(lines: _Lines, known_columns: Collection[str]) -> str:
    first = next(lines, "")
    if told := _SEPARATOR_LINE.fullmatch(first):
        lines.taken.clear()
        return told[1]
    lines.give_back(0)
    names = {d: {cell.strip().strip('"').lower() for cell in first.split(d)} for d in DELIMITERS}
    return max(DELIMITERS, key=lambda d: len(names[d].intersection(known_columns)))


def _read(lines: _Lines, reader: Iterator[list[str]]) -> Iterator[tuple[list[str] | None, str]]:
    while True:
        lines.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            lines.give_back(1)
            yield None, "cannot be read: a quote is out of place, or a cell is longer than 131,072 characters"
            continue
        if cells:
            yield cells, ""


def _give_back_swallowed(lines: _Lines, delimiter: str, width: int) -> None:
    """Give back whole rows that a stray quote drew into the record before them."""
    for index in range(1, len(lines.taken)):
        if _width(lines.taken[index], delimiter) == width:
            lines.give_back(index)
            return


def _width(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter, strict=True), []))
    except csv.Error:
        return 0


def _decoded(number: int, cells: list[str]) -> Record:
    for index, cell in enumerate(cells):
        if not cell.isascii() and _UNDECODED.search(cell):
            try:
                cells[index] = _from_windows_1252(cell)
            except ValueError:
                fault = "holds characters that are neither UTF-8 nor Windows-1252"
                return Record(number, cells, fault, index)
    return Record(number, cells)


def _from_windows_1252(cell: str) -> str:
    if not _UNDECODED.sub("", cell).isascii():
        raise ValueError("two encodings in one cell: neither reading can be trusted")
    return cell.encode("utf-8", "surrogateescape").decode("cp1252")
