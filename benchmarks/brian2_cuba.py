# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""The CUBA network of Brette et al. (2007) in Brian 2's C++ standalone mode, timed piece by piece.

Builds the network in --build-dir with Brian's default compiler flags, runs the program --repeats times and reports, in seconds of wall
time: the generation of the code, its compilation, the start of the program, the simulation loop and the whole program; besides them the
number of spikes and the mean rate. --run-only runs a program built before.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

BUILD_FILE = "benchmark.json"
LOOP_FILE = "loop_clock.txt"
CONNECTION_FILES = ("exc_pre", "exc_post", "inh_pre", "inh_post", "v0")

# Brian reports its loop in CPU seconds when it runs on one thread and in wall seconds with OpenMP; this clock is the same for both.
BEFORE_LOOP = "struct timespec loop_begin, loop_end; clock_gettime(CLOCK_MONOTONIC, &loop_begin);"
AFTER_LOOP = f"""clock_gettime(CLOCK_MONOTONIC, &loop_end);
{{
    std::ofstream clock_file((brian::results_dir + "{LOOP_FILE}").c_str());
    clock_file.precision(9);
    clock_file << std::fixed << loop_begin.tv_sec + 1e-9 * loop_begin.tv_nsec << " " << loop_end.tv_sec + 1e-9 * loop_end.tv_nsec << "\\n";
}}"""


class BenchmarkError(RuntimeError):
    """A failure whose text is all that the user needs."""


def thread_environment(threads):
    """The environment in which a program runs on `threads` threads, each on a core of its own."""
    return {**os.environ, "OMP_NUM_THREADS": str(threads), "OMP_PROC_BIND": "close", "OMP_PLACES": "cores"}


def load_connections(folder):
    """The stored network of `folder`: pre and post indices of both projections and v0 in volt."""
    import numpy

    missing = [name for name in CONNECTION_FILES if not (folder / f"{name}.npy").is_file()]
    if missing:
        raise BenchmarkError(f"{folder} lacks {', '.join(name + '.npy' for name in missing)}")
    arrays = {name: numpy.load(folder / f"{name}.npy") for name in CONNECTION_FILES}
    return {name: array if name == "v0" else array.astype(int) for name, array in arrays.items()}


def empty_folder(folder):
    """Creates `folder`, or empties it if it holds an earlier build of this benchmark."""
    if folder.exists():
        if any(folder.iterdir()) and not (folder / BUILD_FILE).is_file():
            raise BenchmarkError(f"{folder} is not empty and holds no build of this benchmark; name another --build-dir")
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / BUILD_FILE).write_text("{}")  # marks the folder as ours; filled when the program is built


def build(folder, threads, seconds, size, connections, seed=1):
    """Generates and compiles the program in `folder`; returns what `BUILD_FILE` then holds."""
    begin = time.perf_counter()
    try:
        import brian2
        from brian2.codegen.cpp_prefs import get_compiler_and_args
    except ImportError as error:
        raise BenchmarkError(f"cannot import Brian 2 ({error}); compare.py sets up an environment that has it") from error
    imported = time.perf_counter()
    from brian2 import ms, mV, second, volt

    folder = folder.resolve()
    empty_folder(folder)
    stored = load_connections(connections) if connections else None
    if stored:
        size = len(stored["v0"])
    excitatory = size * 4 // 5

    loaded = time.perf_counter()
    brian2.set_device("cpp_standalone", build_on_run=False, directory=str(folder))
    # 0 is Brian's default: a serial program without OpenMP, which is its fastest on one thread.
    brian2.prefs.devices.cpp_standalone.openmp_threads = 0 if threads == 1 else threads
    brian2.defaultclock.dt = 0.1 * ms
    device = brian2.get_device()
    brian2.seed(seed)

    constants = {"tau_m": 20 * ms, "tau_e": 5 * ms, "tau_i": 10 * ms, "V_t": -50 * mV, "V_r": -60 * mV, "E_L": -49 * mV}
    weights = {"w_e": 1.62 * mV, "w_i": -9 * mV}
    equations = """
    dv/dt = (g_e + g_i - (v - E_L)) / tau_m : volt (unless refractory)
    dg_e/dt = -g_e / tau_e : volt
    dg_i/dt = -g_i / tau_i : volt
    """
    cells = brian2.NeuronGroup(
        size, equations, threshold="v > V_t", reset="v = V_r", refractory=5 * ms, method="exact", namespace=constants
    )
    excitation = brian2.Synapses(cells[:excitatory], cells, on_pre="g_e += w_e", namespace=weights)
    inhibition = brian2.Synapses(cells[excitatory:], cells, on_pre="g_i += w_i", namespace=weights)
    if stored:
        cells.v = stored["v0"] * volt
        excitation.connect(i=stored["exc_pre"], j=stored["exc_post"])
        inhibition.connect(i=stored["inh_pre"], j=stored["inh_post"])
    else:
        cells.v = "V_r + rand() * (V_t - V_r)"
        excitation.connect(p=80 / size)
        inhibition.connect(p=80 / size)
    counter = brian2.SpikeMonitor(cells, record=False)
    network = brian2.Network(cells, excitation, inhibition, counter)

    device.insert_code("before_network_run", BEFORE_LOOP)
    device.insert_code("after_network_run", AFTER_LOOP)
    network.run(seconds * second)
    try:
        device.build(directory=str(folder), compile=True, run=False, clean=False)
    except Exception as error:
        raise BenchmarkError(f"Brian 2 could not generate or compile the network in {folder}: {error}") from error
    built = time.perf_counter()

    make_seconds = device.timers["compile"]["make"]
    compiler, flags = get_compiler_and_args()
    information = {
        "simulator": f"Brian {brian2.__version__}, C++ standalone",
        "threads": threads,
        "neurons": size,
        "biological_seconds": seconds,
        "connections": "stored" if stored else "random",
        "compiler": compiler,
        "compiler_flags": flags,
        "import_seconds": imported - begin,
        "codegen_seconds": built - loaded - make_seconds,
        "compile_seconds": make_seconds,
        "count_file": device.get_array_filename(counter.variables["N"]),
        "environment": dict(brian2.prefs.devices.cpp_standalone.run_environment_variables),
    }
    (folder / BUILD_FILE).write_text(json.dumps(information, indent=2))
    return information


