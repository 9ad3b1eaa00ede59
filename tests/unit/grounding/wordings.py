"""Sentences of our own and what the verifier must make of them.

Each row: vehicles, thread, draft, and the wrong words with the verdict that is due ("red", or "held"
for red or amber); no wrong words means that the draft may go out as it is.
"""

from typing import Any

from tests.unit.grounding.records import IMPALA, MAZDA, OUTBACK, TACOMA

Row = tuple[str, tuple[dict[str, Any], ...], str, str, tuple[tuple[str, str], ...]]
QUOTE = "S: Your credit union quote on the Outback: $389 per month over 60 months at 6.2% APR with $2,000 down."


def _hold(
    kind: str, vehicles: tuple[dict[str, Any], ...], thread: str, draft: str, *wrong: str, due: str = "red"
) -> Row:
    return kind, vehicles, thread, draft, tuple((words, due) for words in wrong)


def _clear(kind: str, vehicles: tuple[dict[str, Any], ...], thread: str, draft: str) -> Row:
    return kind, vehicles, thread, draft, ()


OB, TA, MA, IM, OT = (OUTBACK,), (TACOMA,), (MAZDA,), (IMPALA,), (OUTBACK, TACOMA)

WORDINGS: tuple[Row, ...] = (
    _hold("price", OB, "C: cost?", "The Outback will set you back $21,570.", "$21,570"),
    _hold("price", OB, "C: cost?", "It can be yours for just under twenty grand.", "just under twenty grand"),
    _hold("price", OB, "C: how much", "For the Subaru we want 20.9k, taxes extra.", "20.9k"),
    _hold("price", OB, "C: how much", "Asking price: USD 22,750", "22,750"),
    _hold(
        "price",
        OT,
        "C: which is cheaper",
        "The Tacoma goes for $21,750 and the Outback for $18,900.",
        "$21,750",
        "$18,900",
    ),
    _hold("price", OB, "C: can u do 20k", "Okay, for you we'd go down to $20k.", "$20k"),
    _hold("price", OB, "C: price", "You can pick up the Outback for twenty-one five.", "twenty-one five"),
    _hold("price", OB, "C: price", "The Outback is listed at €21,750.", "€21,750"),
    _clear("price", OB, "C: price", "We have the 2019 Outback Premium listed at $21,750."),
    _clear("price", OB, "C: price", "That one's $21.75k, and our prices are final."),
    _clear("price", OB, "C: price", "The Outback is twenty-one thousand seven hundred fifty dollars."),
    _clear("price", OT, "C: both prices?", "Sure! $21,750 for the Outback and $18,900 for the Tacoma."),
    _clear("price", OB, "C: i have 25k", "The Outback at $21,750 sits well below the $25k you mentioned."),
    _clear("price", OT, "C: cheapest?", "Of those, the Tacoma is listed at $18,900."),
    _clear("price", OB, f"C: hi\n{QUOTE}\nC: what was the rate again", "The rate on that quote is 6.2% APR."),
    _hold(
        "monthly_payment", OB, f"{QUOTE}\nC: monthly?", "Your payment comes out to $379 per month.", "$379 per month"
    ),
    _hold("monthly_payment", TA, "C: payments?", "Figure on 275 bucks monthly for the truck.", "275 bucks monthly"),
    _clear("monthly_payment", OB, f"{QUOTE}\nC: monthly?", "It's $389/mo for 60 months with $2,000 down."),
    _hold("down_payment", OB, f"{QUOTE}\nC: down?", "You'd put $2,500 down.", "$2,500 down"),
    _hold("down_payment", TA, "C: down?", "No money down needed on the Tacoma.", "No money down"),
    _hold("term", OB, "C: long loan?", "The credit unions stretch it to 75 months.", "75 months"),
    _clear("term", OB, "C: terms?", "Loan terms run 24 to 66 months, subject to credit approval."),
    _hold("rate", OB, "C: rate?", "Rates begin at 4.75% APR.", "4.75%"),
    _hold("rate", OB, "C: rate?", "We currently have 1.9 percent financing.", "1.9 percent"),
    _clear("rate", OB, "C: rate?", "Local credit unions start at 5.75% APR."),
    _hold("discount", OB, "C: deal?", "I can shave $750 off the sticker.", "$750 off"),
    _hold("discount", OB, "C: veteran", "Veterans receive a 5% discount here.", "5% discount"),
    _hold(
        "discount",
        OB,
        "C: nego?",
        "There might be a little flexibility, our prices are negotiable.",
        "our prices are negotiable",
    ),
    _clear("discount", OB, "C: nego?", "I'm sorry, our prices are final and we don't negotiate."),
    _hold("trade_in_value", OB, "C: trade my 2012 fit?", "Your Fit should bring about $4,500 on trade.", "$4,500"),
    _hold("trade_in_value", OB, "C: appraise online?", "We can appraise your trade over the phone.", "over the phone"),
    _clear("trade_in_value", OB, "C: trade?", "We appraise trade-ins at the dealership; it takes 25 minutes."),
    _hold("fee_or_total", OB, "C: fees", "Document preparation is $95.", "$95"),
    _hold("fee_or_total", OB, "C: otd", "All in, the Outback comes to $22,370.", "$22,370"),
    _hold("fee_or_total", OB, "C: fees", "There are no document fees at all.", "no document fees"),
    _hold(
        "fee_or_total", OB, "C: tax", "Sales tax is part of the listed price.", "Sales tax is part of the listed price"
    ),
    _clear(
        "fee_or_total",
        OB,
        "C: otd before tax",
        "$21,750 and the $120 document preparation come to $21,870 before sales tax.",
    ),
    _hold("mileage", OB, "C: miles", "It's got 42,810 miles on the clock.", "42,810 miles"),
    _hold("mileage", OT, "C: miles", "The Tacoma shows 48,210 miles.", "48,210 miles"),
    _hold("mileage", TA, "C: under 120k?", "Yes, fewer than 120,000 miles.", "fewer than 120,000 miles"),
    _clear("mileage", OB, "C: miles", "The odometer shows 48,210."),
    _clear("mileage", TA, "C: miles", "It has just over 121,000 miles."),
    _hold("quantity", TA, "C: doors", "The Tacoma has two doors.", "two doors"),
    _hold("quantity", OB, "C: stock", "We've got four Outbacks right now.", "four Outbacks"),
    _hold("quantity", OB, "C: seats", "Seven people fit in the Outback.", "Seven people"),
    _clear("quantity", TA, "C: engine", "It's the 4.0L V6 with a 5-speed manual."),
    _hold("date", OB, "C: holiday", "We're open on July 4.", "open on July 4"),
    _hold("date", OB, "C: back?", "It will be back from the shop on May 12.", "May 12"),
    _clear("date", OB, "C: holiday", "We're closed on Christmas Day and on July 4th."),
    _hold("time_or_hours", OB, "C: hours", "We're here until 7 pm on weekdays.", "7 pm"),
    _hold("time_or_hours", OB, "C: hours sun", "Sundays we open at noon.", "Sundays"),
    _hold("time_or_hours", OB, "C: sat", "Saturday hours are 9 to 3.", "9 to 3"),
    _clear("time_or_hours", OB, "C: hours", "Monday through Friday 8 to 6, Saturdays 10 to 3, closed Sundays."),
    _clear("time_or_hours", OB, "C: sat late?", "We close at 3 pm on Saturday."),
    _hold("time_or_hours", OB, "C: test drive", "A test drive lasts an hour.", "an hour"),
    _hold("appointment", OB, "C: fri 2?", "I have you down for Friday at 2.", "I have you down for Friday at 2"),
    _hold(
        "appointment",
        OB,
        "S: See you Monday at 11 am.\nC: when again",
        "Your appointment is Monday at 1 pm.",
        "Monday at 1 pm",
    ),
    _clear("appointment", OB, "S: See you Monday at 11 am.\nC: when again", "See you Monday at 11 am!"),
    _clear("appointment", OB, "C: visit?", "How about Thursday at 3 pm?"),
    _hold("vin", OB, "C: vin", "VIN 4S4BSANC5K3204401", "4S4BSANC5K3204401"),
    _clear("vin", OB, "C: vin", "Its VIN is 4S4BSANC5K3204410."),
    _hold("stock_number", OT, "C: stock", "The Tacoma is stock P4401.", "P4401"),
    _clear("stock_number", OT, "C: stock", "Stock number P4417 is the Tacoma."),
    _hold("vehicle", OB, "C: suvs", "There's also a 2018 Ford Edge SEL here.", "2018 Ford Edge SEL"),
    _hold("vehicle", OB, "C: year", "It's the 2018 Outback.", "2018"),
    _hold("vehicle", TA, "C: trim", "It's a Tacoma TRD Pro.", "TRD"),
    _hold("feature_or_colour", OB, "C: color", "The Outback comes in a nice red.", "red"),
    _hold("feature_or_colour", TA, "C: auto?", "The Tacoma is an automatic.", "automatic"),
    _hold("feature_or_colour", TA, "C: drive", "It's rear-wheel drive.", "rear-wheel drive"),
    _hold(
        "feature_or_colour",
        OB,
        "C: camera",
        "It has a 360-degree camera and ventilated seats.",
        "360-degree camera",
        due="held",
    ),
    _clear("feature_or_colour", OB, "C: features", "The Outback has heated seats, roof rails and EyeSight."),
    _clear("feature_or_colour", TA, "C: auto?", "No, the Tacoma is a manual, not an automatic."),
    _hold(
        "availability",
        MA,
        "C: available?",
        "The CX-5 is ready to be driven home, still on our lot.",
        "still on our lot",
        due="held",
    ),
    _hold("availability", MA, "C: there?", "Yes, we still have the CX-5 for sale.", "for sale"),
    _hold("availability", IM, "C: there?", "The Impala is in stock.", "in stock"),
    _hold("availability", OB, "C: there?", "Someone else bought the Outback already.", "Someone else bought"),
    _hold("availability", OB, "C: more?", "Another Outback is on its way to us.", "Another Outback is on its way"),
    _clear("availability", MA, "C: there?", "The blue CX-5 has a sale pending right now."),
    _clear("availability", IM, "C: there?", "Unfortunately the Impala is no longer available, it was sold."),
    _hold("history_or_condition", TA, "C: title", "Its title is clean.", "title is clean"),
    _hold("history_or_condition", MA, "C: crash", "The CX-5 is accident free.", "accident free"),
    _hold("history_or_condition", IM, "C: heat", "The heater works perfectly.", "heater works"),
    _hold("history_or_condition", TA, "C: owners", "The Tacoma had a single owner.", "single owner"),
    _hold(
        "history_or_condition",
        OB,
        "C: service",
        "It was serviced every 5,000 miles at the dealer.",
        "serviced every 5,000 miles",
        due="held",
    ),
    _clear("history_or_condition", OB, "C: history", "It's a one-owner car with a clean title and no accidents."),
    _clear("history_or_condition", MA, "C: history", "It had a minor accident in 2020 that was repaired."),
    _hold(
        "warranty_or_service",
        TA,
        "C: warranty",
        "The Tacoma carries our 60-day powertrain warranty.",
        "60-day powertrain warranty",
    ),
    _hold("warranty_or_service", OB, "C: warranty", "You get a 6-month powertrain warranty.", "6-month"),
    _hold(
        "warranty_or_service",
        OB,
        "C: return",
        "You can return it within 3 days and get your money back.",
        "your money back",
    ),
    _hold("warranty_or_service", OB, "C: docs", "No license is needed for a test drive.", "No license is needed"),
    _clear("warranty_or_service", OB, "C: warranty", "It has a 60-day powertrain warranty."),
    _clear("warranty_or_service", TA, "C: warranty", "Since it's over 80,000 miles, the Tacoma is sold as is."),
    _hold("commitment", OB, "C: mats", "We'll include all-weather mats.", "include all-weather mats"),
    _hold("commitment", OB, "C: hold", "I'll keep it aside for you until Friday.", "keep it aside"),
    _hold("commitment", OB, "C: hold", "The $300 deposit reserves it for a full week.", "a full week"),
    _hold(
        "commitment",
        OB,
        "C: tires",
        "Our shop will put on four new tires before you pick it up.",
        "put on four new tires",
    ),
    _hold("commitment", OB, "C: gas", "And a full tank is our treat.", "our treat"),
    _hold("commitment", OB, "C: ship 100 miles", "Shipping to you is free, all 100 miles.", "100 miles"),
    _clear("commitment", OB, "C: hold", "A $300 deposit reserves the Outback for three days; it is non-refundable."),
    _clear("commitment", OB, "C: ship", "We ship at no charge within 75 miles."),
    _clear("commitment", OB, "C: pics", "I'll send you more photos this afternoon."),
    _hold(
        "credit_approval",
        OB,
        "C: bad credit",
        "With your score you will be approved without any trouble.",
        "you will be approved",
    ),
    _hold(
        "credit_approval",
        OB,
        "C: credit",
        "Bad credit is no obstacle, we get everybody a loan.",
        "we get everybody a loan",
    ),
    _hold(
        "credit_approval",
        OB,
        "C: credit",
        "Good news, your loan application went through.",
        "your loan application went through",
    ),
    _clear("credit_approval", OB, "C: credit", "All loans are subject to credit approval."),
    _clear(
        "credit_approval", OB, "C: credit", "I can't say whether you'd be approved; Priya can look at your application."
    ),
    _hold("assent", OB, "C: 19500 cash today", "You've got a deal!", "You've got a deal"),
    _hold("assent", OB, "C: will you take 20k", "Absolutely.", "Absolutely"),
    _hold("assent", OB, "C: so free shipping to chicago 400 miles?", "That's right.", "That's right"),
    _hold("assent", MA, "C: the cx5 is still available right", "Yes!", "Yes"),
    _clear("assent", OB, "C: so its 21750?", "Yes, $21,750 is right."),
    _clear("assent", OB, "C: is it green", "Correct, the Outback is green."),
    _clear("assent", OB, "C: can you text me instead", "Sure, no problem."),
    _hold("contact", OB, "C: phone", "Ring us on 555-014-7703.", "555-014-7703"),
    _hold("contact", OB, "C: mail", "Mail team@lakeside-auto.example.", "team@lakeside-auto.example"),
    _hold("contact", OB, "C: where", "You'll find us at 451 Orchard Ave in Duluth.", "451 Orchard Ave"),
    _clear("contact", OB, "C: where", "We're located at 415 Orchard Ave, Duluth, MN 55802."),
    _clear("contact", OB, "C: phone", "Our phone number is 555-014-7730 and our site is lakesideauto.example."),
    _hold("person", OB, "C: finance", "Omar is our finance director.", "Omar is our finance director"),
    _hold("person", OB, "C: who", "Please ask for Gregory, our general manager.", "Gregory", due="held"),
    _clear("person", OB, "C: finance", "Priya, our finance director, can help with that."),
    _hold("uncovered_assertion", OB, "C: good?", "Outbacks never break down.", "never break down", due="held"),
    _hold(
        "uncovered_assertion",
        OB,
        "C: rush?",
        "Three people asked about it this morning.",
        "Three people asked about it",
        due="held",
    ),
    _hold("uncovered_assertion", OB, "C: mpg", "It's great on gas.", "great on gas", due="held"),
    _hold(
        "uncovered_assertion",
        OB,
        "C: you guys",
        "We are the biggest dealer in Minnesota.",
        "the biggest dealer in Minnesota",
        due="held",
    ),
    _clear(
        "uncovered_assertion",
        OB,
        "C: hi",
        "Hi Dana, thanks so much for writing to Lakeside Auto House! How can I help?",
    ),
    _clear(
        "uncovered_assertion",
        OB,
        "C: towing?",
        "Good question. I don't have the towing figures in front of me, so let me ask Omar in service.",
    ),
    _clear(
        "uncovered_assertion", OB, "C: thx", "Anytime! Just reach out if anything else comes up. Have a great weekend!"
    ),
    _clear(
        "uncovered_assertion", OB, "C: looking", "Happy to help. Are you looking for something with all-wheel drive?"
    ),
    _clear(
        "uncovered_assertion", OB, "C: can i come", "We'd love to show you the Outback. What day works best for you?"
    ),
    _clear(
        "uncovered_assertion",
        (),
        "C: hello",
        "Hello and welcome! Could you tell me a bit about what you're looking for?",
    ),
    _clear(
        "uncovered_assertion",
        OB,
        "C: best price?",
        "I understand you're looking for the best deal. Our prices are final, so $21,750 is the price.",
    ),
)
