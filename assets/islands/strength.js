// What a password must be, as api/services/passwords.py has it; tests/unit/test_strength.py holds the two together.
const MINIMUM = 10;
const MAXIMUM = 256;
const SHORTEST_NAME = 3;
const LONGEST_ENDS = 4;
const CORE = /^([^a-z]*)(.*?)([^a-z]*)$/s;
const COUNTING = new Set(["12345", "123456", "1234567", "12345678", "123456789", "1234567890", "123123", "111111"]);
const LOOKS_LIKE = { "@": "a", 4: "a", 0: "o", 1: "i", 3: "e", $: "s", 5: "s", "!": "i" };
const KINDS = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/];
const LONG = 16;

// Reads assets/common_passwords.txt: whole passwords, an empty line, words.
export function readCommon(text) {
  const [whole, words] = text.split("\n\n");
  return { whole: new Set(whole.split("\n")), words: new Set(words.trim().split("\n")) };
}

function once(word) {
  const again = (word + word).indexOf(word, 1);
  return again > 0 && again < word.length ? word.slice(0, again) : word;
}

function isDressedWord(text, words) {
  const [, before, middle, after] = CORE.exec(text);
  const core = once(middle);
  const ends = before + after;
  return core !== "" && words.has(core) && ([...ends].length <= LONGEST_ENDS || COUNTING.has(ends));
}

function undisguised(text) {
  const [, before, middle, after] = CORE.exec(text);
  return before + [...middle].map((letter) => LOOKS_LIKE[letter] ?? letter).join("") + after;
}

export function isCommon(password, common) {
  const lowered = password.toLowerCase();
  if (common.whole.has(lowered) || new Set(lowered).size <= 2) return true;
  return [lowered, undisguised(lowered)].some((reading) => isDressedWord(reading, common.words));
}

function containsName(password, email) {
  const lowered = email.toLowerCase();
  const name = lowered.slice(0, Math.max(0, lowered.lastIndexOf("@")));
  return [name, name.split("+")[0]].some((known) => known.length >= SHORTEST_NAME && password.toLowerCase().includes(known));
}

// The rules by name: true where one holds; `common` is null until the list has come, and nothing is known of it.
export function rulesOf(password, email, common) {
  const typed = password.normalize("NFC");
  const length = [...typed].length;
  return {
    length: length >= MINIMUM && length <= MAXIMUM,
    name: length > 0 && !containsName(typed, email),
    common: length > 0 && common !== null && !isCommon(typed, common),
  };
}

// 0 nothing typed, 1 refused, 2 enough, 3 good, 4 strong.
export function scoreOf(password, rules) {
  if (!password) return 0;
  if (!Object.values(rules).every(Boolean)) return 1;
  const kinds = KINDS.filter((kind) => kind.test(password)).length;
  const length = [...password].length;
  if (length >= LONG || (length >= LONG - 3 && kinds >= 3)) return 4;
  return length >= LONG - 4 || kinds >= 3 ? 3 : 2;
}
