"""The commands that look at records, on the installed command."""

import json
import os
import pty
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.samples import PAGE, line
from tests.support import COMMAND, PATIENCE, records, run

VIEWS = ("show", "export", "evaluate", "duplicates")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_bytes(line())
    return path


def on_terminal(*args: str | Path, **env: str) -> str:
    """Run the command with a terminal of 90 columns as its standard output; return what it sends there."""
    master, slave = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "90", "LINES": "24"} | env
    process = subprocess.Popen([COMMAND, *args], stdout=slave, stderr=slave, stdin=subprocess.DEVNULL, env=environment)
    os.close(slave)
    sent = b""
    try:
        while chunk := os.read(master, 1 << 16):
            sent += chunk
    except OSError:  # the other end has closed
        pass
    os.close(master)
    assert process.wait(PATIENCE) == 0
    return sent.decode().replace("\r\n", "\n")


# --- the contract -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", VIEWS)
def test_help_shows_two_examples_and_the_exit_codes(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0 and b"Exit codes:" in done.stdout
    assert done.stdout.count(b"\n  hocbac-nlp ") >= 2


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["strip", "x", "--text", "--explain"], "exclude each other"),
        (["strip", "x", "--text", "--rows", "blocks"], "exclude each other"),
        (["strip", "x", "--explain", "--output-dir", "d"], "exclude each other"),
        (["segment", "x", "--text"], "No such option"),
        (["export", "x"], "name a format"),
        (["export", "x", "--to", "xml"], "choose from csv"),
        (["export", "x", "--to", "csv"], "writes a folder: name it with -o"),
        (["export", "x", "--to", "duckdb"], "writes a file: name it with -o"),
        (["evaluate"], "Missing argument"),
        (["evaluate", "none", "x"], "no such folder"),
        (["duplicates", "x", "--threshold", "3"], "--threshold"),
    ],
)
def test_wrong_usage(args: list[str], told: str, tmp_path: Path) -> None:
    done = run(*args, cwd=tmp_path)
    assert done.returncode == 2 and done.stdout == b"" and told in done.stderr.decode()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("args", [["show"], ["duplicates"]])
def test_bad_inputs_are_told_and_the_others_written(args: list[str], record: Path, tmp_path: Path) -> None:
    done = run(*args, record, tmp_path / "none.txt", "--errors", tmp_path / "errors")
    assert done.returncode == 3
    assert [failure["code"] for failure in records((tmp_path / "errors").read_bytes())] == ["not_found"]


def test_the_same_for_any_number_of_workers(record: Path) -> None:
    record.write_bytes(line() * 5)
    args = ("export", record, "--to", "spacy")
    assert run(*args).stdout == run(*args, "-j", "2").stdout != b""


@pytest.mark.parametrize("args", [["duplicates", "--drop-duplicates"], ["export", "--to", "duckdb"], ["show"]])
def test_output_equal_to_input_is_refused(args: list[str], record: Path) -> None:
    done = run(*args, record, "-o", record)
    assert done.returncode == 2 and record.read_bytes() == line()
    assert [path.name for path in record.parent.iterdir()] == [record.name]


# --- strip --text, strip --explain, show ----------------------------------------------------------------------------


