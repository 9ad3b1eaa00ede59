"""ApiKeyState: one's own API keys. A key's secret goes from the API to the window that made it, never through here."""

from typing import Any
from uuid import UUID

import reflex as rx

from api.core.pagination import MAX_LIMIT, PageRequest
from api.core.security import SCOPE_PERMISSIONS
from api.services import api_keys
from dealsmart_app.states.base import HubState
from dealsmart_app.states.reading import reading
from models.base import rfc3339, utc_now
from models.platform import ApiKeyView, Scope

WORDS = {
    Scope.CONVERSATIONS_READ: "Read conversations and their messages",
    Scope.CONVERSATIONS_WRITE: "Open conversations, write as the customer, post leads",
    Scope.CONVERSATIONS_INTERNAL: "See private notes and drafts too",
    Scope.VEHICLES_READ: "Read the inventory",
    Scope.VEHICLES_WRITE: "Change and import the inventory",
    Scope.USERS_READ: "Look up people",
}
BEYOND = "Opens nothing with your role today"


def _line(key: ApiKeyView) -> dict[str, str]:
    plain = key.model_dump(mode="json")
    over = key.expires_at is not None and plain["expires_at"] <= rfc3339(utc_now())
    return {
        "id": str(key.id),
        "name": key.name,
        "hint": f"{key.hint}…",
        "scopes": ", ".join(key.scopes),
        "quota": f"{key.daily_quota:,} a day" if key.daily_quota else "No quota of its own",
        "expires_at": plain["expires_at"] or "",
        "over": "yes" if over else "",
        "last_used_at": plain["last_used_at"] or "",
        "created_at": plain["created_at"],
    }


class ApiKeyState(HubState):
    """The keys, without their secrets; and the one that is about to be revoked."""

    keys: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    scopes: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    loaded: rx.Field[bool] = rx.field(default=False)
    asking: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @reading
    async def load(self) -> None:
        """Read them, and what a key of one's own can open."""
        found = await self.call(api_keys.page, PageRequest("-created_at", MAX_LIMIT, None))
        self.keys = [_line(key) for key in found.rows]
        self.scopes = [self._scope(scope, words) for scope, words in WORDS.items()]
        self.loaded = True

    def _scope(self, scope: Scope, words: str) -> dict[str, str]:
        mine = any(permission.value in self.permissions for permission in SCOPE_PERMISSIONS[scope])
        return {"value": scope.value, "words": words, "note": "" if mine else BEYOND}

    @rx.event
    def ask(self, key_id: str) -> None:
        """Ask whether a key is to be revoked; empty leaves it."""
        self.asking = next((dict(key) for key in self.keys if key["id"] == key_id), {})

    @rx.event
    async def revoke(self) -> Any:
        """Revoke the key that was asked about."""
        if not self.asking:
            return None
        await self.call(api_keys.revoke, UUID(self.asking["id"]))
        self.asking = {}
        return [ApiKeyState.load, rx.toast.success("Revoked. It opens nothing any more.")]
