"""WorkspaceState: how the workspace looks to whoever is at the screen, and the views that he keeps."""

from typing import Any
from uuid import UUID

import reflex as rx

from api.services import workspace
from dealsmart_app.states.base import HubState
from dealsmart_app.states.reading import reading
from models.workspace import PreferencesPatch, SavedViewInput

PAGE = "inbox"


class WorkspaceState(HubState):
    """Density, widths, keys and saved views; the browser shows a change at once and tells it here."""

    preferences: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)
    saved: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)

    @rx.event
    @reading
    async def arrive(self) -> None:
        """Read what was kept."""
        self.preferences = (await self.call(workspace.preferences)).model_dump(mode="json")
        await self._read_views()

    @rx.event
    async def prefer(self, change: dict[str, Any]) -> None:
        """Keep a change of how things look."""
        patch = PreferencesPatch.model_validate(change)
        await self.call(workspace.prefer, patch)
        self.preferences = {**self.preferences, **patch.model_dump(mode="json", exclude_unset=True)}

    @rx.event
    async def save_view(self, name: str, query: str) -> None:
        """Keep the filters at hand under a name."""
        await self.call(workspace.save_view, SavedViewInput(page=PAGE, name=name, query=query))
        await self._read_views()

    @rx.event
    async def rename_view(self, view_id: str, name: str) -> None:
        """Give a view another name."""
        await self.call(workspace.rename_view, UUID(view_id), name)
        await self._read_views()

    @rx.event
    async def delete_view(self, view_id: str) -> None:
        """Delete a view."""
        await self.call(workspace.delete_view, UUID(view_id))
        await self._read_views()

    async def _read_views(self) -> None:
        self.saved = [view.model_dump(mode="json") for view in await self.call(workspace.saved_views, PAGE)]
