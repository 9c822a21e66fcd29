#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Runs examples/record.cpp and examples/cells.cpp in a folder, and draws every file that they write.

    plot.py RECORD CELLS FOLDER
"""

import importlib.util
import pathlib
import subprocess
import sys

import numpy as np

record, cells, folder = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
folder.mkdir(parents=True, exist_ok=True)
subprocess.run([record], cwd=folder, check=True, stdout=subprocess.DEVNULL)
(folder / "cell.swc").write_text("1 1 0 0 0 8 -1\n2 4 0 8 0 2 1\n3 4 0 208 0 1 2\n4 2 0 -8 0 1 1\n5 2 90 -158 0 1 4\n")
subprocess.run([cells, "cell.swc"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
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
assert draw("cells.npz") == "traces"
assert draw("cells_shape.npz") == "cell"
assert draw("cells_shape.npz", "--values", str(folder / "cells_v.npz"), "--plane", "xz") == "cell"
assert draw("matrix.npy", "--as", "matrix") == draw("matrix.npy", "--dt", "0.1") == "traces"

spikes, trace = plot.read(folder / "record_spikes.npz"), plot.read(folder / "record_trace.npz")
assert [(c.name, c.unit) for c in spikes] == [("t", "s"), ("i", ""), ("w", "V")]
assert [(c.name, c.unit, c.labels) for c in trace[1:]] == [("v", "V", ["99", "0"]), ("drive", "V", ["99", "0"])]
(curves,) = plot.joined(plot.read(folder / "curves.csv")[1:])
assert (curves.unit, curves.labels, curves.values.tolist()) == ("Hz", ["alone", "in noise"], [[0, 1], [5, 6]])
np.testing.assert_array_equal(spikes[0].values, np.load(folder / "record_streamed.npy")["t"])


def figure_of_cell(*options):
    sys.argv = ["plot.py", str(folder / "cells_shape.npz"), *options]
    return plot.draw_cell(plot.read(folder / "cells_shape.npz"), plot.arguments())


def polygons(axes):
    (shape,) = (c for c in axes.collections if isinstance(c, plot.collections.PolyCollection))
    return shape


# The cell: a cone for each piece of a compartment, in the colours of the tags, where the file says and as thick.
shape = np.load(folder / "cells_shape.npz")
(axes,) = figure_of_cell().axes
paths = [path.vertices[:4] for path in polygons(axes).get_paths()]
assert len(paths) == len(shape["cone_tag"]) and set(shape["cone_tag"].tolist()) == {1, 2, 4}
assert len({tuple(colour) for colour in polygons(axes).get_facecolors().tolist()}) == 3
for path, begin, end, (radius, last) in zip(paths, shape["cone_begin"], shape["cone_end"], shape["cone_radius"]):
    np.testing.assert_allclose((path[0] + path[3]) / 2, begin[:2] * 1e6, atol=1e-6)
    np.testing.assert_allclose((path[1] + path[2]) / 2, end[:2] * 1e6, atol=1e-6)
    if radius > 1.01e-6:
        np.testing.assert_allclose(np.linalg.norm(path[0] - path[3]), 2e6 * radius, rtol=1e-6)
assert [text.get_text() for text in axes.texts] == ["50 um"] and np.isclose(np.ptp(axes.lines[0].get_xdata()), 50)

# Its voltages: in space, in colours of one scale, and by distance, joined from each compartment to that before it.
v, times = np.load(folder / "cells_v.npz"), (1, 1.5, 4)
figure = figure_of_cell("--values", str(folder / "cells_v.npz"), "--at", *(str(time) for time in times), "--title", "a spike")
*shapes, profile, bar = figure.axes
assert [axes.get_title() for axes in shapes] == ["1 ms", "1.5 ms", "4 ms"] and figure.get_suptitle() == "a spike"
assert (profile.get_xlabel(), profile.get_ylabel(), bar.get_ylabel()) == ("distance (um)", "v (mV)", "v (mV)")
rows = [int(np.argmin(np.abs(v["t"] * 1e3 - time))) for time in times]
shown = v["v"][:, rows] * 1e3
place = {int(compartment): k for k, compartment in enumerate(v["i"])}
for k, axes in enumerate(shapes):
    by_cone = [shown[place[int(c)], k] for c in shape["cone_compartment"]]
    share = (np.array(by_cone) - shown.min()) / (shown.max() - shown.min())
    np.testing.assert_allclose(polygons(axes).get_facecolors(), plot.matplotlib.colormaps["viridis"](share), atol=1e-9)
    lines = np.array(profile.collections[k].get_segments())
    assert len(lines) == len(place) - 1
    ends = {(round(x, 6), round(y, 6)) for x, y in lines.reshape(-1, 2)}
    assert ends == {(round(shape["distance"][c] * 1e6, 6), round(shown[at, k], 6)) for c, at in place.items()}
assert shown.max() > 20 and shown.min() < -60

for name, said in (("nothing.csv", "does not exist"), ("program.txt", "is not a complete")):
    (folder / "program.txt").write_text("no array")
    try:
        draw(name)
        raise AssertionError(name)
    except SystemExit as error:
        assert said in str(error), error
