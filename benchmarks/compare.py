# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""CUBA in Nernst beside Brian 2's C++ standalone mode, on this machine, in one interleaved session.

Sets up Brian 2 in an environment of its own, compiles both programs from scratch, runs them in turns on one thread and on several, and
prints the medians. Ratios are printed only if the firing rates agree. Needs Python 3.11 or newer and nothing else installed.
"""

import argparse
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # keeps the source tree clean

import brian2_cuba
from brian2_cuba import BenchmarkError

ROOT = pathlib.Path(__file__).resolve().parent.parent
HERE = ROOT / "benchmarks"
RUN_LIMIT = 1800  # seconds that any single program may take

# The mean rate in Hz and how far from it a program may lie, as a fraction. The rate of the stored network follows from the model alone
# (1 s: 5.82 Hz, 10 s: 5.74 Hz; v0 off by 1e-6 changes it by less than 1 %); that of a random network also depends on the draw.
STORED_RATE, STORED_TOLERANCE = 5.8, 0.02
RANDOM_RATE, RANDOM_TOLERANCE = 5.6, 0.10

AIM_ONE_THREAD = 3
AIM_SEVERAL_THREADS = 5
AIM_SOURCE_TO_RUN = 1 / 3


def call(command, message, **options):
    """Runs `command` quietly; raises BenchmarkError with `message` and the end of the output if it fails."""
    try:
        finished = subprocess.run(
            list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=RUN_LIMIT, **options
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BenchmarkError(f"{message}: {error}") from error
    if finished.returncode != 0:
        raise BenchmarkError(f"{message} (status {finished.returncode}); its output ends with\n{finished.stdout[-3000:]}")
    return finished.stdout


def say(text):
    print(text, file=sys.stderr, flush=True)


# ---- Brian 2 -----------------------------------------------------------------------------------------------------


def suitable_python(wanted):
    """The interpreter for Brian's environment: `wanted`, or the first one found that is new enough."""
    candidates = [wanted] if wanted else [sys.executable, "/usr/bin/python3", "python3.13", "python3.12", "python3.11"]
    for candidate in candidates:
        test = [candidate, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
        try:
            if subprocess.run(test, stderr=subprocess.DEVNULL).returncode == 0:
                return candidate
        except OSError:
            continue
    raise BenchmarkError(f"no Python 3.11 or newer among {', '.join(candidates)}; name one with --python")


def brian_environment(folder, wanted_python):
    """The Python that has Brian 2, in the virtual environment `folder`, which is made if needed."""
    python = folder / "bin" / "python"

    def works():
        test = [str(python), "-c", "import brian2"]
        return python.exists() and subprocess.run(test, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0

    if works():
        return python
    say(f"setting up Brian 2 in {folder}")
    if not python.exists():
        base = suitable_python(wanted_python)
        call([base, "-m", "venv", folder], f"cannot make the virtual environment {folder} with {base} (Debian: package python3-venv)")
    call(
        [python, "-m", "pip", "install", "--prefer-binary", "-r", HERE / "requirements.txt"],
        "pip cannot install Brian 2; give it a package index, or name an environment that has Brian 2 with --venv",
    )
    if not works():
        raise BenchmarkError(f"Brian 2 is installed in {folder} but cannot be imported; remove the folder and try again")
    return python


class BrianProgram:
    """Brian's program for one number of threads, in a folder of its own."""

    def __init__(self, python, folder, threads, arguments):
        self.name, self.threads, self.folder = "Brian 2", threads, folder
        self.command = [python, "-B", HERE / "brian2_cuba.py", "--build-dir", folder, "--threads", threads, "--repeats", 0]
        self.command += ["--seconds", arguments.seconds]
        self.command += ["--size", arguments.size] if arguments.size else ["--connections", arguments.data]

    def compile(self):
        """Builds the program from nothing; returns the seconds of generating code and of compiling."""
        environment = {**os.environ, "CCACHE_DISABLE": "1"}
        call(self.command, f"building Brian's program for {self.threads} thread(s) failed", env=environment)
        self.information = brian2_cuba.built_information(self.folder)
        return {"generate": self.information["codegen_seconds"], "compile": self.information["compile_seconds"]}

    def run(self):
        return brian2_cuba.run_program(self.folder, self.information)


# ---- Nernst ------------------------------------------------------------------------------------------------------


class NernstProgram:
    """Nernst's program, run with one number of threads."""

    def __init__(self, program, threads, arguments):
        self.name, self.threads = "Nernst", threads
        self.command = [program, "--seconds", arguments.seconds, "--repeats", 1, f"--kokkos-num-threads={threads}"]
        self.command += ["--size", arguments.size] if arguments.size else ["--data", arguments.data]

    def run(self):
        """Runs the program once, from its start; what is neither loop nor setup nor end counts as start."""
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "out.json"
            begin = time.perf_counter()
            call(
                [*self.command, "--json", out],
                f"Nernst's program failed on {self.threads} thread(s)",
                env=brian2_cuba.thread_environment(self.threads),
            )
            program_seconds = time.perf_counter() - begin
            try:
                result = json.loads(out.read_text())
                loop = float(result["loop_seconds"][0])
                threads, spikes, rate = int(result["threads"]), int(result["spikes"]), float(result["rate_hz"])
            except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
                raise BenchmarkError(f"Nernst's program wrote no usable report: {error!r}") from error
        if threads != self.threads:
            raise BenchmarkError(f"Nernst's program ran on {threads} thread(s) instead of {self.threads}; was Kokkos built with OpenMP?")
        return {
            "start_seconds": program_seconds - loop,
            "loop_seconds": loop,
            "program_seconds": program_seconds,
            "setup_seconds": result.get("setup_seconds"),
            "spikes": spikes,
            "rate_hz": rate,
        }


def nernst_compile(arguments):
    """Compiles Nernst's program from its source, as CMake does it, and returns the seconds."""
    arguments.source.touch()
    environment = {**os.environ, "CCACHE_DISABLE": "1"}
    begin = time.perf_counter()
    call(nernst_build_command(arguments), "compiling Nernst's program failed", env=environment)
    return {"generate": 0.0, "compile": time.perf_counter() - begin}


def nernst_build_command(arguments):
    return ["cmake", "--build", arguments.build, "--target", arguments.target]


def nernst_program(arguments):
    """The path of Nernst's program, brought up to date if this session may compile it."""
    advice = "build it with\n  .ci/setup && cmake --preset benchmark && cmake --build --preset benchmark"
    if arguments.compile:
        if not (arguments.build / "CMakeCache.txt").is_file():
            raise BenchmarkError(f"{arguments.build} is no build folder of the benchmarks; {advice}")
        if not arguments.source.is_file():
            raise BenchmarkError(f"the source {arguments.source} is missing")
        say(f"bringing {arguments.target} up to date")
        call(nernst_build_command(arguments), "compiling Nernst's program failed")
    if not os.access(arguments.program, os.X_OK) or arguments.program.is_dir():
        raise BenchmarkError(f"Nernst's program {arguments.program} is missing; {advice}\nor name it with --program")
    return arguments.program


# ---- the session -------------------------------------------------------------------------------------------------


def time_compilation(brian_programs, arguments):
    """Builds Brian's programs and, in turns with them, Nernst's; returns the times of each build."""
    times = {"Brian 2": [], "Nernst": []}
    for program in brian_programs:
        say(f"building Brian's program for {program.threads} thread(s)")
        times["Brian 2"].append(program.compile())
        if arguments.compile and not arguments.peer_only:
            say("building Nernst's program")
            times["Nernst"].append(nernst_compile(arguments))
    return times


def run_in_turns(programs, repeats):
    """Runs every program once unmeasured and then `repeats` times, in turns, each round in the opposite order of the one before."""
    runs = {program: [] for program in programs}
    for round_number in range(repeats + 1):
        say("warming up" if round_number == 0 else f"round {round_number} of {repeats}")
        for program in programs if round_number % 2 == 0 else reversed(programs):
            run = program.run()
            if round_number > 0:
                runs[program].append(run)
    return runs


def summary(program, runs):
    """Medians of the `runs` of one program, its spikes and its rate; BenchmarkError if the spikes differ between runs."""
    if len({run["spikes"] for run in runs}) != 1:
        raise BenchmarkError(f"{program.name} on {program.threads} thread(s) gave different numbers of spikes from one run to the next")
    loops = [run["loop_seconds"] for run in runs]
    return {
        "simulator": program.name,
        "threads": program.threads,
        "loop_seconds": loops,
        "loop_median": statistics.median(loops),
        "start_median": statistics.median(run["start_seconds"] for run in runs),
        "spikes": runs[0]["spikes"],
        "rate_hz": runs[0]["rate_hz"],
    }


def disagreements(rows, stored, neuron_seconds):
    """Why no ratio may be printed: no sentence at all if every program simulates the same network at the expected rate."""
    rate, tolerance = (STORED_RATE, STORED_TOLERANCE) if stored else (RANDOM_RATE, RANDOM_TOLERANCE)
    found = []
    for row in rows:
        where = f"{row['simulator']}, {row['threads']} thread(s)"
        if abs(row["spikes"] - row["rate_hz"] * neuron_seconds) > 0.001 * row["spikes"]:
            found.append(f"{where}: {row['spikes']} spikes in {neuron_seconds:g} neuron seconds are not {row['rate_hz']:.3f} Hz")
        if abs(row["rate_hz"] / rate - 1) > tolerance:
            found.append(f"{where}: {row['rate_hz']:.3f} Hz is not within {100 * tolerance:.0f} % of {rate} Hz")
    brian, nernst = ([row for row in rows if row["simulator"] == name] for name in ("Brian 2", "Nernst"))
    if len({row["spikes"] for row in nernst}) > 1:
        found.append("Nernst: the number of spikes depends on the number of threads")
    if stored and brian and nernst and not found and abs(nernst[0]["rate_hz"] / brian[0]["rate_hz"] - 1) > tolerance:
        found.append(f"the rates of the two programs differ by more than {100 * tolerance:.0f} %")
    return found


def source_to_run(times, rows):
    """For each simulator the median seconds of generating, compiling and starting on one thread; for Brian the faster of its builds."""
    result = {}
    for name, builds in times.items():
        if builds:
            start = next(row["start_median"] for row in rows if row["simulator"] == name and row["threads"] == 1)
            if name == "Brian 2":
                chosen = min(builds, key=lambda build: build["generate"] + build["compile"])
            else:
                chosen = {key: statistics.median(build[key] for build in builds) for key in ("generate", "compile")}
            result[name] = {**chosen, "start": start, "together": chosen["generate"] + chosen["compile"] + start}
    return result


def ratios(rows, build_times, several):
    """Loop and source-to-run ratios, Brian over Nernst, each with the aim it is held to."""
    loop = {(row["simulator"], row["threads"]): row["loop_median"] for row in rows}
    best_threads = min((1, several), key=lambda threads: loop["Brian 2", threads])
    best = loop["Brian 2", best_threads]
    result = [
        ("loop, 1 thread each", loop["Brian 2", 1] / loop["Nernst", 1], AIM_ONE_THREAD),
        (f"loop, Brian's best ({best_threads}) / Nernst on {several}", best / loop["Nernst", several], AIM_SEVERAL_THREADS),
    ]
    if "Nernst" in build_times:
        together = build_times["Brian 2"]["together"] / build_times["Nernst"]["together"]
        result.append(("source to running program", together, 1 / AIM_SOURCE_TO_RUN))
    return result


# ---- output ------------------------------------------------------------------------------------------------------


def processor():
    try:
        return re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text()).group(1)
    except (OSError, AttributeError):
        return platform.machine()


def nernst_build_description(arguments):
    """Compiler and build type of Nernst's program as CMake's cache has them, empty if there is none."""
    try:
        cache = (arguments.build / "CMakeCache.txt").read_text()
    except OSError:
        return ""
    entries = [re.search(rf"^{name}:\w+=(.*)$", cache, re.MULTILINE) for name in ("CMAKE_CXX_COMPILER", "CMAKE_BUILD_TYPE")]
    return ", ".join(entry.group(1) for entry in entries if entry)


def print_tables(report):
    print(f"CUBA, {report['neurons']} neurons, {report['connections']} connections, dt 0.1 ms, double precision")
    print(f"{report['biological_seconds']:g} s biological, median of {report['repeats']} runs in turns")
    print(f"{report['processor']}, {report['cores']} cores, load {report['load']:.2f} at the start")
    print(f"{report['brian']}: {' '.join(report['brian_flags'])}")
    if report["nernst"]:
        print(f"Nernst: {report['nernst']}")

    print(f"\n{'simulation loop':18}{'threads':>8}{'median s':>11}{'min s':>9}{'max s':>9}{'s / bio s':>11}{'spikes':>10}{'Hz':>8}")
    for row in report["rows"]:
        loops, median = row["loop_seconds"], row["loop_median"]
        per_second = median / report["biological_seconds"]
        print(f"{row['simulator']:18}{row['threads']:8}{median:11.4f}{min(loops):9.4f}{max(loops):9.4f}{per_second:11.4f}", end="")
        print(f"{row['spikes']:10}{row['rate_hz']:8.3f}")

    print(f"\n{'source to run':18}{'generate s':>12}{'compile s':>12}{'start s':>10}{'together s':>12}")
    for name, times in report["source_to_run"].items():
        generate = f"{times['generate']:12.2f}" if name == "Brian 2" else f"{'-':>12}"
        print(f"{name:18}{generate}{times['compile']:12.2f}{times['start']:10.3f}{times['together']:12.2f}")
    print()


def print_verdict(report):
    if report["disagreements"]:
        print("No ratio is printed, because the programs do not simulate the same network:")
        print("\n".join(f"  {sentence}" for sentence in report["disagreements"]))
        return
    for name, ratio, aim in report["ratios"]:
        print(f"{name:42}{ratio:8.2f} times faster   aim {aim:.0f}: {'met' if ratio >= aim else 'not met'}")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    network = parser.add_mutually_exclusive_group()
    network.add_argument("--data", type=pathlib.Path, default=ROOT / "tests/data/cuba", metavar="FOLDER", help="stored network (default)")
    network.add_argument("--size", type=int, help="neurons of a random network, 80 inputs each, instead of the stored one")
    parser.add_argument("--seconds", type=float, default=10, help="biological seconds (default: %(default)s)")
    parser.add_argument("--repeats", type=int, default=5, help="measured runs of each program (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=2, help="the larger number of threads (default: %(default)s)")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/benchmark", help="build folder of Nernst's benchmarks")
    parser.add_argument("--target", default="nernst.benchmark.cuba", help="its CMake target (default: %(default)s)")
    parser.add_argument("--source", type=pathlib.Path, default=HERE / "cuba.cpp", help="its source, touched before it is compiled")
    parser.add_argument("--program", type=pathlib.Path, help="Nernst's program (default: benchmarks/cuba in the build folder)")
    parser.add_argument("--no-compile", dest="compile", action="store_false", help="take Nernst's program as it is")
    parser.add_argument("--peer-only", action="store_true", help="measure Brian 2 alone")
    parser.add_argument("--venv", type=pathlib.Path, default=ROOT / "build/tools/brian2-venv", help="environment of Brian 2")
    parser.add_argument("--python", help="interpreter with which that environment is made")
    parser.add_argument("--json", type=pathlib.Path, metavar="OUT", help="write everything measured to this file")
    arguments = parser.parse_args()
    if arguments.repeats < 1 or arguments.threads < 2 or arguments.seconds < 1:
        parser.error("--repeats >= 1, --threads >= 2 and --seconds >= 1 are needed")
    if arguments.size is not None and arguments.size < 4000:
        parser.error("--size >= 4000 is needed: smaller networks do not have the expected rate")
    arguments.program = (arguments.program or arguments.build / "benchmarks/cuba").absolute()
    arguments.data = arguments.data.absolute()
    return arguments


def main():
    arguments = parse_arguments()
    load = os.getloadavg()[0]
    if load > 0.5:
        say(f"the machine is busy (load {load:.2f}): times will be too long and will scatter")
    cores = len(os.sched_getaffinity(0))
    if cores < arguments.threads:
        raise BenchmarkError(f"{arguments.threads} threads need as many cores; there are {cores}")

    counts = (1, arguments.threads)
    nernst = [] if arguments.peer_only else [NernstProgram(nernst_program(arguments), threads, arguments) for threads in counts]
    python = brian_environment(arguments.venv, arguments.python)
    brian = [BrianProgram(python, arguments.venv.parent / f"brian2-cuba-{threads}", threads, arguments) for threads in counts]
    times = time_compilation(brian, arguments)

    turns = [program for pair in zip(brian, nernst) for program in pair] if nernst else brian
    runs = run_in_turns(turns, arguments.repeats)
    rows = [summary(program, runs[program]) for program in brian + nernst]
    build_times = source_to_run(times, rows)
    information = brian[0].information
    problems = disagreements(rows, not arguments.size, information["neurons"] * information["biological_seconds"])
    report = {
        **{key: information[key] for key in ("neurons", "connections", "biological_seconds")},
        "repeats": arguments.repeats,
        "processor": processor(),
        "cores": cores,
        "load": load,
        "brian": information["simulator"],
        "brian_flags": information["compiler_flags"],
        "brian_import_seconds": information["import_seconds"],
        "nernst": nernst_build_description(arguments) if nernst else "",
        "rows": rows,
        "builds": times,
        "source_to_run": build_times,
        "runs": [{"simulator": program.name, "threads": program.threads, "runs": runs[program]} for program in turns],
        "disagreements": problems,
        "ratios": ratios(rows, build_times, arguments.threads) if nernst and not problems else [],
    }
    print_tables(report)
    print_verdict(report)
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=2) + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BenchmarkError as error:
        sys.exit(f"compare.py: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
