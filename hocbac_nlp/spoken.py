"""Numbers in the words that dates are made of: digits, months, quarters.

Numerals of any size are read with the lexicon number_words.tsv (measuring/number_words.py); dates need only these, and
what is spelled so in them is no matter of vocabulary.
"""

DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
"""'mốt', 'tư', 'lăm' and 'nhăm' only close a number."""

COUNTS = {
    **{word: value for word, value in DIGITS.items() if word not in ("không", "mốt", "tư", "lăm", "nhăm")},
    "mười": 10,
    "mười một": 11,
    "mười hai": 12,
}
"""What counts months and days."""

MONTHS = {**{word: value for word, value in COUNTS.items() if word != "bốn"}, "tư": 4, "giêng": 1, "chạp": 12}
"""The names of the months behind 'tháng'."""

LUNAR_MONTHS = frozenset(("giêng", "chạp"))

QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "một": 1, "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4}
"""What stands behind 'quý'."""


def longest_first(words: dict[str, int]) -> str:
    """The source of an expression for any of the words, the longest that fits."""
    return "|".join(sorted(words, key=len, reverse=True))
