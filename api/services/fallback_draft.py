"""The draft that needs no network: thanks, says what is known of what was asked, asks the next sensible question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from api.services import fallback_wording as wording
from api.services.fallback_topics import (
    Topic,
    days_of,
    is_courtesy,
    open_question,
    puts_a_question,
    speaks_of_sale,
    topics_of,
    vehicles_meant,
)
from api.services.grounding import slot_catalogue
from api.services.grounding.evidence import EvidencePack

PROVIDER = "fallback"
MODEL = "built-in"

FRESH = timedelta(days=14)
MOST_VEHICLES = 3
MOST_TOPICS = 3


@dataclass(frozen=True)
class _Vehicle:
    """A vehicle of the pack under its slot prefix.

    `status` is "" where it is in doubt: nobody confirmed it for 14 days, or staff wrote otherwise.
    """

    number: int
    title: str
    status: str
    fresh: bool


@dataclass
class _Reply:
    """What can be said, what has to be checked, and the slots to say it with."""

    asked: str
    slots: Mapping[str, str]
    hours: Mapping[str, Any]
    policies: Mapping[str, str]
    vehicles: list[_Vehicle] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    to_check: list[str] = field(default_factory=list)
    stated: set[tuple[int, str]] = field(default_factory=set)

    def slot(self, name: str) -> str:
        """Return the slot in braces where the records fill it, else ""."""
        return f"{{{{{name}}}}}" if self.slots.get(name) else ""

    def state(self, vehicle: _Vehicle, fact: str, sentence: str, value: str = "") -> None:
        """State a fact of a vehicle once; "it" follows only where one vehicle is spoken of."""
        if (vehicle.number, fact) in self.stated:
            return
        named = bool(self.stated) and len(self.vehicles) == 1
        subject = "It" if named else f"{'the' if sentence.startswith('I') else 'The'} {vehicle.title}"
        self.said.append(sentence.replace("{subject}", subject).replace("{value}", value))
        self.stated.add((vehicle.number, fact))

    def check(self, what: str) -> None:
        """Note what nothing is known of."""
        if what and what not in self.to_check:
            self.to_check.append(what)


def fallback_template(pack: EvidencePack) -> tuple[str, bool]:
    """Write a reply in slots from the pack alone, and say whether it asks for what is missing.

    Every fact is a slot that the records fill, or a status that the record has at
    this moment; what no fresh record says is left to be checked. It agrees to
    nothing and knows no vehicle but those of the pack.

    Source: ai-drafts, section 2.
    """
    asked = open_question(pack)
    reply = _begin(pack, asked)
    meant = [_vehicle(pack, reply, number) for number in vehicles_meant(pack, asked)]
    reply.vehicles = [vehicle for vehicle in meant if vehicle.title][:MOST_VEHICLES]
    topics = topics_of(asked)[:MOST_TOPICS]
    for vehicle in reply.vehicles:
        if vehicle.status == "sold":
            _state_status(reply, vehicle, with_price=False)
    if not topics:
        _introduce(reply)
    for topic in topics:
        _answer(reply, topic, topics)
    question, clarifying = _question(reply, topics)
    checks = [wording.CHECK.format(what=_joined(reply.to_check))] if reply.to_check else []
    return " ".join([_greeting(pack, reply), *reply.said, *checks, question]), clarifying


def _begin(pack: EvidencePack, asked: str) -> _Reply:
    dealership = pack.dealership or {}
    policies = enumerate(dealership.get("policies") or (), start=1)
    slots_by_topic = {str(policy["topic"]): f"policy.{number}" for number, policy in policies}
    return _Reply(asked, slot_catalogue(pack), dealership.get("hours") or {}, slots_by_topic)


def _vehicle(pack: EvidencePack, reply: _Reply, number: int) -> _Vehicle:
    record = pack.vehicles[number - 1]
    fresh = _is_fresh(record, pack.now)
    status = str(record.get("status") or "") if fresh else ""
    if status == "available" and speaks_of_sale(pack):
        status = ""
    return _Vehicle(number, reply.slot(f"v{number}.title"), status, fresh)


def _is_fresh(record: Mapping[str, Any], now: datetime) -> bool:
    """Whether a feed or a person confirmed the record in the last 14 days (ai-drafts, section 1)."""
    confirmed = record.get("confirmed_at") or record.get("updated_at")
    moment = datetime.fromisoformat(confirmed) if isinstance(confirmed, str) else confirmed
    return moment is not None and now - moment <= FRESH


def _greeting(pack: EvidencePack, reply: _Reply) -> str:
    """Introduce the dealership where nobody has answered yet."""
    name = reply.slot("dealer.name")
    first = all(message.sender == "customer" for message in pack.messages)
    return wording.HELLO.format(name=name) if name and first else wording.THANKS


def _introduce(reply: _Reply) -> None:
    """Say the least that is useful of a vehicle where the question itself was not understood."""
    if reply.vehicles and puts_a_question(reply.asked):
        reply.said.append(wording.CHECK.format(what="that"))
    for vehicle in reply.vehicles:
        _state_status(reply, vehicle, with_price=True)


def _answer(reply: _Reply, topic: Topic, topics: list[Topic]) -> None:
    """Add what is known of one topic."""
    match topic:
        case Topic.AVAILABILITY:
            for vehicle in reply.vehicles:
                _state_status(reply, vehicle, with_price=Topic.PRICE in topics)
        case _ if topic in wording.FIELDS:
            for vehicle in reply.vehicles:
                _state_field(reply, wording.FIELDS[topic], vehicle)
        case _ if topic in wording.POLICIES:
            _quote_policy(reply, wording.POLICIES[topic])
        case Topic.HOURS:
            _state_hours(reply)
        case Topic.LOCATION:
            _state_one(reply, wording.ADDRESS, reply.slot("dealer.address"), "our address")
        case _:
            _state_contact(reply)


def _state_status(reply: _Reply, vehicle: _Vehicle, *, with_price: bool) -> None:
    """State whether it is on offer, in one breath with its price where both are wanted."""
    price = reply.slot(f"v{vehicle.number}.price") if with_price else ""
    state = reply.slot(f"v{vehicle.number}.availability")
    if vehicle.status not in wording.STATES:
        reply.check(f"whether the {vehicle.title} is still here")
    elif vehicle.status == "available" and price:
        reply.state(vehicle, "status", wording.AVAILABLE_AT.replace("{state}", state), price)
        reply.stated.add((vehicle.number, "price"))
    else:
        reply.state(vehicle, "status", wording.STATES[vehicle.status], state)


def _state_field(reply: _Reply, words: wording.FieldWords, vehicle: _Vehicle) -> None:
    """State one field; of a sold vehicle only that it is sold, of a stale record nothing."""
    value = reply.slot(f"v{vehicle.number}.{words.field}")
    if vehicle.status == "sold":
        _state_status(reply, vehicle, with_price=False)
    elif value and vehicle.fresh:
        reply.state(vehicle, words.field, words.sentence, value)
    else:
        reply.check(words.check.format(title=vehicle.title))


def _quote_policy(reply: _Reply, words: wording.PolicyWords) -> None:
    """Quote the dealership's policy as it stands."""
    texts = [slot for topic in words.topics if (slot := reply.slot(reply.policies.get(topic, "")))]
    if texts:
        reply.said.append(texts[0])
    else:
        reply.check(words.check)


