"""The words of the users' page: history, reports, and what a form asks for."""

import pydantic
import pytest

from dealsmart_app.states.user_bulk import change_of
from dealsmart_app.states.user_words import history_line, sum_of
from models.base import new_id, utc_now
from models.platform import AuditView
from models.user_desk import UserBulkReport, UserOutcome, Verdict
from models.users import UserStatus


def entry(action: str, before: dict[str, object] | None, after: dict[str, object] | None) -> AuditView:
    """Make a line of the trail by an admin called Ada."""
    told = {"id": new_id(), "at": utc_now(), "actor": "user:x", "actor_name": "Ada", "target": "user:y", "ip": None}
    return AuditView.model_validate({**told, "action": action, "before": before, "after": after, "request_id": None})


@pytest.mark.parametrize(
    ("before", "after", "what", "why"),
    [
        ({"role": "user"}, {"role": "staff"}, "Role changed from User to Staff", ""),
        ({"status": "active"}, {"status": "suspended", "reason": "Spam"}, "Suspended", "Spam"),
        (
            {"status": "active"},
            {"status": "suspended", "suspended_until": "2027-01-02T00:00:00Z", "reason": "Spam"},
            "Suspended",
            "Spam",
        ),
        ({"status": "suspended"}, {"status": "active"}, "Suspension lifted", ""),
        (None, None, "Changed; the details were blanked", ""),
    ],
)
def test_history_is_told_in_words(
    before: dict[str, object] | None, after: dict[str, object] | None, what: str, why: str
) -> None:
    line = history_line(entry("user:update", before, after))
    assert (line["what"], line["by"], line["why"]) == (what, "Ada", why)


def test_a_report_counts_in_words() -> None:
    people = [(Verdict.CHANGED, 1), (Verdict.REFUSED, 2)]
    outcomes = [UserOutcome(id=new_id(), name="x", email="", verdict=v) for v, count in people for _ in range(count)]
    report = UserBulkReport(outcomes=outcomes)
    assert sum_of(report, done=False) == "1 person will change, 2 refused"
    assert sum_of(UserBulkReport(), done=True) == "0 people changed"


def test_a_form_becomes_a_change() -> None:
    suspension = change_of("suspend", {"reason": " Spam ", "suspended_until": "2999-01-02T08:30:00Z"})
    assert (suspension.status, suspension.reason) == (UserStatus.SUSPENDED, "Spam")
    assert str(suspension.suspended_until) == "2999-01-02 08:30:00+00:00"
    assert change_of("suspend", {"reason": "", "suspended_until": ""}).suspended_until is None
    with pytest.raises(pydantic.ValidationError):
        change_of("suspend", {"reason": "Spam", "suspended_until": "soon"})
    assert change_of("role", {"role": "staff"}).role == "staff"
