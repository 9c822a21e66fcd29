# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
from pygenn import create_neuron_model, init_postsynaptic, init_sparse_connectivity, init_var, init_weight_update


def build(model, size):
    """The neurons, in mV, ms, nS and pF; exponential Euler of right-hand sides that are all old."""
    model.dt = 0.1
    neurons = create_neuron_model(
        "neurons",
        vars=[
            ("v", "scalar"), ("m", "scalar"), ("n", "scalar"), ("h", "scalar"), ("g_e", "scalar"), ("g_i", "scalar"),
            ("frozen", "unsigned int"), ("spikes", "unsigned int"),
        ],
        additional_input_vars=[("in_e", "scalar", 0.0), ("in_i", "scalar", 0.0)],
        sim_code="""
        g_e += in_e;
        g_i += in_i;
        const scalar u = v + 63.0;
        const scalar x_m = (13.0 - u) / 4.0;
        const scalar x_h = (u - 40.0) / 5.0;
        const scalar x_n = (15.0 - u) / 5.0;
        const scalar alpha_m = 0.32 * 4.0 * (x_m == 0.0 ? 1.0 : x_m / expm1(x_m));
        const scalar beta_m = 0.28 * 5.0 * (x_h == 0.0 ? 1.0 : x_h / expm1(x_h));
        const scalar alpha_h = 0.128 * exp((17.0 - u) / 18.0);
        const scalar beta_h = 4.0 / (1.0 + exp((40.0 - u) / 5.0));
        const scalar alpha_n = 0.032 * 5.0 * (x_n == 0.0 ? 1.0 : x_n / expm1(x_n));
        const scalar beta_n = 0.5 * exp((10.0 - u) / 40.0);
        const scalar g_Na = 20000.0 * m * m * m * h;
        const scalar g_K = 6000.0 * n * n * n * n;
        const scalar g = 10.0 + g_e + g_i + g_Na + g_K;
        const scalar v_inf = (10.0 * -60.0 + g_i * -80.0 + g_Na * 50.0 + g_K * -90.0) / g;
        v = v_inf + (v - v_inf) * exp(-dt * g / 200.0);
        const scalar sum_m = alpha_m + beta_m;
        const scalar sum_n = alpha_n + beta_n;
        const scalar sum_h = alpha_h + beta_h;
        m = alpha_m / sum_m + (m - alpha_m / sum_m) * exp(-dt * sum_m);
        n = alpha_n / sum_n + (n - alpha_n / sum_n) * exp(-dt * sum_n);
        h = alpha_h / sum_h + (h - alpha_h / sum_h) * exp(-dt * sum_h);
        g_e *= exp(-dt / 5.0);
        g_i *= exp(-dt / 10.0);
        if (frozen > 0) frozen--;
        """,
        threshold_condition_code="frozen == 0 && v > -20.0",
        reset_code="frozen = 29; spikes++;",
    )
    normal = {
        "v": init_var("Normal", {"mean": -65.0, "sd": 5.0}),
        "g_e": init_var("Normal", {"mean": 40.0, "sd": 15.0}),
        "g_i": init_var("Normal", {"mean": 200.0, "sd": 120.0}),
    }
    start = {**normal, "m": 0.0, "n": 0.0, "h": 0.0, "frozen": 0, "spikes": 0}
    excitatory = size // 5 * 4
    populations = [
        model.add_neuron_population(name, count, neurons, {}, start)
        for name, count in (("excitatory", excitatory), ("inhibitory", size - excitatory))
    ]
    for source, weight, variable in zip(populations, (6.0, 67.0), ("in_e", "in_i")):
        for target in populations:
            synapses = model.add_synapse_population(
                f"{source.name}_{target.name}", "SPARSE", source, target,
                init_weight_update("StaticPulseConstantWeight", {"g": weight}),
                init_postsynaptic("DeltaCurr"),
                init_sparse_connectivity("FixedProbability", {"prob": 80 / size}),
            )
            synapses.post_target_var = variable
    return populations