def _state_hours(reply: _Reply) -> None:
    """State the days asked about, or the week; days in a row with the same hours share a span."""
    days = [day for day in days_of(reply.asked) or wording.DAYS if day in reply.hours]
    closed = [wording.DAYS[day] for day in days if not reply.hours[day]]
    spans = _spans(reply, [day for day in days if reply.hours[day]])
    if spans:
        reply.said.append(wording.OPEN.format(days=_joined(spans)))
    if closed:
        reply.said.append(wording.CLOSED.format(days=_joined(closed)))
    if not spans and not closed:
        reply.check("our hours")


def _spans(reply: _Reply, days: list[str]) -> list[str]:
    """Put days in a row with the same hours into one span, in the slot of the first."""
    order, spans = list(wording.DAYS), []
    known = [day for day in days if reply.slot(f"dealer.hours.{day}")]
    for _, run in groupby(enumerate(known), key=lambda at: (order.index(at[1]) - at[0], reply.hours[at[1]])):
        same = [day for _, day in run]
        last = f" to {wording.DAYS[same[-1]]}" if len(same) > 1 else ""
        spans.append(f"{wording.DAYS[same[0]]}{last} {reply.slot(f'dealer.hours.{same[0]}')}")
    return spans


def _state_one(reply: _Reply, sentence: str, value: str, what: str) -> None:
    if value:
        reply.said.append(sentence.format(value=value))
    else:
        reply.check(what)


def _state_contact(reply: _Reply) -> None:
    ways = [slot for name in ("phone", "email", "website") if (slot := reply.slot(f"dealer.{name}"))]
    if ways:
        reply.said.append(wording.CONTACT.format(ways=_joined(ways, "or")))
    else:
        reply.check("how best to reach us")


def _question(reply: _Reply, topics: list[Topic]) -> tuple[str, bool]:
    """Choose the next question, and say whether it asks for something that is missing."""
    wants_vehicle = not topics or any(topic in wording.FIELDS for topic in topics) or Topic.AVAILABILITY in topics
    if Topic.TRADE_IN in topics:
        return wording.TRADE_IN, True
    if not reply.vehicles and is_courtesy(reply.asked):
        return wording.ANYTHING_ELSE, False
    if not reply.vehicles and wants_vehicle:
        return wording.WHICH, True
    if reply.vehicles and all(vehicle.status == "sold" for vehicle in reply.vehicles):
        return wording.SIMILAR, False
    if Topic.VISIT in topics:
        return wording.DAY, True
    return _offer(reply, topics), False


def _offer(reply: _Reply, topics: list[Topic]) -> str:
    """Choose a question that moves things on and needs nothing from the customer."""
    if Topic.NEGOTIATION in topics:
        return wording.ASK_SALES
    if Topic.FINANCE in topics:
        return wording.FINANCE
    match [vehicle for vehicle in reply.vehicles if vehicle.status == "available"]:
        case []:
            return wording.ANYTHING_ELSE
        case [_]:
            return wording.SEE_IT
        case _:
            return wording.SEE_ONE


def _joined(parts: list[str], word: str = "and") -> str:
    """Join "a", "b", "c" to "a, b and c"."""
    return f" {word} ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


__all__ = ["MODEL", "PROVIDER", "fallback_template"]