def built_information(folder):
    """What `build` wrote about the program in `folder`."""
    build_file = folder / BUILD_FILE
    information = json.loads(build_file.read_text()) if build_file.is_file() else {}
    if not information:
        raise BenchmarkError(f"no program of this benchmark in {folder}; build it without --run-only")
    return information


def run_program(folder, information):
    """Runs the program in `folder` once, from its start, and returns its times, spikes and rate.

    Raises BenchmarkError if the program fails or leaves no results.
    """
    folder = folder.resolve()
    results = folder / "results"
    results.mkdir(exist_ok=True)
    for name in (LOOP_FILE, "last_run_info.txt", information["count_file"]):
        (results / name).unlink(missing_ok=True)
    environment = {**thread_environment(information["threads"]), **information["environment"]}

    begin = time.clock_gettime(time.CLOCK_MONOTONIC)
    finished = subprocess.run(
        [str(folder / "main"), "--results_dir", f"{results}/"], cwd=folder, env=environment, capture_output=True, text=True
    )
    end = time.clock_gettime(time.CLOCK_MONOTONIC)
    if finished.returncode != 0:
        raise BenchmarkError(f"Brian's program in {folder} ended with {finished.returncode}:\n{finished.stderr[-2000:]}")
    try:
        loop_begin, loop_end = map(float, (results / LOOP_FILE).read_text().split())
        reported, fraction = map(float, (results / "last_run_info.txt").read_text().split())
        spikes = int.from_bytes((results / information["count_file"]).read_bytes(), sys.byteorder)
    except (OSError, ValueError) as error:
        raise BenchmarkError(f"Brian's program in {folder} left incomplete results: {error}") from error
    if fraction != 1:
        raise BenchmarkError(f"Brian's program in {folder} stopped after {100 * fraction:.0f} % of the run")
    return {
        "start_seconds": loop_begin - begin,
        "loop_seconds": loop_end - loop_begin,
        "loop_seconds_by_brian": reported,
        "program_seconds": end - begin,
        "spikes": spikes,
        "rate_hz": spikes / information["neurons"] / information["biological_seconds"],
    }


def report(information, runs):
    """The build's information with the `runs` added: lists of times, one number of spikes, one rate."""
    keys = ("start_seconds", "loop_seconds", "loop_seconds_by_brian", "program_seconds")
    result = {**information, **{key: [run[key] for run in runs] for key in keys}}
    if runs:
        if len({run["spikes"] for run in runs}) != 1:
            raise BenchmarkError("Brian's program gave different numbers of spikes from one run to the next")
        result |= {"spikes": runs[0]["spikes"], "rate_hz": runs[0]["rate_hz"]}
    return result


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=1, help="1: Brian's default, a serial program; more: OpenMP (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=10, help="biological seconds (default: %(default)s)")
    parser.add_argument("--size", type=int, default=4000, help="neurons of a random network, 80 inputs each (default: %(default)s)")
    parser.add_argument("--connections", type=pathlib.Path, metavar="FOLDER", help="stored network in .npy files; sets the size")
    parser.add_argument("--build-dir", type=pathlib.Path, default=pathlib.Path("build/brian2-cuba"), help="default: %(default)s")
    parser.add_argument("--repeats", type=int, default=3, help="runs of the program; 0 only builds (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="seed of a random network (default: %(default)s)")
    parser.add_argument("--run-only", action="store_true", help="run what --build-dir holds, without building")
    parser.add_argument("--json", type=pathlib.Path, metavar="OUT", help="write the report to this file")
    arguments = parser.parse_args()
    if arguments.threads < 1 or arguments.repeats < 0 or arguments.seconds <= 0 or arguments.size < 100:
        parser.error("--threads >= 1, --repeats >= 0, --seconds > 0 and --size >= 100 are needed")
    return arguments


def main():
    arguments = parse_arguments()
    folder = arguments.build_dir
    if arguments.run_only:
        information = built_information(folder)
    else:
        information = build(folder, arguments.threads, arguments.seconds, arguments.size, arguments.connections, arguments.seed)
        print(f"{information['simulator']}, {information['neurons']} neurons, {information['connections']} connections")
        print(f"import Brian     {information['import_seconds']:9.3f} s")
        print(f"generate code    {information['codegen_seconds']:9.3f} s")
        print(f"compile          {information['compile_seconds']:9.3f} s", flush=True)
    result = report(information, [run_program(folder, information) for _ in range(arguments.repeats)])
    if arguments.repeats:
        print(f"{information['threads']} thread(s), {information['biological_seconds']:g} s biological, median of {arguments.repeats}")
        for name, key in (
            ("start", "start_seconds"),
            ("simulation loop", "loop_seconds"),
            ("  Brian's count", "loop_seconds_by_brian"),
            ("whole program", "program_seconds"),
        ):
            print(f"{name:16} {statistics.median(result[key]):9.3f} s")
        print(f"{result['spikes']} spikes, {result['rate_hz']:.3f} Hz")
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    try:
        main()
    except BenchmarkError as error:
        sys.exit(f"brian2_cuba.py: {error}")
