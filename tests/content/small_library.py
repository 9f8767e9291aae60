"""A library of two sets, small enough to compare by hand, with the crosswalk between them."""

from __future__ import annotations

from pathlib import Path

from section11.definitions.library import StandardsLibrary

SCALES = """\
two:
  title: Two steps
  ratings:
    - {key: met, label: Met, meaning: It is in place., tone: full}
    - {key: not_met, label: Not met, meaning: It is not in place., tone: none}
"""

SET_2026 = """\
id: riverdale-2026
title: Riverdale 2026
version: "1"
scale: two
arrangements: {S11-02: A senior lead, S11-09: Training}
references: {act: {title: Children Act 2004}}
standards: [s1.yaml, s2.yaml, p.yaml]
"""

SET_2027 = """\
id: riverdale-2027
title: Riverdale 2027
version: "2"
scale: two
arrangements: {S11-02: A senior lead, S11-12: Induction}
references: {act: {title: Children Act 2004}}
standards: [s1.yaml, s3.yaml, p.yaml]
"""

STANDARD_1_OF_2026 = """\
id: S1
title: Leadership
questions:
  - id: S1.1
    text: Is there a senior lead for keeping children safe?
    arrangements: [S11-02]
    essential: true
    references: [act]
    descriptors: {met: "A lead is in post and trained.", not_met: "No lead is in post."}
  - id: S1.2
    text: Does the board read a report once a year?
    arrangements: [S11-02]
    descriptors: {met: "It did so this year.", not_met: "It did not."}
  - id: S1.3
    text: Is there a budget?
    arrangements: [S11-02]
    descriptors: {met: "There is.", not_met: "There is not."}
"""

STANDARD_1_OF_2027 = """\
id: S1
title: Leadership and money
questions:
  - id: S1.1
    text: Is there a senior lead for keeping children safe?
    arrangements: [S11-02]
    references: [act]
    not_asked_of: [childminder]
    descriptors: {met: "A lead is in post, with a deputy, and trained.", not_met: "No lead is in post."}
  - id: S1.2
    text: Does the board discuss a report once a year?
    arrangements: [S11-02]
    descriptors: {met: "It did so this year.", not_met: "It did not."}
  - id: S1.3
    text: Is there a budget?
    arrangements: [S11-02]
    descriptors: {met: "There is.", not_met: "There is not."}
"""

STANDARD_2_OF_2026 = """\
id: S2
title: Staff
questions:
  - id: S2.1
    text: Are staff and volunteers trained when they join and every two years?
    arrangements: [S11-09]
    descriptors: {met: "All are.", not_met: "Some are not."}
  - id: S2.2
    text: Is there a code?
    arrangements: [S11-09]
    descriptors: {met: "There is.", not_met: "There is not."}
  - id: S2.3
    text: Have all signed the code?
    arrangements: [S11-09]
    descriptors: {met: "All have.", not_met: "Some have not."}
  - id: S2.4
    text: Is there a newsletter?
    arrangements: [S11-09]
    descriptors: {met: "There is.", not_met: "There is not."}
"""

STANDARD_3_OF_2027 = """\
id: S3
title: People
questions:
  - id: S3.1
    text: Does everyone have an induction?
    arrangements: [S11-12]
    descriptors: {met: "All do.", not_met: "Some do not."}
  - id: S3.2
    text: Is training repeated every two years?
    arrangements: [S11-12]
    descriptors: {met: "It is.", not_met: "It is not."}
  - id: S3.3
    text: Have all signed a code that is in force?
    arrangements: [S11-12]
    descriptors: {met: "All have.", not_met: "Some have not."}
  - id: S3.4
    text: Do children say that they feel safe?
    arrangements: [S11-12]
    descriptors: {met: "Most do.", not_met: "Most do not."}
"""

PROFILE = """\
id: P
title: About you
questions:
  - id: P.1
    type: number
    unit: people
    text: How many people work for you?
"""

CROSSWALK = """\
from: riverdale-2026
to: riverdale-2027
links:
  - {from: S1.1, to: S1.1, kind: same}
  - {from: S1.2, to: S1.2, kind: reworded}
  - {from: S1.3, to: S1.3, kind: same}
  - {from: S2.1, to: [S3.1, S3.2], kind: split, note: 2027 asks about joining apart.}
  - {from: [S2.2, S2.3], to: S3.3, kind: merged}
new:
  - S3.4
dropped:
  - S2.4
"""
CROSSWALK_FILE = Path("crosswalks") / "riverdale-2026--riverdale-2027.yaml"


def small_library(folder: Path, *, crosswalk: str | None = CROSSWALK) -> StandardsLibrary:
    """Write the library into a folder; without a crosswalk if it is None."""
    files = {
        Path("scales.yaml"): SCALES,
        Path("riverdale-2026/set.yaml"): SET_2026,
        Path("riverdale-2026/s1.yaml"): STANDARD_1_OF_2026,
        Path("riverdale-2026/s2.yaml"): STANDARD_2_OF_2026,
        Path("riverdale-2026/p.yaml"): PROFILE,
        Path("riverdale-2027/set.yaml"): SET_2027,
        Path("riverdale-2027/s1.yaml"): STANDARD_1_OF_2027,
        Path("riverdale-2027/s3.yaml"): STANDARD_3_OF_2027,
        Path("riverdale-2027/p.yaml"): PROFILE,
    }
    if crosswalk is not None:
        files[CROSSWALK_FILE] = crosswalk
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return StandardsLibrary(folder, frozenset({"childminder", "police-force"}))
