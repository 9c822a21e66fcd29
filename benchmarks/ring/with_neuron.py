# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""The rings of cells.py in NEURON, and so in CoreNEURON."""

import cells
from neuron import h


class Cell:
    """A section for each branch: as many segments with an area as the cell has compartments."""

    def __init__(self, branches, active):
        self.soma = h.Section(name="soma", cell=self)
        self.soma.L = self.soma.diam = cells.SOMA
        self.dendrites = []
        for k, (parent, length, diameter, compartments) in enumerate(branches):
            section = h.Section(name=f"dend[{k}]", cell=self)
            section.L, section.diam, section.nseg = length, diameter, compartments
            section.connect((self.soma if parent < 0 else self.dendrites[parent])(1))
            self.dendrites.append(section)
        for section in self.soma, *self.dendrites:
            section.Ra, section.cm = cells.RESISTIVITY, cells.CAPACITANCE
            section.insert("hh" if active or section is self.soma else "pas")
            if section.has_membrane("pas"):
                section.g_pas, section.e_pas = cells.LEAK, cells.REST
        self.synapse = h.ExpSyn(self.dendrites[0](0.5))
        self.synapse.tau, self.synapse.e = cells.TAU, cells.REVERSAL

    def detector(self, target=None):
        """A connection from the soma's voltage."""
        connection = h.NetCon(self.soma(0.5)._ref_v, target, sec=self.soma)
        connection.threshold = cells.THRESHOLD
        return connection


def rings(size, branches, active=False, delay=cells.DELAY):
    """The cells, their connections, and what else has to be kept."""
    h.celsius, h.dt = cells.CELSIUS, cells.DT
    context = h.ParallelContext()
    made = [Cell(branches, active) for _ in range(size)]
    for gid, cell in enumerate(made):
        context.set_gid2node(gid, 0)
        context.cell(gid, cell.detector())
    kick = h.NetStim()
    kick.start, kick.number = 0, 1
    connections = []
    for first in range(0, size, cells.CELLS_OF_A_RING):
        ring = range(first, min(first + cells.CELLS_OF_A_RING, size))
        connections += [context.gid_connect(gid, made[gid + 1 if gid + 1 in ring else first].synapse) for gid in ring]
        connections.append(h.NetCon(kick, made[first].synapse))
    for connection in connections:
        connection.delay, connection.weight[0] = delay, cells.WEIGHT
    return made, connections, kick
