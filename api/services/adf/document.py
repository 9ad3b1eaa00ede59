"""An ADF document as elements: parsed without resolving or expanding anything, read with paths for messages."""

import unicodedata
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

MAX_LINE = 200
MAX_TEXT = 10_000
_LATE_CONTROLS = {code: bytes([code]).decode("cp1252", "ignore") or " " for code in range(0x80, 0xA0) if code != 0x85}
_LATE_CONTROLS[0x7F] = " "


class AdfError(Exception):
    """What is malformed in a lead, in words that its provider may read; never any of its content's files."""


class Node:
    """An element with its path below `adf`, so that a complaint can name the place."""

    def __init__(self, element: Element, path: str) -> None:
        self._element = element
        self.path = path

    def all(self, name: str) -> "list[Node]":
        """Return the children of that name; case and namespace make no difference."""
        found = [child for child in self._element if _name(child) == name]
        numbered = len(found) > 1
        return [Node(child, f"{self.path}/{name}{f'[{i}]' if numbered else ''}") for i, child in enumerate(found, 1)]

    def first(self, name: str) -> "Node | None":
        """Return the first child of that name."""
        return next(iter(self.all(name)), None)

    def need(self, name: str) -> "Node":
        """Return the first child of that name.

        Raises:
            AdfError: There is none.
        """
        child = self.first(name)
        if child is None:
            raise AdfError(f"{self.path}: the element `{name}` is missing")
        return child

    def line(self, name: str) -> str | None:
        """Return the text of the first child of that name on one line; None where empty or absent."""
        child = self.first(name)
        return child.text(MAX_LINE, one_line=True) if child else None

    def needed_line(self, name: str) -> str:
        """Return the text of a child that must say something.

        Raises:
            AdfError: It is absent or empty.
        """
        self.need(name)
        text = self.line(name)
        if text is None:
            raise AdfError(f"{self.path}/{name}: is empty")
        return text

    def prose(self, name: str) -> str | None:
        """Return the texts of all children of that name, line breaks kept; mark-up in them stays text."""
        parts = [text for child in self.all(name) if (text := child.text(MAX_TEXT))]
        return "\n\n".join(parts) or None

    def text(self, limit: int = MAX_LINE, one_line: bool = False) -> str | None:
        """Return the element's own text, decoded once.

        Raises:
            AdfError: It is longer than `limit` characters.
        """
        raw = "".join(self._element.itertext()).translate(_LATE_CONTROLS)
        text = unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
        text = " ".join(text.split()) if one_line else text.strip()
        if len(text) > limit:
            raise AdfError(f"{self.path}: has more than {limit:,} characters")
        return text or None

    def attribute(self, name: str) -> str | None:
        """Return an attribute; None where empty or absent."""
        value = " ".join(self._element.get(name, "").split())
        if len(value) > MAX_LINE:
            raise AdfError(f"{self.path}: the attribute `{name}` has more than {MAX_LINE} characters")
        return value or None

    def __iter__(self) -> "Iterator[Node]":
        return (Node(child, f"{self.path}/{_name(child)}") for child in self._element)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def open_prospect(document: bytes) -> Node:
    """Return the one prospect of an ADF document.

    Raises:
        AdfError: Not well-formed (with line and column), a DOCTYPE, another root, no or several prospects.
    """
    root = _root(document)
    if _name(root) != "adf":
        raise AdfError("the outermost element must be `adf`")
    prospects = Node(root, "adf").all("prospect")
    if len(prospects) != 1:
        raise AdfError(f"adf: must have one `prospect`, has {len(prospects)}")
    return prospects[0]


def _root(document: bytes) -> Element:
    try:
        return fromstring(document, forbid_dtd=True)
    except DefusedXmlException:
        message = "a document type declaration (DOCTYPE) and entities of one's own are not accepted"
    except ParseError as error:
        line, column = error.position
        reason = str(error).split(":", maxsplit=1)[0]
        message = f"not well-formed XML at line {line}, column {column + 1}: {reason}"
    except (LookupError, ValueError):
        message = "the encoding that the XML declaration names is not known or does not fit"
    raise AdfError(message)
