"""The items of a long XML document one at a time, each as a small tree with lines; no entities, no whole document.

A document here is a root with sections with items, as in <bom><components><component/>.
"""

from collections.abc import Iterator
from typing import NamedTuple
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, Locator

from scanner.errors import ReadError
from scanner.read.source import MAX_NESTING, Source

CHUNK = 2**16
ITEM = 3
"""How deep items are: below a section below the root."""


class Element(NamedTuple):
    """An element with its local name, and its children."""

    tag: str
    attributes: dict[str, str]
    line: int
    texts: list[str]
    children: "list[Element]"

    @property
    def text(self) -> str:
        """The text that stands directly in it."""
        return "".join(self.texts).strip()

    def all(self, *path: str) -> "list[Element]":
        """The elements below it that are reached by these names."""
        found = [self]
        for tag in path:
            found = [child for element in found for child in element.children if child.tag == tag]
        return found


def items(source: Source, namespaces: tuple[str, ...], ignored: frozenset[str]) -> Iterator[tuple[str, Element]]:
    """The root, as section "", then each item with its section.

    Elements that are `ignored`, or in no namespace that starts like one of `namespaces`, are left out with all that
    is in them. Raises ReadError.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.sax import make_parser

    if not source.data.strip():
        source.error("is empty")
    parser = make_parser()
    handler = _Handler(source, parser, namespaces, ignored)
    parser.setFeature(feature_namespaces, True)  # noqa: FBT003 - SAX's own signature
    parser.setContentHandler(handler)
    try:
        for start in range(0, len(source.data), CHUNK):
            parser.feed(source.data[start : start + CHUNK])
            yield from handler.finished
            handler.finished.clear()
        parser.close()
    except SAXParseException as error:
        place = f"line {error.getLineNumber()}, column {(error.getColumnNumber() or 0) + 1}"
        raise ReadError(source.path, f"XML is malformed: {error.getMessage()}", place) from error
    except DefusedXmlException as error:
        raise ReadError(source.path, "XML that declares entities is not read") from error
    except (LookupError, ValueError) as error:  # an encoding that is not known, or that expat cannot take
        raise ReadError(source.path, f"XML is malformed: {error}", "line 1") from error


class _Handler(ContentHandler):
    """What SAX calls as elements go by."""

    def __init__(self, source: Source, locator: Locator, namespaces: tuple[str, ...], ignored: frozenset[str]) -> None:
        super().__init__()
        self.finished: list[tuple[str, Element]] = []
        self._source, self._locator, self._namespaces, self._ignored = source, locator, namespaces, ignored
        self._open: list[Element] = []
        self._skipped = 0

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl) -> None:  # noqa: ARG002, N802
        namespace, tag = name
        if self._skipped or tag in self._ignored or not (namespace or "").startswith(self._namespaces):
            self._skipped += 1
        else:
            attributes = {local: value for (_, local), value in attrs.items()} if len(attrs) else {}
            element = Element(tag, attributes, self._locator.getLineNumber() or 0, [], [])
            if not self._open:
                self.finished.append(("", Element(tag, {**attributes, "xmlns": namespace or ""}, 1, [], [])))
            self._open.append(element)
        if len(self._open) + self._skipped > MAX_NESTING:
            self._source.error(f"is nested more than {MAX_NESTING} deep", f"line {self._locator.getLineNumber()}")

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: ARG002, N802
        if self._skipped:
            self._skipped -= 1
            return
        element = self._open.pop()
        if len(self._open) == ITEM - 1:
            self.finished.append((self._open[-1].tag, element))
        elif len(self._open) >= ITEM:
            self._open[-1].children.append(element)

    def characters(self, content: str) -> None:
        if not self._skipped and len(self._open) >= ITEM:
            self._open[-1].texts.append(content)
