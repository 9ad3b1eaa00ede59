"""Words as the verifier compares them: stems, families of synonyms, and words that claim nothing."""

import re
from functools import lru_cache

WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")

_FAMILIES = """
licence license | cheque check | tire tyre | color colour | kilometer kilometre km kms | mile mi
administration admin administrative | documentation doc document paperwork docs
delivery deliver ship shipping | photo picture image pic | navigation nav gps satnav
backup rear reversing rearview reverse | camera cam | sunroof moonroof | wagon estate
pickup truck | minivan van | sedan saloon | hatchback hatch | towbar tow hitch towing | gasoline petrol gas
refund refundable moneyback | appraisal appraise valuation inspect inspection inspected inspections
| finance financing financed loan installment installments instalment instalments
credit creditworthiness | lender bank | report carfax autocheck | firm fixed | trade tradein tradeins
hold reserve reserved holding held | warranty guarantee covered coverage cover | insurance insured
exchange exchanged swap | automatic auto | stereo audio | phone telephone tel | email mail
located location address | website site webpage | rate apr interest | month monthly | year annual yearly
return returned | in-person inperson | winter snow | install installed fitted fit | free complimentary
tax hst gst vat | registration registered tags plates | include included inclusive including | owner keeper
accident collision crash wreck damage damaged | dent ding
work working functional | seat seater | leather hide | stock inventory | test-drive testdrive | deposit
| extend extends stretch prolong lengthen | forfeit forfeited lose lost | county state dmv
| salesperson salespeople salesman salesmen saleswoman
drive driving | driver | proof evidence prove proven proves | valid current | lead leads head | manager
smog emission emissions | title | local locally | holiday holidays thanksgiving christmas | tint tinted
alloy alloys rim wheel | cruise | combined average | rated rating | kit set | bring carry
require need must needed required necessary | certified cpo | approved approval approve
decide decision decides | request ask asked | vehicle car auto automobile | home house
cost costs price priced charge | fee fees | minute min mins | hour hr hrs | day | mat mats | history
service serviced servicing maintained maintenance | new brand-new fresh | ac a/c conditioning conditioner
cooled ventilated | bluetooth | carplay | fewer less under below | more over above
combined | euro eur | germany german | identification id card | trailer trailers | liftgate tailgate
gearbox transmission | old older age aged minimum | smoke smoked smoker smoking | pet pets dog | clean | kept keep
""".replace("\n", "|")

