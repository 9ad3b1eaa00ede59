"""What happened to somebody and what a change did to many, in words."""

from typing import Any

from models.platform import AuditView
from models.user_desk import Standing, UserBulkReport, UserOutcome, Verdict
from models.users import UserStatus

_DONE = {
    "user:create": ("user-plus", "Account made"),
    "user:delete": ("trash-2", "Account deleted"),
    "user:ask_deletion": ("trash-2", "Deletion asked for"),
    "user:decline_deletion": ("undo-2", "Deletion declined"),
    "user:withdraw_deletion": ("undo-2", "Deletion no longer asked for"),
    "user:end_sign_in": ("log-out", "Signed out of one device"),
    "user:end_sign_ins": ("log-out", "Signed out everywhere"),
    "user:renew_recovery_codes": ("key-round", "New recovery codes"),
    "user:remove_second_factor": ("shield-off", "Two-factor sign-in switched off"),
}
_PROGRAMS = {"key": "an API key", "system": "the system"}
_SUSPENSION = ("status", "suspended_until", "suspension_reason")


def _of(details: dict[str, Any] | None, name: str) -> Any:
    return (details or {}).get(name)


def _changed(entry: AuditView, *names: str) -> bool:
    return any(_of(entry.before, name) != _of(entry.after, name) for name in names)


def _update(entry: AuditView) -> tuple[str, str]:
    parts: list[str] = []
    look = "pencil"
    if _changed(entry, *_SUSPENSION):
        suspended = _of(entry.after, "status") == UserStatus.SUSPENDED
        look = "ban" if suspended else "undo-2"
        parts.append("Suspended" if suspended else "Suspension lifted")
    if _changed(entry, "role"):
        was, now = (str(_of(side, "role") or "").capitalize() for side in (entry.before, entry.after))
        parts.append(f"Role changed from {was} to {now}")
    return look, "; ".join(parts) or "Changed; the details were blanked"


def history_line(entry: AuditView) -> dict[str, str]:
    """Return an entry as `what`, `by`, `why` and `at`, with the name of its icon."""
    known = _DONE.get(entry.action, ("history", entry.action))
    look, what = _update(entry) if entry.action == "user:update" else known
    kind = entry.actor.partition(":")[0]
    return {
        "id": str(entry.id),
        "icon": look,
        "what": what,
        "by": entry.actor_name or _PROGRAMS.get(kind, "somebody who is gone"),
        "until": str(_of(entry.after, "suspended_until") or "") if entry.action == "user:update" else "",
        "why": str(_of(entry.after, "reason") or ""),
        "at": entry.model_dump(mode="json")["at"],
    }


def _standing(standing: Standing | None) -> str:
    return f"{standing.role.capitalize()}, {standing.status}" if standing else ""


def outcome_line(outcome: UserOutcome) -> dict[str, str]:
    """Return one person's part of a change to many."""
    changed = outcome.verdict == Verdict.CHANGED
    becomes = "another reason or end" if outcome.after == outcome.before else _standing(outcome.after)
    return {
        "name": outcome.name,
        "email": outcome.email,
        "verdict": outcome.verdict.value,
        "before": _standing(outcome.before),
        "after": becomes if changed else "",
        "reason": outcome.reason,
    }


def sum_of(report: UserBulkReport, *, done: bool) -> str:
    """Return `12 people changed, 2 already so, 1 refused`; before it is done `12 people will change`."""
    changed = report.count(Verdict.CHANGED)
    verb = "changed" if done else "will change"
    parts = [f"{changed} {'person' if changed == 1 else 'people'} {verb}"]
    for verdict, words in ((Verdict.UNCHANGED, "already so"), (Verdict.REFUSED, "refused")):
        count = report.count(verdict)
        parts += [f"{count} {words}"] if count else []
    return ", ".join(parts)
