#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Writes what NEURON and Arbor compute of the same cells, in one run, into side_by_side/.

    python3 make_side_by_side.py     with NEURON 9.0.2 and Arbor 0.12.2: pip install neuron arbor numpy setuptools cmake

shape.txt: a cell that has grown at random, a line for each section: its parent (-1: none), at whose end it begins, tag, length, diameters at its
ends (um). It is cut into as few compartments as let none be longer than 20 um. At 34 degrees, Ra 100 ohm cm, cm 1 uF/cm2, ena 55, ek -90 mV,
cao 2, cai 0.0001 mM at first, eca by Nernst; finitialize(-70). Channels of mod/ by PAINTED, for Arbor in its own dialect of NMODL. IClamp in the
middle of section 0: 0.6 nA, del 5, dur 30 ms. 40 ms.
sites.txt: the sections of which the voltages in the middle were recorded.
{neuron,arbor}_{k}.npy: these voltages (mV) every 0.2 ms, with steps of 0.025 / 2^k ms, secondorder 0.
"""

import math
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import neuron_runs
from neuron_runs import DATA, at, h, run

import arbor
import numpy as np
from arbor import units as U

neuron_runs.FOLDER = FOLDER = DATA / "side_by_side"
STEPS = [0.025 / 2**k for k in range(4)]
#          tag: mechanisms, with a parameter each
PAINTED = {
    1: {"leak": ("g", 5e-5), "na": ("gbar", 0.05), "kdr": ("gbar", 0.03), "ka": ("gbar", 1e-4), "km": ("gbar", 2e-4), "cahva": ("gbar", 3e-4),
        "cat": ("pbar", 1e-5), "capool": ("depth", 0.2), "sk": ("gbar", 2e-4), "ih": ("gbar", 2e-5)},
    2: {"leak": ("g", 5e-5), "na": ("gbar", 0.2), "kdr": ("gbar", 0.12), "km": ("gbar", 5e-4)},
    3: {"leak": ("g", 7.5e-5), "na": ("gbar", 0.01), "kdr": ("gbar", 0.012), "ka": ("gbar", 2e-4), "cahva": ("gbar", 1e-4), "capool": ("depth", 0.1),
        "sk": ("gbar", 1e-4), "ih": ("gbar", 4e-5)},
    4: {"leak": ("g", 7.5e-5), "na": ("gbar", 0.015), "kdr": ("gbar", 0.012), "ka": ("gbar", 3e-4), "cahva": ("gbar", 2e-4), "cat": ("pbar", 2e-5),
        "capool": ("depth", 0.1), "sk": ("gbar", 1e-4), "ih": ("gbar", 8e-5)},
}  # fmt: skip
MECHANISMS = sorted({name for painted in PAINTED.values() for name in painted})


def grown():
    draw, rows = random.Random(29), [(-1, 1, 20, 20, 20)]

    def tree(parent, tag, depth, length, diameter):
        long, thin = round(16 * length * draw.uniform(0.7, 1.3)) / 16 + 0.03125, round(32 * diameter * 0.8) / 32
        rows.append((parent, tag, long, diameter, thin))
        here = len(rows) - 1
        for _ in range(2 if depth > 1 else 0):
            tree(here, tag, depth - 1, length, max(0.5, round(32 * thin * 0.75) / 32))

    for _ in range(3):
        tree(0, 3, 3, 70, 2)
    tree(0, 4, 4, 120, 4)
    tree(0, 2, 3, 110, 1.5)
    return rows


def count(length):
    return math.ceil(length / 20)


def in_neuron(rows, sites):
    sections = []
    for k, (parent, tag, length, first, last) in enumerate(rows):
        one = h.Section(name=f"s{k}")
        for x, d in ((0, first), (length, last)):
            one.pt3dadd(x, 0, 0, d)
        one.nseg, one.Ra, one.cm = count(length), 100, 1
        for mechanism, (parameter, value) in PAINTED[tag].items():
            one.insert(mechanism)
            for segment in one:
                setattr(segment, f"{parameter}_{mechanism}", value)
        one.ena, one.ek = 55, -90
        if parent >= 0:
            one.connect(sections[parent](1))
        sections.append(one)
    h.celsius, h.cai0_ca_ion = 34, 1e-4
    clamp = h.IClamp(sections[0](0.5))
    clamp.delay, clamp.dur, clamp.amp = 5, 30, 0.6
    return [run([at(sections[s](0.5)) for s in sites], 40, dt=dt, v=-70, every=round(0.2 / dt)) for dt in STEPS]


def dialect(text):
    """A .mod file as Arbor reads it: nothing declared twice, numbers without units, 34 degrees."""
    text = re.sub(r"COMMENT.*?ENDCOMMENT|<[^<>\n]*,[^<>\n]*>", "", text, flags=re.S)
    text = re.sub(r"^TITLE.*$|:.*$|^ *(FARADAY|R) = .*$|ASSIGNED \{ ica[^}]*\}", "", text, flags=re.M)
    assigned = re.search(r"ASSIGNED \{.*?\}", text, re.S)
    if assigned:
        kept = re.sub(r"\n *(?:v|celsius|i|[ei](?:na|k|ca)|ca[io]) \([^\n]*", "", assigned.group())
        text = text.replace(assigned.group(), kept)
        if re.search(r"\n *v \(", assigned.group()):
            text = text.replace("PARAMETER {", "PARAMETER {\n  v (mV)", 1)
    begin = text.index("INITIAL" if "INITIAL" in text else "BREAKPOINT")
    head, body = text[:begin], text[begin:]
    body = re.sub(r"(\d)\(/?(?:mV|ms|mM|degC|mA|S|um|coul)[\w/^*-]*\)", r"\1", body)
    body = re.sub(r"fabs\((.*?)\) < (1e-\d+)", lambda m: f"({m[1]})*({m[1]}) < {float(m[2]) ** 2:g}", body)
    body = re.sub(r"^(?:FUNCTION|PROCEDURE).*$", lambda m: re.sub(r" \([^()]*\)", "", m[0]), body, flags=re.M)
    for name, value in (("celsius", "34"), ("FARADAY", "96485.33212331001"), ("(R*", "(8.31446261815324*"), ("UNITSOFF", ""), ("UNITSON", "")):
        body = body.replace(name, value)
    return head + body


def catalogue():
    with tempfile.TemporaryDirectory() as folder:
        sources = pathlib.Path(folder) / "mod"
        sources.mkdir()
        for name in MECHANISMS:
            (sources / f"{name}.mod").write_text(dialect((DATA / "mod" / f"{name}.mod").read_text()))
        program = pathlib.Path(sys.executable).parent / "arbor-build-catalogue"
        subprocess.run([program, "cells", sources], cwd=folder, check=True, capture_output=True)
        return arbor.load_catalogue(f"{folder}/cells-catalogue.so")


class Recipe(arbor.recipe):
    def __init__(self, cell, probes, mechanisms):
        arbor.recipe.__init__(self)
        self.cell, self.sites = cell, probes
        self.properties = arbor.neuron_cable_properties()
        self.properties.catalogue.extend(mechanisms, "")

    def num_cells(self):
        return 1

    def cell_kind(self, gid):
        return arbor.cell_kind.cable

    def cell_description(self, gid):
        return self.cell

    def global_properties(self, kind):
        return self.properties

    def probes(self, gid):
        return self.sites


def in_arbor(rows, sites):
    tree, ends = arbor.segment_tree(), []
    for parent, tag, length, first, last in rows:
        x = ends[parent] if parent >= 0 else 0
        above = parent if parent >= 0 else arbor.mnpos
        tree.append(above, arbor.mpoint(x, 0, 0, first / 2), arbor.mpoint(x + length, 0, 0, last / 2), tag=tag)
        ends.append(x + length)
    morphology = arbor.morphology(tree)
    # Segments are known by where they end.
    branches = {}
    for b in range(morphology.num_branches):
        one = morphology.branch_segments(b)[0]
        branches[one.dist.x, one.tag] = b
    branch_of = {s: branches[ends[s], rows[s][1]] for s in sites}
    decor = arbor.decor()
    decor.set_property(Vm=-70 * U.mV, cm=0.01 * U.F / U.m2, rL=100 * U.Ohm * U.cm, tempK=307.15 * U.Kelvin)
    decor.set_ion("na", rev_pot=55 * U.mV)
    decor.set_ion("k", rev_pot=-90 * U.mV)
    decor.set_ion("ca", int_con=1e-4 * U.mM, ext_con=2 * U.mM, rev_pot=132 * U.mV, method="nernst/x=ca")
    for tag, painted in PAINTED.items():
        for name, (parameter, value) in painted.items():
            decor.paint(f"(tag {tag})", arbor.density(name, {parameter: value}))
    decor.place("(location 0 0.5)", arbor.i_clamp(5 * U.ms, 30 * U.ms, 0.6 * U.nA))
    cell = arbor.cable_cell(morphology, decor, arbor.label_dict(), arbor.cv_policy_max_extent(20 * U.um))
    probes = [arbor.cable_probe_membrane_voltage(f"(location {branch_of[s]} 0.5)", f"v{s}") for s in sites]
    found, mechanisms = [], catalogue()
    for dt in STEPS:
        simulation = arbor.simulation(Recipe(cell, probes, mechanisms))
        times = arbor.explicit_schedule([0.2 * k * U.ms for k in range(201)])
        handles = [simulation.sample((0, f"v{s}"), times) for s in sites]
        simulation.run(tfinal=40.1 * U.ms, dt=dt * U.ms)
        found.append(np.array([simulation.samples(one)[0][0][:, 1] for one in handles]).T)
    return found


def main():
    neuron_runs.load_mechanisms()
    rows = grown()
    neuron_runs.write("shape.txt", [" ".join(f"{x:.10g}" for x in row) for row in rows])
    ends = [k for k in range(len(rows)) if k not in {row[0] for row in rows}]
    odd = [k for k in ends if count(rows[k][2]) % 2 == 1]  # those with a compartment in the middle
    sites = [0, *(next(k for k in odd if rows[k][1] == tag) for tag in (3, 4, 2))]
    neuron_runs.write("sites.txt", [" ".join(map(str, sites))])
    print(h.nrnversion(1), "Arbor", arbor.__version__, sum(count(row[2]) for row in rows), "compartments, tags of sites", [rows[s][1] for s in sites])
    runs = {"neuron": in_neuron(rows, sites), "arbor": in_arbor(rows, sites)}
    for program, all_steps in runs.items():
        for k, found in enumerate(all_steps):
            neuron_runs.save(f"{program}_{k}", found)
        print(program, "from", all_steps[-1].min(axis=0), "to", all_steps[-1].max(axis=0), "mV; changes by halving steps:")
        for coarse, fine in zip(all_steps, all_steps[1:]):
            print("  ", abs(coarse - fine).max(axis=0))
    print("NEURON and Arbor differ by")
    for one, other in zip(*runs.values()):
        print("  ", abs(one - other).max(axis=0))


if __name__ == "__main__":
    main()
