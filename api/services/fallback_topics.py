"""What a customer asks about, by the words used; for the draft that needs no language model."""

import re
from collections.abc import Mapping
from enum import StrEnum

from api.services.grounding.evidence import EvidencePack


class Topic(StrEnum):
    """What a question can be about; the order is that of the answer."""

    AVAILABILITY = "availability"
    NEGOTIATION = "negotiation"
    PRICE = "price"
    MILEAGE = "mileage"
    STOCK_NUMBER = "stock_number"
    VIN = "vin"
    COLOUR = "colour"
    TRANSMISSION = "transmission"
    DRIVETRAIN = "drivetrain"
    FUEL = "fuel"
    ENGINE = "engine"
    SEATS = "seats"
    HISTORY = "history"
    WARRANTY = "warranty"
    RETURNS = "returns"
    FEES = "fees"
    DEPOSIT = "deposit"
    FINANCE = "finance"
    TRADE_IN = "trade_in"
    DELIVERY = "delivery"
    HOLIDAYS = "holidays"
    HOURS = "hours"
    LOCATION = "location"
    CONTACT = "contact"
    VISIT = "visit"


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.IGNORECASE)


WORDS: Mapping[Topic, re.Pattern[str]] = {
    Topic.AVAILABILITY: _words(
        r"avail",
        r"still (?:there|here|for sale|have|got)",
        r"in stock",
        r"sold\b",
        r"do you have (?:a|an|any)\b",
        r"got any",
        r"is (?:it|the [\w -]+) (?:still|there|gone)",
        r"verfügbar",
        r"disponib",
    ),
    Topic.NEGOTIATION: _words(
        r"wiggle",
        r"negotia",
        r"discount",
        r"best price",
        r"lowest",
        r"knock",
        r"firm\b",
        r"would you take",
        r"(?:have|get|take|buy) it for",
        r"offer you",
        r"deal if",
        r"(?:how much|\d+[%k]?) off\b",
        r"we agree\b",
    ),
    Topic.PRICE: _words(
        r"how much(?! down)(?! off)(?! for my)(?!.{0,20}\bmiles)",
        r"cheap",
        r"going for",
        r"ballpark",
        r"budget",
        r"(?:under|below) \$?\d",
        r"prices?\b",
        r"cost",
        r"asking",
        r"what do you want for",
        r"\$\?",
        r"listed at",
        r"out the door",
    ),
    Topic.MILEAGE: _words(
        r"mileage",
        r"miles on",
        r"how many (?:miles|km|kilomet)",
        r"odometer",
        r"how far",
        r"(?:fewer|less|more|most|fewest|least|low|lower) (?:miles|mileage)",
        r"miles (?:compare|does|do)\b",
        r"kilometerstand",
        r"in (?:miles|km)",
    ),
    Topic.STOCK_NUMBER: _words(r"stock (?:no|num|#)(?!\w*[\s.:#]*(?:is )?[a-z-]*\d)"),
    Topic.VIN: _words(r"vin\b"),
    Topic.COLOUR: _words(r"colou?r"),
    Topic.TRANSMISSION: _words(r"transmission", r"automatic", r"manual\b", r"stick\b", r"gearbox"),
    Topic.DRIVETRAIN: _words(r"awd", r"4wd", r"4x4", r"all.wheel", r"four.wheel", r"drive ?train"),
    Topic.FUEL: _words(r"diesel", r"hybrid", r"electric\b", r"gas or", r"fuel type"),
    Topic.ENGINE: _words(r"engine", r"cylinders?", r"horsepower", r"v6", r"v8"),
    Topic.SEATS: _words(r"how many seats", r"seats? (?:\d|how)", r"third row"),
    Topic.HISTORY: _words(
        r"carfax",
        r"accident",
        r"history",
        r"(?:many|previous|one|single|prior|former|last|first) owners?\b",
        r"clean title",
        r"title\b",
        r"any issues",
    ),
    Topic.WARRANTY: _words(r"warrant", r"garantie", r"guarantee"),
    Topic.RETURNS: _words(r"returns?\b", r"refund(?!able)", r"exchange", r"bring it back"),
    Topic.FEES: _words(r"fees?\b", r"tax", r"registration", r"out the door"),
    Topic.DEPOSIT: _words(r"deposit", r"hold (?:it|the)", r"reserve"),
    Topic.FINANCE: _words(
        r"financ",
        r"monthly",
        r"per month",
        r"a month",
        r"apr\b",
        r"interest(?: rates?)?\b",
        r"rates?\b",
        r"loan",
        r"credit",
        r"approv",
        r"terms?\b",
        r"how many months",
        r"lease",
        r"down payment",
        r"payments?\b",
        r"how much down",
        r"put down",
    ),
    Topic.TRADE_IN: _words(r"trade", r"give me for my", r"(?:my|our) (?:old|20\d\d|\w+) (?:is )?worth", r"inzahlung"),
    Topic.DELIVERY: _words(r"deliver", r"ship\b", r"bring it to"),
    Topic.HOLIDAYS: _words(
        r"holiday",
        r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]* \d",
        r"thanksgiving",
        r"christmas",
        r"new year",
        r"july 4|4th of july|labor day|memorial day",
    ),
    Topic.HOURS: _words(r"hours\b", r"open\b", r"clos(?:e|ed|ing)\b", r"how late", r"öffnungs"),
    Topic.LOCATION: _words(r"where (?:are|is|do)", r"address", r"adresse", r"located", r"location", r"directions"),
    Topic.CONTACT: _words(
        r"phone",
        r"call you",
        r"your number",
        r"(?:e-?)?mails?\b",
        r"link\b",
        r"website",
        r"who (?:do|should) i (?:ask|talk)",
    ),
    Topic.VISIT: _words(
        r"test.?drive",
        r"come (?:by|in|see|over|on|at|to)\b",
        r"see it",
        r"look at",
        r"stop by",
        r"visit",
        r"appointment",
        r"(?:can|could|may) (?:i|we) (?:see|drive|try|come|bring)\b",
        r"want to see",
        r"tomorrow",
        r"this week",
    ),
}

