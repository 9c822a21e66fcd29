#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Tests what tools/gpu_check plans, refuses and reports, without a GPU: the programs that tell of one are scripts in a folder."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERSION = "set(Kokkos_VERSION_MAJOR {})\nset(Kokkos_VERSION_MINOR {})\nset(Kokkos_VERSION_PATCH {})\n"


class Check(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.programs = self.folder / "bin"
        self.programs.mkdir()

    def program(self, name, script):
        file = self.programs / name
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)

    def nvcc(self, release="12.4"):
        self.program("nvcc", f"echo 'Cuda compilation tools, release {release}, V{release}.1'")

    def source(self, *version):
        folder = self.folder / "source"
        folder.mkdir()
        (folder / "CMakeLists.txt").write_text(VERSION.format(*version))
        return str(folder)

    def run_check(self, *arguments):
        """Status, and what was printed on either side."""
        environment = {"PATH": str(self.programs), "HOME": str(self.folder)}
        command = [sys.executable, "-B", ROOT / "tools/gpu_check", "--jobs", "3", "--folder", self.folder / "out", *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def refuses(self, *arguments, saying):
        status, said, error = self.run_check(*arguments)
        self.assertEqual((status, said), (1, ""))
        self.assertIn(saying, error)
        self.assertNotIn("Traceback", error)

    def test_refuses_a_machine_without_a_gpu(self):
        self.refuses(saying="expected a GPU, found none")

    def test_refuses_an_architecture_that_kokkos_does_not_know(self):
        self.refuses("--gpu", "cuda", "--arch", "91", saying="--arch: expected one of 70, 72,")

    def test_refuses_a_machine_without_the_compiler(self):
        self.refuses("--gpu", "cuda", "--arch", "90", saying="expected nvcc in PATH, found none")
        self.refuses("--gpu", "hip", "--arch", "gfx90a", saying="expected hipcc in PATH, found none")

    def test_refuses_to_go_on_without_a_kokkos(self):
        self.nvcc()
        gpu = ("--gpu", "cuda", "--arch", "90")
        self.refuses(*gpu, saying="expected --kokkos-source FOLDER, --kokkos FOLDER or Kokkos_ROOT")
        self.refuses(*gpu, "--kokkos", "/none", saying="--kokkos: expected a folder, found no /none")
        self.refuses(*gpu, "--kokkos-source", "/none", saying="found no /none/CMakeLists.txt")

    def test_refuses_a_kokkos_that_is_too_old_for_cuda_13(self):
        self.nvcc("13.0")
        gpu = ("--gpu", "cuda", "--arch", "90", "--plan", "--kokkos-source", self.source(4, 7, 0))
        self.refuses(*gpu, saying="CUDA 13.0 expects Kokkos 4.7.1 or newer, found 4.7.0")
        self.nvcc("12.9")
        self.assertEqual(self.run_check(*gpu)[0], 0)

    def test_plans_for_the_nvidia_gpu_that_is_there(self):
        self.nvcc("13.0")
        self.program("nvidia-smi", "echo '8.6, NVIDIA RTX A6000, 580.1, 49140 MiB'")
        status, said, error = self.run_check("--plan", "--kokkos-source", self.source(4, 7, 1))
        self.assertEqual((status, error), (0, ""))
        for words in ("-DKokkos_ENABLE_CUDA=ON", "-DKokkos_ARCH_AMPERE86=ON", "cmake --preset cuda", "-j 3", "--tool racecheck"):
            self.assertIn(words, said)
        for network in ("cuba", "cobahh", "brunel", "brunel_plastic", "pd14", "ring", "ring_hh", "big_cell"):
            self.assertIn(f"nernst.benchmark.{network}\n", said)
        self.assertFalse((self.folder / "out").exists())

    def test_plans_for_the_amd_gpu_that_is_there(self):
        self.program("hipcc", "echo 'HIP version: 6.2.1-0'")
        self.program(
            "rocminfo",
            "printf '  Name: EPYC\\n  Marketing Name: EPYC\\n  Device Type: CPU\\n  Name: gfx90a\\n  Marketing Name: MI210\\n  Device Type: GPU\\n'",
        )
        status, said, error = self.run_check("--plan", "--no-benchmarks", "--kokkos-source", self.source(4, 6, 2))
        self.assertEqual((status, error), (0, ""))
        for words in ("-DKokkos_ENABLE_HIP=ON", "-DKokkos_ARCH_AMD_GFX90A=ON", "cmake --preset hip"):
            self.assertIn(words, said)
        self.assertNotIn("compute-sanitizer", said)
        self.assertNotIn("nernst.benchmark", said)

    def test_runs_the_steps_and_reports_what_failed(self):
        self.nvcc()
        self.program("nvidia-smi", "echo '9.0, NVIDIA H100, 580.1, 81559 MiB'")
        self.program("cmake", 'case "$*" in *nernst.test.network) echo too long; exit 3;; esac')
        self.program("ctest", "exit 0")
        status, said, error = self.run_check("--no-benchmarks", "--kokkos", str(self.folder))
        self.assertEqual((status, error), (1, ""))
        report = (self.folder / "out/report.md").read_text()
        for row in (
            "| GPU | NVIDIA H100, 580.1, 81559 MiB, cuda 90 |",
            "| configure | ok |",
            "| test gpu | ok |",
            "| build network | failed (status 3), see build_network.log |",
            "| test network | left out: needs 'build network' |",
            "| memcheck | left out: no compute-sanitizer |",
        ):
            self.assertIn(row, report)
        self.assertEqual((self.folder / "out/build_network.log").read_text(), "too long\n")
        self.assertIn("wrote ", said)


if __name__ == "__main__":
    unittest.main()
