"""The draft that needs no network: thanks, says what is known of what was asked, asks the next sensible question."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from api.services import fallback_wording as wording
from api.services.fallback_questions import next_question
from api.services.fallback_reply import Reply, Vehicle, joined
from api.services.fallback_topics import (
    Topic,
    days_of,
    is_complaint,
    leaves_a_question,
    open_question,
    puts_a_question,
    speaks_of_sale,
    topics_of,
)
from api.services.fallback_vehicles import vehicles_meant
from api.services.grounding import slot_catalogue
from api.services.grounding.evidence import EvidencePack

PROVIDER = "fallback"
MODEL = "built-in"

FRESH = timedelta(days=14)
MOST_VEHICLES = 3
MOST_TOPICS = 3


def fallback_template(pack: EvidencePack) -> tuple[str, bool]:
    """Write a reply in slots from the pack alone, and say whether it asks for what is missing.

    Every fact is a slot that the records fill, or a status that the record has at
    this moment; what no fresh record says is left to be checked. It agrees to
    nothing and knows no vehicle but those of the pack.

    Source: ai-drafts, section 2.
    """
    asked = open_question(pack)
    reply = _begin(pack, asked)
    if is_complaint(pack):
        handed_over = [wording.SORRY, wording.CHECK.format(what="this"), wording.CALL_BACK]
        return " ".join([_greeting(pack, reply), *handed_over]), True
    meant = [_vehicle(pack, reply, number) for number in vehicles_meant(pack, asked)]
    reply.vehicles = _told_apart([vehicle for vehicle in meant if vehicle.title][:MOST_VEHICLES], pack)
    topics = topics_of(asked)[:MOST_TOPICS]
    for vehicle in reply.vehicles:
        if vehicle.status == "sold":
            _state_status(reply, vehicle, with_price=False)
    if not topics:
        _introduce(reply, pack)
    for topic in topics:
        _answer(reply, topic, topics)
    if topics and leaves_a_question(asked):
        reply.check("the rest of what you asked")
    question, clarifying = next_question(reply, topics)
    return " ".join([_greeting(pack, reply), *reply.said, *_checks(reply), question]), clarifying


def _checks(reply: Reply) -> list[str]:
    """Say what a colleague has to be asked."""
    asks = [wording.ASK.format(what=joined(reply.to_ask))] if reply.to_ask else []
    return asks + ([wording.CHECK.format(what=joined(reply.to_check))] if reply.to_check else [])


def _begin(pack: EvidencePack, asked: str) -> Reply:
    dealership = pack.dealership or {}
    policies = enumerate(dealership.get("policies") or (), start=1)
    slots_by_topic = {str(policy["topic"]): f"policy.{number}" for number, policy in policies}
    return Reply(asked, slot_catalogue(pack), dealership.get("hours") or {}, slots_by_topic)


def _vehicle(pack: EvidencePack, reply: Reply, number: int) -> Vehicle:
    record = pack.vehicles[number - 1]
    fresh = _is_fresh(record, pack.now)
    status = str(record.get("status") or "") if fresh else ""
    if status == "available" and speaks_of_sale(pack):
        status = ""
    return Vehicle(number, reply.slot(f"v{number}.title"), status, fresh)


def _told_apart(vehicles: list[Vehicle], pack: EvidencePack) -> list[Vehicle]:
    """Give vehicles whose titles read alike their stock numbers."""
    alike = Counter(_title(pack, vehicle) for vehicle in vehicles)
    number = "{title} (stock number {{{{v{number}.stock_number}}}})"
    return [
        replace(one, title=number.format(title=one.title, number=one.number)) if alike[_title(pack, one)] > 1 else one
        for one in vehicles
    ]


def _title(pack: EvidencePack, vehicle: Vehicle) -> tuple[Any, ...]:
    record = pack.vehicles[vehicle.number - 1]
    return tuple(record.get(name) for name in ("year", "make", "model", "trim"))


def _is_fresh(record: Mapping[str, Any], now: datetime) -> bool:
    """Whether a feed or a person confirmed the record in the last 14 days (ai-drafts, section 1)."""
    confirmed = record.get("confirmed_at") or record.get("updated_at")
    moment = datetime.fromisoformat(confirmed) if isinstance(confirmed, str) else confirmed
    return moment is not None and now - moment <= FRESH


def _greeting(pack: EvidencePack, reply: Reply) -> str:
    """Introduce the dealership where nobody has answered yet."""
    name = reply.slot("dealer.name")
    return wording.HELLO.format(name=name) if name and _is_first(pack) else wording.THANKS


def _is_first(pack: EvidencePack) -> bool:
    return all(message.sender == "customer" for message in pack.messages)


def _introduce(reply: Reply, pack: EvidencePack) -> None:
    """Say the least that is useful of a vehicle where the question itself was not understood, once in a thread."""
    if reply.vehicles and puts_a_question(reply.asked):
        reply.said.append(wording.CHECK.format(what="that"))
    if not _is_first(pack):
        return
    for vehicle in reply.vehicles:
        _state_status(reply, vehicle, with_price=True)


def _answer(reply: Reply, topic: Topic, topics: list[Topic]) -> None:
    """Add what is known of one topic."""
    match topic:
        case Topic.AVAILABILITY:
            for vehicle in reply.vehicles:
                _state_status(reply, vehicle, with_price=Topic.PRICE in topics)
        case Topic.VISIT:
            _prepare_visit(reply, topics)
        case _ if topic in wording.FIELDS:
            for vehicle in reply.vehicles:
                _state_field(reply, wording.FIELDS[topic], vehicle)
        case _ if topic in wording.POLICIES:
            _quote_policy(reply, wording.POLICIES[topic])
        case Topic.HOURS:
            _state_hours(reply)
        case _:
            _state_way(reply, topic)


def _state_status(reply: Reply, vehicle: Vehicle, *, with_price: bool) -> None:
    """State whether it is on offer, in one breath with its price where both are wanted."""
    price = reply.slot(f"v{vehicle.number}.price") if with_price else ""
    state = reply.slot(f"v{vehicle.number}.availability")
    if vehicle.status not in wording.STATES:
        reply.ask(f"whether the {vehicle.title} is still here")
    elif vehicle.status == "available" and price:
        reply.state(vehicle, "status", wording.AVAILABLE_AT.replace("{state}", state), price)
        reply.stated.add((vehicle.number, "price"))
    else:
        reply.state(vehicle, "status", wording.STATES[vehicle.status], state)


def _prepare_visit(reply: Reply, topics: list[Topic]) -> None:
    """Say what might spoil it: a vehicle that is not simply on offer, the hours of the day that is named."""
    for vehicle in reply.vehicles:
        if vehicle.status != "available":
            _state_status(reply, vehicle, with_price=False)
    if Topic.HOURS not in topics and days_of(reply.asked):
        _state_hours(reply)
    elif not days_of(reply.asked):
        _quote_policy(reply, wording.POLICIES[Topic.VISIT])


def _state_field(reply: Reply, words: wording.FieldWords, vehicle: Vehicle) -> None:
    """State one field; of a sold vehicle only that it is sold, of a stale record nothing."""
    value = reply.slot(f"v{vehicle.number}.{words.field}")
    if vehicle.status == "sold":
        _state_status(reply, vehicle, with_price=False)
    elif value and vehicle.fresh:
        reply.state(vehicle, words.field, words.sentence, value)
    else:
        reply.check(words.check.format(title=vehicle.title))


def _quote_policy(reply: Reply, words: wording.PolicyWords) -> None:
    """Quote the dealership's policy as it stands."""
    texts = [slot for topic in words.topics if (slot := reply.slot(reply.policies.get(topic, "")))]
    if texts:
        reply.said.append(texts[0])
    else:
        reply.check(words.check)


