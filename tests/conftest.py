"""The same surroundings and the same generated examples for every test, on any machine and whoever starts it."""

import os
import re
import signal
from collections.abc import Generator
from types import FrameType

import pytest
from hypothesis import HealthCheck, settings

from tests.support import PATIENCE

settings.register_profile(
    "same", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("new", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")  # what fails on one machine fails on all; --hypothesis-profile=new looks for new examples

SURROUNDINGS = re.compile(
    "AWS_.*|BASH_ENV|CLICOLOR.*|COLUMNS|FORCE_COLOR|GITHUB_ACTIONS|LC_.*|LINES|NO_COLOR|PY_COLORS|"
    "PYTHON(HASHSEED|IOENCODING|OPTIMIZE|UNBUFFERED|UTF8|WARNINGS)|RAY_.*|TERM|TTY_.*|TYPER_.*|_TYPER_.*"
)
"""Variables that change what programs write. A test that is about one of them sets it."""


def pytest_configure() -> None:
    for name in filter(SURROUNDINGS.fullmatch, list(os.environ)):
        del os.environ[name]
    os.environ |= {"LANG": "C.UTF-8", "RAY_USAGE_STATS_ENABLED": "0"}
    os.umask(0o022)
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # as a shell hands it on to what it starts with `&`
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """A test that hangs fails, with its fixtures."""

    def expired(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"{item.nodeid} is not done after {3 * PATIENCE} seconds")

    before = signal.signal(signal.SIGALRM, expired)
    signal.alarm(3 * PATIENCE)
    try:
        return (yield)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
