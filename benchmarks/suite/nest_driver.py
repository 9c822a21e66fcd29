# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Networks in NEST. Nothing is built: its models are compiled with it."""

import time

import driver


def build(arguments):
    import nest

    return {"version": f"NEST {nest.__version__}", "settings": "the wheel of the Python package index", "bits": 64, "build_seconds": None}


def run(arguments):
    """To connect counts all until the first step is done; what is not NEST's own import."""
    import nest

    nest.verbosity = nest.VerbosityLevel.ERROR
    begin = time.perf_counter()
    nest.ResetKernel()
    nest.rng_seed = arguments.seed
    nest.local_num_threads = arguments.threads
    cells, from_devices = driver.network(arguments.network, "nest")(arguments.size)
    nest.Simulate(nest.resolution)
    connected = time.perf_counter()
    nest.Simulate(1000 * arguments.seconds)
    end = time.perf_counter()
    return {
        "connect_seconds": connected - begin,
        "loop_seconds": end - connected,
        "spikes": nest.local_spike_counter,  # of neurons alone, in this Simulate
        "neurons": len(cells),
        "synapses": nest.num_connections - from_devices,
        "peak_bytes": driver.peak_bytes(),
    }


if __name__ == "__main__":
    driver.main(build, run)
