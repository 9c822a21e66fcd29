# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""The numbers of Potjans and Diesmann (2014), and of smaller networks with that part of the synapses of each neuron, as in van Albada, Helias and
Diesmann (2015). Kinds of neurons are 2/3E, 2/3I, 4E, 4I, 5E, 5I, 6E, 6I; what is of pairs of them is by target, then by source."""

import numpy as np

FULL_SIZE = np.array([20683, 5834, 21915, 5479, 4850, 1065, 14395, 2948])
PROBABILITY = np.array(
    [
        [0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0.0000, 0.0076, 0.0000],
        [0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0.0000, 0.0042, 0.0000],
        [0.0077, 0.0059, 0.0497, 0.1350, 0.0067, 0.0003, 0.0453, 0.0000],
        [0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0.0000, 0.1057, 0.0000],
        [0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0.0000],
        [0.0548, 0.0269, 0.0257, 0.0022, 0.0600, 0.3158, 0.0086, 0.0000],
        [0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252],
        [0.0364, 0.0010, 0.0034, 0.0005, 0.0277, 0.0080, 0.0658, 0.1443],
    ]
)
EXTERNAL = np.array([1600, 1500, 2100, 1900, 2000, 1900, 2900, 2100])  # synapses from elsewhere, which spike at 8 Hz
FULL_RATE = np.array([0.903, 2.965, 4.414, 5.876, 7.569, 8.633, 1.105, 7.829])  # Hz
V_MEAN = np.array([-68.28, -63.16, -63.33, -63.45, -63.11, -61.66, -66.72, -61.43])  # mV
V_DEVIATION = np.array([5.36, 4.57, 4.74, 4.94, 4.94, 4.55, 5.46, 4.48])
J = 87.8  # pA
TAU_SYN = 0.5  # ms


class Microcircuit:
    def __init__(self, size):
        scale = size / FULL_SIZE.sum()
        root = np.sqrt(scale)
        full_synapses = np.log1p(-PROBABILITY) / np.log1p(-1 / np.outer(FULL_SIZE, FULL_SIZE))
        weight = np.tile([J, -4 * J], (8, 4))
        weight[0, 2] *= 2
        inside = (weight * full_synapses / FULL_SIZE[:, None] * FULL_RATE).sum(axis=1)  # pA Hz
        self.size = np.round(scale * FULL_SIZE).astype(int)
        self.synapses = np.round(scale**2 * full_synapses).astype(int)
        self.weight = weight / root  # pA, their mean; the standard deviation is a tenth
        self.delay = np.tile([1.5, 0.75], 4)  # ms, their mean by source; the standard deviation is half of it
        self.external = np.round(scale * EXTERNAL).astype(int)
        self.external_weight = J / root
        self.current = 1e-3 * TAU_SYN * (1 - root) * (inside + J * 8 * EXTERNAL)  # pA, instead of what is missing
