# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Networks in Brian 2's C++ standalone mode, with its default compiler flags. On one thread the program is Brian's default, without OpenMP."""

import json
import os
import shutil
import subprocess
import sys
import time

import driver

BUILT = "benchmark.json"  # in the folder of a build: what there is to know of it
MEASURED = "measured.txt"  # in its folder of results: when the loop began and ended, and the most memory in use

# Brian reports its loop in processor seconds on one thread and in wall seconds with OpenMP; this clock is the same for both.
READ_CLOCK = "struct timespec {0}; clock_gettime(CLOCK_MONOTONIC, &{0});"
WRITE_MEASURED = f"""
{READ_CLOCK.format("loop_end")}
{{
    std::ifstream status("/proc/self/status");
    std::string word, peak = "0";
    while (status >> word)
        if (word == "VmHWM:") status >> peak;
    std::ofstream out((brian::results_dir + "{MEASURED}").c_str());
    out.precision(9);
    out << std::fixed << loop_begin.tv_sec + 1e-9 * loop_begin.tv_nsec << " " << loop_end.tv_sec + 1e-9 * loop_end.tv_nsec << " " << peak << "\\n";
}}"""


def empty_folder(folder):
    """Creates the folder, or empties it if it holds an earlier build."""
    if folder.exists():
        if any(folder.iterdir()) and not (folder / BUILT).is_file():
            sys.exit(f"{folder} is not empty and holds no build of a benchmark")
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / BUILT).write_text("{}")  # marks the folder as ours


def build(arguments):
    """Generates and compiles the program."""
    import brian2
    from brian2.codegen.cpp_prefs import get_compiler_and_args

    begin = time.perf_counter()
    folder = arguments.folder
    empty_folder(folder)
    brian2.set_device("cpp_standalone", build_on_run=False, directory=str(folder))
    brian2.prefs.devices.cpp_standalone.openmp_threads = 0 if arguments.threads == 1 else arguments.threads
    brian2.seed(arguments.seed)
    device = brian2.get_device()

    cells, synapses, others = driver.network(arguments.network, "brian2")(arguments.size)
    counter = brian2.SpikeMonitor(cells, record=False)
    network = brian2.Network(cells, synapses, others, counter)
    network.run(brian2.defaultclock.dt)
    device.insert_code("main", READ_CLOCK.format("loop_begin"))
    network.run(arguments.seconds * brian2.second)
    device.insert_code("main", WRITE_MEASURED)
    device.build(directory=str(folder), compile=True, run=False, clean=False)

    _, flags = get_compiler_and_args()
    built = {
        "version": f"Brian {brian2.__version__}",
        "settings": " ".join(["C++ standalone,", *flags]),
        "bits": 64,
        "build_seconds": time.perf_counter() - begin,
        "count_file": device.get_array_filename(counter.variables["N"]),
        "synapse_files": [device.get_array_filename(group.variables["N"]) for group in synapses],
        "environment": dict(brian2.prefs.devices.cpp_standalone.run_environment_variables),
    }
    (folder / BUILT).write_text(json.dumps(built))
    return built


def run(arguments):
    """Runs the program; to connect counts all from its start until the first step is done."""
    folder, results = arguments.folder, arguments.folder / "results"
    built = json.loads((folder / BUILT).read_text())
    shutil.rmtree(results, ignore_errors=True)
    results.mkdir()
    begin = time.clock_gettime(time.CLOCK_MONOTONIC)
    subprocess.run(
        [folder / "main", "--results_dir", f"{results}/"], cwd=folder, env={**os.environ, **built["environment"]}, check=True
    )
    loop_begin, loop_end, peak = map(float, (results / MEASURED).read_text().split())

    def whole_number(name):
        return int.from_bytes((results / name).read_bytes(), sys.byteorder)

    return {
        "connect_seconds": loop_begin - begin,
        "loop_seconds": loop_end - loop_begin,
        "spikes": whole_number(built["count_file"]),
        "neurons": arguments.size,
        "synapses": sum(map(whole_number, built["synapse_files"])),
        "peak_bytes": int(1024 * peak),
    }


if __name__ == "__main__":
    driver.main(build, run)
