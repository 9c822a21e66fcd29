# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
from brian2 import *


def build(size):
    """The neurons, the synapses, and what else there is."""
    defaultclock.dt = 0.1 * ms
    constants = {"tau_m": 20 * ms, "tau_e": 5 * ms, "tau_i": 10 * ms, "V_t": -50 * mV, "V_r": -60 * mV, "E_L": -49 * mV}
    equations = """
    dv/dt = (g_e + g_i - (v - E_L)) / tau_m : volt (unless refractory)
    dg_e/dt = -g_e / tau_e : volt
    dg_i/dt = -g_i / tau_i : volt
    """
    cells = NeuronGroup(
        size, equations, threshold="v > V_t", reset="v = V_r", refractory=5 * ms, method="exact", namespace=constants
    )
    cells.v = "V_r + rand() * (V_t - V_r)"

    excitatory = size // 5 * 4
    excitation = Synapses(cells[:excitatory], cells, on_pre="g_e += w_e", namespace={"w_e": 1.62 * mV})
    inhibition = Synapses(cells[excitatory:], cells, on_pre="g_i -= w_i", namespace={"w_i": 9 * mV})
    for synapses in excitation, inhibition:
        synapses.connect(p=80 / size)
    return cells, [excitation, inhibition], []
