#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Tests what benchmarks/run.py decides and writes, without a peer, a compiler or a measurement."""

import importlib.util
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "benchmarks"
spec = importlib.util.spec_from_file_location("run", BENCHMARKS / "run.py")
run = importlib.util.module_from_spec(spec)
spec.loader.exec_module(run)  # which makes benchmarks/suite known to imports

import driver
import judge
import report
import store
from networks import NETWORKS, Network, seconds
from session import BenchmarkError
from simulators import PEERS

NETWORK = Network("cuba", 4000, "CUBA", rate=10, tolerance=0.1, goal=5, seconds=seconds(10, brian2=10))


def row(simulator="nernst", threads=1, bits=64, loop=(1.0,), rate=10.0, spikes=1000, **others):
    fixed = {"version": simulator, "settings": "-O3", "seconds": 10, "connect": [0.25], "neurons": 4000, "synapses": 320000}
    return {
        **fixed, "simulator": simulator, "threads": threads, "bits": bits, "loop": list(loop), "rate": rate, "spikes": spikes,
        "peak_bytes": 7e6, "build_seconds": 12.0, **others,
    }


class Table(unittest.TestCase):
    def test_every_network_has_a_program_for_each_of_its_simulators(self):
        for network in NETWORKS:
            for simulator in network.seconds:
                file = BENCHMARKS / network.name / ("nernst.cpp" if simulator == "nernst" else f"{simulator}.py")
                self.assertTrue(file.is_file(), file)
                if simulator != "nernst":
                    compile(file.read_text(), file, "exec")

    def test_every_program_takes_part(self):
        found = {(file.parent.name, file.stem) for file in BENCHMARKS.glob("*/*") if file.stem in ("nernst", *PEERS)}
        self.assertEqual(found, {(network.name, simulator) for network in NETWORKS for simulator in network.seconds})

    def test_who_is_left_out_does_not_take_part(self):
        for network in NETWORKS:
            self.assertFalse(set(network.left_out) & set(network.seconds))
            self.assertLessEqual(set(network.left_out), set(PEERS))

    def test_keys_are_unique(self):
        self.assertEqual(len({network.key for network in NETWORKS}), len(NETWORKS))

    def test_networks_are_chosen_by_folder_and_by_size(self):
        self.assertEqual(run.chosen_networks([]), [network for network in NETWORKS if network.by_default])
        self.assertEqual({network.key for network in run.chosen_networks(["izhikevich"])}, {"izhikevich-1000", "izhikevich-10000"})
        self.assertEqual([network.key for network in run.chosen_networks(["cuba-4000"])], ["cuba-4000"])
        self.assertEqual([network.key for network in run.chosen_networks(["pd14"])], ["pd14-7717"])
        self.assertEqual([network.key for network in run.chosen_networks(["pd14-77169", "coba"])], ["coba-4000", "pd14-77169"])
        with self.assertRaisesRegex(BenchmarkError, "found cuba-5"):
            run.chosen_networks(["cuba-5"])


class Gate(unittest.TestCase):
    def test_programs_that_agree(self):
        self.assertEqual(judge.disagreements(NETWORK, [row(), row(threads=2), row("brian2", rate=10.9, spikes=1090)]), [])

    def test_a_rate_that_is_too_far_off(self):
        for rate in (8.9, 11.1):
            found = judge.disagreements(NETWORK, [row(), row("brian2", rate=rate)])
            self.assertEqual(len(found), 1)
            self.assertIn("is not within 10 % of 10 Hz", found[0])

    def test_spikes_that_depend_on_the_threads(self):
        found = judge.disagreements(NETWORK, [row(), row(threads=2, spikes=1001)])
        self.assertEqual(found, ["Nernst, 64 bits: the number of spikes depends on the number of threads"])
        self.assertEqual(judge.disagreements(NETWORK, [row(), row(bits=32, spikes=1001)]), [])
        self.assertEqual(judge.disagreements(NETWORK, [row("brian2"), row("brian2", threads=2, spikes=1001)]), [])


