# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Networks in GeNN on one thread of the processor, in single precision, which is its default; optimised, which is not.

A network's `build` adds populations to a model and returns those whose variable `spikes` counts; GeNN knows no slices of populations.
"""

import os
import time

import driver


def make(arguments):
    """The model and its neurons, with code generated and compiled unless that has been done."""
    from pygenn import GeNNModel

    os.environ["CXX"] = "g++ -march=native"
    arguments.folder.mkdir(parents=True, exist_ok=True)
    model = GeNNModel("float", arguments.network, backend="single_threaded_cpu", optimize_code=True)
    model.seed = arguments.seed
    populations = driver.network(arguments.network, "genn")(model, arguments.size)
    model.build(str(arguments.folder), always_rebuild=arguments.verb == "build")
    return model, populations


def build(arguments):
    import pygenn

    begin = time.perf_counter()
    make(arguments)
    return {
        "version": f"GeNN {pygenn.__version__}",
        "settings": "single-threaded processor backend, -O3 -ffast-math -march=native",
        "bits": 32,
        "build_seconds": time.perf_counter() - begin,
    }


def run(arguments):
    """To connect counts from loading the compiled code until the first step is done; steps are taken from Python."""
    from pygenn import SynapseMatrixConnectivity

    model, populations = make(arguments)
    steps = round(1000 * arguments.seconds / model.dt)
    begin = time.perf_counter()
    model.load()
    model.step_time()
    connected = time.perf_counter()
    for _ in range(steps):
        model.step_time()
    end = time.perf_counter()
    peak = driver.peak_bytes()

    spikes = synapses = 0
    for population in populations:
        population.vars["spikes"].pull_from_device()
        spikes += int(population.vars["spikes"].view.sum())
    for group in model.synapse_populations.values():
        if group.matrix_type & SynapseMatrixConnectivity.SPARSE:
            group.pull_connectivity_from_device()
            synapses += len(group.get_sparse_post_inds())
        else:
            synapses += group.src.num_neurons * group.trg.num_neurons
    return {
        "connect_seconds": connected - begin,
        "loop_seconds": end - connected,
        "spikes": spikes,
        "neurons": arguments.size,
        "synapses": synapses,
        "peak_bytes": peak,
    }


if __name__ == "__main__":
    driver.main(build, run)
