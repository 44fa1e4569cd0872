"""Every measure against published and library values; each case in the file names its origin."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hocbac_nlp.corpora import association, dispersion, keyness, ngrams, tfidf, yake
from hocbac_nlp.corpora.association import Table
from hocbac_nlp.corpora.probability import chi2_tail

DATA = Path(__file__).parent / "data"
CASES: list[dict[str, Any]] = json.loads((DATA / "keyness_cases.json").read_text(encoding="utf-8"))["cases"]

Inputs = dict[str, Any]


def corpora(i: Inputs) -> tuple[int, int, int, int]:
    return i["a"], i["N1"], i["b"], i["N2"]


def pair(i: Inputs) -> tuple[int, int, int, int]:
    return i["f"], i["f1"], i["f2"], i["N"]


def table(i: Inputs) -> Table:
    if "O11" in i:
        return Table(i["O11"], i["O12"], i["O21"], i["O22"])
    return Table.of_pair(*pair(i)) if "f" in i else Table.of_corpora(*corpora(i))


def association_bundle(i: Inputs) -> dict[str, float]:
    observed = table(i)
    return {
        "mi_log10": association.mi_log10(*pair(i)),
        "dice": association.dice(*pair(i)[:3]),
        "t_score": association.t_score(*pair(i)),
        "z_score": association.z_score(*pair(i)),
        "g2_signed": observed.sign(association.g2(observed)),
        "simple_ll_signed": observed.sign(association.simple_ll(*pair(i))),
        "chi2_signed": observed.sign(association.chi2(observed)),
        "chi2_yates_signed": observed.sign(association.chi2(observed, yates=True)),
        "local_mi_log10": association.local_mi_log10(*pair(i)),
        "min_sensitivity": association.min_sensitivity(*pair(i)[:3]),
    }


def collocation_bundle(i: Inputs) -> dict[str, float]:
    return {
        "pmi_log2": association.mi(*pair(i)),
        "t": association.t_score(*pair(i)),
        "chi2": association.chi2(table(i)),
        "g2": association.g2(table(i)),
        "dice": association.dice(*pair(i)[:3]),
        "log_dice": association.log_dice(*pair(i)[:3]),
        "phi2": association.phi2(table(i)),
        "jaccard": association.jaccard(*pair(i)[:3]),
    }


def dispersion_bundle(i: Inputs) -> dict[str, float]:
    v, size = i["v"], i["size"]
    dp = dispersion.dp(v, size)
    return {
        "range_rel": dispersion.relative_range(v),
        "DP": dp,
        "one_minus_DP": 1 - dp,
        "DP_norm": dispersion.dp_norm(v, size),
        "juilland_D": dispersion.juilland_d(v, size),
        "carroll_D2": dispersion.carroll_d2(v, size),
        "rosengren_S": dispersion.rosengren_s(v, size),
        "DA": dispersion.d_a(v, size),
        "DKL": dispersion.kl_divergence(v, size),
        "DKL_o2p": 1 / (1 + dispersion.kl_divergence(v, size)),
    }


def g2(i: Inputs) -> dict[str, float]:
    value = association.g2(table(i))
    return {"": value, "g2": value, "p": chi2_tail(value)}


def chi2(i: Inputs) -> dict[str, float]:
    value, yates = association.chi2(table(i)), association.chi2(table(i), yates=True)
    return {"": value, "chi2": value, "p": chi2_tail(value), "chi2_yates": yates, "p_yates": chi2_tail(yates)}


def log_ratio(i: Inputs) -> dict[str, float]:
    value = keyness.log_ratio(*corpora(i))
    return {
        "": value,
        "log_ratio": value,
        "lrc": keyness.lrc(*corpora(i), family=599),
        "lrc_positive": keyness.lrc_positive(*corpora(i), family=599),
        "lrc_normal": keyness.lrc_normal(*corpora(i), family=599),
    }


def tf_idf(i: Inputs) -> Any:
    counts = i["counts"]
    rows = tfidf.tfidf(counts, smooth=i["smooth"], sublinear=i["sublinear"], norm=i["norm"])
    idf = [tfidf.idf(len(counts), sum(map(bool, column)), i["smooth"]) for column in zip(*counts, strict=True)]
    return {"": rows, "idf": idf, "tfidf": rows}


def c_value(i: Inputs) -> dict[str, float]:
    values = ngrams.c_values({tuple(term.split()): count for term, count in i["freq"].items()})
    return {" ".join(term): value for term, value in values.items()}


def arf(i: Inputs) -> float:
    tokens = i["tokens"]
    return dispersion.arf([at for at, token in enumerate(tokens) if token == i["word"]], len(tokens))


def yake_ranking(i: Inputs) -> list[list[Any]]:
    """The best candidates by YAKE, from what is counted in the text: the text itself is not ours to repeat."""
    counted = json.loads((DATA / i["text_file"]).with_suffix(".json").read_text(encoding="utf-8"))
    text = yake.Text(**counted["text"])
    words: dict[str, Any] = counted["words"]

    def part(candidate: list[str], at: int) -> float | yake.Link:
        word = dict(words[candidate[at]])
        if not word.pop("stop"):
            return yake.word_score(yake.Word(**word), text)
        before, stop, after = candidate[at - 1 : at + 2]
        return yake.Link(
            counted["pairs"][f"{before} {stop}"] / words[before]["count"],
            counted["pairs"][f"{stop} {after}"] / words[after]["count"],
        )

    scores = {
        one["text"]: yake.score([part(one["words"], at) for at in range(len(one["words"]))], one["count"])
        for one in counted["candidates"][str(i["n"])]
    }
    return [[term, scores[term]] for term in sorted(scores, key=scores.__getitem__)[: i["top"]]]


MEASURES: dict[str, Callable[[Inputs], Any]] = {
    "g2_rayson_2cell": lambda i: keyness.g2_two_cell(*corpora(i)),
    "g2_4cell": g2,
    "chi2_4cell": chi2,
    "chi2_yates": lambda i: {"chi2": chi2(i)["chi2_yates"], "p": chi2(i)["p_yates"]},
    "fisher_exact": lambda i: dict(zip(("two", "left", "right"), association.fisher_exact(table(i)), strict=True)),
    "association_bundle": association_bundle,
    "collocation_bundle": collocation_bundle,
    "log_ratio": log_ratio,
    "pct_diff": lambda i: keyness.pct_diff(*corpora(i)),
    "odds_ratio": lambda i: association.odds_ratio(table(i)),
    "simple_maths": lambda i: keyness.simple_maths(*corpora(i), k=i["k"]),
    "difference_coefficient": lambda i: keyness.difference_coefficient(*corpora(i)),
    "wilcoxon_rank_sum": lambda i: {"W_x": keyness.rank_sum(i["x"], i["y"])},
    "t_score": lambda i: association.t_score(*pair(i)),
    "pmi_log2": lambda i: association.mi(*pair(i)),
    "npmi": lambda i: association.npmi(*pair(i)),
    "log_dice": lambda i: association.log_dice(i["f"], i["f1"], i["f2"]),
    "dice": lambda i: association.dice(i["f"], i["f1"], i["f2"]),
    "dispersion_bundle": dispersion_bundle,
    "dp": dispersion_bundle,
    "juilland_D": lambda i: dispersion.juilland_d(i["v"], i["size"]),
    "carroll_D2": lambda i: dispersion.carroll_d2(i["v"]),
    "arf": arf,
    "tfidf": tf_idf,
    "c_value": c_value,
    "yake": yake_ranking,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_value(case: dict[str, Any]) -> None:
    found = MEASURES[case["measure"]](case["inputs"])
    expected = case["expected"]
    if isinstance(expected, dict):
        found = {name: found[name] for name in expected}
    elif isinstance(found, dict):
        found = found[""]
    # libraries compute in doubles: beyond the stated absolute tolerance, allow the rounding of large values
    assert_close(found, expected, case["tolerance"])


def assert_close(found: Any, expected: Any, tolerance: float) -> None:
    if isinstance(expected, dict):
        for name, value in expected.items():
            assert_close(found[name], value, tolerance)
    elif isinstance(expected, list):
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            assert_close(one, other, tolerance)
    elif isinstance(expected, str):
        assert found == expected
    else:
        assert found == pytest.approx(expected, abs=tolerance, rel=1e-12)
