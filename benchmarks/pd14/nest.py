# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
import pathlib
import sys

import nest
import numpy as np

sys.path.append(str(pathlib.Path(__file__).parent))
from microcircuit import TAU_SYN, V_DEVIATION, V_MEAN, Microcircuit


def build(size):
    """The neurons, and how many connections do not begin at them; weights are in pA."""
    nest.resolution = 0.1
    circuit = Microcircuit(size)
    fixed = {"C_m": 250.0, "tau_m": 10.0, "tau_syn_ex": TAU_SYN, "tau_syn_in": TAU_SYN, "t_ref": 2.0, "E_L": -65.0, "V_reset": -65.0, "V_th": -50.0}
    kinds = []
    for k in range(8):
        cells = nest.Create("iaf_psc_exp", int(circuit.size[k]), {**fixed, "I_e": circuit.current[k]})
        cells.V_m = nest.random.normal(V_MEAN[k], V_DEVIATION[k])
        outside = nest.Create("poisson_generator", params={"rate": 8.0 * circuit.external[k]})
        nest.Connect(outside, cells, "all_to_all", {"weight": circuit.external_weight, "delay": 1.5})
        kinds.append(cells)
    for target in range(8):
        for source in range(8):
            number, mean, delay = int(circuit.synapses[target, source]), circuit.weight[target, source], circuit.delay[source]
            if number == 0:
                continue
            weight = nest.random.normal(mean, 0.1 * abs(mean))
            limits = {"min": 0.0, "max": np.inf} if mean > 0 else {"min": -np.inf, "max": 0.0}
            synapse = {
                "weight": nest.math.redraw(weight, **limits),
                "delay": nest.math.redraw(nest.random.normal(delay, 0.5 * delay), min=0.05, max=np.inf),
            }
            nest.Connect(kinds[source], kinds[target], {"rule": "fixed_total_number", "N": number}, synapse)
    cells = sum(kinds[1:], kinds[0])
    return cells, len(cells)
