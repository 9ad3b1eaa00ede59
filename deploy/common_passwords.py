"""Write what the screens need to tell a common password: `python -m deploy.common_passwords`.

The browser tests each password as it is typed, against the same lists as the API
(api/services/common_passwords.py); passwords that are too short anyway are left out.
"""

from pathlib import Path

from api.services.common_passwords import WHOLE, WORDS
from api.services.passwords import MINIMUM

TARGET = Path(__file__).resolve().parents[1] / "assets" / "common_passwords.txt"


def lists() -> str:
    """Return whole passwords, an empty line, and words; one a line."""
    whole = sorted(password for password in WHOLE if len(password) >= MINIMUM)
    return "\n".join(whole) + "\n\n" + "\n".join(sorted(WORDS)) + "\n"


def main() -> None:
    """Write the file."""
    TARGET.write_text(lists(), encoding="utf-8")
    print(f"Wrote {TARGET}")


if __name__ == "__main__":
    main()
