"""How people write what drives a car, what it burns, how it shifts, what its seats and its cab are."""

_GEARS = r"(?:(?:the |its |your )?gears?|speeds?)"
_SELF = r"(?:by itself|for itself|on its own|itself|for you|automatically|all by itself)"
_FOUR = r"(?:all )?(?:four|4) (?:of (?:the|its) )?wheels"
_DRIVES = r"(?:drives?|driven|driving|powers?|power (?:goes )?to|turns?|pulls? with|pulls? on|moves?|puts? power to)"
_MATTER = r"(?:seats?|interior|upholstery|inside|trim|surfaces)"

MECHANICS: dict[str, dict[str, str]] = {
    "transmission": {
        "manual": r"manual(?:ly)?(?: transmission| gearbox| box)?(?! (?:adjust|lumbar|seat|windows))|stick(?:[-"
        r" ]shift)?|standard transmission"
        rf"|three pedals|clutch pedal|you (?:have to |need to |get to |must |do |can )?(?:shift|change|row) "
        rf"(?:(?:{_GEARS}|it|(?:the|this|that) [a-z]+) )?(?:yourself|by hand|on your own)"
        r"|row(?:ing)? (?:your|its|the) own(?: gears)?"
        rf"|(?:change|shift) {_GEARS} (?:yourself|by hand)",
        "cvt": r"cvt|continuously variable(?: transmission)?",
        "automatic": r"automatic(?:s| transmission| gearbox)?(?! (?:climate|headl|wip|brak|emerg|high|door))|auto"
        r" (?:transmission|gearbox|box)|autobox|dual[- ]clutch|dsg"
        rf"|(?:shifts?|changes?)(?: up and down)?(?: {_GEARS})? {_SELF}|self[- ]shift\w*|two pedals|only two pedals",
    },
    "drivetrain": {
        "awd": r"awd|all[- ]wheel[- ]drive|all[- ]wheel|quattro|4matic|xdrive",
        "4wd": r"4wd|4x4|four[- ]wheel[- ]drive|4[- ]wheel[- ]drive|four by four|4 by 4|four[- ]wheeler",
        "all four": rf"{_DRIVES} {_FOUR}|{_FOUR} (?:are |is |get |gets )?(?:driven|powered|drive|pull|power)",
        "fwd": rf"fwd|front[- ]wheel[- ]drive|front[- ]wheel(?!s)|{_DRIVES} (?:only )?(?:the |its )?(?:two )?front"
        r" (?:wheels|axle)|(?:the )?front wheels (?:are driven|drive|pull)",
        "rwd": rf"rwd|rear[- ]wheel[- ]drive|rear[- ]wheel(?!s)|{_DRIVES} (?:only )?(?:the |its )?(?:two )?"
        r"(?:rear|back) (?:wheels|axle)|(?:the )?(?:rear|back) wheels (?:are driven|drive|push)",
        "two": r"2wd|two[- ]wheel[- ]drive|2[- ]wheel[- ]drive|4x2",
    },
    "fuel": {
        "plug-in": r"plug[- ]?in(?: hybrid)?|phev",
        "hybrid": r"hybrids?",
        "diesel": r"diesels?|tdi",
        "electric": r"(?:all[- ]|fully |pure(?:ly)? |battery[- ])?electric(?:ally)?(?! (?:windows?|seats?"
        r"|mirrors?|tailgate|parking|roof|sunroof))|(?<![-.@])evs?|bevs?|(?:runs?|drives?) on (?:a )?(?:batter(?:y|ies)"
        r"|electricity)(?: alone)?|battery[- ]powered",
        "gasoline": r"gasoline|petrol|gas(?:[- ](?:engine|powered|burner|car|motor))|(?<=runs on )gas|(?<=takes )gas"
        r"|regular gas|unleaded|(?<=runs on )regular|(?<=takes )regular",
    },
    "roof": {
        "soft": r"(?:soft|canvas|fabric|cloth|rag)[- ]?(?:top|roof)",
        "hard": r"(?:hard|metal|steel)[- ]?(?:top|roof)",
    },
    "upholstery": {
        "imitation": rf"leatherette|(?:vegan|faux|synthetic|imitation|fake|artificial) leather(?: {_MATTER})?"
        rf"|vinyl(?: {_MATTER})?",
        "leather": rf"leather(?:[- ](?:trimmed|appointed|clad))?(?: {_MATTER})?(?![- ](?:wrap|steering|wheel|shift|knob"
        r"|case|look|like|care))",
        "cloth": rf"cloth(?: {_MATTER})?|fabric(?: {_MATTER})",
    },
    "cab": {
        "crew": r"crew[- ]cab",
        "quad": r"quad[- ]cab",
        "double": r"double[- ]cab|doublecab",
        "extended": r"(?:extended|access|super|king|space|club)[- ]?cab",
        "regular": r"(?:regular|single|standard|two[- ]door)[- ]cab",
        "mega": r"mega[- ]cab|supercrew|crewmax",
    },
}

__all__ = ["MECHANICS"]
