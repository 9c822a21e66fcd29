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

from compare import ROOT, BenchmarkError, brian_environment, call, say


def wall(command, environment):
    """Wall seconds of a command that must succeed."""
    begin = time.perf_counter()
    call(command, f"{command[0]} failed", env=environment)
    return time.perf_counter() - begin


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--nernst-run", type=pathlib.Path, default=ROOT / "build/benchmark/nernst-run")
    parser.add_argument("--venv", type=pathlib.Path, default=ROOT / "build/tools/brian2-venv", help="environment of Brian 2")
    parser.add_argument("--python", help="Python for that environment, if it has to be made")
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    if not arguments.nernst_run.is_file():
        raise BenchmarkError(f"expected nernst-run, found no file {arguments.nernst_run}: cmake --build --preset benchmark")
    nernst_run = arguments.nernst_run.resolve()
    python = brian_environment(arguments.venv.resolve(), arguments.python)

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        source = folder / "cuba.cpp"
        source.write_text((ROOT / "examples/cuba.cpp").read_text().replace("net.run(1 * second", "net.run(0.1 * second"))
        os.chdir(folder)
        environment = {**os.environ, "NERNST_CACHE": str(folder / "cache"), "CCACHE_DISABLE": "1"}
        brian = [python, ROOT / "benchmarks/brian2_cuba.py", "--seconds", "0.1", "--repeats", "1", "--build-dir", folder / "brian"]
        nernst = [nernst_run, source]
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
