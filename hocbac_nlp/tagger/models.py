"""underthesea's model files: where they are, whether they are the ones this version knows, what they hold.

They are read from the installed package without importing it, which would take longer than all else at
start-up.
"""

import ast
import hashlib
import pickle
import re
from collections.abc import Mapping
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hocbac_nlp.errors import FatalError

# The files that decide the tags, as they are in underthesea 9.5.0.
KNOWN = {
    "word_tokenize/regex_tokenize.py": "5cb4fdc04fc806ac51842d9ec96834e9647262361bf865bacc164e96dc898a76",
    "word_tokenize/models/ws_crf_vlsp2013_20230727/models.bin": (
        "c3a64c64349f1d73304f89babacaa8f8cd6078b1ec1a1b2c104e9e411ac1d2c3"
    ),
    "word_tokenize/models/ws_crf_vlsp2013_20230727/features.bin": (
        "cf93263c7c7973bf50122b0be76a394443ff61be00c1368713dee1b7d5b8a435"
    ),
    "word_tokenize/models/ws_crf_vlsp2013_20230727/dictionary.bin": (
        "ec8c62b3881c6682c18959988e1fe08800cc835777778845bded470ca02745d9"
    ),
    "text_normalize/tn_rules_2023_07_14.bin": ("a8ef96ef9837f6a377154fdfc970b9b88351d39f9353fa693d53ab49798817f9"),
    "pos_tag/pos_crf_2017_10_11.bin": "5b1606d0c3688cda7cc1e19b3789e1b98412eb94fc507219dc3bd19ef7ac7493",
    "pos_tag/model_crf.py": "1cd2d47e97dc0d7809b9c814eb6d12f9bf910852e807f626ac74e10370e15afe",
    "chunking/chunk_crf_2017_10_12.bin": "ca0a4839eeb743c2db0b1fc654be10f9b8c8067b794ce291493c445fbb8acbde",
    "chunking/model_crf.py": "1a174c02a507a7611b6d24b1bc8d1826575a42711543995d66b35683d8bc6c22",
    "ner/ner_crf_2017_10_12.bin": "62e7435bb3af0baa9ba0fc2a2436a016c51f34b315cc02da6e45b50fa3a41cee",
    "ner/model_crf.py": "2c44d8e1ce990a4e651f0eaf6f80fae451d3d79d2a764d0b40451c616bca9821",
}


def package_folder() -> Path:
    """Where underthesea is installed; it is not imported. Raises `FatalError` when it is not installed."""
    spec = find_spec("underthesea")
    if spec is None or not spec.submodule_search_locations:
        raise FatalError("underthesea is not installed: install hocbac-nlp again, with its dependencies")
    return Path(spec.submodule_search_locations[0])


class Models:
    """The model files of the installed underthesea.

    Raises `FatalError` when underthesea is not installed.
    """

    def __init__(self, known: Mapping[str, str] = KNOWN) -> None:
        self._folder = package_folder() / "pipeline"
        self._known = known

    @cached_property
    def strange(self) -> tuple[str, ...]:
        """The files that are missing or not the known ones."""
        return tuple(name for name, digest in self._known.items() if self._digest(name) != digest)

    @property
    def version(self) -> str:
        """The version of underthesea that is installed."""
        return version("underthesea")

    def path(self, name: str) -> str:
        """Where the file `name` (a key of `KNOWN`) is."""
        return str(self._folder / name)

    def unpickle(self, name: str) -> Any:
        """The object in the pickle `name`."""
        with (self._folder / name).open("rb") as file:
            return pickle.load(file)

    def token_pattern(self) -> re.Pattern[str]:
        """The expression that splits text into raw tokens, from underthesea's own source."""
        source = ast.parse((self._folder / "word_tokenize/regex_tokenize.py").read_text(encoding="utf-8"))
        source.body = [statement for statement in source.body if isinstance(statement, ast.Assign)]
        names: dict[str, Any] = {"re": re}
        exec(compile(source, "regex_tokenize", "exec"), names)
        pattern: re.Pattern[str] = names["patterns"]
        return pattern

    def _digest(self, name: str) -> str | None:
        path = self._folder / name
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