class Ratio(unittest.TestCase):
    rows = [
        row(loop=(4.0, 2.0)), row(threads=2, loop=(1.5, 1.0)), row(bits=32, loop=(0.5,)),
        row("brian2", loop=(9.0, 8.0)), row("brian2", threads=2, loop=(12.0,)), row("nest", loop=(20.0,)), row("genn", bits=32, loop=(3.0,)),
    ]

    def test_it_is_of_the_shortest_loops_in_one_precision(self):
        of = {(r["simulator"], r["threads"]): judge.ratio(NETWORK, self.rows, r) for r in self.rows if r["simulator"] != "nernst"}
        self.assertEqual(of, {("brian2", 1): 8, ("brian2", 2): 12, ("nest", 1): 20, ("genn", 1): 6})

    def test_the_best_peer_computes_in_double_precision(self):
        self.assertIs(judge.best_peer(NETWORK, self.rows), self.rows[3])
        self.assertIsNone(judge.best_peer(NETWORK, self.rows[:3]))

    def test_there_is_none_where_a_rate_is_wrong(self):
        wrong = row("brian2", loop=(1.0,), rate=20.0)
        self.assertIsNone(judge.ratio(NETWORK, [*self.rows, wrong], wrong))
        self.assertIs(judge.best_peer(NETWORK, [*self.rows, wrong]), self.rows[3])
        nernst = row(loop=(1.0,), rate=20.0)
        self.assertIsNone(judge.ratio(NETWORK, [nernst, self.rows[3]], self.rows[3]))


class Comparison(unittest.TestCase):
    before = [row(network="cuba-4000", loop=(1.2, 1.0))]

    def compare(self, **now):
        lines, slower = judge.slower(self.before, [row(**{"network": "cuba-4000", **now})], 0.1)
        self.assertEqual(len(lines), 1)
        return lines[0], slower

    def test_shortest_loops_are_compared(self):
        self.assertFalse(self.compare(loop=(3.0, 1.09))[1])
        line, slower = self.compare(loop=(3.0, 1.11))
        self.assertTrue(slower)
        self.assertIn("+11.0 %   SLOWER", line)
        self.assertIn("-50.0 %", self.compare(loop=(0.5,))[0])

    def test_what_is_not_stored_is_said(self):
        for other in ({"threads": 2}, {"network": "coba-4000"}, {"seconds": 5}, {"bits": 32}):
            line, slower = self.compare(loop=(9.0,), **other)
            self.assertIn("nothing stored", line)
            self.assertFalse(slower)

    def test_other_spikes_are_said(self):
        line, slower = self.compare(spikes=1001)
        self.assertIn("1001 spikes, were 1000", line)
        self.assertFalse(slower)


class Costs(unittest.TestCase):
    def test_shares_of_the_profile_are_taken_of_the_loop(self):
        of_run = {"loop_seconds": 2.0, "threads": 2, "neurons": 1000, "synapses": 80000, "spikes": 500}
        of_profile = {"profile": {"update": 1.0, "deliver pre": 1.5, "deliver post": 0.5, "meet": 0.6, "call": 0.4}}
        found = judge.costs(of_run, of_profile, seconds=1, dt=1e-3)
        self.assertAlmostEqual(found["ns_per_neuron_step"], 2e9 / 1e6)
        self.assertAlmostEqual(found["update_ns"], 2 * 2e9 * 0.25 / 1e6)
        self.assertAlmostEqual(found["event_ns"], 2 * 2e9 * 0.5 / 40000)
        self.assertAlmostEqual(found["waiting"], 0.15)


class FakeProgram:
    seconds = 1

    def __init__(self, title, log, loop=1.0, fails=False):
        self.title, self.log, self.loop, self.fails = title, log, loop, fails

    def run(self):
        self.log.append(self.title)
        if self.fails:
            raise BenchmarkError(f"{self.title} failed\nwith much output")
        return {"connect_seconds": 0, "loop_seconds": self.loop}


class Turns(unittest.TestCase):
    def turns(self, repeats=3, **of_b):
        log, problems = [], []
        a, b = FakeProgram("a", log), FakeProgram("b", log, **of_b)
        runs = run.run_in_turns([a, b], repeats, problems)
        return "".join(log), {program.title: len(reports) for program, reports in runs.items()}, problems

    def setUp(self):
        self.say, run.say = run.say, lambda text: None

    def tearDown(self):
        run.say = self.say

    def test_each_round_goes_the_other_way(self):
        self.assertEqual(self.turns(), ("abbaab", {"a": 3, "b": 3}, []))

    def test_slow_programs_are_not_repeated(self):
        self.assertEqual(self.turns(loop=run.PATIENCE + 1), ("abaa", {"a": 3, "b": 1}, []))

    def test_what_fails_is_left_out_and_named(self):
        self.assertEqual(self.turns(fails=True), ("abaa", {"a": 3}, ["b failed"]))


