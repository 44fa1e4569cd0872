"""Lexicons: the language knowledge of the tool, in plain files that users can read, extend and correct.

A lexicon is a `.txt` file (one entry a line) or a `.tsv` file (a header row, then one entry a row, the
first column being the entry). Both start with a head of `#` lines: what it is, `# source:`, `# licence:`
and `# used by:`. Blank lines and `#` lines are skipped; everything is NFC.

A user's folder lies over the packaged one: a file of the same name adds its entries, and a line that
starts with `-` removes the entry behind it.
"""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from hocbac_nlp.errors import UsageError

Row = dict[str, str]


def packaged_folder() -> Path:
    """The folder of the lexicons that came with the tool: inside the wheel, else beside the checkout."""
    here = Path(__file__).resolve().parent
    for folder in (here / "lexicons", here.parent / "lexicons"):
        if folder.is_dir():
            return folder
    raise UsageError(f"the lexicons are missing: looked in {here} and beside it; reinstall hocbac-nlp")


class Lexicons:
    """All lexicons in force: the packaged ones, and a user's folder over them.

    Raises `UsageError` when the user's folder is missing or names a lexicon that does not exist, a column
    that the lexicon does not have, or the removal of an entry that is not there.
    """

    def __init__(self, overlay: Path | None = None) -> None:
        self._base = packaged_folder()
        self._overlay = overlay
        if overlay is not None:
            self._check_overlay(overlay)

    def __reduce__(self) -> tuple[type["Lexicons"], tuple[Path | None]]:
        """Workers reopen the folders rather than receive their contents."""
        return Lexicons, (self._overlay,)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The file names of all lexicons, sorted."""
        return tuple(sorted(path.name for path in _files(self._base)))

    def lines(self, name: str) -> tuple[str, ...]:
        """The entries of the `.txt` lexicon `name`, in file order, without repeats."""
        entries = dict.fromkeys(_content(self._base / name))
        for line in self._overlay_lines(name):
            if line.startswith("-"):
                entries.pop(line[1:].strip(), None)
            else:
                entries[line] = None
        return tuple(entries)

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of the `.tsv` lexicon `name`, in file order: column name -> cell (empty when absent)."""
        header, *body = _content(self._base / name)
        columns = header.split("\t")
        rows = [_row(columns, line) for line in body]
        for line in self._overlay_lines(name):
            if line.startswith("-"):
                gone = line[1:].split("\t")[0].strip()
                rows = [row for row in rows if row[columns[0]] != gone]
            elif line != header and (row := _row(columns, line)) not in rows:
                rows.append(row)
        return tuple(rows)

    def head(self, name: str) -> tuple[str, ...]:
        """The comment lines at the top of the lexicon `name`, without their `#`."""
        head = []
        for line in _text(self._base / name).splitlines():
            if not line.startswith("#"):
                break
            head.append(line.lstrip("# ").rstrip())
        return tuple(head)

    def size(self, name: str) -> int:
        """How many entries of the lexicon `name` are in force."""
        return len(self.lines(name) if name.endswith(".txt") else self.rows(name))

    def changes(self) -> Iterator[tuple[str, int, int]]:
        """What the user's folder does: name of the lexicon, entries added, entries removed."""
        packaged = Lexicons()
        for name in self.names:
            if self._overlay_lines(name):
                mine, theirs = Counter(self._effective(name)), Counter(packaged._effective(name))
                yield name, (mine - theirs).total(), (theirs - mine).total()

    @cached_property
    def digest(self) -> str:
        """Twelve hexadecimal digits that change when any entry in force changes (comments do not count)."""
        total = hashlib.sha256()
        for name in self.names:
            total.update(f"\0{name}\n".encode())
            total.update("\n".join(self._effective(name)).encode())
        return total.hexdigest()[:12]

    def _effective(self, name: str) -> Iterator[str]:
        if name.endswith(".txt"):
            yield from self.lines(name)
        else:
            for row in self.rows(name):
                yield "\t".join(row.values())

    def _overlay_lines(self, name: str) -> Iterable[str]:
        if self._overlay is None or not (self._overlay / name).is_file():
            return ()
        return _content(self._overlay / name)

    def _check_overlay(self, folder: Path) -> None:
        if not folder.is_dir():
            raise UsageError(f"--lexicons {folder}: no such folder")
        for path in _files(folder):
            if path.name not in self.names:
                known = ", ".join(self.names)
                raise UsageError(f"{path}: no lexicon has this name; there are {known}")
            entries, columns = self._shape(path.name)
            for number, line in enumerate(_text(path).splitlines(), 1):
                if not _is_entry(line):
                    continue
                if line.startswith("-") and line[1:].split("\t")[0].strip() not in entries:
                    raise UsageError(f"{path}, line {number}: removes {line[1:]!r}, which is not in the lexicon")
                if not line.startswith("-") and len(line.split("\t")) > len(columns):
                    raise UsageError(
                        f"{path}, line {number}: {len(line.split(chr(9)))} columns where the lexicon has "
                        f"{len(columns)} ({', '.join(columns)})"
                    )

    def _shape(self, name: str) -> tuple[set[str], list[str]]:
        """The packaged entries of a lexicon and its columns."""
        content = _content(self._base / name)
        if name.endswith(".txt"):
            return set(content), ["entry"]
        return {line.split("\t")[0] for line in content[1:]}, content[0].split("\t")


def copy_to(folder: Path) -> Iterator[str]:
    """Copy the packaged lexicons into `folder`; yields the path of each copy. Nothing is overwritten.

    Raises `UsageError` when the folder can't be written or a file is there already.
    """
    base = packaged_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source in sorted(_files(base)):
            target = folder / source.name
            with target.open("xb") as copy:
                copy.write(source.read_bytes())
            yield str(target)
    except FileExistsError as error:
        raise UsageError(f"{error.filename}: is there already; copy to an empty folder") from error
    except OSError as error:
        raise UsageError(f"{folder}: can't be written: {error.strerror}") from error


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.suffix in (".txt", ".tsv") and path.is_file()]


def _text(path: Path) -> str:
    try:
        return unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: can't be read as a UTF-8 lexicon ({error})") from error


def _is_entry(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _content(path: Path) -> list[str]:
    return [line.rstrip() for line in _text(path).splitlines() if _is_entry(line)]


def _row(columns: list[str], line: str) -> Row:
    cells = [cell.strip() for cell in line.split("\t")]
    return dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))
