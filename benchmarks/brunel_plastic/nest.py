# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
import nest


def build(size):
    """The neurons, and how many connections do not begin at them. NEST's delay is dendritic, that of the others axonal."""
    nest.resolution = 0.1
    cells = nest.Create(
        "iaf_psc_delta",
        size,
        {"tau_m": 20.0, "E_L": 0.0, "V_th": 20.0, "V_reset": 0.0, "V_m": 0.0, "t_ref": 2.0, "tau_minus": 20.0},
    )
    outside = nest.Create("poisson_generator", params={"rate": 1000 * 20.0})
    nest.Connect(outside, cells, "all_to_all", {"weight": 0.1, "delay": 1.5})
    excitatory = size // 5 * 4
    rule = {"rule": "pairwise_bernoulli", "p": 0.1}
    nest.CopyModel(
        "stdp_synapse",
        "learning",
        {"weight": 0.1, "delay": 1.5, "tau_plus": 20.0, "lambda": 0.01, "alpha": 2.02, "mu_plus": 1.0, "mu_minus": 1.0, "Wmax": 0.3},
    )
    nest.Connect(cells[:excitatory], cells[:excitatory], rule, {"synapse_model": "learning"})
    nest.Connect(cells[:excitatory], cells[excitatory:], rule, {"weight": 0.1, "delay": 1.5})
    nest.Connect(cells[excitatory:], cells, rule, {"weight": -0.5, "delay": 1.5})
    return cells, size
