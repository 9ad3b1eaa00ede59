"""Write the API's OpenAPI document to docs/openapi.json: `python -m deploy.openapi`."""

import json
from pathlib import Path

from api.main import app

TARGET = Path(__file__).resolve().parents[1] / "docs" / "openapi.json"


def main() -> None:
    """Write the document with sorted keys, so that a change shows as one."""
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(app.openapi(), indent=2, sort_keys=True) + "\n")
    print(f"Wrote {TARGET}")


if __name__ == "__main__":
    main()
