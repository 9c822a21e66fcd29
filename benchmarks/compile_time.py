# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""How long the compiler takes, as a multiple of what an empty Kokkos program takes.

Compiles, in turns and with the same flags: a Kokkos program that only starts and ends, programs that only include one of Nernst's
umbrella headers, and examples/cuba.cpp. Processor time (user + system) of the compiler is counted, so that a busy machine disturbs
little. The flags are those of cuba.cpp in a build folder (the first of build/dev, build/example, ... unless --build names one).
"""

import argparse
import json
import os
import pathlib
import resource
import shlex
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILDS = ("dev", "example", "benchmark", "clang-19", "clang-16")
EMPTY = "empty Kokkos program"
KOKKOS = """#include <Kokkos_Core.hpp>

int main(int argc, char** argv) {
  Kokkos::ScopeGuard const guard(argc, argv);
}
"""


class CompileError(RuntimeError):
    """A failure whose text is all that the user needs."""


def compile_command(build, compiler):
    """The compiler and its flags for a cuba.cpp in the `build` folder, without source and output, and where they hold."""
    database = build / "compile_commands.json"
    if not database.is_file():
        raise CompileError(f"{database}: expected a configured build (cmake --preset example -D CMAKE_EXPORT_COMPILE_COMMANDS=ON)")
    entries = [e for e in json.loads(database.read_text()) if pathlib.Path(e["file"]).stem == "cuba"]
    if not entries:
        raise CompileError(f"{database}: expected an entry for a cuba.cpp, found none")
    entry = entries[0]
    words = entry.get("arguments") or shlex.split(entry["command"])
    source, command, skip = entry["file"], [], False
    for word in words:
        if skip:
            skip = False
        elif word in ("-o", "-MF", "-MT", "-MQ"):
            skip = True
        elif word in ("-c", "-MD", "-MMD", "--", source) or pathlib.Path(entry["directory"], word) == pathlib.Path(source):
            continue
        else:
            command.append(word)
    if compiler:
        command[0] = compiler
    return command, entry["directory"]


def default_build():
    """The first of the usual build folders that has a compilation database."""
    found = [ROOT / "build" / name for name in BUILDS if (ROOT / "build" / name / "compile_commands.json").is_file()]
    if not found:
        raise CompileError("no compilation database in build/: cmake --preset example -D CMAKE_EXPORT_COMPILE_COMMANDS=ON, or give --flags")
    return found[0]


def seconds(command, source, directory, output=None):
    """Processor time of one compilation, to the object file `output` or without any."""
    command = [*command, "-c", "-o", str(output)] if output else [*command, "-fsyntax-only"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "CCACHE_DISABLE": "1"}
    finished = subprocess.run([*command, str(source)], cwd=directory, env=environment, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if finished.returncode != 0:
        raise CompileError(f"{source}: the compiler ended with {finished.returncode}:\n{finished.stderr[:2000]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def programs(folder):
    """Writes the small programs into `folder`; returns what is compiled, by name."""
    sources = {EMPTY: KOKKOS}
    for header in sorted(ROOT.glob("include/nernst/*.hpp"), key=lambda h: (h.stem == "nernst", h.stem)):
        sources[f"nernst/{header.name}"] = f"#include <nernst/{header.name}>\n\nint main() {{}}\n"
    files = {}
    for number, (name, text) in enumerate(sources.items()):
        files[name] = folder / f"{number}.cpp"
        files[name].write_text(text)
    files["examples/cuba.cpp"] = ROOT / "examples" / "cuba.cpp"
    return files


def measure(command, directory, repeats):
    """Times by name, after one round that is not counted; the rounds run in turns, every second one backwards."""
    with tempfile.TemporaryDirectory() as folder:
        files, output = programs(pathlib.Path(folder)), pathlib.Path(folder, "out.o")
        times = {name: [] for name in files}
        for name, source in files.items():
            seconds(command, source, directory)
        for repeat in range(repeats):
            order = list(files.items())
            for name, source in reversed(order) if repeat % 2 else order:
                times[name].append(seconds(command, source, directory, output))
    return times


def table(times):
    """The times and their ratios to the empty Kokkos program as text."""
    least, middle = min(times[EMPTY]), statistics.median(times[EMPTY])
    lines = [f"{'':24}{'best':>9}{'median':>9}{'ratio':>8}"]
    for name, all_times in times.items():
        best, median = min(all_times), statistics.median(all_times)
        lines.append(f"{name:24}{best:7.2f} s{median:7.2f} s{best / least:8.2f}")
    ratio = statistics.median(times["examples/cuba.cpp"]) / middle
    lines.append(f"The ratio is that of the best times; of the medians it is {ratio:.2f} for examples/cuba.cpp.")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", type=pathlib.Path, help="the build folder whose flags are used")
    parser.add_argument("--flags", help="a command line of the compiler to use instead, e.g. 'g++ -std=c++20 -O3 -march=native -Iinclude'")
    parser.add_argument("--compiler", help="another compiler with the same flags")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", type=pathlib.Path, help="write every single time here")
    arguments = parser.parse_args()
    if arguments.repeats < 1:
        parser.error("expected at least one repeat")

    if arguments.flags:
        command, directory = shlex.split(arguments.flags), ROOT
        command[0] = arguments.compiler or command[0]
    else:
        command, directory = compile_command(arguments.build or default_build(), arguments.compiler)
    times = measure(command, directory, arguments.repeats)
    print(shlex.join(command))
    print(table(times))
    if arguments.json:
        arguments.json.write_text(json.dumps({"command": command, "cpu_seconds": times}, indent=2) + "\n")


if __name__ == "__main__":
    try:
        main()
    except CompileError as error:
        sys.exit(f"compile_time: {error}")
