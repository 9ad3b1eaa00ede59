"""DealershipState: the form of what the dealership says about itself."""

from typing import Any

import pydantic
import reflex as rx

from api.core.errors import HubError, NotFoundError
from api.services import dealership
from dealsmart_app.states.base import HubState
from dealsmart_app.states.faults import faults_of
from dealsmart_app.states.reading import reading
from models.dealership import DAYS, DealershipInput, DealershipView

PARTS = ("street", "city", "region", "postal_code", "country")
FIELDS = ("name", "phone", "email", "website", "timezone", "currency")
FORM_FIELDS = (*FIELDS, *(f"address.{part}" for part in PARTS), *(f"hours.{day}" for day in DAYS))


def hours_words(spans: list[tuple[str, str]]) -> str:
    """Write a day's hours as they are typed: `09:00-12:00, 13:00-18:00`; empty for closed."""
    return ", ".join(f"{opening}-{closing}" for opening, closing in spans)


def hours_of(words: str) -> list[list[str]]:
    """Read what `hours_words` writes; the model says what is wrong with it."""
    spans = [span.replace("–", "-").split("-") for span in words.split(",") if span.strip()]
    return [[part.strip() for part in span] for span in spans]


def _form(view: DealershipView) -> dict[str, str]:
    plain = view.model_dump(mode="json")
    return {
        **{name: plain[name] or "" for name in FIELDS},
        "currency": view.currency.upper(),
        **{f"address.{part}": plain["address"][part] or "" for part in PARTS},
        **{f"hours.{day}": hours_words(view.hours.get(day, [])) for day in DAYS},
    }


class DealershipState(HubState):
    """What the form holds, what is wrong with it, whether it differs from what is saved."""

    form: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    policies: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    auto_draft: rx.Field[bool] = rx.field(default=False)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    dirty: rx.Field[bool] = rx.field(default=False)

    @rx.event
    @reading
    async def load(self) -> None:
        """Read what is saved."""
        try:
            self._show(await self.call(dealership.read))
        except NotFoundError:
            self.form = dict.fromkeys(FORM_FIELDS, "") | {"timezone": "UTC", "currency": "USD"}

    def _show(self, view: DealershipView) -> None:
        self.form = _form(view)
        self.policies = [policy.model_dump() for policy in view.policies]
        self.auto_draft, self.dirty, self.errors = view.auto_draft, False, {}

    @rx.event
    def write(self, field: str, text: str) -> None:
        """Take over a field."""
        self.form[field] = text
        self.dirty = True

    @rx.event
    def write_policy(self, index: int, part: str, text: str) -> None:
        """Take over a policy's topic or text."""
        if part in ("topic", "text") and 0 <= index < len(self.policies):
            self.policies[index][part] = text
            self.dirty = True

    @rx.event
    def add_policy(self) -> None:
        """Begin another policy."""
        self.policies.append({"topic": "", "text": ""})
        self.dirty = True

    @rx.event
    def drop_policy(self, index: int) -> None:
        """Take a policy away."""
        self.policies = [policy for place, policy in enumerate(self.policies) if place != index]
        self.dirty = True

    @rx.event
    def toggle_auto_draft(self) -> None:
        """Draft on each customer message, or on request only."""
        self.auto_draft = not self.auto_draft
        self.dirty = True

    @rx.event
    async def save(self) -> Any:
        """Save the whole record; faults are shown at their fields."""
        try:
            self._show(await self.call(dealership.save, self._input()))
        except (HubError, pydantic.ValidationError) as error:
            self.errors = _by_field(faults_of(error))
            return None
        return rx.toast.success("Saved. Drafts cite this from now on.")

    def _input(self) -> DealershipInput:
        hours = {day: hours_of(self.form.get(f"hours.{day}", "")) for day in DAYS}
        return DealershipInput.model_validate(
            {
                **{name: self.form.get(name, "") for name in FIELDS},
                "address": {part: self.form.get(f"address.{part}", "") for part in PARTS},
                "hours": hours,
                "policies": list(self.policies),
                "auto_draft": self.auto_draft,
            }
        )


def _by_field(faults: dict[str, str]) -> dict[str, str]:
    """Name hours by their day (`hours.mon.0.1` is of `hours.mon`) and policies as a whole."""
    named: dict[str, str] = {}
    for field, words in faults.items():
        parts = field.split(".")
        name = {"hours": ".".join(parts[:2]), "policies": "policies"}.get(parts[0], field)
        named.setdefault(name, words)
    return named
