# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Nernst and its peers: how each is set up, built and run."""

import dataclasses
import json
import pathlib
import subprocess
import sys
import tempfile
import time

from session import BENCHMARKS, BUILD, ROOT, TOOLS, BenchmarkError, call, environment, first_match, say


@dataclasses.dataclass(frozen=True)
class Peer:
    title: str
    module: str  # what its Python must be able to import
    requirements: tuple  # what pip installs for it; nothing if it is not in the package index
    threaded: bool
    home: str = ""  # the peer whose environment it is part of


# Brian 2 needs a newer Python with each release; the releases here are the last that each Python can install.
PEERS = {
    "brian2": Peer(
        "Brian 2",
        "brian2",
        (
            'brian2==2.9.*; python_version < "3.12"',
            'brian2==2.10.*; python_version == "3.12"',
            'brian2==2.11.*; python_version >= "3.13"',
            'numpy<2.4; python_version < "3.13"',
        ),
        True,
    ),
    "nest": Peer("NEST", "nest", ("nest-simulator==3.10.*",), True),
    "genn": Peer("GeNN", "pygenn", (), False),
    "neuron": Peer("NEURON", "neuron", ("neuron==9.0.*", "setuptools"), True),
    "coreneuron": Peer("CoreNEURON", "neuron", ("neuron==9.0.*", "setuptools"), True, "neuron"),
    "arbor": Peer("Arbor", "arbor", ("arbor==0.12.*",), True),
}
TITLES = {"nernst": "Nernst", **{key: peer.title for key, peer in PEERS.items()}}


# ---- environments of the peers -----------------------------------------------------------------------------------


def imports(python, module):
    """Whether a Python can import a module."""
    test = [str(python), "-c", f"import {module}"]
    try:
        return subprocess.run(test, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def python_of(key, given=None):
    """The Python that has a peer: the given one, or that of a virtual environment under build/tools, which is made if needed.

    Raises BenchmarkError where there is none.
    """
    peer = PEERS[key]
    if given:
        if not imports(given, peer.module):
            raise BenchmarkError(f"{given} cannot import {peer.module}")
        return pathlib.Path(given).absolute()
    if not peer.requirements:
        raise BenchmarkError(f"{peer.title} is not in the package index; install it as its documentation says, and give --python {key}=...")
    folder = TOOLS / f"benchmark-{peer.home or key}"
    python = folder / "bin/python"
    if not imports(python, peer.module):
        say(f"setting up {peer.title} in {folder}")
        call([sys.executable, "-m", "venv", "--clear", folder], f"cannot make the virtual environment {folder}")
        call([python, "-m", "pip", "install", "--prefer-binary", *peer.requirements], f"pip cannot install {peer.title}")
        if not imports(python, peer.module):
            raise BenchmarkError(f"{peer.title} is installed in {folder} but cannot be imported")
    return python


# ---- programs ----------------------------------------------------------------------------------------------------


class Program:
    """A network in a simulator, on a number of threads. `build` returns how it computes and the seconds that it took, `run` what one
    run reports."""

    def __init__(self, simulator, network, threads, bits):
        self.simulator, self.network, self.threads, self.bits = simulator, network, threads, bits
        self.seconds = network.seconds[simulator]

    @property
    def title(self):
        return f"{TITLES[self.simulator]}, {self.network.title}, {self.threads} thread(s), {self.bits} bits"

    def report_of(self, command):
        """What a command writes to the file that is the last of its arguments."""
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "out.json"
            call([*command, "--json", out], f"{self.title} failed", env=environment(self.threads))
            try:
                return json.loads(out.read_text())
            except (OSError, ValueError) as error:
                raise BenchmarkError(f"{self.title} wrote no usable report: {error!r}") from error


class PeerProgram(Program):
    def __init__(self, simulator, network, threads, python):
        super().__init__(simulator, network, threads, 64)
        folder = ROOT / "build/benchmark-peers" / f"{network.key}-{simulator}-{threads}"
        folder.parent.mkdir(parents=True, exist_ok=True)
        self.driver = [python, "-B", BENCHMARKS / f"suite/{simulator}_driver.py"]
        self.options = ["--size", network.size, "--seconds", self.seconds, "--threads", threads, "--folder", folder]

    def build(self):
        built = self.report_of([*self.driver, "build", self.network.name, *self.options])
        self.bits = built["bits"]
        return {key: built[key] for key in ("version", "settings", "build_seconds")}

    def run(self):
        return self.report_of([*self.driver, "run", self.network.name, *self.options])


class NernstProgram(Program):
    """`folder` is where CMake puts it, or where a copy is kept."""

    def __init__(self, network, threads, bits, folder=BUILD / "benchmarks"):
        super().__init__("nernst", network, threads, bits)
        self.name = network.name if bits == 64 else f"{network.name}.single"
        self.file = folder / self.name

    @property
    def title(self):
        return super().title + ("" if self.file.parent == BUILD / "benchmarks" else ", as it was stored")

    def build(self, anew=True):
        """Compiles the program as CMake does it; `anew` also where nothing has changed."""
        call(["cmake", "--preset", "benchmark"], "configuring failed; has .ci/setup been run?", cwd=ROOT)
        if anew:
            (BENCHMARKS / self.network.name / "nernst.cpp").touch()
        begin = time.perf_counter()
        call(["cmake", "--build", BUILD, "--target", f"nernst.benchmark.{self.name}"], f"compiling {self.title} failed", env=environment(1))
        seconds = time.perf_counter() - begin
        return {"version": nernst_version(), "settings": nernst_settings(), "build_seconds": seconds if anew else None}

    def run(self, *options):
        command = [self.file, f"--kokkos-num-threads={self.threads}", "--size", self.network.size, "--seconds", self.seconds, *options]
        report = self.report_of(command)
        if (report["threads"], report["bits"]) != (self.threads, self.bits):
            raise BenchmarkError(f"{self.title} ran on {report['threads']} thread(s) with {report['bits']} bits; has Kokkos OpenMP?")
        return report


def nernst_version():
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    return f"Nernst {commit}"


def nernst_settings():
    """Compiler and flags, as CMake has them."""
    compiler = next(BUILD.glob("CMakeFiles/*/CMakeCXXCompiler.cmake"), "")
    name, version = (first_match(rf'^set\(CMAKE_CXX_COMPILER_{entry} "(.*)"\)', compiler) for entry in ("ID", "VERSION"))
    flags = first_match(r"^CMAKE_CXX_FLAGS_RELEASE:\w+=(.*)$", BUILD / "CMakeCache.txt")
    native = first_match(r"^NERNST_HAS_MARCH_NATIVE:\w+=1$()", BUILD / "CMakeCache.txt", None) is not None
    return f"{name} {version} {flags}" + (" -march=native" if native else "")
