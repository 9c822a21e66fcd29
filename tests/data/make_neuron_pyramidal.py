#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Writes neuron/pyramidal/: a cell that looks like a pyramidal one, and what NEURON computes of it with nine channels.

    python3 make_neuron_pyramidal.py        with NEURON 9.0.2: pip install neuron numpy setuptools

Shape: pyramidal.swc, drawn by `grown` (a soma of three samples), as Import3d_SWC_read and Import3d_GUI.instantiate read it. Ra 100 ohm cm in soma
and axon, 150 in dendrites; cm 1 uF/cm2 in soma and axon, 1.5 in dendrites. Of these d_lambda = 0.1 at 100 Hz gives nseg.

Mechanisms: those of mod/, painted as in PAINTED, which has S/cm2 (pbar_cat: cm/s). d is the distance in um of the middle of a segment from
soma(0.5) along the branches, as h.distance gives it; each parameter is computed of that once for each segment. What is not named has the
default of its file. ena is 55 and ek -90 mV, cao 2 mM, cai begins at 0.0001 mM. 34 degrees.

Run: finitialize(-70), fixed steps, 50 ms. IClamp at soma(0.5): 0.9 nA, del 5, dur 40 ms.

pyramidal/sections.txt: as cable/neuron.txt: `section NAME PARENT X LENGTH NSEG` (X is where it begins on its parent), then for each of its segments
area (um2), resistance to the parent (Mohm), diameter (um), d (um). At the end `site` lines: the sections that are recorded; `total` lines: sections,
segments, area.
pyramidal/order{0,1,2}_dt{0.025,0.0125,0.00625,0.003125}.npy, for secondorder and dt in ms: a row for every 0.1 ms from 0 on, 501 in all; v
(mV) at soma(0.5), at the middle of each of the three other sites, in their order, and cai (mM) at the first of these.
pyramidal/passive_order0.npy: the same at dt 0.025 ms with leak alone, and 0.1 nA instead of 0.9.
"""

import math
import random

import neuron_runs
from neuron_runs import FOLDER, at, h, run, save, write

SWC = FOLDER / "pyramidal/pyramidal.swc"
DENDRITES = ("dend", "apic")
PAINTED = {  # by sections: mechanism, parameter, value
    "soma": [
        ("leak", "g", lambda d: 5e-5),
        ("na", "gbar", lambda d: 0.05),
        ("kdr", "gbar", lambda d: 0.03),
        ("ka", "gbar", lambda d: 1e-4),
        ("km", "gbar", lambda d: 0.0002),
        ("cahva", "gbar", lambda d: 0.0003),
        ("cat", "pbar", lambda d: 1e-5),
        ("capool", "depth", lambda d: 0.2),
        ("sk", "gbar", lambda d: 0.0002),
        ("ih", "gbar", lambda d: 2e-5),
    ],
    "axon": [
        ("leak", "g", lambda d: 5e-5),
        ("na", "gbar", lambda d: 0.2),
        ("kdr", "gbar", lambda d: 0.12),
        ("km", "gbar", lambda d: 0.0005),
    ],
    "dend": [
        ("leak", "g", lambda d: 7.5e-5),
        ("na", "gbar", lambda d: 0.01 * math.exp(-d / 150)),
        ("kdr", "gbar", lambda d: 0.012),
        ("ka", "gbar", lambda d: 1e-4 * (1 + d / 100)),
        ("cahva", "gbar", lambda d: 0.0001),
        ("capool", "depth", lambda d: 0.1),
        ("sk", "gbar", lambda d: 0.0001),
        ("ih", "gbar", lambda d: 2e-5 * (1 + d / 100)),
    ],
    "apic": [
        ("leak", "g", lambda d: 7.5e-5),
        ("na", "gbar", lambda d: 0.02 * math.exp(-d / 300)),
        ("kdr", "gbar", lambda d: 0.012),
        ("ka", "gbar", lambda d: 1e-4 * (1 + d / 100)),
        ("cahva", "gbar", lambda d: 0.0002),
        ("cat", "pbar", lambda d: 2e-5 * d / 500),
        ("capool", "depth", lambda d: 0.1),
        ("sk", "gbar", lambda d: 0.0001),
        ("ih", "gbar", lambda d: 2e-5 * (1 + (d / 150) ** 2)),
    ],
}


class Growth:
    """Samples of a cell that grows at random. Coordinates are multiples of 1/16 um, radii of 1/32: NEURON keeps them in single precision."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.rows = [(1, 1, 0, 0, 0, 8, -1), (2, 1, 0, -8, 0, 8, 1), (3, 1, 0, 8, 0, 8, 1)]

    def turned(self, direction, by):
        """A direction near another one."""
        moved = [x + self.draw.uniform(-by, by) for x in direction]
        size = math.sqrt(sum(x * x for x in moved))
        return [x / size for x in moved]

    def branch(self, kind, parent, direction, length, thick, thin):
        """Samples about 12 um from each other, thinner and thinner; returns the last one. Behind the soma the first is on its surface."""
        place, steps = list(self.rows[parent - 1][2:5]), max(2, round(length / 12))
        if parent == 1:
            place = [8 * x for x in direction]
            parent = self.sample(kind, place, thick, 1)
        for k in range(steps):
            direction = self.turned(direction, 0.25)
            place = [x + length / steps * y for x, y in zip(place, direction)]
            parent = self.sample(kind, place, thick + (thin - thick) * (k + 1) / steps, parent)
        return parent, direction

    def sample(self, kind, place, radius, parent):
        self.rows.append((len(self.rows) + 1, kind, *(round(16 * x) / 16 for x in place), round(32 * radius) / 32, parent))
        return len(self.rows)

    def tree(self, kind, parent, direction, depth, length, radius):
        """A branch, and behind it two trees, less deep by one."""
        long = length * self.draw.uniform(0.7, 1.3)
        end, direction = self.branch(kind, parent, direction, long, radius, 0.8 * radius)
        if depth > 1:
            for _ in range(2):
                self.tree(kind, end, self.turned(direction, 0.8), depth - 1, length, max(0.15, 0.65 * radius))


