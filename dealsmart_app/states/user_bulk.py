"""UserBulkState: people who are picked, one change to all of them: asked for, rehearsed, done and reported."""

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

import pydantic
import reflex as rx

from api.core.errors import ConflictError, HubError
from api.services import user_bulk
from api.services.house import house
from dealsmart_app.states.base import HubState
from dealsmart_app.states.faults import faults_of
from dealsmart_app.states.tables import id_of, query_of
from dealsmart_app.states.user_words import outcome_line, sum_of
from dealsmart_app.states.users import UserListState
from models.base import new_id
from models.user_desk import MOST_SELECTED, UserBulkReport, Verdict
from models.users import UserPatch, UserQuery, UserStatus

SHOWN_LINES = 200
CHANGED_SINCE = "Who is selected changed since the preview. Look at it again."


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
    """The bar over the table and its dialog; `step` is `ask`, `foreseen` or `done`.

    Who is picked stays on the server; the browser holds a token of it, which every other choice makes void, how many
    they are, and which rows of its page are ticked.
    """

    token: rx.Field[str] = rx.field(default="")
    count: rx.Field[int] = rx.field(default=0)
    ticked: rx.Field[list[str]] = rx.field(default_factory=list)
    whole_page: rx.Field[bool] = rx.field(default=False)
    act: rx.Field[str] = rx.field(default="")
    step: rx.Field[str] = rx.field(default="")
    lines: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    unlisted: rx.Field[int] = rx.field(default=0)
    words: rx.Field[str] = rx.field(default="")
    underway: rx.Field[str] = rx.field(default="")
    changing: rx.Field[int] = rx.field(default=0)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    _picked: tuple[UUID, ...] = ()
    _here: tuple[str, ...] = ()
    _of: str = ""
    _patch: UserPatch | None = None
    _foreseen: str = ""

    @rx.event
    async def settle(self) -> None:
        """Take over which page is shown; other filters begin with nobody picked."""
        listing = await self.get_state(UserListState)
        self._here = tuple(row["id"] for row in listing.rows)
        if self._of != listing.narrowed:
            self._of = listing.narrowed
            self._select([])
        self._tick()

    @rx.event
    def pick(self, row_id: str) -> None:
        """Pick one person, or leave him where he was picked."""
        one = id_of(row_id)
        if one is not None:
            others = [other for other in self._picked if other != one]
            self._select(others if one in self._picked else [*others, one])

    @rx.event
    def pick_page(self) -> None:
        """Pick everybody of the page, or leave them where all were picked."""
        here = [UUID(row_id) for row_id in self._here]
        others = [one for one in self._picked if one not in here]
        self._select(others if self.whole_page else [*others, *here])

    @rx.event
    async def pick_all(self) -> None:
        """Pick everybody whom the filters mean, on all pages, as they are now."""
        listing = await self.get_state(UserListState)
        self._select(await self.call(user_bulk.ids_of, query_of(UserQuery, {**listing.query, "cursor": ""})))

    @rx.event
    def leave(self) -> None:
        """Pick nobody."""
        self._select([])

    @rx.event
    def begin(self, act: str) -> Any:
        """Ask for what the change needs; what needs nothing is rehearsed at once."""
        self.act, self.step, self.errors = act, "ask", {}
        return UserBulkState.foresee({}) if act == "reinstate" else None

    @rx.event
    async def foresee(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Rehearse the change that the form asks for, and show who would change."""
        reports: list[UserBulkReport] = []
        try:
            self._patch = change_of(self.act, form)
            actor = await self.actor()
            for part in user_bulk.parts(self._picked, self._patch):
                self._go_on("Looked at", reports)
                yield
                reports.append(await user_bulk.rehearse(house(), actor, part))
        except (pydantic.ValidationError, HubError) as error:
            self.errors = faults_of(error)
            return
        finally:
            self.underway = ""
        self.errors, self._foreseen = {}, self.token
        self._show(user_bulk.merged(reports), "foreseen")

    @rx.event
    async def do(self, token: str) -> AsyncIterator[Any]:
        """Do what was rehearsed for the selection of this token, and report what came of it, also where it broke off.

        Raises:
            ConflictError: Another selection stands now, or it was not rehearsed.
        """
        if self._patch is None or not token or not token == self.token == self._foreseen:
            raise ConflictError(CHANGED_SINCE)
        reports: list[UserBulkReport] = []
        try:
            for part in user_bulk.parts(self._picked, self._patch):
                self._go_on("Went through", reports)
                yield
                reports.append(await self.call(user_bulk.change_many, part))
        finally:
            self._finish(reports)
        yield [UserListState.load, UserBulkState.settle]

    @rx.event
    def back(self, step: str) -> None:
        """Go back to the question, or close the dialog."""
        self.step = "ask" if step == "ask" else ""

    def _select(self, ids: Sequence[UUID]) -> None:
        """Take over who is picked, under another token, so that nothing rehearsed for others can still be done."""
        self._picked = tuple(ids[:MOST_SELECTED])
        self.token, self.count = str(new_id()) if ids else "", len(self._picked)
        self._tick()

    def _tick(self) -> None:
        picked = {str(one) for one in self._picked}
        self.ticked = [row_id for row_id in self._here if row_id in picked]
        self.whole_page = bool(self._here) and len(self.ticked) == len(self._here)

    def _go_on(self, verb: str, reports: list[UserBulkReport]) -> None:
        through = sum(len(report.outcomes) for report in reports)
        self.underway = f"{verb} {through:,} of {self.count:,}…"

    def _finish(self, reports: list[UserBulkReport]) -> None:
        """Report what was done; picked stay who was refused and who was not reached."""
        report = user_bulk.merged(reports)
        settled = {one.id for one in report.outcomes if one.verdict != Verdict.REFUSED}
        self.underway = ""
        self._show(report, "done")
        self._select([one for one in self._picked if one not in settled])

    def _show(self, report: UserBulkReport, step: str) -> None:
        self.lines = [outcome_line(outcome) for outcome in report.outcomes[:SHOWN_LINES]]
        self.unlisted = len(report.outcomes) - len(self.lines)
        self.words, self.changing = sum_of(report, done=step == "done"), report.count(Verdict.CHANGED)
        self.step = step
