#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Runs examples/sonata.cpp in a folder, and reads what it writes with libsonata, and with bmtk if that is there.

    sonata.py PROGRAM FOLDER
"""

import pathlib
import subprocess
import sys

import libsonata
import numpy as np

program, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
subprocess.run([program], cwd=folder, check=True)
spikes = np.load(folder / "sonata_spikes.npy")
trace = np.load(folder / "sonata_trace.npz")
spike_file, report_file = str(folder / "sonata_spikes.h5"), str(folder / "sonata_report.h5")

population = libsonata.SpikeReader(spike_file)["cells"]
assert population.sorting == "by_time" and population.time_units == "ms", population
read = population.get()
assert [node for node, _ in read] == spikes["i"].tolist()
np.testing.assert_allclose([time for _, time in read], spikes["t"] * 1e3)
np.testing.assert_allclose([t for _, t in population.get(node_ids=[7])], spikes["t"][spikes["i"] == 7] * 1e3)

report = libsonata.SomaReportReader(report_file)["cells"]
assert report.times == (0.0, 100.0, 0.5) and report.time_units == "ms" and report.data_units == "mV"
assert not report.sorted and sorted(report.get_node_ids()) == [2, 7], report.get_node_ids()
frame = report.get()
np.testing.assert_allclose(frame.times, trace["t"] * 1e3, atol=1e-9)
for column, node in enumerate(frame.ids):
    np.testing.assert_allclose(frame.data[:, column], trace["v"][list(trace["i"]).index(node)] * 1e3, rtol=1e-6)
elements = libsonata.ElementReportReader(report_file)["cells"].get()
assert elements.data.shape == frame.data.shape

assert str(trace["units"]["v"]) == "V" and str(trace["units"]["t"]) == "s"
print(f"libsonata: {len(read)} spikes, {frame.data.shape[0]} rows")

try:
    from bmtk.utils.reports import CompartmentReport
    from bmtk.utils.reports.spike_trains import SpikeTrains
except ImportError:
    sys.exit()
trains = SpikeTrains.load(spike_file)
np.testing.assert_allclose(np.sort(trains.get_times(7, population="cells")), spikes["t"][spikes["i"] == 7] * 1e3)
compartments = CompartmentReport.load(report_file)
np.testing.assert_allclose(compartments.data(node_id=2, population="cells").ravel(), trace["v"][1] * 1e3, rtol=1e-6)
print("bmtk: the same")
