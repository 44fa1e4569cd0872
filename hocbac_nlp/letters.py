"""Letters in regular expressions: the Latin letters of Vietnamese and its neighbours, capital and small.

`UPPER` and `LOWER` are the members of a character class: `re.compile(rf"[{UPPER}][{LOWER}]+")`; texts are NFC, so
each letter is one character.
"""

_BLOCKS = ((0x41, 0x7B), (0xC0, 0x1B1), (0x1E00, 0x1F00))
"""ASCII; Latin-1 to the horned ơ and ư; Latin Extended Additional, where the toned letters are."""

_LATIN = [chr(code) for low, high in _BLOCKS for code in range(low, high)]

UPPER = "".join(filter(str.isupper, _LATIN))
LOWER = "".join(filter(str.islower, _LATIN))
