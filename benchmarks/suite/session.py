# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""What every part of the suite needs: where things are, how commands are run, what the machine is."""

import os
import pathlib
import platform
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "benchmarks"
BUILD = ROOT / "build/benchmark"  # of the preset `benchmark`
TOOLS = ROOT / "build/tools"
TIME_LIMIT = 3600  # seconds that any single command may take


class BenchmarkError(RuntimeError):
    """A failure whose text is all that the user needs."""


def say(text):
    print(text, file=sys.stderr, flush=True)


def call(command, message, **options):
    """Runs a command quietly and returns its output; BenchmarkError with `message` and the end of the output if it fails."""
    try:
        finished = subprocess.run(
            list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=TIME_LIMIT, **options
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BenchmarkError(f"{message}: {error}") from error
    if finished.returncode != 0:
        raise BenchmarkError(f"{message} (status {finished.returncode}); its output ends with\n{finished.stdout[-3000:]}")
    return finished.stdout


def environment(threads):
    """The environment of a program that runs on `threads` threads, each on a core of its own, and of compilers without a cache."""
    return {**os.environ, "OMP_NUM_THREADS": str(threads), "OMP_PROC_BIND": "close", "OMP_PLACES": "cores", "CCACHE_DISABLE": "1"}


def first_match(pattern, path, default=""):
    """What the group of a pattern stands for in a file, the first time."""
    try:
        found = re.search(pattern, pathlib.Path(path).read_text(), re.MULTILINE)
    except OSError:
        found = None
    return found.group(1) if found else default


def cores():
    return len(os.sched_getaffinity(0))


def registers():
    """The widest registers that a processor computes with, which its name does not always tell: " with AVX-512" or the like."""
    flags = first_match(r"^flags\s*:\s*(.*)", "/proc/cpuinfo", "").split()
    return next((f" with {name}" for flag, name in (("avx512f", "AVX-512"), ("avx2", "AVX2"), ("avx", "AVX")) if flag in flags), "")


def machine():
    """The processor and how many cores of it may be used: results are kept for each machine of this description."""
    model = first_match(r"^model name\s*:\s*(.*)", "/proc/cpuinfo", platform.machine())
    return f"{model}{registers()}, {cores()} cores"


def kilobytes(entry):
    """An entry of /proc/meminfo; 0 where there is none."""
    return int(first_match(rf"^{entry}:\s*(\d+)", "/proc/meminfo", "0"))
