"""The forms of a page, filled in as a browser would send them back unchanged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

Pairs = list[tuple[str, str]]


@dataclass(slots=True)
class Filled:
    action: str
    method: str
    pairs: Pairs = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    """What the room's forms know by name, shown or not."""

    @property
    def names(self) -> set[str]:
        return {name for name, _ in self.pairs}

    def fill(self, said: Mapping[str, str]) -> None:
        """These answers instead of those that stand there, and beside them."""
        self.pairs = [(name, said.get(name, value)) for name, value in self.pairs]
        self.pairs += [(name, value) for name, value in said.items() if name not in self.names and name != "version"]


class Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Filled] = []
        self._open: Filled | None = None
        self._text: tuple[str, list[str]] | None = None
        self._select: tuple[str, list[tuple[str, bool]]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Filled(said.get("action", ""), said.get("method", "get").lower())
            self.found.append(self._open)
        elif self._open is not None and tag == "input":
            self._input(said)
        elif tag == "textarea":
            self._text = (said.get("name", ""), [])
        elif tag == "select":
            self._select = (said.get("name", ""), [])
        elif tag == "option" and self._select is not None:
            self._select[1].append((said.get("value", ""), "selected" in said))

    def _input(self, said: dict[str, str]) -> None:
        kind = said.get("type", "text")
        chosen = kind not in ("checkbox", "radio") or "checked" in said
        if self._open is not None and said.get("name") and kind not in ("submit", "button", "file", "image") and chosen and "disabled" not in said:
            self._open.pairs.append((said["name"], said.get("value", "on" if kind == "checkbox" else "")))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea" and self._text is not None:
            self._keep(self._text[0], "".join(self._text[1]).replace("\r\n", "\n").removeprefix("\n"))
            self._text = None
        elif tag == "select" and self._select is not None:
            name, options = self._select
            if options:
                self._keep(name, next((value for value, chosen in options if chosen), options[0][0]))
            self._select = None

    def _keep(self, name: str, value: str) -> None:
        if self._open is not None and name:
            self._open.pairs.append((name, value))


def forms_of_page(page: str) -> list[Filled]:
    forms = Forms()
    forms.feed(page)
    forms.close()
    return forms.found
