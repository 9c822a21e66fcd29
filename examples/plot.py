#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Draws recorded spikes: a raster, and under it the population rate.

The file is what `spikes.save("name.npy")` writes: a structured array with the fields `t` (seconds, float64) and `i` (neuron, int32).
"""

import argparse
import pathlib
import sys

try:
    import matplotlib
    import numpy as np

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
except ImportError as missing:
    sys.exit(f"plot.py: {missing}; .ci/setup makes an environment that has it: build/tools/venv/bin/python")

COLOURS = ("#1f5a91", "#b5402f")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("spikes", type=pathlib.Path, help="the .npy file")
    parser.add_argument("--output", type=pathlib.Path, help="the picture (default: the name of the file, .png)")
    parser.add_argument("--split", type=int, metavar="N", help="neurons from N on are inhibitory and get their own colour")
    parser.add_argument("--neurons", type=int, metavar="N", help="size of the population (default: the highest index that fired, plus 1)")
    parser.add_argument("--bin", type=float, default=5.0, metavar="MS", help="bin of the rate in ms (default: 5)")
    parser.add_argument("--title", help="a line above the raster")
    return parser.parse_args()


def read_spikes(path):
    """Returns times (s) and neuron indices."""
    try:
        spikes = np.lib.format.open_memmap(path, mode="r")
    except FileNotFoundError:
        sys.exit(f"plot.py: {path} does not exist; run the example that writes it first")
    except (OSError, ValueError) as error:
        sys.exit(f"plot.py: {path} is not a complete .npy file: {error}")
    if spikes.ndim != 1 or set(spikes.dtype.names or ()) != {"t", "i"}:
        sys.exit(f"plot.py: {path} is no list of spikes: expected an array with the fields 't' and 'i', found {spikes.dtype} {spikes.shape}")
    if spikes.size == 0:
        sys.exit(f"plot.py: {path} holds no spikes")
    return spikes["t"], spikes["i"]


def groups_of(neurons, size, split):
    """Returns (label, colour, selection, size) of each group of neurons."""
    if split is None:
        return [("all", COLOURS[0], np.ones(neurons.shape, bool), size)]
    return [
        ("excitatory", COLOURS[0], neurons < split, min(split, size)),
        ("inhibitory", COLOURS[1], neurons >= split, max(size - split, 0)),
    ]


def draw(times, neurons, options):
    size = options.neurons or int(neurons.max()) + 1
    milliseconds = times * 1e3
    edges = np.arange(max(np.ceil(milliseconds.max() / options.bin), 1) + 1) * options.bin
    figure, (raster, rate) = plt.subplots(
        2, 1, sharex=True, figsize=(9, 6), height_ratios=(3, 1), layout="constrained", gridspec_kw={"hspace": 0.03}
    )
    for label, colour, chosen, members in groups_of(neurons, size, options.split):
        raster.plot(milliseconds[chosen], neurons[chosen], ".", color=colour, markersize=1.5, markeredgewidth=0)
        if members:
            counts, _ = np.histogram(milliseconds[chosen], edges)
            rate.stairs(counts / (members * options.bin * 1e-3), edges, color=colour, label=label, linewidth=1, baseline=None)
    raster.set(ylabel="neuron", ylim=(0, size), title=options.title or f"{times.size} spikes of {size} neurons")
    rate.set(xlabel="time (ms)", ylabel="rate (Hz)", xlim=(0, edges[-1]), ylim=(0, None))
    if options.split is not None:
        rate.set_ylim(0, 1.4 * rate.get_ylim()[1])
        rate.legend(loc="upper right", frameon=False, ncols=2)
    for axes in (raster, rate):
        axes.spines[["top", "right"]].set_visible(False)
    return figure


def main():
    options = arguments()
    if options.bin <= 0:
        sys.exit("plot.py: --bin must be above zero")
    times, neurons = read_spikes(options.spikes)
    output = options.output or options.spikes.with_suffix(".png")
    try:
        draw(times, neurons, options).savefig(output, dpi=150)
    except (OSError, ValueError) as error:
        sys.exit(f"plot.py: {output} cannot be written: {error}")
    print(f"plot: {output.resolve()}")


if __name__ == "__main__":
    main()
