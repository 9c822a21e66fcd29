# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""What the drivers of all peers share. A driver is a program that the runner starts with the peer's own Python:

    DRIVER build NETWORK --size N --seconds S --threads T --seed K --folder FOLDER --json FILE
    DRIVER run   the same

`build` makes in FOLDER what there is to generate and to compile, and reports the version, the seconds, and how it computes. `run` makes the
network, runs its first step, and then measures the loop. A network is the function `build` of benchmarks/NETWORK/PEER.py.
"""

import argparse
import importlib.util
import json
import pathlib
import re

BENCHMARKS = pathlib.Path(__file__).resolve().parent.parent


def network(name, peer):
    """The function that makes the network; its file has the name of the module that it imports, and so is loaded by its path."""
    path = BENCHMARKS / name / f"{peer}.py"
    spec = importlib.util.spec_from_file_location(f"{peer}_network", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.build


def peak_bytes():
    """Bytes that this process has had resident at most; 0 where /proc does not say it."""
    try:
        return 1024 * int(re.search(r"VmHWM:\s*(\d+)", pathlib.Path("/proc/self/status").read_text()).group(1))
    except (OSError, AttributeError):
        return 0


def main(build, run):
    """Does what the command line asks for; `build` and `run` take its arguments and return what is reported."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=("build", "run"))
    parser.add_argument("network")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True, help="simulated seconds")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="what is generated, compiled and left by runs")
    parser.add_argument("--json", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    arguments.folder = arguments.folder.resolve()
    arguments.json = arguments.json.resolve()
    report = (build if arguments.verb == "build" else run)(arguments)
    arguments.json.write_text(json.dumps(report) + "\n")
