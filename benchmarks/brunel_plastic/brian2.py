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
    learning = Synapses(
        cells[:excitatory],
        cells[:excitatory],
        """
        w : volt
        dbefore/dt = -before / (20 * ms) : 1 (event-driven)
        dafter/dt = -after / (20 * ms) : 1 (event-driven)
        """,
        on_pre="""
        v_post += w
        before += 1
        w -= rate * depression * w * after
        """,
        on_post="""
        after += 1
        w += rate * (w_max - w) * before
        """,
        delay={"pre": 1.5 * ms},
        namespace={"rate": 0.01, "depression": 2.02, "w_max": 0.3 * mV},
    )
    excitation = Synapses(cells[:excitatory], cells[excitatory:], on_pre="v += 0.1 * mV", delay=1.5 * ms)
    inhibition = Synapses(cells[excitatory:], cells, on_pre="v -= 0.5 * mV", delay=1.5 * ms)
    for synapses in learning, excitation, inhibition:
        synapses.connect(p=0.1)
    learning.w = 0.1 * mV
    outside = PoissonInput(cells, "v", 1000, 20 * Hz, 0.1 * mV)
    return cells, [learning, excitation, inhibition], [outside]
