"""``python -m tests.hostile``: the whole run, its table in docs/security.md; exits 1 when anything was wrong."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from section11.config import PROJECT_DIR
from section11.domain.uk_time import long_date
from tests.hostile.run import run
from tests.hostile.tally import faults, table

DOCUMENT = PROJECT_DIR / "docs" / "security.md"
BEGINS, ENDS = "<!-- hostile run -->", "<!-- end of hostile run -->"


def main() -> int:
    """Return 0 when nothing was served wrongly, nothing broke and nothing secret stands in the log."""
    found = run(is_whole=True)
    notes = [f"{row.kind}: {note}." for row in found.rows for note in row.notes]
    made = datetime.now(UTC).date()
    written = [f"Run on {long_date(made)} with `python -m tests.hostile`:", table(found.rows), " ".join(notes)]
    written.append(f"Log lines with a secret or an e-mail address: {len(found.telling)} of {found.lines}.")
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGINS)
    after = rest.partition(ENDS)[2]
    DOCUMENT.write_text("\n\n".join([before + BEGINS, *written, ENDS]) + after, encoding="utf-8")
    print(*written, *faults(found.rows), *found.telling[:20], sep="\n")
    return 1 if faults(found.rows) or found.telling else 0


if __name__ == "__main__":
    sys.exit(main())
