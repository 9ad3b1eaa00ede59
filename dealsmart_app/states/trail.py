"""Lines of the audit trail in words: who did what to what, and what it changed."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from dealsmart_app.states.base import initials_of
from models.platform import AuditView

HUES = 6
KINDS = {
    "user": "person",
    "conversation": "conversation",
    "customer": "customer",
    "message": "message",
    "draft": "draft",
    "lead": "lead",
    "vehicle": "vehicle",
    "dealership": "dealership",
    "canned_response": "canned response",
    "flag": "feature flag",
    "job": "job",
    "webhook_endpoint": "webhook",
    "webhook_delivery": "delivery",
}
VERBS = {
    "create": "Made",
    "update": "Changed",
    "delete": "Deleted",
    "erase": "Erased",
    "assign": "Assigned",
    "close": "Closed",
    "restore": "Restored",
    "override": "Sent in spite of flags:",
    "export": "Exported",
    "retry": "Ran again:",
    "receive": "Received",
    "record": "Recorded",
    "import": "Imported",
    "replay": "Replayed",
    "disable": "Disabled",
    "ask_deletion": "Asked to delete",
    "decline_deletion": "Declined to delete",
    "withdraw_deletion": "No longer asked to delete",
    "rotate": "New secret for",
    "end_old_secret": "Ended the old secret of",
    "end_sign_in": "Ended a sign-in of",
    "end_sign_ins": "Ended every sign-in of",
    "renew_recovery_codes": "New recovery codes for",
    "remove_second_factor": "Switched off two-factor sign-in of",
}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_LONGEST_ID = 12


def did(action: str) -> str:
    """Say in words what an action was: `user:update` is "Changed person"."""
    kind, _, verb = action.partition(":")
    return f"{VERBS.get(verb, verb.replace('_', ' ').capitalize())} {KINDS.get(kind, kind.replace('_', ' '))}"


def _actor(entry: AuditView) -> tuple[str, str]:
    kind, _, rest = entry.actor.partition(":")
    if entry.actor_name is not None:
        return entry.actor_name, "By API key" if kind == "key" else entry.actor_email or ""
    return ("System", rest) if kind == "system" else (entry.actor.capitalize(), "")


def _subject(entry: AuditView) -> str:
    """Name what an entry is about; an id without a name is cut."""
    rest = entry.target.partition(":")[2]
    return entry.target_name or (rest if len(rest) != 36 else f"{rest[:_LONGEST_ID]}…")


def _fields(entry: AuditView) -> str:
    """Name the first two fields that an update changed, so that lines differ at a glance; nothing for other actions."""
    if not entry.action.endswith(":update"):
        return ""
    before, after = entry.before or {}, entry.after or {}
    told = [name for name in {**before, **after} if name != "updated_at" and before.get(name) != after.get(name)]
    more = f" +{len(told) - 2}" if len(told) > 2 else ""
    return ", ".join(told[:2]).replace("_", " ").capitalize() + more


def line_of(entry: AuditView) -> dict[str, str]:
    """Put an entry into the words that the table and the panel show."""
    plain = entry.model_dump(mode="json", exclude={"before", "after"})
    name, more = _actor(entry)
    told = {
        "who": name,
        "who_more": more,
        "did": did(entry.action),
        "fields": _fields(entry),
        "subject": _subject(entry),
    }
    known = {"initials": initials_of(name), "hue": str(sum(map(ord, entry.actor)) % HUES + 1)}
    return {key: str(value or "") for key, value in plain.items()} | told | known


def _flat(value: dict[str, Any], under: str = "") -> Iterator[tuple[str, Any]]:
    for name, inner in value.items():
        path = f"{under} › {name}" if under else name
        if isinstance(inner, dict) and inner:
            yield from _flat(inner, path)
        else:
            yield path, inner


def _told(value: Any) -> str:
    """Write a value as people do."""
    match value:
        case None | "" | [] | {}:
            return ""
        case bool():
            return "Yes" if value else "No"
        case str() if _MOMENT.match(value):
            return f"{datetime.fromisoformat(value):%-d %b %Y, %H:%M} UTC"
        case list():
            return ", ".join(map(_told, value))
        case dict():
            return ", ".join(f"{name}: {_told(inner)}" for name, inner in value.items())
        case _:
            return str(value)


def changes_of(before: dict[str, Any] | None, after: dict[str, Any] | None) -> list[dict[str, str]]:
    """List the fields that differ, with what they were and what they are, in words; empty: there was nothing."""
    old, new = dict(_flat(before or {})), dict(_flat(after or {}))
    changed = (name for name in {**old, **new} if old.get(name) != new.get(name))
    names = [name for name in changed if _told(old.get(name)) or _told(new.get(name))]
    return [
        {"field": name.replace("_", " ").capitalize(), "before": _told(old.get(name)), "after": _told(new.get(name))}
        for name in names
    ]
