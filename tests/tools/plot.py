#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Runs examples/record.cpp in a folder, and draws every file that it writes.

    plot.py PROGRAM FOLDER
"""

import importlib.util
import pathlib
import subprocess
import sys

import numpy as np

program, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
subprocess.run([program], cwd=folder, check=True, stdout=subprocess.DEVNULL)
np.save(folder / "weights.npy", np.linspace(0, 1e-9, 30))
np.save(folder / "matrix.npy", np.arange(12.0).reshape(3, 4))
(folder / "curves.csv").write_text("I (A),alone (Hz),in_noise (Hz)\n0,0,1\n1e-9,5,6\n")

where = pathlib.Path(__file__).resolve().parents[2] / "examples" / "plot.py"
spec = importlib.util.spec_from_file_location("plot", where)
plot = importlib.util.module_from_spec(spec)
spec.loader.exec_module(plot)


def draw(name, *options):
    """Returns what the picture is of."""
    sys.argv = ["plot.py", str(folder / name), *options]
    picture = (folder / name).with_suffix(".png")
    picture.unlink(missing_ok=True)
    plot.main()
    assert picture.stat().st_size > 5000, picture
    return plot.kind_of(plot.read(folder / name))


assert draw("record_spikes.npz") == "raster"
assert draw("record_streamed.npy", "--split", "80") == "raster"
assert draw("record_streamed.npy", "--show", "30", "--from", "100", "--dpi", "120", "--colours", "64") == "raster"
assert draw("record_rate.csv") == "curve"
assert draw("curves.csv") == "curve"
assert draw("record_counts.csv") == "curve"
assert draw("record_trace.npz") == "traces"
assert draw("record_slow.csv", "--title", "w") == "traces"
assert draw("weights.npy", "--unit", "S") == "histogram"
assert draw("matrix.npy", "--as", "matrix") == draw("matrix.npy", "--dt", "0.1") == "traces"

spikes, trace = plot.read(folder / "record_spikes.npz"), plot.read(folder / "record_trace.npz")
assert [(c.name, c.unit) for c in spikes] == [("t", "s"), ("i", ""), ("w", "V")]
assert [(c.name, c.unit, c.labels) for c in trace[1:]] == [("v", "V", ["99", "0"]), ("drive", "V", ["99", "0"])]
(curves,) = plot.joined(plot.read(folder / "curves.csv")[1:])
assert (curves.unit, curves.labels, curves.values.tolist()) == ("Hz", ["alone", "in noise"], [[0, 1], [5, 6]])
np.testing.assert_array_equal(spikes[0].values, np.load(folder / "record_streamed.npy")["t"])

for name, said in (("nothing.csv", "does not exist"), ("program.txt", "is not a complete")):
    (folder / "program.txt").write_text("no array")
    try:
        draw(name)
        raise AssertionError(name)
    except SystemExit as error:
        assert said in str(error), error
