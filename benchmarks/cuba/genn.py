# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
from math import exp

from pygenn import create_neuron_model, init_postsynaptic, init_sparse_connectivity, init_var, init_weight_update


def propagator(tau):
    """What a synaptic current of a time constant adds to v in a step, exactly."""
    return tau / (20 - tau) * (exp(-0.1 / 20) - exp(-0.1 / tau))


def build(model, size):
    """The neurons, in mV and ms."""
    model.dt = 0.1
    neurons = create_neuron_model(
        "neurons",
        params=["leak", "from_e", "from_i", "decay_e", "decay_i"],
        vars=[("v", "scalar"), ("g_e", "scalar"), ("g_i", "scalar"), ("frozen", "unsigned int"), ("spikes", "unsigned int")],
        additional_input_vars=[("in_e", "scalar", 0.0), ("in_i", "scalar", 0.0)],
        sim_code="""
        g_e += in_e;
        g_i += in_i;
        if (frozen > 0) frozen--;
        else v = -49.0 + leak * (v + 49.0) + from_e * g_e + from_i * g_i;
        g_e *= decay_e;
        g_i *= decay_i;
        """,
        threshold_condition_code="frozen == 0 && v > -50.0",
        reset_code="v = -60.0; frozen = 49; spikes++;",
    )
    parameters = {
        "leak": exp(-0.1 / 20), "from_e": propagator(5), "from_i": propagator(10),
        "decay_e": exp(-0.1 / 5), "decay_i": exp(-0.1 / 10),
    }
    start = {"v": init_var("Uniform", {"min": -60.0, "max": -50.0}), "g_e": 0.0, "g_i": 0.0, "frozen": 0, "spikes": 0}
    excitatory = size // 5 * 4
    populations = [
        model.add_neuron_population(name, count, neurons, parameters, start)
        for name, count in (("excitatory", excitatory), ("inhibitory", size - excitatory))
    ]
    for source, weight, variable in zip(populations, (1.62, -9.0), ("in_e", "in_i")):
        for target in populations:
            synapses = model.add_synapse_population(
                f"{source.name}_{target.name}", "SPARSE", source, target,
                init_weight_update("StaticPulseConstantWeight", {"g": weight}),
                init_postsynaptic("DeltaCurr"),
                init_sparse_connectivity("FixedProbability", {"prob": 80 / size}),
            )
            synapses.post_target_var = variable
    return populations
