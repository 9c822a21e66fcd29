# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
import numpy
from pygenn import create_neuron_model, init_postsynaptic, init_sparse_connectivity, init_var, init_weight_update


def build(model, size):
    """The neurons, by the steps printed in the paper."""
    model.dt = 1.0
    neurons = create_neuron_model(
        "neurons",
        vars=[
            ("v", "scalar"), ("u", "scalar"), ("a", "scalar"), ("b", "scalar"), ("c", "scalar"), ("jump", "scalar"),
            ("noise", "scalar"), ("spikes", "unsigned int"),
        ],
        sim_code="""
        const scalar I = Isyn + noise * gennrand_normal();
        v += 0.5 * (0.04 * v * v + 5.0 * v + 140.0 - u + I);
        v += 0.5 * (0.04 * v * v + 5.0 * v + 140.0 - u + I);
        u += a * (b * v - u);
        """,
        threshold_condition_code="v >= 30.0",
        reset_code="v = c; u += jump; spikes++;",
    )
    excitatory = size // 5 * 4
    r = numpy.random.default_rng(model.seed).random(size)
    constant = numpy.ones(size)
    is_e = numpy.arange(size) < excitatory
    b = numpy.where(is_e, 0.2, 0.25 - 0.05 * r)
    start = {
        "v": -65 * constant, "u": -65 * b, "a": numpy.where(is_e, 0.02, 0.02 + 0.08 * r), "b": b,
        "c": numpy.where(is_e, -65 + 15 * r**2, -65), "jump": numpy.where(is_e, 8 - 6 * r**2, 2), "noise": numpy.where(is_e, 5, 2),
        "spikes": 0 * constant,
    }
    populations = [
        model.add_neuron_population(name, part.sum(), neurons, {}, {variable: values[part] for variable, values in start.items()})
        for name, part in (("excitatory", is_e), ("inhibitory", ~is_e))
    ]
    for source, lowest, highest in zip(populations, (0.0, -1.0), (0.5, 0.0)):
        weight = init_weight_update("StaticPulse", {}, {"g": init_var("Uniform", {"min": lowest, "max": highest})})
        for target in populations:
            name = f"{source.name}_{target.name}"
            if size > 1000:
                rule = init_sparse_connectivity("FixedProbability", {"prob": 1000 / size})
                model.add_synapse_population(name, "SPARSE", source, target, weight, init_postsynaptic("DeltaCurr"), rule)
            else:
                model.add_synapse_population(name, "DENSE", source, target, weight, init_postsynaptic("DeltaCurr"))
    return populations