def test_strip_text_is_the_text_alone(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text(PAGE, encoding="utf-8")
    clean = run("strip", page, "--text").stdout.decode()
    (stripped,) = records(run("strip", page).stdout)
    assert clean.endswith("\n\n") and clean.split() == stripped["text"].split()
    run("strip", page, "--text", "-o", tmp_path / "clean.txt")
    assert (tmp_path / "clean.txt").read_text(encoding="utf-8") == clean


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_strip_text_fills_a_folder_with_a_file_for_each_page(tmp_path: Path, jobs: str) -> None:
    pages, out = tmp_path / "pages", tmp_path / "out"
    pages.mkdir()
    for name in ("a.txt", "b.html", "c.txt"):
        (pages / name).write_text(PAGE, encoding="utf-8")
    args: list[str | Path] = ["strip", "pages", "--text", "--output-dir", out, "-j", jobs]
    assert run(*args, cwd=tmp_path).returncode == 0
    written = {path.relative_to(out).as_posix() for path in out.rglob("*.*") if path.name != ".hocbac-nlp"}
    assert written == {"pages/a.txt", "pages/b.html.txt", "pages/c.txt"}
    clean = run("strip", pages / "a.txt", "--text").stdout
    assert (out / "pages/a.txt").read_bytes() + b"\n" == clean
    assert b"0 documents written, 3 up to date" in run(*args, cwd=tmp_path).stderr
    (out / "pages/a.txt").unlink()
    (pages / "c.txt").write_text(PAGE.replace("2023", "2017"), encoding="utf-8")
    assert b"2 documents written, 1 up to date" in run(*args, cwd=tmp_path).stderr
    assert "2017" in (out / "pages/c.txt").read_text(encoding="utf-8")


def test_texts_are_never_written_over_pages(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text(PAGE, encoding="utf-8")
    for given in ("pages", "pages/a.txt", tmp_path / "pages"):
        done = run("strip", given, "--text", "--output-dir", ".", cwd=tmp_path)
        assert done.returncode == 2 and b"holds the input" in done.stderr
    done = run("strip", "--files-from", "-", "--text", "--output-dir", ".", cwd=tmp_path, input=b"pages/a.txt\n")
    assert done.returncode == 2
    assert (tmp_path / "pages" / "a.txt").read_text(encoding="utf-8") == PAGE


def test_strip_explain_accounts_for_every_line(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text(PAGE, encoding="utf-8")
    lines = run("strip", page, "--explain").stdout.decode().splitlines()[1:-1]
    assert [int(one.split()[0]) for one in lines] == [1, 3, 5, 6, 8]
    assert all(one.endswith(words) for one, words in zip(lines, filter(None, PAGE.split("\n")), strict=True))
    coloured = on_terminal("strip", page, "--explain", "-q")
    assert "\x1b[" in coloured and "\x1b[" not in on_terminal("strip", page, "--explain", "-q", NO_COLOR="1")


def test_explain_says_that_a_record_has_lost_its_page(record: Path) -> None:
    done = run("strip", record, "--explain")
    assert done.returncode == 3 and b"its page is not in it" in done.stderr


def test_show_is_coloured_on_a_terminal_alone(record: Path, tmp_path: Path) -> None:
    piped = run("show", record, "-q").stdout.decode()
    assert "\x1b" not in piped and "[PER Nguyễn Văn Minh]" in piped
    assert "\x1b[" in on_terminal("show", record)
    plain = on_terminal("show", record, NO_COLOR="1")
    assert "\x1b" not in plain and "[PER Nguyễn Văn Minh]" in plain
    run("show", record, "-o", tmp_path / "shown")
    assert (tmp_path / "shown").read_text(encoding="utf-8") == piped


def test_no_progress_bar_among_the_data_on_a_terminal(record: Path) -> None:
    sent = on_terminal("strip", record, NO_COLOR="1")
    assert "\x1b" not in sent and sent.count("\n") == 2  # the record, and the summary


def test_show_runs_the_stages_that_are_missing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    assert "[LOC" in run("show", tmp_path / "a.txt").stdout.decode()


# --- export ---------------------------------------------------------------------------------------------------------


def test_export_to_files_and_folders(record: Path, tmp_path: Path) -> None:
    assert run("export", record, "--to", "csv", "-o", tmp_path / "csv").returncode == 0
    assert len(list((tmp_path / "csv").glob("*.csv"))) == 10
    assert run("export", record, "--to", "brat", "-o", tmp_path / "brat").returncode == 0
    assert (tmp_path / "brat/pages/a.ann").exists()
    again = run("export", record, "--to", "brat", "-o", tmp_path / "brat")
    assert again.returncode == 2 and b"is not empty" in again.stderr
    assert run("export", record, "--to", "conllu").stdout.startswith(b"# newdoc id = ")
    assert run("export", record, "--to", "spacy", "-o", tmp_path / "docs.jsonl").returncode == 0
    assert "tokens" in json.loads((tmp_path / "docs.jsonl").read_bytes())


def test_records_are_not_made_again_to_be_exported(record: Path) -> None:
    exported = records(run("export", record, "--to", "spacy").stdout)
    assert exported[0]["record"]["entities"][0]["rule"] == "test"


# --- evaluate -------------------------------------------------------------------------------------------------------


def test_what_is_exported_for_brat_evaluates_to_one(record: Path, tmp_path: Path) -> None:
    run("export", record, "--to", "brat", "-o", tmp_path / "gold")
    done = run("evaluate", tmp_path / "gold", record, "--mistakes", tmp_path / "mistakes")
    rows = {row["measure"]: row for row in records(done.stdout)}
    assert done.returncode == 0 and {"entities", "persons", "references", "times", "statistics"} <= set(rows)
    assert all(row.get("f1", row.get("share")) == 1 for row in rows.values() if row.get("tp") != 0)
    assert (tmp_path / "mistakes").read_bytes() == b""
    table = on_terminal("evaluate", tmp_path / "gold", record)
    assert re.search(r"entities ORG +1\.000 +1\.000 +1\.000", re.sub("\x1b[^m]*m", "", table))
    assert b"precision" in run("evaluate", tmp_path / "gold", record, "--table").stdout


def test_mistakes_are_listed(record: Path, tmp_path: Path) -> None:
    run("export", record, "--to", "brat", "-o", tmp_path / "gold")
    worse = json.loads(record.read_bytes())
    del worse["entities"][0]
    record.write_text(json.dumps(worse))
    run("evaluate", tmp_path / "gold", record, "--mistakes", tmp_path / "mistakes")
    (mistake,) = records((tmp_path / "mistakes").read_bytes())
    assert (mistake["id"], mistake["measure"], mistake["error"], mistake["text"]) == (
        *("a", "entities", "missed", "Chợ Lách"),
    )


def test_records_that_are_not_there_are_failed_inputs(record: Path, tmp_path: Path) -> None:
    run("export", record, "--to", "brat", "-o", tmp_path / "gold")
    done = run("evaluate", tmp_path / "gold", tmp_path / "none.jsonl")
    assert done.returncode == 3 and done.stdout == b"" and b"[not_found]" in done.stderr
    done = run("evaluate", tmp_path / "gold", record, tmp_path / "none.jsonl")
    assert done.returncode == 3 and done.stdout


# --- duplicates -----------------------------------------------------------------------------------------------------


def test_groups_and_what_is_left(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "c.txt").write_text("Một bài khác hẳn\n\nKhông có gì chung với bài kia cả.\n", encoding="utf-8")
    done = run("duplicates", tmp_path)
    (group,) = records(done.stdout)
    assert [Path(one["id"]).name for one in group["documents"]] == ["a.txt", "b.txt"]
    assert b"3 documents read" in done.stderr and b"documents that repeat an earlier one: 1" in done.stderr
    kept = run("duplicates", tmp_path, "--drop-duplicates").stdout
    assert kept == run("strip", tmp_path / "a.txt", tmp_path / "c.txt").stdout


# --- completion -----------------------------------------------------------------------------------------------------


UNKNOWN_SHELL = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
"""Without this, Typer looks which shell the tests were started from, if any."""


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_commands_and_options(tmp_path: Path) -> None:
    script = tmp_path / "completion"
    script.write_bytes(run("--show-completion", "bash", env=os.environ | UNKNOWN_SHELL).stdout)
    typed = f"""
        PATH='{Path(COMMAND).parent}':$PATH
        source '{script}'
        COMP_WORDS=(hocbac-nlp $1); COMP_CWORD=$(($# ? ${{#COMP_WORDS[@]}} - 1 : 1))
        _hocbac_nlp_completion hocbac-nlp
        echo "${{COMPREPLY[@]}}"
    """
    for words, wanted in (("ex", {"export", "extract"}), ("duplicates --drop", {"--drop", "--drop-duplicates"})):
        done = subprocess.run(["bash", "-c", typed, "bash", words], capture_output=True, check=True, timeout=PATIENCE)
        assert set(done.stdout.decode().split()) & wanted == wanted, done


def test_completion_installs(tmp_path: Path) -> None:
    (tmp_path / ".bashrc").write_text("")
    env = os.environ | UNKNOWN_SHELL | {"HOME": str(tmp_path)}
    assert run("--install-completion", "bash", env=env).returncode == 0
    assert "hocbac-nlp" in (tmp_path / ".bashrc").read_text()