_STOP = re.findall(
    r"\S+",
    """
a about above actually after again ahead all almost already also although always am an and any anybody
anyone anything anytime anyway are around as at away back be became because been before being below best
besides between bit both but by came can cant come comes coming could currently day days did do does doing
done down drop due during each either else end enough even ever every everything exactly few find first for
forward found from further gave get gets getting give given gives giving go goes going gone gonna got gotta
had happen happy has have having he hello hence her here hers hey hi him his hour hours how however i if in
instead into is it its itself just keep kind know last later least left less let like likely little ll look
looking looks lot lots made make makes making many matter may maybe me mean means meantime might mine moment
more morning most much must my myself near nearly need needed needs never next nice no none nor not nothing
now of off often oh ok okay on once one ones only onto or other others otherwise our ours out over own per
perhaps please plus point possible put quick quickly quite rather re ready really regarding regards right
same saw say says see seeing seem seems seen self shall she should show side simply since so some somebody
someone something soon sorry still such sure take takes taking tell than thank thanks that the their theirs
them then there these they thing things think this those though through thru thus time times to today
together told tomorrow tonight too took toward try turn two u ur under unless unlike until unto up upfront
upon us use used usual usually ve very via want wanted was way we week weekend weeks well went were what
whatever when whenever where whether which whichever while who whole whom whose why will wish with within
past normally usually typically news whereas accordingly similar supports program
lmk thx gimme sec msg msgs wanna lemme hmu ttyl omw np kinda dunno cya swing
without word words work working works worth provided providing assuming
would wrote yea yeah yep yes yesterday yet yo you your yours
yourself afternoon evening afraid alright appreciate apologies apologize apologise answer ask asked asking
assist assistance available bear call called check checked checking cheers choice choose chat clarify
confirm confirmed consider contact dear detail details discuss email enjoy enquiry enquiries excited explain
feel fine folks follow free-to glad greetings guess guys hang hear heard help helpful hope hoping honest
honestly inform info information inquiry inquiries inquire interest interested jump kindly kindest leave
let's listed listing long love message messages mention mentioned name notice note number numbers offer
offered offering open option options patience pass person personally pleased pleasure prefer pricing price
priced pull question questions quote quoted reach reached reaching receive reply respond response run said
schedule seller send sending sent share sharing shoot shortly sincerely sit sounds speak spoke stand start
starts starting stay stays stop straight straightforward stuff suit suits swing talk talking team text tho
touch total understand understood unfortunately update updated upright vehicle vehicles visit visiting wait
waiting warm welcome what's whats wonder wondering write writing cost costs costing dollars dollar usd bucks
euro euros eur cad miles mile km kilometers kilometres mileage odometer month months monthly year years
minute minutes percent apr model trim car cars truck trucks ride auto suv suvs dealership dealer store shop
record records file compare comparing comfortable budget range higher lower exact current far close closed
hand meet meeting sir madam ma'am mr mrs ms everyone gladly double hesitate gentle posted loop reachable
directly inventory stock vin ourselves night page ad advert advertised list apiece certainly absolutely
definitely course indeed cool gotcha noted roger agreed correct deal yup able particular specific
specifically related based top bottom line front mind aware noting asap r n w rn pls plz thx ty btw fyi imo
tbh otd lol haha min mins max ya ye y'all em im ive ill dont doesnt isnt wont youre thats s t d m o' k no.
st vs versus charge charges charged bring carry hundred thousand grand ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety zero three
four five six seven eight nine rate rates term terms payment payments located location address site website
phone mail photo photos picture pictures video videos runs problem feedback ring figure figures sits taxes
nope nah yup aye stk nobody noone
beyond involve involves inside sadly tho anymore signed live lives living remain remains sum amount
extra lists chance honor drop-in pay paying paid rest step steps process anywhere somewhere everywhere
nowhere walk along handle handles rush hurry pressure system feature features equipped function application
applications applying paperwork final fairness honesty transparency exterior interior cabin upholstery plan plans
""",
)


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for family in _FAMILIES.split("|"):
        names = family.split()
        for name in names:
            table.setdefault(name, names[0])
    return table


_CANONICAL = _table()
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("ing", ""), ("ed", ""))


_SHORT_STEM = re.compile(r"(?!.?.?e$)(?:[a-z][aeiou][a-z]|[aeiou][a-z]{2})")


def _stem(word: str) -> str:
    for ending, instead in _ENDINGS:
        stem = word[: -len(ending)] + instead
        if word.endswith(ending) and (len(stem) >= 4 or _SHORT_STEM.fullmatch(stem)):
            return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "ls" else stem
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


@lru_cache(maxsize=8192)
def lemma(word: str) -> str:
    """Return the form under which a lower-case word is compared."""
    word = word.split("'", maxsplit=1)[0]
    if word in _CANONICAL:
        return _CANONICAL[word]
    stem = _stem(word)
    for form in (stem, stem + "e", stem.rstrip("e")):
        if form in _CANONICAL:
            return _CANONICAL[form]
    return stem.rstrip("e") or word


STOP = frozenset(_STOP)


def is_content(word: str) -> bool:
    """Tell whether a lower-case word can claim something."""
    if word.endswith("n't"):
        return False
    bare = word.split("'", maxsplit=1)[0]
    stem = _stem(bare)
    return not {bare, word, stem, stem + "e"} & STOP and (len(bare) > 1 or bare.isdigit())


def is_known(word: str) -> bool:
    """Tell whether a lower-case word belongs to the trade's vocabulary, so that it is nobody's name."""
    return word in _CANONICAL or lemma(word) in _CANONICAL


def content_lemmas(text: str) -> frozenset[str]:
    """Return the lemmas of the content words of a lower-case normalised text."""
    return frozenset(lemma(match.group()) for match in WORD.finditer(text) if is_content(match.group()))


def all_lemmas(text: str) -> frozenset[str]:
    """Return the lemmas of all words of a lower-case normalised text."""
    return frozenset(lemma(match.group()) for match in WORD.finditer(text))


__all__ = ["STOP", "WORD", "all_lemmas", "content_lemmas", "is_content", "is_known", "lemma"]
