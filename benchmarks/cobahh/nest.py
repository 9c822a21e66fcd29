# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
import nest


def build(size):
    """The neurons, which NEST integrates with an adaptive method, and how many connections do not begin at them."""
    nest.resolution = 0.1
    cells = nest.Create(
        "hh_cond_exp_traub",
        size,
        {
            "C_m": 200.0, "g_L": 10.0, "g_Na": 20000.0, "g_K": 6000.0, "E_L": -60.0, "E_Na": 50.0, "E_K": -90.0,
            "V_T": -63.0, "E_ex": 0.0, "E_in": -80.0, "t_ref": 3.0, "tau_syn_ex": 5.0, "tau_syn_in": 10.0,
            "V_m": nest.random.normal(-65.0, 5.0), "Act_m": 0.0, "Inact_h": 0.0, "Act_n": 0.0,
        },
    )
    # Conductances cannot be set in NEST: a spike in the first step gives each neuron those with which the others begin.
    first = nest.Create("spike_generator", params={"spike_times": [0.1]})
    for conductance in nest.math.max(nest.random.normal(40.0, 15.0), 0.0), nest.math.min(nest.random.normal(-200.0, 120.0), 0.0):
        nest.Connect(first, cells, "all_to_all", {"weight": conductance, "delay": 0.1})
    excitatory = size // 5 * 4
    rule = {"rule": "pairwise_bernoulli", "p": 80 / size}
    nest.Connect(cells[:excitatory], cells, rule, {"weight": 6.0, "delay": 0.1})
    nest.Connect(cells[excitatory:], cells, rule, {"weight": -67.0, "delay": 0.1})
    return cells, 2 * size
