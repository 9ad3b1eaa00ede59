"""The table of the screens' handlers, whole: each is proved by a test that looks at its effect, or only shows."""

import asyncio
import importlib

import pytest

from api.core.errors import ForbiddenError, InternalError
from api.policy import STATES
from models.users import Role
from tests.app.reaching import REACHED, of
from tests.app.socket_client import Socket
from tests.app.test_policy import _arguments, _ids, ours
from tests.served import Served, cookie_of

PROOFS = (
    "test_account",
    "test_handlers_of_a_thread",
    "test_handlers_of_administration",
    "test_handlers_reach",
    "test_set_up",
    "test_inbox_list",
    "test_palette",
    "test_user_administration",
)
# What only changes what a screen shows, or where one is; nothing of it outlasts the tab.
TABLE = ("back", "clear", "forward", "load", "narrow", "open", "order")
SHOWS: dict[str, tuple[str, ...]] = {
    "AiFiguresState": ("choose", "export", "load"),
    "ApiKeyState": ("ask", "load"),
    "AttentionState": ("choose", "load"),
    "AuditChainState": ("verify", "verify_once"),
    "AuditListState": TABLE,
    "ComposerState": ("arrive", "find", "show"),
    "ContextState": ("close", "edit", "show"),
    "DealershipState": ("load",),
    "DemonstrationState": ("ask",),
    "DraftState": ("arrive", "dismiss"),
    "FlagState": (*TABLE, "ask"),
    "HomeState": ("lead",),
    "HubState": ("actor", "call", "guard", "show_person", "still_here"),
    "InboxState": ("arrive", "go", "heard", "more"),
    "JobListState": TABLE,
    "NotificationState": ("heard", "load"),
    "PaletteState": ("arrive",),
    "PreferenceState": ("load",),
    "ProfileState": ("load", "look"),
    "SecurityState": ("enrolled", "load"),
    "SetUpState": ("show",),
    "SettingsState": ("arrive",),
    "SignInListState": ("ask", "load"),
    "SignInState": ("leave_if_known",),
    "SystemState": ("load",),
    "ThreadState": ("explain", "heard", "older", "show", "take_draft"),
    "UserBulkState": ("back", "begin", "foresee", "leave", "pick", "pick_all", "pick_page", "settle"),
    "UserDeletionState": ("load", "show"),
    "UserDossierState": ("load",),
    "UserEditState": ("ask",),
    "UserListState": (*TABLE, "show_column"),
    "UserViewState": ("ask", "load"),
    "VehicleEditState": ("dismiss", "edit", "imported"),
    "VehicleEntryState": ("ask",),
    "VehicleListState": TABLE,
    "WebhookEditState": ("ask", "ask_delete", "ask_end", "ask_rotate"),
    "WebhookListState": (*TABLE, "show_deliveries"),
    "WorkspaceState": ("arrive",),
}
PEOPLE = {
    "sam": Role.USER,
    "torquetales": Role.CREATOR,
    "luis": Role.STAFF,
    "judith": Role.MODERATOR,
    "ada": Role.ADMIN,
}
# Methods that Reflex makes handlers of, though only our own code calls them: what they take is not a browser's.
INWARD = {"HubState.call", "HubState.actor", "HubState.show_person", "HubState.still_here"}
INWARD |= {"ThreadState.take_draft", "ThreadState.explain"}
INWARD |= {f"{name}.heard" for name in ("InboxState", "NotificationState", "ThreadState")}


def test_no_handler_is_without_a_proof() -> None:
    """A new one must be called by a test, or be named above as one that only shows."""
    for name in PROOFS:
        importlib.import_module(f"tests.app.{name}")
    named = {f"{name}.{handler}" for name, (_, handlers) in STATES.items() for handler in handlers}
    shows = {f"{name}.{handler}" for name, handlers in SHOWS.items() for handler in handlers}
    assert (named - shows - REACHED, (shows | REACHED) - named, shows & REACHED) == (set(), set(), set())


@pytest.mark.parametrize("person", PEOPLE)
async def test_whoever_may_is_shown_it(served: Served, person: str) -> None:
    """What only shows is refused to nobody whom the table lets, and fails at nothing that it can be called with."""
    states = ours()
    mine = {name: handlers for name, handlers in SHOWS.items() if PEOPLE[person] in STATES[name][0]}
    with served.sign_in("ada") as ada, served.sign_in(person) as client:
        cookie, ids = cookie_of(client), _ids(ada)

        async def walk(name: str) -> list[str]:
            state = states[name]
            page = f"/settings?id={ids['user_id']}"
            async with Socket(served.url, cookie) as socket:
                for handler in mine[name]:
                    if f"{name}.{handler}" not in INWARD:
                        await socket.send(of(state, handler), page, **_arguments(state, handler, ids))
                return [name for words in (ForbiddenError.title, InternalError.title) if words in "".join(socket.heard)]

        failed = await asyncio.gather(*(walk(name) for name in mine))
    assert [name for names in failed for name in names] == []
