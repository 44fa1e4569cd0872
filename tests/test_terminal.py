import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocbac_nlp.views.terminal import look, renderer, shown


@given(st.text())
def test_what_is_shown_can_not_act_on_a_terminal(text: str) -> None:
    safe = shown(text)
    assert len(safe) == len(text)
    assert all(char == "\n" or unicodedata.category(char)[0] != "C" for char in safe)
    assert shown(safe) == safe


def test_controls_have_pictures_and_letters_stay() -> None:
    assert shown("Đảng bộ\x1b[31m\tHồ\u00a0Chí\u200bMinh\x7f") == "Đảng bộ␛[31m Hồ Chí·Minh␡"


def test_no_colour_unless_a_terminal_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert look(None)["colour"] and not look("file")["colour"]
    monkeypatch.setenv("NO_COLOR", "1")
    assert not look(None)["colour"]
    monkeypatch.setenv("NO_COLOR", "")
    assert look(None)["colour"]
    monkeypatch.setenv("TERM", "dumb")
    assert not look(None)["colour"]


def test_the_renderer_adds_nothing_of_its_own() -> None:
    assert renderer(40, colour=False)("[bold]x[/bold] :smile: 5%") == "[bold]x[/bold] :smile: 5%\n"
