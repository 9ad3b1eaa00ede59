"""FlagState: the feature flags, each with its owner and its end."""

from typing import Any

import pydantic
import reflex as rx

from api.core.errors import HubError
from api.core.pagination import PageRequest
from api.services import flags
from dealsmart_app.states.audit import midnight
from dealsmart_app.states.base import HubState
from dealsmart_app.states.faults import faults_of
from dealsmart_app.states.reading import reading
from dealsmart_app.states.tables import ROWS, TableState
from models.flags import FlagName, FlagPatch, FlagStage, FlagView

SORTS = ("name", "-name", "expires_at", "-expires_at", "updated_at", "-updated_at")
_NAME: pydantic.TypeAdapter[str] = pydantic.TypeAdapter(FlagName)
NAME_RULE = "Begin with a small letter; small letters, digits, dots, dashes and underscores, at most 64"


def _row(flag: FlagView) -> dict[str, str]:
    plain = flag.model_dump(mode="json")
    state = "expired" if flag.expired else "on" if flag.enabled else "off"
    shown = {name: str(value) for name, value in plain.items()}
    return {**shown, "state": state, "expires_on": plain["expires_at"][:10]}


def patch_of(form: dict[str, Any]) -> FlagPatch:
    """Read a flag's form; an empty end keeps the one there is.

    Raises:
        pydantic.ValidationError: A field is too long or the owner empty.
    """
    told = {"owner": str(form.get("owner", "")).strip(), "description": str(form.get("description", "")).strip()}
    end = midnight(str(form.get("expires_at", "")))
    return FlagPatch.model_validate(told | ({"expires_at": end} if end else {}))


class FlagState(TableState, HubState):
    """A page of flags, the switch of each, and the form of one that is new or opened."""

    ROUTE = "/flags"
    SORT = "name"
    FILTERS = ("stage",)
    NOUN = ("flag", "flags")

    making: rx.Field[bool] = rx.field(default=False)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @reading
    async def load(self) -> None:
        """Read the page that the address names, and the flag that it has open."""
        self._arrive()
        sort = self.query.get("sort", "")
        request = PageRequest(sort if sort in SORTS else self.SORT, ROWS, self.query.get("cursor"), include_total=True)
        wanted = self.query.get("stage", "")
        page = await self.call(flags.page, request, FlagStage(wanted) if wanted in list(FlagStage) else None)
        self.rows = [_row(flag) for flag in page.rows]
        self.next_cursor, self.total, self.loaded = page.next_cursor or "", page.total or 0, True
        self.chosen = next((row for row in self.rows if row["name"] == self.query.get("id")), {})
        self.errors = {}

    @rx.event
    async def switch(self, name: str, on: bool) -> Any:
        """Switch a flag on or off."""
        await self.call(flags.change, name, FlagPatch(enabled=on))
        return [FlagState.load, rx.toast.success(f"{name} is {'on' if on else 'off'}")]

    @rx.event
    def ask(self, wanted: bool) -> None:
        """Open or close the form of a new flag."""
        self.making, self.errors = wanted, {}

    @rx.event
    async def make(self, form: dict[str, Any]) -> Any:
        """Make a flag, off at first."""
        try:
            name = _NAME.validate_python(str(form.get("name", "")).strip())
        except pydantic.ValidationError:
            self.errors = {"name": NAME_RULE}
            return None
        if any(row["name"] == name for row in self.rows):
            self.errors = {"name": "There is a flag of this name"}
            return None
        return await self._keep(name, form, f"{name} made; it is off")

    @rx.event
    async def save(self, form: dict[str, Any]) -> Any:
        """Keep the open flag's owner, description and, where another day was chosen, its end."""
        same_day = form.get("expires_at") == self.chosen["expires_on"]
        return await self._keep(self.chosen["name"], {**form, "expires_at": ""} if same_day else form, "Saved")

    async def _keep(self, name: str, form: dict[str, Any], told: str) -> Any:
        try:
            await self.call(flags.change, name, patch_of(form))
        except (HubError, pydantic.ValidationError) as error:
            self.errors = faults_of(error)
            return None
        self.making = False
        return [FlagState.load, rx.toast.success(told)]
