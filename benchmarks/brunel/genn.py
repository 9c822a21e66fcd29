# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
from math import exp

from pygenn import create_neuron_model, init_postsynaptic, init_sparse_connectivity, init_weight_update


def build(model, size):
    """The neurons, in mV and ms. Input from outside is drawn as GeNN's own Poisson sources draw it."""
    model.dt = 0.1
    neurons = create_neuron_model(
        "neurons",
        params=["leak", "none"],
        vars=[("v", "scalar"), ("frozen", "unsigned int"), ("spikes", "unsigned int")],
        sim_code="""
        scalar p = 1.0;
        int count = -1;
        do {
            count++;
            p *= gennrand_uniform();
        } while (p > none);
        if (frozen > 0) frozen--;
        else v = leak * (v + Isyn) + 0.1 * count;
        """,
        threshold_condition_code="frozen == 0 && v > 20.0",
        reset_code="v = 0.0; frozen = 19; spikes++;",
    )
    parameters = {"leak": exp(-0.1 / 20), "none": exp(-1000 * 20e-3 * 0.1)}
    excitatory = size // 5 * 4
    populations = [
        model.add_neuron_population(name, count, neurons, parameters, {"v": 0.0, "frozen": 0, "spikes": 0})
        for name, count in (("excitatory", excitatory), ("inhibitory", size - excitatory))
    ]
    for source, weight in zip(populations, (0.1, -0.5)):
        for target in populations:
            synapses = model.add_synapse_population(
                f"{source.name}_{target.name}", "SPARSE", source, target,
                init_weight_update("StaticPulseConstantWeight", {"g": weight}),
                init_postsynaptic("DeltaCurr"),
                init_sparse_connectivity("FixedProbability", {"prob": 0.1}),
            )
            synapses.axonal_delay_steps = 15
    return populations
