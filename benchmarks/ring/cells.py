# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Rings of cells, without a simulator: all that the programs of `ring`, `ring_hh` and `big_cell` have to agree on.

A soma is a cylinder of 20 um length and diameter. Dendrites are cylinders that begin at the ends of their parents, the first ones at
soma(1); `branches` lists them with their parents before them. Ra 100 ohm cm, cm 1 uF/cm2, 6.3 degrees, -65 mV in the beginning.

The soma has `hh`, with the parameters of Hodgkin and Huxley (NEURON's and Arbor's defaults: 0.12, 0.036 and 0.0003 S/cm2; ena 50, ek -77, el -54.3
mV). Dendrites have a leak of 0.0001 S/cm2 and -65 mV; in `ring_hh` they have the same `hh` as the soma instead.

A cell has an exponential synapse in the middle of its first dendrite (2 ms, 0 mV), and a detector in the middle of its soma, 0 mV. Cells k
of a ring of n excite cell k + 1 and the last one the first: 0.02 uS, 5 ms. In each ring the first cell gets an event of the same weight
at 5 ms, as if somebody had spiked at 0: one spike goes round each ring from then on. dt is 0.025 ms.

`big_cell` is a single one, which excites itself; its delay is 20 ms, so that it is not refractory.
"""

SOMA, RESISTIVITY, CAPACITANCE, CELSIUS, REST = 20, 100, 1, 6.3, -65
LEAK, TAU, REVERSAL, THRESHOLD, WEIGHT, DELAY, DT = 1e-4, 2, 0, 0, 0.02, 5, 0.025
LONG_DELAY = 20
CELLS_OF_A_RING = 16


def branches():
    """Parent (-1 for the soma), length, diameter (um) and number of compartments of each dendrite of a cell of 61 compartments: four
    that leave the soma, and two behind each of these."""
    stems = [(-1, 100, 1.25, 5)] * 4
    return stems + [(k // 2, 100, 0.8, 5) for k in range(8)]


def many_branches():
    """The same of one cell of 10,000 compartments: a binary tree of 1111 dendrites, in which 2 k + 1 and 2 k + 2 are the children of k."""
    diameters = [max(0.5, 4 / 2 ** (2 / 3 * depth)) for depth in range(11)]
    return [((k - 1) // 2 if k else -1, 90, diameters[(k + 1).bit_length() - 1], 9) for k in range(1111)]
