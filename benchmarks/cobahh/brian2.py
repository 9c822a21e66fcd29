# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
from brian2 import *


def build(size):
    """The neurons, the synapses, and what else there is."""
    defaultclock.dt = 0.1 * ms
    constants = {
        "C": 200 * pF, "g_L": 10 * nS, "g_Na": 20 * usiemens, "g_K": 6 * usiemens,
        "E_L": -60 * mV, "E_Na": 50 * mV, "E_K": -90 * mV, "E_e": 0 * mV, "E_i": -80 * mV, "V_T": -63 * mV,
        "tau_e": 5 * ms, "tau_i": 10 * ms,
    }
    equations = """
    dv/dt = (g_L * (E_L - v) + g_e * (E_e - v) + g_i * (E_i - v)
             - g_Na * (m * m * m) * h * (v - E_Na) - g_K * (n * n * n * n) * (v - E_K)) / C : volt
    dm/dt = alpha_m * (1 - m) - beta_m * m : 1
    dn/dt = alpha_n * (1 - n) - beta_n * n : 1
    dh/dt = alpha_h * (1 - h) - beta_h * h : 1
    dg_e/dt = -g_e / tau_e : siemens
    dg_i/dt = -g_i / tau_i : siemens
    alpha_m = 0.32 * 4 / exprel((13 * mV - v + V_T) / (4 * mV)) / ms : Hz
    beta_m = 0.28 * 5 / exprel((v - V_T - 40 * mV) / (5 * mV)) / ms : Hz
    alpha_h = 0.128 * exp((17 * mV - v + V_T) / (18 * mV)) / ms : Hz
    beta_h = 4 / (1 + exp((40 * mV - v + V_T) / (5 * mV))) / ms : Hz
    alpha_n = 0.032 * 5 / exprel((15 * mV - v + V_T) / (5 * mV)) / ms : Hz
    beta_n = 0.5 * exp((10 * mV - v + V_T) / (40 * mV)) / ms : Hz
    """
    cells = NeuronGroup(
        size, equations, threshold="v > -20 * mV", refractory=3 * ms, method="exponential_euler", namespace=constants
    )
    cells.v = "E_L + (randn() * 5 - 5) * mV"
    cells.g_e = "(randn() * 1.5 + 4) * 10 * nS"
    cells.g_i = "(randn() * 12 + 20) * 10 * nS"

    excitatory = size // 5 * 4
    excitation = Synapses(cells[:excitatory], cells, on_pre="g_e += w_e", namespace={"w_e": 6 * nS})
    inhibition = Synapses(cells[excitatory:], cells, on_pre="g_i += w_i", namespace={"w_i": 67 * nS})
    for synapses in excitation, inhibition:
        synapses.connect(p=80 / size)
    return cells, [excitation, inhibition], []
