# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
from brian2 import *


def build(size):
    """The neurons, the synapses, and what else there is."""
    defaultclock.dt = 0.1 * ms
    constants = {
        "C": 200 * pF, "g_L": 10 * nS, "I": 200 * pA, "E_L": -60 * mV, "E_e": 0 * mV, "E_i": -80 * mV,
        "tau_e": 5 * ms, "tau_i": 10 * ms, "V_t": -50 * mV, "V_r": -60 * mV,
    }
    equations = """
    dv/dt = (g_L * (E_L - v) + g_e * (E_e - v) + g_i * (E_i - v) + I) / C : volt (unless refractory)
    dg_e/dt = -g_e / tau_e : siemens
    dg_i/dt = -g_i / tau_i : siemens
    """
    cells = NeuronGroup(
        size, equations, threshold="v > V_t", reset="v = V_r", refractory=5 * ms, method="euler", namespace=constants
    )
    cells.v = "V_r + rand() * (V_t - V_r)"

    excitatory = size // 5 * 4
    excitation = Synapses(cells[:excitatory], cells, on_pre="g_e += w_e", delay=0.8 * ms, namespace={"w_e": 4 * nS})
    inhibition = Synapses(cells[excitatory:], cells, on_pre="g_i += w_i", delay=0.8 * ms, namespace={"w_i": 51 * nS})
    for synapses in excitation, inhibition:
        synapses.connect(p=80 / size)
    return cells, [excitation, inhibition], []
