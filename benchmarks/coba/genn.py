# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
from pygenn import create_neuron_model, init_postsynaptic, init_sparse_connectivity, init_var, init_weight_update


def build(model, size):
    """The neurons, in mV, ms, nS and pF."""
    model.dt = 0.1
    neurons = create_neuron_model(
        "neurons",
        vars=[("v", "scalar"), ("g_e", "scalar"), ("g_i", "scalar"), ("frozen", "unsigned int"), ("spikes", "unsigned int")],
        additional_input_vars=[("in_e", "scalar", 0.0), ("in_i", "scalar", 0.0)],
        sim_code="""
        g_e += in_e;
        g_i += in_i;
        if (frozen > 0) frozen--;
        else v += dt * (10.0 * (-60.0 - v) - g_e * v + g_i * (-80.0 - v) + 200.0) / 200.0;
        g_e -= dt * g_e / 5.0;
        g_i -= dt * g_i / 10.0;
        """,
        threshold_condition_code="frozen == 0 && v > -50.0",
        reset_code="v = -60.0; frozen = 49; spikes++;",
    )
    start = {"v": init_var("Uniform", {"min": -60.0, "max": -50.0}), "g_e": 0.0, "g_i": 0.0, "frozen": 0, "spikes": 0}
    excitatory = size // 5 * 4
    populations = [
        model.add_neuron_population(name, count, neurons, {}, start)
        for name, count in (("excitatory", excitatory), ("inhibitory", size - excitatory))
    ]
    for source, weight, variable in zip(populations, (4.0, 51.0), ("in_e", "in_i")):
        for target in populations:
            synapses = model.add_synapse_population(
                f"{source.name}_{target.name}", "SPARSE", source, target,
                init_weight_update("StaticPulseConstantWeight", {"g": weight}),
                init_postsynaptic("DeltaCurr"),
                init_sparse_connectivity("FixedProbability", {"prob": 80 / size}),
            )
            synapses.post_target_var = variable
            synapses.axonal_delay_steps = 8
    return populations
