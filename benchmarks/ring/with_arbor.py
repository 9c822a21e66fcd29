# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""The rings of cells.py in Arbor."""

import arbor
import cells
from arbor import units as U


def cable(branches, active):
    """A cell with as many compartments on each branch as are asked for, and one without an area at each fork, as in NEURON."""
    tree = arbor.segment_tree()
    soma = tree.append(arbor.mnpos, arbor.mpoint(0, 0, 0, cells.SOMA / 2), arbor.mpoint(cells.SOMA, 0, 0, cells.SOMA / 2), tag=1)
    ends = [cells.SOMA]
    segments = [soma]
    for parent, length, diameter, _ in branches:
        begin = ends[parent + 1]
        here, there = arbor.mpoint(begin, 0, 0, diameter / 2), arbor.mpoint(begin + length, 0, 0, diameter / 2)
        segments.append(tree.append(segments[parent + 1], here, there, tag=3))
        ends.append(begin + length)
    decor = arbor.decor()
    decor.set_property(
        Vm=cells.REST * U.mV, cm=cells.CAPACITANCE * U.uF / U.cm2, rL=cells.RESISTIVITY * U.Ohm * U.cm, tempK=(273.15 + cells.CELSIUS) * U.Kelvin
    )
    decor.paint("(tag 1)", arbor.density("hh"))
    decor.paint("(tag 3)", arbor.density("hh") if active else arbor.density(f"pas/e={cells.REST}", {"g": cells.LEAK}))
    decor.place("(on-components 0.5 (tag 1))", arbor.threshold_detector(cells.THRESHOLD * U.mV), "soma")
    decor.place("(on-components 0.5 (segment 1))", arbor.synapse("expsyn", {"tau": cells.TAU, "e": cells.REVERSAL}), "synapse")
    policy = f"(join (fixed-per-branch 1 (tag 1)) (fixed-per-branch {branches[0][3]} (tag 3)))"
    return arbor.cable_cell(arbor.morphology(tree), decor, arbor.label_dict(), arbor.cv_policy(policy))


class Rings(arbor.recipe):
    def __init__(self, size, branches, active=False, delay=cells.DELAY):
        arbor.recipe.__init__(self)
        self.size, self.branches, self.active, self.delay = size, branches, active, delay * U.ms
        self.properties = arbor.neuron_cable_properties()

    def num_cells(self):
        return self.size

    def cell_kind(self, gid):
        return arbor.cell_kind.cable

    def cell_description(self, gid):
        return cable(self.branches, self.active)

    def global_properties(self, kind):
        return self.properties

    def connections_on(self, gid):
        n = cells.CELLS_OF_A_RING
        first = gid // n * n
        before = gid - 1 if gid > first else min(first + n, self.size) - 1
        return [arbor.connection((before, "soma"), "synapse", cells.WEIGHT, self.delay)]

    def event_generators(self, gid):
        if gid % cells.CELLS_OF_A_RING:
            return []
        return [arbor.event_generator("synapse", cells.WEIGHT, arbor.explicit_schedule([self.delay]))]
