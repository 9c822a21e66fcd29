#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Draws what was recorded or saved: spikes, traces, curves, weights.

What a file is drawn as follows from what is in it, unless --as says otherwise:
  raster     records of 't' (s) and 'i' (neuron) in a .npy, .npz or .csv file: spikes, and under them the population rate
  traces     variables of neurons over time: the .npz, .csv or .npy file of a record of states
  curve      columns of a .csv file (or a .npy file of records) over its first one: a rate, an f-I curve
  matrix     a .npy file with two dimensions, when asked for: weights
  histogram  a .npy file with one dimension: weights
  cell       compartments of a neuron with branches, the .npz file of save_shape: with --values, the .npz file of a record of some or all
             of them, in colours at some times, and along the branches
"""

import argparse
import csv
import pathlib
import re
import sys

try:
    import matplotlib
    import numpy as np
    import PIL.Image

    matplotlib.use("Agg")
    import matplotlib.collections as collections
    import matplotlib.pyplot as plt
except ImportError as missing:
    sys.exit(f"plot.py: {missing}; .ci/setup makes an environment that has it: build/tools/venv/bin/python")

COLOURS = ("#1f5a91", "#b5402f", "#3b7d4f", "#8a5fa8", "#b8860b", "#4d4d4d")
PREFIXES = ((1, ""), (1e-3, "m"), (1e-6, "u"), (1e-9, "n"), (1e-12, "p"))
KINDS = ("raster", "traces", "curve", "matrix", "histogram", "cell")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=pathlib.Path, help="the .npy, .npz or .csv file")
    parser.add_argument("--output", type=pathlib.Path, help="the picture (default: the name of the file, .png)")
    parser.add_argument("--as", dest="kind", choices=KINDS, help="what the file is drawn as")
    parser.add_argument("--split", type=int, metavar="N", help="neurons from N on are inhibitory and get their own colour")
    parser.add_argument("--neurons", type=int, metavar="N", help="size of the population (default: the highest index that fired, plus 1)")
    parser.add_argument("--show", type=int, metavar="N", help="the raster has the first N neurons only; the rate is that of all")
    parser.add_argument("--from", dest="begin", type=float, default=0.0, metavar="MS", help="where the raster begins (default: 0)")
    parser.add_argument("--bin", type=float, default=5.0, metavar="MS", help="bin of the rate in ms (default: 5)")
    parser.add_argument("--bins", type=int, default=50, metavar="N", help="number of bins of a histogram (default: 50)")
    parser.add_argument("--dt", type=float, metavar="MS", help="time between the columns of a .npy file of traces")
    parser.add_argument("--unit", default="", help="SI unit of the values of a .npy file, 'V' say")
    parser.add_argument("--values", type=pathlib.Path, metavar="FILE", help="what the compartments of a cell had: the .npz file of a record")
    parser.add_argument("--at", type=float, nargs="+", metavar="MS", help="times of these values (default: that of the greatest)")
    parser.add_argument("--number", type=int, default=0, metavar="N", help="which of the cells in the record (default: 0)")
    parser.add_argument("--plane", default="xy", help="the two axes a cell is drawn in (default: xy)")
    parser.add_argument("--title", help="a line above the picture")
    parser.add_argument("--dpi", type=int, default=150, metavar="N", help="dots per inch of the picture (default: 150)")
    parser.add_argument("--colours", type=int, metavar="N", help="so many colours at most, for a smaller file")
    return parser.parse_args()


class Column:
    """Values with a name and a unit; a second dimension has a label for each of its columns."""

    def __init__(self, name, unit, values, labels=None):
        self.name, self.unit, self.values, self.labels = name, "" if unit == "1" else unit, np.asarray(values), labels


# ---- reading


def read(path):
    """Returns a list of columns, or an array."""
    try:
        if path.suffix == ".csv":
            return read_csv(path)
        if path.suffix == ".npz":
            return read_npz(path)
        array = np.lib.format.open_memmap(path, mode="r")
    except FileNotFoundError:
        sys.exit(f"plot.py: {path} does not exist; run the example that writes it first")
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"plot.py: {path} is not a complete {path.suffix or '.npy'} file: {error}")
    if array.dtype.names is None:
        return array
    units = {"t": "s", "rate": "Hz"}
    return [Column(name, units.get(name, ""), array[name]) for name in array.dtype.names]


def read_csv(path):
    with open(path, newline="") as file:
        header, *rows = csv.reader(file)
    values = np.array(rows, float).reshape(len(rows), len(header))
    columns = {}
    for place, text in enumerate(header):
        name, neuron, unit = re.fullmatch(r"(\w+)(?:\[(\d+)\])?(?: \((.*)\))?", text).groups()
        labels, places, _ = columns.setdefault(name, ([], [], unit or ""))
        labels.append(neuron)
        places.append(place)
    return [
        Column(name, unit, values[:, places if labels[0] else places[0]], labels if labels[0] else None)
        for name, (labels, places, unit) in columns.items()
    ]


def read_npz(path):
    with np.load(path) as file:
        units = file["units"]
        members = {name: file[name] for name in file.files if name != "units"}
    neurons = members.get("i")
    is_trace = any(array.ndim == 2 for array in members.values())
    columns = []
    for name, array in members.items():
        if array.ndim == 2:
            columns.append(Column(name, str(units[name]), array.T, None if neurons is None else [str(n) for n in neurons]))
        elif name != "i" or not is_trace:
            columns.append(Column(name, str(units[name]), array))
    return columns


def kind_of(content):
    if not isinstance(content, list):
        return "traces" if content.ndim == 2 else "histogram"
    names = [column.name for column in content]
    if names[:2] == ["t", "i"]:
        return "raster"
    if "cone_compartment" in names:
        return "cell"
    return "traces" if any(column.values.ndim == 2 for column in content) else "curve"


# ---- drawing


def scaled(values, unit):
    """Values in a unit with a prefix, and its name, so that they have few digits."""
    size = np.nanmax(np.abs(values), initial=0)
    if not unit or unit == "Hz" or not size or " " in unit:
        return values, unit
    factor, prefix = next((p for p in PREFIXES if size >= p[0]), PREFIXES[-1])
    if factor == 1 and unit == "s" and size < 10:
        factor, prefix = 1e-3, "m"
    return values / factor, prefix + unit


def label(name, unit):
    return f"{name} ({unit})" if unit else name


def tidy(figure):
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
    return figure


def groups_of(neurons, size, split):
    """Returns (label, colour, selection, size) of each group of neurons."""
    if split is None:
        return [("all", COLOURS[0], np.ones(neurons.shape, bool), size)]
    return [
        ("excitatory", COLOURS[0], neurons < split, min(split, size)),
        ("inhibitory", COLOURS[1], neurons >= split, max(size - split, 0)),
    ]


def draw_raster(columns, options):
    times, neurons = columns[0].values, columns[1].values
    if times.size == 0:
        sys.exit(f"plot.py: {options.file} holds no spikes")
    size = options.neurons or int(neurons.max()) + 1
    shown = min(options.show or size, size)
    milliseconds = times * 1e3
    edges = np.arange(max(np.ceil(milliseconds.max() / options.bin), 1) + 1) * options.bin
    figure, (raster, rate) = plt.subplots(
        2, 1, sharex=True, figsize=(9, 6), height_ratios=(3, 1), layout="constrained", gridspec_kw={"hspace": 0.03}
    )
    for group, colour, chosen, members in groups_of(neurons, size, options.split):
        dots = chosen & (neurons < shown)
        raster.plot(milliseconds[dots], neurons[dots], ".", color=colour, markersize=1.5 if shown > 200 else 4, markeredgewidth=0)
        if members:
            counts, _ = np.histogram(milliseconds[chosen], edges)
            rate.stairs(counts / (members * options.bin * 1e-3), edges, color=colour, label=group, linewidth=1, baseline=None)
    raster.set(ylabel="neuron", ylim=(0, shown), title=options.title or f"{times.size} spikes of {size} neurons")
    rate.set(xlabel="time (ms)", ylabel="rate (Hz)", xlim=(options.begin, edges[-1]), ylim=(0, None))
    if options.split is not None:
        rate.set_ylim(0, 1.4 * rate.get_ylim()[1])
        rate.legend(loc="upper right", frameon=False, ncols=2)
    return figure


def joined(columns):
    """Curves in one unit as one column, whose labels are their names."""
    units = [column.unit for column in columns]
    if len(columns) < 2 or len(set(units)) > 1 or any(column.labels for column in columns):
        return columns
    return [Column("", units[0], np.stack([c.values for c in columns], 1), [c.name.replace("_", " ") for c in columns])]


def draw_columns(columns, options, legend="neuron"):
    """Each column over the first one, in a panel of its own; curves in one unit together."""
    first, *others = columns
    if not any(column.labels for column in others):
        legend = None
    others = joined(others)
    x, unit = scaled(first.values, first.unit)
    figure, panels = plt.subplots(
        len(others), 1, sharex=True, squeeze=False, figsize=(9, 2 + 2 * len(others)), layout="constrained"
    )
    for axes, column in zip(panels[:, 0], others):
        values, y_unit = scaled(column.values, column.unit)
        lines = values.reshape(len(x), -1)
        for k in range(lines.shape[1]):
            name = column.labels[k] if column.labels and lines.shape[1] <= len(COLOURS) else None
            axes.plot(x, lines[:, k], color=COLOURS[k % len(COLOURS)], linewidth=1, label=name)
        if axes is panels[0, 0] and column.labels and 1 < lines.shape[1] <= len(COLOURS):
            axes.legend(title=legend, loc="upper right" if legend else "best", ncols=lines.shape[1])
        axes.set(ylabel=label(column.name, y_unit) if column.name else y_unit)
        axes.margins(x=0)
    panels[0, 0].set_title(options.title or "")
    panels[-1, 0].set_xlabel(label("time" if first.name == "t" else first.name, unit))
    return figure


def draw_traces(content, options):
    if isinstance(content, list):
        return draw_columns(content, options)
    if content.ndim != 2:
        sys.exit(f"plot.py: {options.file} has traces of several variables: save them as .npz, found the shape {content.shape}")
    steps = np.arange(content.shape[1])
    time = Column("t", "s", steps * options.dt * 1e-3) if options.dt else Column("step", "", steps)
    return draw_columns([time, Column("value", options.unit, content.T, [str(k) for k in range(content.shape[0])])], options, "row")


def draw_matrix(content, options):
    if isinstance(content, list) or content.ndim != 2:
        sys.exit(f"plot.py: {options.file} is no matrix: expected an array with two dimensions")
    values, unit = scaled(content, options.unit)
    figure, axes = plt.subplots(figsize=(7, 6), layout="constrained")
    image = axes.imshow(values, aspect="auto", interpolation="nearest", cmap="viridis")
    figure.colorbar(image, ax=axes, label=label("value", unit))
    axes.set(xlabel="target", ylabel="source", title=options.title or "")
    return figure


def draw_histogram(content, options):
    if isinstance(content, list):
        sys.exit(f"plot.py: {options.file} has columns: expected an array of numbers")
    numbers = np.ravel(content)
    values, unit = scaled(numbers[np.isfinite(numbers)], options.unit)
    figure, axes = plt.subplots(figsize=(7, 4), layout="constrained")
    axes.hist(values, bins=options.bins, color=COLOURS[0])
    axes.set(xlabel=label("value", unit), ylabel="number", title=options.title or f"{values.size} values")
    return figure


class Cell:
    """Compartments of a cell, and the truncated cones that they consist of, in um."""

    def __init__(self, columns, plane):
        by_name = {column.name: column.values for column in columns}
        axes = ["xyz".index(axis) for axis in plane]
        self.parent, self.distance = by_name["parent"], by_name["distance"] * 1e6
        self.compartment, self.tag = by_name["cone_compartment"], by_name["cone_tag"]
        self.ends = np.stack([by_name["cone_begin"].T[:, axes], by_name["cone_end"].T[:, axes]], 1) * 1e6
        self.radii = by_name["cone_radius"].T * 1e6

    def outlines(self):
        """Each cone as a polygon, thick enough to be seen."""
        least = np.ptp(self.ends.reshape(-1, 2), axis=0).max() / 400
        radii = np.maximum(self.radii, least)[..., None]
        along = self.ends[:, 1] - self.ends[:, 0]
        length = np.linalg.norm(along, axis=1, keepdims=True)
        across = (along[:, ::-1] * (-1, 1) / np.where(length > 0, length, 1))[:, None]
        left, right = self.ends + across * radii, self.ends - across * radii
        return np.concatenate([left, right[:, ::-1]], 1)


def values_of(cell, options):
    """Returns the times in ms, and what was recorded: steps x compartments, without a number where nothing was."""
    columns = {column.name: column for column in read(options.values)}
    recorded = [column for column in columns.values() if column.labels]
    if "t" not in columns or len(recorded) != 1:
        sys.exit(f"plot.py: {options.values} is no record of one variable: expected 't', 'i' and its values")
    number, compartment = np.divmod(np.array(recorded[0].labels, int), len(cell.parent))
    chosen = number == options.number
    if not chosen.any():
        sys.exit(f"plot.py: {options.values} has nothing of cell {options.number}: expected one of {sorted(set(number.tolist()))}")
    found, unit = scaled(recorded[0].values, recorded[0].unit)
    values = np.full((len(found), len(cell.parent)), np.nan)
    values[:, compartment[chosen]] = found[:, chosen]
    return columns["t"].values * 1e3, values, label(recorded[0].name, unit)


def draw_shape(axes, cell, values, colours):
    """A cell in the colours of its compartments, or of its tags."""
    shades = colours.to_rgba(values[cell.compartment]) if colours else [COLOURS[tag % len(COLOURS)] for tag in cell.tag]
    axes.add_collection(collections.PolyCollection(cell.outlines(), facecolors=shades, edgecolors="face", linewidths=0.3))
    axes.autoscale_view()
    axes.set(aspect="equal")
    axes.axis("off")


def draw_bar(axes):
    """A length to compare with."""
    width = np.diff(axes.get_xlim())[0]
    size = 10.0 ** np.floor(np.log10(width / 2))
    size *= 5 if 5 * size < width / 2 else 1
    left, bottom = axes.get_xlim()[0], axes.get_ylim()[0]
    axes.plot([left, left + size], [bottom, bottom], color="black", linewidth=1.5)
    axes.text(left + size / 2, bottom, f"{size:g} um", ha="center", va="bottom", fontsize="small")


def draw_profile(axes, cell, values, colour, name):
    """Values by distance, each compartment joined with the one before it that has some."""
    lines = []
    for k in np.flatnonzero(np.isfinite(values)):
        before = cell.parent[k]
        while before >= 0 and np.isnan(values[before]):
            before = cell.parent[before]
        if before >= 0:
            lines.append([(cell.distance[before], values[before]), (cell.distance[k], values[k])])
    axes.add_collection(collections.LineCollection(lines, colors=colour, linewidths=1, label=name))


def draw_cell(columns, options):
    cell = Cell(columns, options.plane)
    if options.values is None:
        figure, axes = plt.subplots(figsize=(6, 6), layout="constrained")
        draw_shape(axes, cell, None, None)
        draw_bar(axes)
        axes.set_title(options.title or "")
        return figure
    times, values, name = values_of(cell, options)
    if not np.isfinite(values).any():
        sys.exit(f"plot.py: {options.values} holds no numbers")
    greatest = times[np.nanargmax(np.nanmax(values, 1))]
    rows = [int(np.argmin(np.abs(times - time))) for time in options.at or [greatest]]
    scale = matplotlib.colors.Normalize(np.nanmin(values[rows]), np.nanmax(values[rows]))
    colours = matplotlib.cm.ScalarMappable(scale, "viridis")
    figure = plt.figure(figsize=(9, 6), layout="constrained")
    grid = figure.add_gridspec(2, len(rows), height_ratios=(3, 2))
    shapes = [figure.add_subplot(grid[0, 0])]
    shapes += [figure.add_subplot(grid[0, k], sharex=shapes[0], sharey=shapes[0]) for k in range(1, len(rows))]
    profile = figure.add_subplot(grid[1, :])
    for k, (row, axes) in enumerate(zip(rows, shapes)):
        draw_shape(axes, cell, values[row], colours)
        axes.set_title(f"{times[row]:g} ms", fontsize="medium")
        draw_profile(profile, cell, values[row], COLOURS[k % len(COLOURS)], f"{times[row]:g} ms")
    draw_bar(shapes[0])
    figure.colorbar(colours, ax=shapes, label=name, shrink=0.8)
    profile.autoscale_view()
    profile.set(xlabel="distance (um)", ylabel=name)
    profile.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    if options.title:
        figure.suptitle(options.title)
    return figure


def main():
    options = arguments()
    if not re.fullmatch("[xyz]{2}", options.plane) or options.plane[0] == options.plane[1]:
        sys.exit(f"plot.py: --plane must be two of x, y and z, found '{options.plane}'")
    if min(options.bin, options.bins, options.dpi) <= 0 or (options.show is not None and options.show <= 0):
        sys.exit("plot.py: --bin, --bins, --dpi and --show must be above zero")
    content = read(options.file)
    kind = options.kind or kind_of(content)
    if kind == "raster" and (not isinstance(content, list) or [c.name for c in content[:2]] != ["t", "i"]):
        sys.exit(f"plot.py: {options.file} is no list of spikes: expected 't' and 'i' of each")
    is_shape = isinstance(content, list) and "cone_compartment" in [c.name for c in content]
    if kind == "cell" and not is_shape:
        sys.exit(f"plot.py: {options.file} is no neuron: expected the file of nernst::save_shape")
    if kind == "curve" and not isinstance(content, list):
        sys.exit(f"plot.py: {options.file} is no curve: expected columns with names")
    draw = {
        "raster": draw_raster,
        "traces": draw_traces,
        "curve": draw_columns,
        "matrix": draw_matrix,
        "histogram": draw_histogram,
        "cell": draw_cell,
    }[kind]
    output = options.output or options.file.with_suffix(".png")
    try:
        tidy(draw(content, options)).savefig(output, dpi=options.dpi)
        if options.colours:
            with PIL.Image.open(output) as picture:
                few = picture.convert("RGB").quantize(options.colours)
            few.save(output, optimize=True)
    except (OSError, ValueError) as error:
        sys.exit(f"plot.py: {output} cannot be written: {error}")
    print(f"plot: {output.resolve()}")


if __name__ == "__main__":
    main()
