"""TableState: what every list page does with its address, mixed into the list's own state."""

from typing import Any, ClassVar, TypeVar
from uuid import UUID

import pydantic
import reflex as rx

from dealsmart_app.states.addresses import address, changed, next_sort

M = TypeVar("M", bound=pydantic.BaseModel)
ROWS = 25


def query_of(model: type[M], query: dict[str, str], **fixed: Any) -> M:
    """Read a list's query from the address; what the model does not know or refuses is left out."""
    known = {name: value for name, value in query.items() if name in model.model_fields and value}
    try:
        return model.model_validate({**known, **fixed})
    except pydantic.ValidationError as error:
        refused = {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}
        return model.model_validate({**{n: v for n, v in known.items() if n not in refused}, **fixed})


def id_of(text: str | None) -> UUID | None:
    """Read an id from the address; None where it is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


class TableState(rx.State, mixin=True):
    """A page of rows: which one stands in the address, so that back, reload and copied links work."""

    ROUTE: ClassVar[str] = "/"
    SORT: ClassVar[str] = ""
    FILTERS: ClassVar[tuple[str, ...]] = ()
    NOUN: ClassVar[tuple[str, str]] = ("row", "rows")

    rows: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    loaded: rx.Field[bool] = rx.field(default=False)
    next_cursor: rx.Field[str] = rx.field(default="")
    total: rx.Field[int] = rx.field(default=0)
    query: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    chosen: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    _before: dict[str, str] = {}  # noqa: RUF012
    _course: list[dict[str, str]] = []  # noqa: RUF012

    def _arrive(self) -> dict[str, str]:
        """Take the query over that the browser has come to; the loading of the rows begins with it."""
        here = self._here()
        self._course = self._course[self._course.index(here) :] if here in self._course else [here]
        self.query = here
        return here

    def _heading(self) -> dict[str, str]:
        """Return the query on which a change builds: the browser's, or the one that it was last sent to.

        What is shown (`query`) may be older than both: a hand can be faster than the rows.
        """
        here = self._here()
        return self._course[-1] if here in self._course else here

    def _go(self, changes: dict[str, str], *, replace: bool = False) -> Any:
        """Send the browser to the list with the changes; several in a row add up."""
        here, now = self._here(), self._heading()
        self._course = [*(self._course if here in self._course else [here]), changed(now, **changes)]
        return rx.redirect(address(self.ROUTE, now, **changes), replace=replace)

    def _here(self) -> dict[str, str]:
        return {name: value for name, value in self.router.url.query_parameters.items() if value}

    @rx.event
    def narrow(self, name: str, value: str) -> Any:
        """Search or filter: put it into the address, which loads."""
        if name not in self.FILTERS:
            return None
        replace = name == "q" and bool(self._heading().get("q"))
        return self._go({name: value}, replace=replace)

    @rx.event
    def order(self, field: str) -> Any:
        """Sort by a column: falling first, rising the second time."""
        return self._go({"sort": next_sort(self._heading().get("sort") or self.SORT, field)})

    @rx.event
    def open(self, row_id: str) -> Any:
        """Show a row beside the table; empty closes it."""
        return self._go({"id": row_id})

    @rx.event
    def forward(self) -> Any:
        """Go to the next page."""
        self._before[self.next_cursor] = self.query.get("cursor", "")
        return rx.redirect(address(self.ROUTE, self.query, cursor=self.next_cursor))

    @rx.event
    def back(self) -> Any:
        """Go to the page before; to the first one where that is not known."""
        before = self._before.get(self.query.get("cursor", ""), "")
        return rx.redirect(address(self.ROUTE, self.query, cursor=before))

    @rx.event
    def clear(self) -> Any:
        """Take every filter away; the order and the columns stay."""
        return self._go(dict.fromkeys(self.FILTERS, ""))

    @rx.var
    def sort(self) -> str:
        """The order that the table shows."""
        return self.query.get("sort") or self.SORT

    @rx.var
    def filtered(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.query.get(name) for name in self.FILTERS)

    @rx.var
    def words(self) -> str:
        """How many rows these are, and of how many where there are more."""
        noun = self.NOUN[self.total != 1]
        part = "" if len(self.rows) == self.total else f"{len(self.rows):,} of "
        return f"{part}{self.total:,} {noun}"


__all__ = ["ROWS", "TableState", "id_of", "query_of"]
