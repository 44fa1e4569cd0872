"""Run the commands in the docs and compare their output with what the pages show.

A fenced block marked `console` holds commands behind `$ ` and the output that follows each. They run in order in one
scratch folder per page, where `seeds` is the sample pages. `python docs/console.py` says what differs,
`python docs/console.py --write` mends the pages.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
PAGES = (ROOT / "README.md", ROOT / "README.vi.md", *sorted((ROOT / "docs").glob("*.md")))


def outputs(page: str) -> Iterator[tuple[str, str]]:
    """Yield each console block of a page as it stands and as it should stand."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("seeds", "examples"):
            shutil.copytree(ROOT / name, Path(folder) / name)
        for block in BLOCK.findall(page):
            yield block, "".join(_run(command, folder) for command in _commands(block))


def _commands(block: str) -> list[str]:
    """The commands of a block; one that ends in a backslash goes on in the next line."""
    found: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(line[2:])
        elif found and found[-1].endswith("\\"):
            found[-1] += "\n" + line
    return found


def _run(command: str, folder: str) -> str:
    bin_ = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100", "NO_COLOR": "1"}
    environment["LC_ALL"] = "C.UTF-8"  # for `sort`
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    output = re.sub(r"(?m)[ \t]+$", "", done.stdout)
    return f"$ {command}\n{output}" + ("" if output.endswith("\n") or not output else "\n")


def main() -> int:
    """Check or mend the pages; the exit code is 1 when any differed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("pages", nargs="*", type=Path, default=PAGES)
    given = parser.parse_args()
    stale = 0
    for path in given.pages:
        text = path.read_text(encoding="utf-8")
        for shown, real in outputs(text):
            if shown != real:
                stale += 1
                print(f"{path}:\n--- shown\n{shown}--- real\n{real}")
                text = text.replace(shown, real)
        if given.write:
            path.write_text(text, encoding="utf-8")
    return 1 if stale and not given.write else 0


if __name__ == "__main__":
    sys.exit(main())
