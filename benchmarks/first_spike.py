# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""From a changed source to the first spikes: nernst-run beside Brian 2's C++ standalone mode.

Both simulate 0.1 s of CUBA with 4000 neurons, in which hundreds of neurons fire. Measured is wall time from the command to its end: for
Brian 2 a Python script that builds and runs the network, for Nernst `nernst-run cuba.cpp` after the file was changed. nernst-run makes a
precompiled header when it is used first; that is shown by itself.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # keeps the source tree clean
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "suite"))

from session import ROOT, BenchmarkError, call
from simulators import python_of


def wall(commands, environment):
    """Wall seconds of commands that must succeed."""
    begin = time.perf_counter()
    for command in commands:
        call(command, f"{command[0]} failed", env=environment)
    return time.perf_counter() - begin


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--nernst-run", type=pathlib.Path, default=ROOT / "build/benchmark/nernst-run")
    parser.add_argument("--python", help="a Python that has Brian 2, instead of one made for it under build/tools")
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    if not arguments.nernst_run.is_file():
        raise BenchmarkError(f"expected nernst-run, found no file {arguments.nernst_run}: cmake --build --preset benchmark")
    nernst_run = arguments.nernst_run.resolve()
    python = python_of("brian2", arguments.python)

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        source = folder / "cuba.cpp"
        source.write_text((ROOT / "examples/cuba.cpp").read_text().replace("net.run(1 * second", "net.run(0.1 * second"))
        os.chdir(folder)
        environment = {**os.environ, "NERNST_CACHE": str(folder / "cache"), "CCACHE_DISABLE": "1"}
        options = ["cuba", "--size", "4000", "--seconds", "0.1", "--folder", folder / "brian", "--json", folder / "brian.json"]
        brian = [[python, "-B", ROOT / "benchmarks/suite/brian2_driver.py", verb, *options] for verb in ("build", "run")]
        nernst = [[nernst_run, source]]
        first = wall(nernst, environment)
        times = {"Brian 2": [], "nernst-run": []}
        for repeat in range(arguments.repeats):
            times["Brian 2"].append(wall(brian, environment))
            source.write_text(source.read_text() + f"// {repeat}\n")
            times["nernst-run"].append(wall(nernst, environment))

    print(f"{'':24}{'best':>9}{'median':>9}")
    for label, all_times in times.items():
        print(f"{label:24}{min(all_times):7.2f} s{statistics.median(all_times):7.2f} s")
    print(f"{'nernst-run, first time':24}{first:7.2f} s")
    print(f"Brian 2 takes {statistics.median(times['Brian 2']) / statistics.median(times['nernst-run']):.1f} times as long (medians).")


if __name__ == "__main__":
    try:
        main()
    except BenchmarkError as failure:
        sys.exit(f"first_spike: {failure}")
