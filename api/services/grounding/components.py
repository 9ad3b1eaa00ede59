"""The components of a vehicle whose state or age people tell of, and the words for good and bad."""

GOOD_STATE = (
    r"(?:works?|working|blows?|runs?|functions?|fine|great|perfect(?:ly)?|ice[- ]cold|cold|cools?|good"
    r"|excellent|intact|strong|like new)"
)
BAD_STATE = (
    r"(?:broken|out|dead|busted|faulty|inop(?:erative)?|defective|shot|bad|leak(?:s|ing|y)?|fail(?:s|ed"
    r"|ing)?|needs? (?:work|repair|replac\w+|a recharge|fixing|recharging))"
)
COMPONENTS = {
    "air conditioning": r"a/?c|air[- ]?con(?:ditioning|ditioner)?|climate control",
    "heater": r"heat(?:er|ing)?",
    "radio": r"radio|stereo",
    "transmission state": r"transmission|gearbox|clutch",
    "engine": r"engine|motor",
    "battery": r"battery",
    "brakes": r"brakes?",
    "tires": r"tires?|tyres?",
    "windows": r"(?:power )?windows?",
    "sunroof": r"(?:sun|moon)roof",
    "lights": r"headlights?|lights?",
    "locks": r"(?:door )?locks?",
    "camera": r"camera",
    "speedometer": r"speedometer|odometer|gauges?",
    "seat heating": r"seat heat\w*|heated seats?",
    "windshield": r"windshield|windscreen",
    "suspension": r"suspension|shocks",
}
PARTS = {
    "brakes": r"brakes?(?: pads?| rotors?)?",
    "tires": r"tires?|tyres?",
    "battery": r"battery",
    "clutch": r"clutch",
    "timing belt": r"timing belt|cam ?belt",
    "engine": r"engine|motor",
    "gearbox": r"transmission|gearbox",
    "windshield": r"windshield|windscreen",
}

__all__ = ["BAD_STATE", "COMPONENTS", "GOOD_STATE", "PARTS"]