def grown(seed):
    """The text of an SWC file: an apical trunk with oblique dendrites and a tuft, five basal trees, an axon with collaterals."""
    cell = Growth(seed)
    end, direction, radius = 1, [0, 1, 0], 2.0
    for _ in range(5):
        end, direction = cell.branch(4, end, cell.turned(direction, 0.1), 90, radius, 0.85 * radius)
        radius *= 0.85
        cell.tree(4, end, cell.turned([cell.draw.choice((-1, 1)), 0.3, 0], 0.4), 2, 80, 0.5)
    cell.tree(4, end, direction, 4, 80, radius)
    for k in range(5):
        angle = math.pi * (1.1 + 0.2 * k)
        cell.tree(3, 1, cell.turned([math.cos(angle), math.sin(angle), 0], 0.3), 3, 70, 1.0)
    end, direction = cell.branch(2, 1, [0.1, -0.99, 0.1], 45, 0.9, 0.5)
    cell.tree(2, end, direction, 3, 110, 0.5)
    return "".join(" ".join(f"{x:.10g}" for x in row) + "\n" for row in cell.rows)


def imported():
    """The sections of the cell, with nseg by d_lambda."""
    h.load_file("import3d.hoc")
    h.load_file("stdlib.hoc")
    reader = h.Import3d_SWC_read()
    reader.input(str(SWC))

    class cell:
        pass

    one = cell()
    h.Import3d_GUI(reader, 0).instantiate(one)
    for section in one.all:
        dendrite = kind_of(section) in DENDRITES
        section.Ra, section.cm = (150, 1.5) if dendrite else (100, 1)
        section.nseg = int((section.L / (0.1 * h.lambda_f(100, sec=section)) + 0.9) / 2) * 2 + 1
    h.distance(0, one.soma[0](0.5))
    return one


def name_of(section):
    return section.name().split(".")[-1]


def kind_of(section):
    return name_of(section).split("[")[0]


def paint(sections, kept):
    """Inserts the mechanisms in `kept`."""
    for section in sections:
        for mechanism, parameter, value in PAINTED[kind_of(section)]:
            if mechanism in kept:
                section.insert(mechanism)
                for segment in section:
                    setattr(segment, f"{parameter}_{mechanism}", value(h.distance(segment)))
        if "na" in kept:
            section.ena = 55
        if "kdr" in kept:
            section.ek = -90


def sites(one):
    """The middle of the trunk, the tip of the tuft that is farthest from the soma, an end of the axon."""
    far = max((s for s in one.apic if not s.children()), key=lambda s: h.distance(s(1)))
    trunk = max(one.apic, key=lambda s: (s.diam if 180 < h.distance(s(0)) < 280 else 0))
    return trunk, far, min((s for s in one.axon if not s.children()), key=name_of)


def describe(one, recorded):
    lines = ["file pyramidal"]
    for section in one.all:
        parent = section.parentseg()
        place = (name_of(parent.sec), parent.x) if parent else ("-", 0)
        lines.append(f"section {name_of(section)} {place[0]} {place[1]} {section.L!r} {section.nseg}")
        lines += [f"{segment.area()!r} {segment.ri()!r} {segment.diam!r} {h.distance(segment)!r}" for segment in section]
    segments = [segment for section in one.all for segment in section]
    lines += [f"site {name_of(section)}" for section in recorded]
    lines += [f"total sections {len(list(one.all))}", f"total segments {len(segments)}", f"total area {sum(s.area() for s in segments)!r}"]
    print("\n".join(lines[-6:]))
    write("pyramidal/sections.txt", lines)


def main():
    print(h.nrnversion(1))
    neuron_runs.load_mechanisms()
    h.load_file("stdrun.hoc")
    SWC.parent.mkdir(parents=True, exist_ok=True)
    SWC.write_text(grown(13))
    one = imported()
    recorded = sites(one)
    describe(one, recorded)
    h.celsius = 34
    clamp = h.IClamp(one.soma[0](0.5))
    clamp.delay, clamp.dur = 5, 40
    columns = [at(section(0.5)) for section in (one.soma[0], *recorded)]

    clamp.amp = 0.1
    paint(one.all, {"leak"})
    save("pyramidal/passive_order0", run(columns, 50, v=-70, every=4))

    clamp.amp = 0.9
    paint(one.all, {mechanism for painted in PAINTED.values() for mechanism, _, _ in painted})
    columns.append(at(recorded[0](0.5), "cai"))
    for order in (0, 1, 2):
        finer = {}
        for halved in range(4):
            dt = 0.025 / 2**halved
            finer[dt] = run(columns, 50, dt=dt, order=order, v=-70, every=4 * 2**halved)
            save(f"pyramidal/order{order}_dt{dt:g}", finer[dt])
        found = list(finer.values())
        print("ranges:", found[-1].min(axis=0), found[-1].max(axis=0))
        for until in (50, 500):
            print(f"secondorder {order}, greatest change by halving dt, to {until / 10} ms:")
            for coarse, fine in zip(found, found[1:]):
                print("  ", abs(coarse[:until] - fine[:until]).max(axis=0))


if __name__ == "__main__":
    main()
