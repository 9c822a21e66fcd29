# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
from brian2 import *


def build(size):
    """The neurons, the synapses, and what else there is."""
    defaultclock.dt = 0.1 * ms
    cells = NeuronGroup(
        size,
        "dv/dt = -v / (20 * ms) : volt (unless refractory)",
        threshold="v > 20 * mV",
        reset="v = 0 * mV",
        refractory=2 * ms,
        method="exact",
    )
    excitatory = size // 5 * 4
    excitation = Synapses(cells[:excitatory], cells, on_pre="v += 0.1 * mV", delay=1.5 * ms)
    inhibition = Synapses(cells[excitatory:], cells, on_pre="v -= 0.5 * mV", delay=1.5 * ms)
    for synapses in excitation, inhibition:
        synapses.connect(p=0.1)
    outside = PoissonInput(cells, "v", 1000, 20 * Hz, 0.1 * mV)
    return cells, [excitation, inhibition], [outside]
