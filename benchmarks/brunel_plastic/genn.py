# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
from math import exp

from pygenn import create_neuron_model, create_weight_update_model, init_postsynaptic, init_sparse_connectivity, init_weight_update


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
    learning = create_weight_update_model(
        "learning",
        params=["rate", "depression", "w_max"],
        vars=[("w", "scalar")],
        pre_vars=[("before", "scalar")],
        post_vars=[("after", "scalar")],
        pre_spike_code="before = before * exp(-(t - st_pre) / 20.0) + 1.0;",
        post_spike_code="after = after * exp(-(t - st_post) / 20.0) + 1.0;",
        pre_spike_syn_code="""
        addToPost(w);
        w -= rate * depression * w * after * exp(-(t - st_post) / 20.0);
        """,
        post_spike_syn_code="w += rate * (w_max - w) * before * exp(-(t - st_pre) / 20.0);",
    )
    parameters = {"leak": exp(-0.1 / 20), "none": exp(-1000 * 20e-3 * 0.1)}
    excitatory = size // 5 * 4
    e, i = populations = [
        model.add_neuron_population(name, count, neurons, parameters, {"v": 0.0, "frozen": 0, "spikes": 0})
        for name, count in (("excitatory", excitatory), ("inhibitory", size - excitatory))
    ]
    plastic = init_weight_update(
        learning, {"rate": 0.01, "depression": 2.02, "w_max": 0.3}, {"w": 0.1}, {"before": 0.0}, {"after": 0.0}
    )
    excites = init_weight_update("StaticPulseConstantWeight", {"g": 0.1})
    inhibits = init_weight_update("StaticPulseConstantWeight", {"g": -0.5})
    for source, target, weight in ((e, e, plastic), (e, i, excites), (i, e, inhibits), (i, i, inhibits)):
        synapses = model.add_synapse_population(
            f"{source.name}_{target.name}", "SPARSE", source, target, weight,
            init_postsynaptic("DeltaCurr"),
            init_sparse_connectivity("FixedProbability", {"prob": 0.1}),
        )
        synapses.axonal_delay_steps = 15
    return populations
