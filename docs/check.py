#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Checks that what README.md and docs/*.md show is true.

    docs/check.py [--compiler COMMAND...]

* A block of `cpp` stands, as it is, in a program under examples/ or tests/; those are compiled and run by the tests.
* A block of `cmake` stands in a project under tests/consumers/.
* A block of `text` stands in examples/expected/ or tests/inspection/expected/, with which the tests compare what is printed.
* A block of `text FILE` is what the compiler says to tests/fail/FILE with SHOULD_FAIL defined: each line is part of a line of its output, in
  order; `...` stands for what is left out. It is checked when a compiler is given.
* A block of `sh` names presets of CMakePresets.json and files that exist.
* Links to files and headings lead somewhere.
* In a table whose last column is called `test`, the code of a row stands in a file that its last cell links to: that of the column `here`, or, where there is
  none, of all but the first.

Common indentation does not count; in tables no blanks count at all.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parent.parent
PLACES = {
    "cpp": ("examples/**/*.cpp", "tests/**/*.cpp", "tests/**/*.hpp", "tests/**/*.c"),
    "cmake": ("tests/consumers/*/CMakeLists.txt",),
    "text": ("examples/expected/*.txt", "tests/inspection/expected/*.txt"),
}


def lines_of(text):
    return [line.rstrip() for line in text.strip("\n").split("\n")]


def undented(lines):
    return textwrap.dedent("\n".join(lines)).split("\n")


def stands_in(block, lines):
    """Whether a file has the lines of a block, side by side and in order."""
    first = block[0].strip()
    return any(
        line.strip() == first and undented(lines[at : at + len(block)]) == block for at, line in enumerate(lines)
    )


def blocks_of(page):
    """Yields (line number, kind, argument, lines) of each fenced block."""
    start, kind, content = 0, None, []
    for number, line in enumerate(page.read_text().split("\n"), 1):
        if not line.strip().startswith("```"):
            content.append(line.rstrip())
        elif kind is None:
            start, kind, content = number, line.strip()[3:].split() or [""], []
        else:
            yield start, kind[0], " ".join(kind[1:]), undented(content)
            kind = None
    if kind is not None:
        yield start, "unclosed", "", []


def rows_of(page):
    """Yields (line number, cells with code to look for, last cell) of each row of the tables whose last column is called `test`."""
    inside, chosen = False, slice(1, -1)
    for number, line in enumerate(page.read_text().split("\n"), 1):
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if inside and cells and not set(cells[0]) <= set("-:"):
            yield number, cells[chosen], cells[-1]
        if not inside and "here" in cells:
            chosen = slice(cells.index("here"), -1)
        elif not inside:
            chosen = slice(1, -1)
        inside = bool(cells) and (inside or cells[-1] == "test")


def anchors(page):
    headings = re.findall(r"^#+ +(.*)$", page.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


class Checker:
    def __init__(self, compiler):
        self.compiler = compiler
        self.mistakes = []
        self.files = {
            kind: [lines_of(file.read_text()) for pattern in patterns for file in sorted(ROOT.glob(pattern))]
            for kind, patterns in PLACES.items()
        }
        presets = json.loads((ROOT / "CMakePresets.json").read_text())
        self.presets = {
            option: {preset["name"] for preset in presets[key]}
            for option, key in (
                ("cmake --preset", "configurePresets"),
                ("cmake --build --preset", "buildPresets"),
                ("ctest --preset", "testPresets"),
                ("cmake --workflow --preset", "workflowPresets"),
            )
        }
        self.samples = {}

    def say(self, page, number, what):
        self.mistakes.append(f"{page.relative_to(ROOT)}:{number}: {what}")

    def page(self, page):
        for number, kind, argument, block in blocks_of(page):
            if kind == "text" and argument:
                if not (ROOT / "tests/fail" / argument).is_file():
                    self.say(page, number, f"tests/fail/{argument} does not exist")
                self.samples.setdefault(argument, []).append((page, number, block))
            elif kind in self.files:
                if not any(stands_in(block, lines) for lines in self.files[kind]):
                    self.say(page, number, f"this block stands in none of {', '.join(PLACES[kind])}")
            elif kind == "sh":
                self.commands(page, number, block)
            else:
                self.say(page, number, f"a block of unknown kind '{kind}': expected {', '.join(PLACES)} or sh")
        self.links(page)
        self.rows(page)

    def rows(self, page):
        for number, cells, test in rows_of(page):
            files = [page.parent / target for target in re.findall(r"\]\(([^)]+)\)", test)]
            tests = ["".join(file.read_text().split()) for file in files if file.is_file()]
            if not tests:
                self.say(page, number, "this row has no test")
            for code in re.findall(r"`([^`]+)`", " ".join(cells)):
                if not any("".join(code.split()) in test for test in tests):
                    self.say(page, number, f"'{code}' stands in no test of this row")

    def commands(self, page, number, block):
        for line in block:
            for option, known in self.presets.items():
                for name in re.findall(re.escape(option) + r" (\S+)", line):
                    if name not in known:
                        self.say(page, number, f"there is no preset '{name}' for {option}")
            for path in re.findall(r"(?:^|[ =])((?:\.ci|examples|benchmarks|tests|docs)/[\w./-]+)", line):
                if not (ROOT / path).exists():
                    self.say(page, number, f"{path} does not exist")

    def links(self, page):
        for number, line in enumerate(page.read_text().split("\n"), 1):
            for target in re.findall(r"\]\(([^)\s]+)\)", line):
                path, _, heading = target.partition("#")
                file = (page.parent / path) if path else page
                if "://" in target:
                    continue
                if not file.exists():
                    self.say(page, number, f"{target} does not exist")
                elif heading and heading not in anchors(file):
                    self.say(page, number, f"{target}: there is no such heading")

    def errors(self):
        def output_of(sample):
            command = [*self.compiler, "-fsyntax-only", "-DSHOULD_FAIL", f"tests/fail/{sample}"]
            run = subprocess.run(command, cwd=ROOT, env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True, check=False)
            return sample, run.stderr.split("\n")

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for sample, output in pool.map(output_of, self.samples):
                for page, number, block in self.samples[sample]:
                    self.error(page, number, block, iter(output))

    def error(self, page, number, block, output):
        for offset, line in enumerate(block, 1):
            pattern = ".*".join(re.escape(piece) for piece in re.split(r"\.\.\.(?!\))", line.strip().removeprefix("... ")))
            if not any(re.search(pattern, said) for said in output):
                self.say(page, number + offset, f"the compiler does not say '{line.strip()}'")
                return


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--compiler", nargs=argparse.REMAINDER, default=[], help="the command that compiles, with its flags")
    checker = Checker(parser.parse_args().compiler)
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    for page in pages:
        checker.page(page)
    if checker.compiler:
        checker.errors()
    for mistake in checker.mistakes:
        print(mistake, file=sys.stderr)
    print(f"{len(pages)} pages, {len(checker.mistakes)} mistakes")
    return 1 if checker.mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
