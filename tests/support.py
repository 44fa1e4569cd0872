"""What several test files share: the seeds, sample pages, and the installed command as a subprocess."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
SEED_PAGES = sorted(SEEDS.glob("*.txt"))
COMMAND = shutil.which("hocbac-nlp", path=str(Path(sys.executable).parent)) or "hocbac-nlp"

PATIENCE = 600
"""Seconds until a process counts as hanging: far more than any takes, on a slow machine and a busy one."""

PAGE = """Hội nghị tổng kết công tác năm 2023

Thứ Sáu, 12/01/2024 | 08:30

Sáng 12/1, UBND huyện Chợ Lách tổ chức hội nghị tổng kết công tác năm 2023. Ông Nguyễn Văn Minh, \
Chủ tịch UBND huyện Chợ Lách, chủ trì hội nghị.

Năm 2023, huyện có 25 mô hình học tập và làm theo Bác, tăng 5% so với năm 2022. Thực hiện Chỉ thị số 05-CT/TW \
của Bộ Chính trị, tổng thu ngân sách đạt 1.250 tỷ đồng.

Chia sẻ bài viết
"""


def run(*args: str | os.PathLike[str] | bytes, **kwargs: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the installed command; standard output and error are captured, nothing is piped in unless given."""
    kwargs.setdefault("stdin", subprocess.DEVNULL) if "input" not in kwargs else None
    kwargs.setdefault("timeout", PATIENCE)
    return subprocess.run([COMMAND, *args], capture_output=True, check=False, **kwargs)


def records(data: bytes) -> list[dict[str, Any]]:
    """The JSON objects in lines of JSONL."""
    return [msgspec.json.decode(line) for line in data.splitlines()]
