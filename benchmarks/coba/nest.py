# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
import nest


def build(size):
    """The neurons, which NEST integrates with an adaptive method, and how many connections do not begin at them."""
    nest.resolution = 0.1
    cells = nest.Create(
        "iaf_cond_exp",
        size,
        {
            "C_m": 200.0, "g_L": 10.0, "E_L": -60.0, "E_ex": 0.0, "E_in": -80.0, "V_th": -50.0, "V_reset": -60.0,
            "t_ref": 5.0, "tau_syn_ex": 5.0, "tau_syn_in": 10.0, "I_e": 200.0, "V_m": nest.random.uniform(-60.0, -50.0),
        },
    )
    excitatory = size // 5 * 4
    rule = {"rule": "pairwise_bernoulli", "p": 80 / size}
    nest.Connect(cells[:excitatory], cells, rule, {"weight": 4.0, "delay": 0.8})
    nest.Connect(cells[excitatory:], cells, rule, {"weight": -51.0, "delay": 0.8})
    return cells, 0