class Written(unittest.TestCase):
    def test_numbers(self):
        for value, text in ((None, "–"), (0.0041234, "0.00412"), (1.0, "1.00"), (52.04, "52.0"), (123.4, "123"), (12345.6, "12,346")):
            self.assertEqual(report.number(value), text)
        self.assertEqual(report.number(10, 2), "10")

    def test_a_table(self):
        self.assertEqual(report.table(("a", "b"), "lr", [(1, 2)]), ["| a | b |", "| --- | --: |", "| 1 | 2 |"])

    def test_a_network(self):
        rows = [row(loop=(2.0, 1.0)), row("brian2", loop=(4.0,), rate=20.0)]
        measured = {"rows": rows, "date": "2026-01-02", "load": 0.25, "problems": judge.disagreements(NETWORK, rows), "left_out": {"genn": "it is not there"}}
        text = "\n".join(report.network_part(NETWORK, measured))
        self.assertIn("4,000 neurons, 320,000 synapses. Expected: 10 Hz, within 10 %. Measured 2026-01-02, when the machine's load was 0.2.", text)
        self.assertIn("| Nernst | 1 | double | 10 | 2 | 1.00 | 1.50 | 1.00 | 10.00 | 12.0 | 0.250 | 7.00 |", text)
        self.assertIn("| Brian 2 | 1 | double | 10 | 1 | 4.00 | 4.00 | – | 20.00 | 12.0 | 0.250 | 7.00 |", text)
        self.assertIn("* brian2, 1 thread(s), 64 bits: 20.00 Hz is not within 10 % of 10 Hz", text)
        self.assertIn("* GeNN is left out: it is not there", text)

    def test_the_summary(self):
        rows = [row(loop=(0.5,)), row(threads=2, loop=(0.25,)), row("brian2", loop=(4.0,)), row("nest", threads=2, loop=(8.0,))]
        cells = ["CUBA", "0.250", 2, "–", "Brian 2", "4.00", 1, "16.0", "–", "5"]
        self.assertEqual(report.summary_row(NETWORK, rows), cells)
        cells[3], cells[8] = "0.125", "32.0"
        self.assertEqual(report.summary_row(NETWORK, [*rows, row(bits=32, loop=(0.125,))]), cells)
        self.assertEqual(report.summary_row(NETWORK, rows[:1]), ["CUBA", "0.500", 1, "–", "–", "–", "–", "–", "–", "5"])

    def test_bars(self):
        networks = [NETWORK, Network("coba", 4000, "COBA", 10, 0.1, 5, seconds(10))]
        measured = {"cuba-4000": {"rows": [row(loop=(0.5,)), row("genn", bits=32)]}, "coba-4000": {"rows": [row(loop=(0.25,))]}}
        self.assertEqual(report.bars(networks, measured), {"Nernst, double": [0.5, 0.25], "GeNN, single": [1.0, None]})


class Stored(unittest.TestCase):
    def test_parts_of_this_machine_are_replaced_and_networks_merged(self):
        file = store.FILE
        try:
            with tempfile.TemporaryDirectory() as folder:
                store.FILE = pathlib.Path(folder) / "results.json"
                self.assertEqual(store.of_this_machine(), {})
                store.update("networks", {"a": 1, "b": 2})
                store.update("networks", {"b": 3})
                store.update("baseline", {"rows": [1]})
                store.update("baseline", {"rows": [2]})
                found = store.of_this_machine()
                self.assertGreater(found.pop("gigabytes"), 0)
                self.assertEqual(found, {"networks": {"a": 1, "b": 3}, "baseline": {"rows": [2]}})
        finally:
            store.FILE = file


class Driver(unittest.TestCase):
    @unittest.skipUnless(sys.platform == "linux", "/proc is Linux's")
    def test_memory_is_that_of_this_process(self):
        before = driver.peak_bytes()
        held = bytearray(200_000_000)
        self.assertGreater(driver.peak_bytes() - before, 0.9 * len(held))


if __name__ == "__main__":
    unittest.main()
