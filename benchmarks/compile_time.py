# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""How long the compiler takes, as a multiple of what an empty Kokkos program takes.

Compiles, in turns and with the same flags: a Kokkos program that only starts and ends, programs that only include one of Nernst's
umbrella headers, and two examples: from the headers alone, against the compiled library, and against it with all of Nernst as a
precompiled header, which is made once and counted by itself. Processor time (user + system) of the compiler is counted, so that a busy
machine disturbs little. The flags are those of cuba.cpp in a build folder (the first of build/dev, build/example, ... unless --build
names one). With --before, another checkout's examples are compiled in the same turns, from its headers.
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
EXAMPLES = ("cuba", "cobahh_brian")
CUBA = ("/cuba.cpp", "/cuba/nernst.cpp")  # example and benchmark
COMPILED = "-DNERNST_COMPILED"
KOKKOS = """#include <Kokkos_Core.hpp>

int main(int argc, char** argv) {
  Kokkos::ScopeGuard const guard(argc, argv);
}
"""


class CompileError(RuntimeError):
    """A failure whose text is all that the user needs."""


def compile_command(build, compiler):
    """The compiler and its flags for a program of CUBA in the `build` folder, without source and output, and where they hold."""
    database = build / "compile_commands.json"
    if not database.is_file():
        raise CompileError(f"{database}: expected a configured build (cmake --preset example -D CMAKE_EXPORT_COMPILE_COMMANDS=ON)")
    entries = [e for e in json.loads(database.read_text()) if e["file"].endswith(CUBA)]
    if not entries:
        raise CompileError(f"{database}: expected an entry for a program of CUBA, found none")
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


class Compilation:
    """Something to compile: a name for the table, a source file and the flags that it takes besides the common ones."""

    def __init__(self, name, source, flags=(), root=ROOT):
        self.name, self.source, self.flags, self.root = name, source, list(flags), root


def seconds(command, what, directory, output):
    """Processor time of one compilation, to the object file `output`."""
    # What is looked for first is found first, however the flags name our own headers.
    first = [] if what.root == ROOT else [f"-I{what.root / 'include'}"]
    words = [command[0], *first, *command[1:], *what.flags, "-c", "-o", str(output), str(what.source)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "CCACHE_DISABLE": "1"}
    finished = subprocess.run(words, cwd=directory, env=environment, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if finished.returncode != 0:
        raise CompileError(f"{what.source}: the compiler ended with {finished.returncode}:\n{finished.stderr[:2000]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def precompiled(command, directory, folder):
    """Makes nernst.hpp a precompiled header in `folder`; returns the flags that use it."""
    header = folder / "all.hpp"
    header.write_text("#include <nernst/nernst.hpp>\n")
    version = subprocess.run([command[0], "--version"], capture_output=True, text=True).stdout
    if "clang" in version:
        flags, made, use = ["-fpch-instantiate-templates"], folder / "all.pch", ["-include-pch", str(folder / "all.pch")]
    else:
        flags, made, use = [], folder / "all.hpp.gch", ["-include", str(header)]
    seconds(command, Compilation("", header, [COMPILED, *flags, "-x", "c++-header"]), directory, made)
    return use


def compilations(folder, command, directory, before):
    """Writes the small programs into `folder`; returns all that is compiled."""
    texts = {EMPTY: KOKKOS}
    for header in sorted(ROOT.glob("include/nernst/*.hpp"), key=lambda h: (h.stem == "nernst", h.stem)):
        texts[f"nernst/{header.name}"] = f"#include <nernst/{header.name}>\n\nint main() {{}}\n"
    all_of_them = []
    for number, (name, text) in enumerate(texts.items()):
        file = folder / f"{number}.cpp"
        file.write_text(text)
        all_of_them.append(Compilation(name, file))
    whole = precompiled(command, directory, folder)
    for stem in EXAMPLES:
        example = f"examples/{stem}.cpp"
        if before:
            all_of_them.append(Compilation(f"{example}, before", before / example, root=before))
        all_of_them.append(Compilation(example, ROOT / example))
        all_of_them.append(Compilation(f"{example}, library", ROOT / example, [COMPILED]))
        all_of_them.append(Compilation(f"{example}, library + precompiled", ROOT / example, [COMPILED, *whole]))
    return all_of_them


def measure(command, directory, repeats, before):
    """Times by name, after one round that is not counted; the rounds run in turns, every second one backwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        everything, output = compilations(folder, command, directory, before), folder / "out.o"
        times = {what.name: [] for what in everything}
        for what in everything:
            seconds(command, what, directory, output)
        for repeat in range(repeats):
            for what in reversed(everything) if repeat % 2 else everything:
                times[what.name].append(seconds(command, what, directory, output))
    return times


def table(times):
    """The times, and their ratios to the empty Kokkos program and to what was before, as text."""
    least = min(times[EMPTY])
    width = max(len(name) for name in times)
    lines = [f"{'':{width}}{'best':>9}{'median':>9}{'ratio':>8}{'to before':>11}"]
    for name, all_times in times.items():
        best, median = min(all_times), statistics.median(all_times)
        earlier = times.get(name.split(",")[0] + ", before")
        compared = f"{best / min(earlier):11.3f}" if earlier and not name.endswith("before") else ""
        lines.append(f"{name:{width}}{best:7.2f} s{median:7.2f} s{best / least:8.2f}{compared}")
    lines.append("The ratios are those of the best times.")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", type=pathlib.Path, help="the build folder whose flags are used")
    parser.add_argument("--flags", help="a command line of the compiler to use instead, e.g. 'g++ -std=c++20 -O3 -march=native -Iinclude'")
    parser.add_argument("--compiler", help="another compiler with the same flags")
    parser.add_argument("--before", type=pathlib.Path, help="another checkout, whose examples are compiled too")
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
    before = arguments.before and arguments.before.resolve()
    if before and not (before / "include" / "nernst" / "nernst.hpp").is_file():
        raise CompileError(f"{before}: expected a checkout of Nernst, found no include/nernst/nernst.hpp")
    times = measure(command, directory, arguments.repeats, before)
    print(shlex.join(command))
    print(table(times))
    if arguments.json:
        arguments.json.write_text(json.dumps({"command": command, "cpu_seconds": times}, indent=2) + "\n")


if __name__ == "__main__":
    try:
        main()
    except CompileError as error:
        sys.exit(f"compile_time: {error}")
