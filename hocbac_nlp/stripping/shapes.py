"""Shapes of lines that several readers of an article look for."""

import re

from hocbac_nlp.letters import LOWER
from hocbac_nlp.stripping.facts import Facts

BULLET = re.compile(r"(?:[-–+•*▪●◦✓✔○■]|\(?[a-zđ]\)|\(?\d{1,2}\))\s*\S")
CELLS = re.compile(r"\t|\s{3,}|\s\|\s")
SENTENCES = re.compile(rf"[.!?…](?<=[^\W\d_]{{2}}.)[”\"’)]?\s+[“\"‘(]?(?=[^\W_])(?![{LOWER}])")


def loose(fact: Facts) -> bool:
    """Whether the line is open and short, and neither furniture nor a credit."""
    line = fact.line
    plain = fact.furniture is None and not fact.credit
    return plain and not line.closed and not line.prose and not line.folded.endswith(":")
