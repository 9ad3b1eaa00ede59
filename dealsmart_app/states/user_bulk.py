"""UserBulkState: people who are picked, one change to all of them: asked for, rehearsed, done and reported."""

from typing import Any

import pydantic
import reflex as rx

from api.core.errors import HubError
from api.services import user_bulk
from api.services.house import house
from dealsmart_app.states.base import HubState
from dealsmart_app.states.faults import faults_of
from dealsmart_app.states.tables import query_of
from dealsmart_app.states.user_words import outcome_line, sum_of
from dealsmart_app.states.users import UserListState
from models.user_desk import MOST_PEOPLE, UserBulkChange, UserBulkReport, Verdict
from models.users import UserPatch, UserQuery, UserStatus


def change_of(act: str, form: dict[str, Any]) -> UserPatch:
    """Read the change that a form asks for: `suspend`, `reinstate` or `role`.

    Raises:
        pydantic.ValidationError: It is none.
    """
    if act == "role":
        return UserPatch.model_validate({"role": form.get("role")})
    if act == "reinstate":
        return UserPatch(status=UserStatus.ACTIVE)
    reason, until = (str(form.get(name, "")).strip() for name in ("reason", "suspended_until"))
    told = {"reason": reason or None, "suspended_until": until or None}
    return UserPatch.model_validate({"status": UserStatus.SUSPENDED, **told})


class UserBulkState(HubState):
    """The bar over the table and its dialog; `step` is `ask`, `foreseen` or `done`."""

    picked: rx.Field[list[str]] = rx.field(default_factory=list)
    here: rx.Field[list[str]] = rx.field(default_factory=list)
    act: rx.Field[str] = rx.field(default="")
    step: rx.Field[str] = rx.field(default="")
    lines: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    words: rx.Field[str] = rx.field(default="")
    changing: rx.Field[int] = rx.field(default=0)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    _of: str = ""
    _patch: UserPatch | None = None

    @rx.var
    def whole_page(self) -> bool:
        """Whether everybody of the page is picked."""
        return bool(self.here) and set(self.here) <= set(self.picked)

    @rx.event
    async def settle(self) -> None:
        """Take over which page is shown; other filters begin with nobody picked."""
        listing = await self.get_state(UserListState)
        self.here = [row["id"] for row in listing.rows]
        if self._of != listing.narrowed:
            self.picked, self._of = [], listing.narrowed

    @rx.event
    def pick(self, row_id: str) -> None:
        """Pick one person, or leave him where he was picked."""
        others = [one for one in self.picked if one != row_id]
        self.picked = others if row_id in self.picked else [*others, row_id][:MOST_PEOPLE]

    @rx.event
    def pick_page(self) -> None:
        """Pick everybody of the page, or leave them where all were picked."""
        others = [one for one in self.picked if one not in self.here]
        self.picked = others if self.whole_page else [*others, *self.here][:MOST_PEOPLE]

    @rx.event
    async def pick_all(self) -> None:
        """Pick everybody whom the filters mean, on all pages."""
        listing = await self.get_state(UserListState)
        found = await self.call(user_bulk.ids_of, query_of(UserQuery, {**listing.query, "cursor": ""}))
        self.picked = [str(one) for one in found]

    @rx.event
    def leave(self) -> None:
        """Pick nobody."""
        self.picked = []

    @rx.event
    async def begin(self, act: str) -> Any:
        """Ask for what the change needs; what needs nothing is rehearsed at once."""
        self.act, self.step, self.errors = act, "ask", {}
        return UserBulkState.foresee({}) if act == "reinstate" else None

    @rx.event
    async def foresee(self, form: dict[str, Any]) -> None:
        """Rehearse the change that the form asks for, and show who would change."""
        try:
            self._patch = change_of(self.act, form)
            report = await user_bulk.rehearse(house(), await self.actor(), self._wanted(self._patch))
        except (pydantic.ValidationError, HubError) as error:
            self.errors = faults_of(error)
            return
        self.errors = {}
        self._show(report, "foreseen")

    @rx.event
    async def do(self) -> Any:
        """Do what was rehearsed, and report what came of it."""
        if self._patch is None:
            return None
        report = await self.call(user_bulk.change_many, self._wanted(self._patch))
        self._show(report, "done")
        self.picked = [outcome["id"] for outcome in self.lines if outcome["verdict"] == Verdict.REFUSED]
        return [UserListState.load, UserBulkState.settle]

    @rx.event
    def back(self, step: str) -> None:
        """Go back to the question, or close the dialog."""
        self.step = "ask" if step == "ask" else ""

    def _wanted(self, patch: UserPatch) -> UserBulkChange:
        return UserBulkChange.model_validate({"ids": self.picked, "change": patch})

    def _show(self, report: UserBulkReport, step: str) -> None:
        self.lines = [outcome_line(outcome) for outcome in report.outcomes]
        self.words, self.changing = sum_of(report, done=step == "done"), report.count(Verdict.CHANGED)
        self.step = step
