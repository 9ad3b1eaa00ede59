"""The sentences of the draft that needs no language model; facts come in as slots."""

from collections.abc import Mapping
from typing import NamedTuple

from api.services.fallback_topics import Topic

STATES = {
    "available": "{subject} is {value}.",
    "pending": "{subject} has a sale pending at the moment.",
    "sold": "I'm sorry, {subject} has been sold.",
}
AVAILABLE_AT = "{subject} is {state} and listed at {value}."


class FieldWords(NamedTuple):
    """A field of the vehicle's record, how to say it, and what to check where the record has none."""

    field: str
    sentence: str
    check: str


FIELDS: Mapping[Topic, FieldWords] = {
    Topic.PRICE: FieldWords("price", "{subject} is listed at {value}.", "the price of the {title}"),
    Topic.MILEAGE: FieldWords("mileage", "{subject} has {value} on it.", "the mileage of the {title}"),
    Topic.STOCK_NUMBER: FieldWords(
        "stock_number", "{subject} has stock number {value}.", "the stock number of the {title}"
    ),
    Topic.VIN: FieldWords("vin", "{subject} has the VIN {value}.", "the VIN of the {title}"),
    Topic.COLOUR: FieldWords("exterior_color", "{subject} is listed in {value}.", "the color of the {title}"),
    Topic.TRANSMISSION: FieldWords(
        "transmission", "{subject} is listed as {value}.", "the transmission of the {title}"
    ),
    Topic.DRIVETRAIN: FieldWords("drivetrain", "{subject} is listed with {value}.", "the drivetrain of the {title}"),
    Topic.FUEL: FieldWords("fuel", "{subject} is listed as {value}.", "the fuel of the {title}"),
    Topic.ENGINE: FieldWords("engine", "{subject} has the {value} engine.", "the engine of the {title}"),
    Topic.SEATS: FieldWords("seats", "{subject} has {value} seats.", "the seats of the {title}"),
}


class PolicyWords(NamedTuple):
    """The policies that may answer a topic, and what to check where there is none ("" for nothing)."""

    topics: tuple[str, ...]
    check: str


POLICIES: Mapping[Topic, PolicyWords] = {
    Topic.NEGOTIATION: PolicyWords(("pricing",), "any other figure"),
    Topic.HISTORY: PolicyWords(("history_reports", "history"), "the vehicle's history"),
    Topic.WARRANTY: PolicyWords(("warranty",), "the warranty"),
    Topic.RETURNS: PolicyWords(("returns", "exchange"), "returns"),
    Topic.FEES: PolicyWords(("fees", "taxes"), "fees and taxes"),
    Topic.DEPOSIT: PolicyWords(("deposit", "holds"), "deposits"),
    Topic.FINANCE: PolicyWords(("financing", "finance"), "the financing terms"),
    Topic.TRADE_IN: PolicyWords(("trade_in", "trade_ins"), "trade-ins"),
    Topic.DELIVERY: PolicyWords(("delivery",), "delivery"),
    Topic.HOLIDAYS: PolicyWords(("holidays",), "the holiday hours"),
    Topic.VISIT: PolicyWords(("test_drive",), ""),
}

DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}

HELLO = "Hello, and thanks for getting in touch with {name}."
THANKS = "Thanks for your message."
OPEN = "We're open {days}."
CLOSED = "We're closed on {days}."
ADDRESS = "We're at {value}."
CONTACT = "You can reach us at {ways}."
CHECK = "I'd have to check {what} with a colleague."
ASK = "I'd have to ask a colleague {what}."

WHICH = "Which vehicle are you asking about? The model or the stock number would help."
TRADE_IN = "Could you tell me the year, make, model and mileage of the vehicle you'd like to trade in?"
DAY = "Which day and time would suit you?"
TIME = "What time on {day} would suit you?"
ANOTHER_DAY = "Which other day would suit you?"
SORRY = "I'm sorry to hear that."
CALL_BACK = "Which number is best for a colleague to reach you on?"
ASK_SALES = "Shall I pass your question on to our sales team?"
FINANCE = "Would you like a colleague to go through the options with you?"
SIMILAR = "Would you like me to look for something similar?"
SEE_IT = "Would you like to come and see it?"
SEE_ONE = "Would you like to come and see one of them?"
ANYTHING_ELSE = "Is there anything else you'd like to know?"
