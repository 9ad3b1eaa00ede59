"""The question that ends a reply, for the draft that needs no language model."""

from api.services import fallback_wording as wording
from api.services.fallback_reply import Reply
from api.services.fallback_topics import Topic, days_of, is_courtesy


def next_question(reply: Reply, topics: list[Topic]) -> tuple[str, bool]:
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
        return _appointment(reply), True
    return _offer(reply, topics), False


def _appointment(reply: Reply) -> str:
    """Ask for what an appointment lacks."""
    match days_of(reply.asked):
        case [day] if reply.hours.get(day):
            return wording.TIME.format(day=wording.DAYS[day])
        case [day] if day in reply.hours:
            return wording.ANOTHER_DAY
        case _:
            return wording.DAY


def _offer(reply: Reply, topics: list[Topic]) -> str:
    """Choose a question that moves things on and needs nothing from the customer."""
    if Topic.NEGOTIATION in topics:
        return wording.ASK_SALES
    if Topic.FINANCE in topics:
        return wording.FINANCE
    spoken_of = {number for number, _ in reply.stated}
    match [vehicle for vehicle in reply.vehicles if vehicle.status == "available" and vehicle.number in spoken_of]:
        case []:
            return wording.ANYTHING_ELSE
        case [_]:
            return wording.SEE_IT
        case _:
            return wording.SEE_ONE


__all__ = ["next_question"]