DAYS = {
    "mon": _words(r"mon(?:day)?s?\b"),
    "tue": _words(r"tue(?:s|sday)?s?\b"),
    "wed": _words(r"wed(?:nesday)?s?\b"),
    "thu": _words(r"thu(?:r|rs|rsday)?s?\b"),
    "fri": _words(r"fri(?:day)?s?\b"),
    "sat": _words(r"sat(?:urday)?s?\b"),
    "sun": _words(r"sun(?:day)?s?\b"),
}


LEAST_WORDS = 3
COMPLAINT = _words(
    r"complain",
    r"(?:not|far from) (?:at all |exactly |very |too )?(?:happy|amused|pleased|satisfied|impressed)",
    r"unhappy",
    r"disappoint",
    r"unacceptable",
    r"disgust",
    r"rip.?off",
    r"scam",
    r"lied to",
    r"lawyer|attorney|small claims|sue you",
    r"(?:bad|one.star|1.star|negative) review",
    r"bought (?:[\w'-]+ ){0,4}from you",
)
INTEREST = _words(r"tell me (?:more )?about", r"tell me more", r"interested in")
SALE = _words(r"sold\b", r"on hold", r"sale (?:is )?pending", r"pending\b", r"no longer", r"taken\b", r"gone\b")
COURTESY = re.compile(r"\W*(?:(?:ok(?:ay)?|great|many|thx|thanks|thank you|cheers|perfect|so much)\W*)+", re.IGNORECASE)
QUESTION_START = re.compile(
    r"\s*(?:who|what|which|when|where|why|how|is|are|do|does|did|can|could|will|would|has|have|any)\b", re.IGNORECASE
)


def open_question(pack: EvidencePack) -> str:
    """Return what the customer wrote since the dealership last did; his newest message where he waits for nothing."""
    waiting: list[str] = []
    for message in reversed(pack.messages):
        if message.sender == "customer":
            waiting.append(message.content)
        elif waiting:
            break
    return "\n".join(reversed(waiting))


def topics_of(text: str) -> list[Topic]:
    """Return what the text is about, in the order of an answer; a bare weekday asks for its hours."""
    found = [topic for topic in Topic if WORDS[topic].search(text)]
    if found and INTEREST.search(text):
        found = list(dict.fromkeys([Topic.AVAILABILITY, Topic.PRICE, *found]))
    if Topic.NEGOTIATION in found and Topic.PRICE not in found:
        found.insert(found.index(Topic.NEGOTIATION) + 1, Topic.PRICE)
    if not found and days_of(text):
        return [Topic.HOURS]
    return found


def days_of(text: str) -> list[str]:
    """Return the weekdays that the text names, Monday first."""
    return [day for day, word in DAYS.items() if word.search(text)]


def puts_a_question(text: str) -> bool:
    """Whether the text wants to know something, with or without a question mark."""
    return "?" in text or bool(QUESTION_START.match(text))


def speaks_of_sale(pack: EvidencePack) -> bool:
    """Whether staff wrote in this thread that something is sold or held: then a record's "available" is in doubt."""
    return any(message.sender == "staff" and SALE.search(message.content) for message in pack.messages)


def is_complaint(pack: EvidencePack) -> bool:
    """Whether the customer is unhappy with what he bought or how he was treated, and asks for nothing else by now."""
    asked = open_question(pack)
    written = [asked] if topics_of(asked) else [one.content for one in pack.messages if one.sender == "customer"]
    return any(COMPLAINT.search(text) for text in written)


def leaves_a_question(text: str) -> bool:
    """Whether one of several questions is about nothing that is known here."""
    asked = [part for part in re.split(r"(?<=[.?!])\s+|\n", text) if part.rstrip().endswith("?")]
    return any(not topics_of(part) and len(part.split()) >= LEAST_WORDS for part in asked)


def is_courtesy(text: str) -> bool:
    """Whether the text says thanks and nothing else."""
    return bool(COURTESY.fullmatch(text))


__all__ = [
    "Topic",
    "days_of",
    "is_complaint",
    "is_courtesy",
    "leaves_a_question",
    "open_question",
    "puts_a_question",
    "speaks_of_sale",
    "topics_of",
]