def _state_hours(reply: Reply) -> None:
    """State the days asked about, or the week; days in a row with the same hours share a span."""
    days = [day for day in days_of(reply.asked) or wording.DAYS if day in reply.hours]
    closed = [wording.DAYS[day] for day in days if not reply.hours[day]]
    spans = _spans(reply, [day for day in days if reply.hours[day]])
    if spans:
        reply.said.append(wording.OPEN.format(days=joined(spans)))
    if closed:
        reply.said.append(wording.CLOSED.format(days=joined(closed)))
    if not spans and not closed:
        reply.check("our hours")


def _spans(reply: Reply, days: list[str]) -> list[str]:
    """Put days in a row with the same hours into one span, in the slot of the first."""
    order, spans = list(wording.DAYS), []
    known = [day for day in days if reply.slot(f"dealer.hours.{day}")]
    for _, run in groupby(enumerate(known), key=lambda at: (order.index(at[1]) - at[0], reply.hours[at[1]])):
        same = [day for _, day in run]
        last = f" to {wording.DAYS[same[-1]]}" if len(same) > 1 else ""
        spans.append(f"{wording.DAYS[same[0]]}{last} {reply.slot(f'dealer.hours.{same[0]}')}")
    return spans


def _state_way(reply: Reply, topic: Topic) -> None:
    """State where the dealership is, or how to reach it."""
    address = reply.slot("dealer.address")
    if topic is not Topic.LOCATION:
        _state_contact(reply)
    elif address:
        reply.said.append(wording.ADDRESS.format(value=address))
    else:
        reply.check("our address")


def _state_contact(reply: Reply) -> None:
    ways = [slot for name in ("phone", "email", "website") if (slot := reply.slot(f"dealer.{name}"))]
    if ways:
        reply.said.append(wording.CONTACT.format(ways=joined(ways, "or")))
    else:
        reply.check("how best to reach us")


__all__ = ["MODEL", "PROVIDER", "fallback_template"]
