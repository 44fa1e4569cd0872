import pytest

from hocbac_nlp import stage
from hocbac_nlp.document import Document, Source, StageRun
from hocbac_nlp.errors import DocumentError, UsageError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stage import NAMES, STAGES, Options, Plan, Step

LEXICONS = Lexicons()


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace the stages by ones that only note that they ran."""
    calls: list[str] = []

    def fake_open(self: stage.Stage, lexicons: Lexicons, options: Options) -> Step:
        return lambda document: calls.append(self.name)

    monkeypatch.setattr(stage.Stage, "open", fake_open)
    return calls


def record(*done: str) -> Document:
    runs = [StageRun(name, "1", "x", {}) for name in done]
    document = Document({"schema": "hocbac/1", "id": "x", "source": Source(), "stages": runs, "text": "", "mine": 1})
    for one in STAGES:
        if one.name in done:
            for field in one.assigns:
                setattr(document, field, [] if field not in ("text", "title") else "")
    return document


@pytest.mark.parametrize(
    ("goal", "done", "expected"),
    [
        ("extract", (), ["strip", "segment", "extract"]),
        ("extract", ("strip",), ["segment", "extract"]),
        ("extract", ("strip", "segment"), ["extract"]),
        ("extract", ("strip", "segment", "extract", "keywords"), ["extract"]),
        ("segment", ("strip", "segment", "extract"), ["segment"]),
        ("strip", ("strip", "segment"), []),
        ("strip", (), ["strip"]),
    ],
)
def test_the_missing_stages_run_and_the_named_one_is_redone(
    ran: list[str], goal: str, done: tuple[str, ...], expected: list[str]
) -> None:
    document = Plan(goal).open(LEXICONS)(record(*done))
    assert ran == expected
    kept = [
        name for name in done if name not in expected and (not expected or NAMES.index(name) < NAMES.index(expected[0]))
    ]
    assert [run.name for run in document.stages] == kept + expected


def test_layers_after_the_redone_stage_are_dropped(ran: list[str]) -> None:
    document = Plan("segment").open(LEXICONS)(record("strip", "segment", "extract", "keywords"))
    assert "blocks" in document and "mine" in document
    assert not any(field in document for field in ("entities", "statistics", "keywords"))


def test_an_option_for_a_stage_that_is_over_is_a_mistake(ran: list[str]) -> None:
    plan = Plan("extract", {"strip": {"keep": ["byline"]}})
    with pytest.raises(UsageError, match="--keep belongs to strip"):
        plan.open(LEXICONS)(record("strip"))
    assert plan.open(LEXICONS)(record()).stages[0].options == {"keep": ["byline"]}


def test_a_stages_complaint_carries_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def complain(self: stage.Stage, lexicons: Lexicons, options: Options) -> Step:
        def step(document: Document) -> None:
            raise DocumentError("bad_json", "no")

        return step

    monkeypatch.setattr(stage.Stage, "open", complain)
    with pytest.raises(DocumentError) as caught:
        Plan("segment").open(LEXICONS)(record("strip"))
    assert caught.value.stage == "segment"


def test_every_layer_belongs_to_one_stage() -> None:
    assigned = [field for one in STAGES for field in one.assigns]
    assert len(assigned) == len(set(assigned))
    assert "text" in STAGES[0].assigns and "keywords" in STAGES[-1].assigns
