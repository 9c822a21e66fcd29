# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Networks of cells in Arbor. Nothing is built: their mechanisms come with it."""

import time

import driver

GROUP = 64  # cells at most that Arbor advances together; one by default, which takes 1.5 times as long


def build(arguments):
    import arbor

    settings = f"the wheel of the Python package index ({arbor.config()['arch']}), groups of up to {GROUP} cells, gates by a Pade approximant of exp"
    return {"version": f"Arbor {arbor.__version__}", "settings": settings, "bits": 64, "build_seconds": None}


def run(arguments):
    """To connect counts all until the first step is done; what is not Arbor's own import."""
    import arbor
    from arbor import units as U

    begin = time.perf_counter()
    recipe, dt = driver.network(arguments.network, "arbor")(arguments.size)
    context = arbor.context(threads=arguments.threads)
    hints = {arbor.cell_kind.cable: arbor.partition_hint(cpu_group_size=min(GROUP, -(-arguments.size // arguments.threads)))}
    simulation = arbor.simulation(recipe, context, arbor.partition_load_balance(recipe, context, hints))
    simulation.record(arbor.spike_recording.all)
    simulation.run(dt, dt)
    connected = time.perf_counter()
    simulation.run(dt + 1000 * arguments.seconds * U.ms, dt)
    end = time.perf_counter()
    return {
        "connect_seconds": connected - begin,
        "loop_seconds": end - connected,
        "spikes": len(simulation.spikes()),
        "neurons": recipe.num_cells(),
        "synapses": recipe.num_cells(),
        "peak_bytes": driver.peak_bytes(),
    }


if __name__ == "__main__":
    driver.main(build, run)
