"""Who may do what: one line for each route of the API and for each state of the screens.

The rules themselves stand in the services (`actor.require`), which both doors call; this table says what must come
of them, and tests knock at every route and every event handler as everybody. A door without a line here fails them.
The OpenAPI document takes from here which routes are public and which scope opens them to a key.
"""

from dataclasses import dataclass

from models.platform import Scope
from models.users import Role

ANYBODY: frozenset[Role | None] = frozenset({None, *Role})
SIGNED_IN: frozenset[Role | None] = frozenset(Role)
STAFF: frozenset[Role | None] = frozenset({Role.STAFF, Role.ADMIN})
LOOKERS: frozenset[Role | None] = frozenset({Role.MODERATOR, Role.ADMIN})
ADMIN: frozenset[Role | None] = frozenset({Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Access:
    """The roles that may pass, None for nobody in particular, and the scope with which a key of theirs may.

    Without a scope no key passes. What belongs to one person is his alone whatever the role; the services see to it.
    """

    who: frozenset[Role | None]
    scope: Scope | None = None


ROUTES: dict[str, Access] = {
    "GET /conversations": Access(STAFF, Scope.CONVERSATIONS_READ),
    "POST /conversations": Access(STAFF, Scope.CONVERSATIONS_WRITE),
    "GET /conversations/{conversation_id}/messages": Access(STAFF, Scope.CONVERSATIONS_READ),
    "POST /conversations/{conversation_id}/messages": Access(STAFF, Scope.CONVERSATIONS_WRITE),
    "GET /conversations/{conversation_id}/status": Access(STAFF, Scope.CONVERSATIONS_READ),
    "POST /auth/register": Access(ANYBODY),
    "POST /auth/login": Access(ANYBODY),
    "POST /auth/refresh": Access(ANYBODY),
    "POST /auth/logout": Access(SIGNED_IN),
    "POST /auth/verify-email": Access(ANYBODY),
    "POST /auth/verify-email/resend": Access(SIGNED_IN),
    "GET /auth/sessions": Access(SIGNED_IN),
    "DELETE /auth/sessions/{session_id}": Access(SIGNED_IN),
    "POST /auth/password-reset": Access(ANYBODY),
    "POST /auth/password-reset/confirm": Access(ANYBODY),
    "POST /auth/password": Access(SIGNED_IN),
    "POST /auth/totp/enroll": Access(SIGNED_IN),
    "POST /auth/totp/confirm": Access(SIGNED_IN),
    "POST /auth/totp/recovery-codes": Access(SIGNED_IN),
    "DELETE /auth/totp": Access(SIGNED_IN),
    "GET /auth/google/login": Access(ANYBODY),
    "GET /auth/google/callback": Access(ANYBODY),
    "POST /auth/google/totp": Access(ANYBODY),
    "GET /users/me": Access(SIGNED_IN),
    "DELETE /users/me": Access(SIGNED_IN),
    "PATCH /users/me": Access(SIGNED_IN),
    "GET /users/me/export": Access(SIGNED_IN),
    "PUT /users/me/avatar": Access(SIGNED_IN),
    "DELETE /users/me/avatar": Access(SIGNED_IN),
    "POST /users/verify-age": Access(SIGNED_IN),
    "GET /users/search": Access(LOOKERS, Scope.USERS_READ),
    "GET /users": Access(LOOKERS, Scope.USERS_READ),
    "GET /users/{user_id}": Access(LOOKERS, Scope.USERS_READ),
    "PATCH /users/{user_id}": Access(ADMIN),
    "DELETE /users/{user_id}": Access(ADMIN),
    "GET /media/{folder}/{name}": Access(ANYBODY),
    "GET /api-keys": Access(SIGNED_IN),
    "POST /api-keys": Access(SIGNED_IN),
    "DELETE /api-keys/{key_id}": Access(SIGNED_IN),
    "GET /conversations/{conversation_id}": Access(STAFF, Scope.CONVERSATIONS_READ),
    "PATCH /conversations/{conversation_id}": Access(STAFF),
    "DELETE /conversations/{conversation_id}": Access(ADMIN),
    "POST /conversations/{conversation_id}/read": Access(STAFF),
    "POST /conversations/{conversation_id}/assign": Access(STAFF),
    "POST /conversations/{conversation_id}/close": Access(STAFF),
    "GET /conversations/{conversation_id}/events": Access(STAFF, Scope.CONVERSATIONS_INTERNAL),
    "POST /conversations/{conversation_id}/ai-suggest": Access(STAFF),
    "POST /messages/{message_id}/accept": Access(STAFF),
    "POST /messages/{message_id}/reject": Access(STAFF),
    "POST /messages/{message_id}/feedback": Access(STAFF),
    "POST /messages/{message_id}/check": Access(STAFF),
    "GET /customers": Access(STAFF),
    "GET /customers/{customer_id}": Access(STAFF),
    "PATCH /customers/{customer_id}": Access(STAFF),
    "DELETE /customers/{customer_id}": Access(ADMIN),
    "GET /notifications": Access(SIGNED_IN),
    "PATCH /notifications/{notification_id}/read": Access(SIGNED_IN),
    "POST /notifications/read-all": Access(SIGNED_IN),
    "GET /canned-responses": Access(STAFF),
    "POST /canned-responses": Access(ADMIN),
    "PATCH /canned-responses/{response_id}": Access(ADMIN),
    "DELETE /canned-responses/{response_id}": Access(ADMIN),
    "GET /dealership": Access(STAFF),
    "PUT /dealership": Access(ADMIN),
    "GET /vehicles": Access(STAFF, Scope.VEHICLES_READ),
    "POST /vehicles": Access(ADMIN, Scope.VEHICLES_WRITE),
    "POST /vehicles/import": Access(ADMIN, Scope.VEHICLES_WRITE),
    "GET /vehicles/{vehicle_id}": Access(STAFF, Scope.VEHICLES_READ),
    "PATCH /vehicles/{vehicle_id}": Access(ADMIN, Scope.VEHICLES_WRITE),
    "DELETE /vehicles/{vehicle_id}": Access(ADMIN, Scope.VEHICLES_WRITE),
    "POST /leads/adf": Access(STAFF, Scope.CONVERSATIONS_WRITE),
    "GET /": Access(ANYBODY),
    "GET /health/live": Access(ANYBODY),
    "GET /health/ready": Access(ANYBODY),
    "GET /status": Access(ANYBODY),
    "GET /migrations": Access(ADMIN),
    "GET /admin/audit": Access(ADMIN),
    "GET /admin/jobs": Access(ADMIN),
    "POST /admin/jobs/{job_id}/retry": Access(ADMIN),
    "GET /admin/flags": Access(ADMIN),
    "GET /admin/flags/{name}": Access(ADMIN),
    "PATCH /admin/flags/{name}": Access(ADMIN),
    "GET /webhook-endpoints": Access(ADMIN),
    "POST /webhook-endpoints": Access(ADMIN),
    "GET /webhook-endpoints/{endpoint_id}": Access(ADMIN),
    "PATCH /webhook-endpoints/{endpoint_id}": Access(ADMIN),
    "DELETE /webhook-endpoints/{endpoint_id}/old-secret": Access(ADMIN),
    "DELETE /webhook-endpoints/{endpoint_id}": Access(ADMIN),
    "POST /webhook-endpoints/{endpoint_id}/secret": Access(ADMIN),
    "GET /webhook-endpoints/{endpoint_id}/deliveries": Access(ADMIN),
    "POST /webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/replay": Access(ADMIN),
    "GET /admin/ai": Access(ADMIN),
    "GET /admin/ai/cases/{message_id}": Access(ADMIN),
}

# Every handler of a screen's state is a call that anybody with a socket can make (dealsmart_app.gate lets only the
# framework's own and `HubState.guard` of nobody pass); what it reaches is its services', for these people.
STATES: dict[str, tuple[frozenset[Role | None], tuple[str, ...]]] = {
    "AiFiguresState": (ADMIN, ("choose", "export", "load")),
    "ApiKeyState": (SIGNED_IN, ("ask", "load", "revoke")),
    "AttentionState": (ADMIN, ("choose", "load")),
    "AuditChainState": (ADMIN, ("verify", "verify_once")),
    "AuditListState": (ADMIN, ("back", "clear", "forward", "load", "narrow", "open", "order")),
    "BulkState": (STAFF, ("change", "finish", "resolve", "undo")),
    "ComposerState": (STAFF, ("accept", "arrive", "find", "keep", "send", "show")),
    "ContextState": (STAFF, ("close", "edit", "save", "show")),
    "DealershipState": (
        ADMIN,
        ("add_policy", "drop_policy", "load", "save", "toggle_auto_draft", "write", "write_policy"),
    ),
    "DemonstrationState": (ADMIN, ("ask", "load")),
    "DraftState": (STAFF, ("arrive", "dismiss", "examine", "explain", "reject", "start", "stop")),
    "FlagState": (
        ADMIN,
        ("ask", "back", "clear", "forward", "load", "make", "narrow", "open", "order", "save", "switch"),
    ),
    "HandlingState": (STAFF, ("add_label", "assign", "change", "label", "reopen", "snooze", "take")),
    "HomeState": (SIGNED_IN, ("lead",)),
    "HubState": (ANYBODY, ("actor", "call", "guard", "show_person", "still_here")),
    "InboxState": (STAFF, ("arrive", "go", "heard", "mark_unread", "more")),
    "JobListState": (ADMIN, ("back", "clear", "forward", "load", "narrow", "open", "order", "retry")),
    "NotificationState": (SIGNED_IN, ("follow", "heard", "load", "mark_all_read")),
    "PaletteState": (SIGNED_IN, ("arrive", "find")),
    "PreferenceState": (SIGNED_IN, ("load", "toggle")),
    "ProfileState": (SIGNED_IN, ("load", "look", "mail_again", "save", "write")),
    "SecurityState": (SIGNED_IN, ("enroll", "enrolled", "load")),
    "SettingsState": (SIGNED_IN, ("arrive",)),
    "SetUpState": (STAFF, ("show",)),
    "SignInListState": (SIGNED_IN, ("ask", "end", "end_others", "load")),
    "SignInState": (ANYBODY, ("leave_if_known",)),
    "SystemState": (ADMIN, ("load",)),
    "ThreadState": (STAFF, ("explain", "heard", "older", "rate", "read", "show", "take_draft")),
    "UserBulkState": (
        ADMIN,
        ("back", "begin", "do", "foresee", "leave", "pick", "pick_all", "pick_page", "settle"),
    ),
    "UserDeletionState": (ADMIN, ("ask", "confirm", "decline", "load", "show", "withdraw")),
    "UserDossierState": (ADMIN, ("end", "end_all", "load")),
    "UserEditState": (ADMIN, ("ask", "give_role", "lift", "suspend")),
    "UserListState": (LOOKERS, ("back", "clear", "forward", "load", "narrow", "open", "order", "show_column")),
    "UserViewState": (LOOKERS, ("ask", "drop", "keep", "keep_changes", "load")),
    "VehicleEditState": (ADMIN, ("dismiss", "edit", "imported", "save")),
    "VehicleEntryState": (ADMIN, ("ask", "make")),
    "VehicleListState": (STAFF, ("back", "clear", "forward", "load", "narrow", "open", "order")),
    "WebhookEditState": (
        ADMIN,
        ("ask", "ask_delete", "ask_end", "ask_rotate", "delete", "enable", "end_old", "make", "replay", "rotate"),
    ),
    "WebhookListState": (
        ADMIN,
        ("back", "clear", "forward", "load", "narrow", "open", "order", "show_deliveries"),
    ),
    "WorkspaceState": (STAFF, ("arrive", "delete_view", "prefer", "rename_view", "save_view")),
}
