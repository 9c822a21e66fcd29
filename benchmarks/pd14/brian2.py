# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
import pathlib
import sys

import numpy as np
from brian2 import *

sys.path.append(str(pathlib.Path(__file__).parent))
from microcircuit import V_DEVIATION, V_MEAN, Microcircuit


def build(size):
    """The neurons, the synapses, and what else there is. All synapses are one group, which is the quickest in Brian."""
    defaultclock.dt = 0.1 * ms
    circuit = Microcircuit(size)
    random = np.random.default_rng(1)
    first = np.concatenate([[0], np.cumsum(circuit.size)])
    cells = NeuronGroup(
        first[-1],
        """dv/dt = (-65 * mV - v) / (10 * ms) + (I + I_e) / (250 * pF) : volt (unless refractory)
        dI/dt = -I / (0.5 * ms) : amp
        I_e : amp (constant)""",
        threshold="v >= -50 * mV",
        reset="v = -65 * mV",
        refractory=2 * ms,
        method="exact",
    )
    cells.v = np.repeat(V_MEAN, circuit.size) * mV + np.repeat(V_DEVIATION, circuit.size) * random.standard_normal(first[-1]) * mV
    cells.I_e = np.repeat(circuit.current, circuit.size) * pA
    outside = [
        PoissonInput(cells[first[k] : first[k + 1]], "I", int(circuit.external[k]), 8 * Hz, circuit.external_weight * pA) for k in range(8)
    ]
    sources, targets, weights, delays = [], [], [], []
    for target in range(8):
        for source in range(8):
            number, mean = circuit.synapses[target, source], circuit.delay[source]
            delay = mean * (1 + 0.5 * random.standard_normal(number))
            while np.any(delay < 0.05):
                again = delay < 0.05
                delay[again] = mean * (1 + 0.5 * random.standard_normal(np.count_nonzero(again)))
            sources.append(random.integers(first[source], first[source + 1], number))
            targets.append(random.integers(first[target], first[target + 1], number))
            weights.append(circuit.weight[target, source] * np.maximum(0, 1 + 0.1 * random.standard_normal(number)))
            delays.append(delay)
    synapses = Synapses(cells, cells, "w : amp", on_pre="I += w")
    synapses.connect(i=np.concatenate(sources), j=np.concatenate(targets))
    synapses.w = np.concatenate(weights) * pA
    synapses.delay = np.concatenate(delays) * ms
    return cells, [synapses], outside
