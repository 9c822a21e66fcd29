# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
import nest


def build(size):
    """The neurons, and how many connections do not begin at them. Weights are currents: those of the definition times C / tau_m."""
    nest.resolution = 0.1
    cells = nest.Create(
        "iaf_psc_exp",
        size,
        {
            "C_m": 200.0, "tau_m": 20.0, "E_L": -49.0, "V_th": -50.0, "V_reset": -60.0, "t_ref": 5.0,
            "tau_syn_ex": 5.0, "tau_syn_in": 10.0, "V_m": nest.random.uniform(-60.0, -50.0),
        },
    )
    excitatory = size // 5 * 4
    rule = {"rule": "pairwise_bernoulli", "p": 80 / size}
    nest.Connect(cells[:excitatory], cells, rule, {"weight": 16.2, "delay": 0.1})
    nest.Connect(cells[excitatory:], cells, rule, {"weight": -90.0, "delay": 0.1})
    return cells, 0
