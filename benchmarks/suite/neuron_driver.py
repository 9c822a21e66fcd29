# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Networks of cells in NEURON. Nothing is built: their mechanisms come with it. `hh` looks its rates up in tables, as is NEURON's default."""

import time

import driver

SETTINGS = "the wheel of the Python package index, hh with tables, as is its default"


def build(arguments):
    import neuron

    return {"version": f"NEURON {neuron.__version__}", "settings": SETTINGS, "bits": 64, "build_seconds": None}


def made(arguments, peer):
    """The network, ready to run: its cells, a list of times of spikes, the context, and what has to be kept until the end."""
    from neuron import h

    cells, connections, others = driver.network(arguments.network, peer)(arguments.size)
    context, times, sources = h.ParallelContext(), h.Vector(), h.Vector()
    context.nthread(arguments.threads)
    context.spike_record(-1, times, sources)
    context.set_maxstep(10)
    h.finitialize(-65)
    return cells, times, context, (connections, others, sources)


def report(connect, loop, cells, times):
    return {
        "connect_seconds": connect,
        "loop_seconds": loop,
        "spikes": len(times),
        "neurons": len(cells),
        "synapses": len(cells),
        "peak_bytes": driver.peak_bytes(),
    }


def run(arguments):
    """To connect counts all until the first step is done; what is not NEURON's own import."""
    from neuron import h

    begin = time.perf_counter()
    cells, times, context, kept = made(arguments, "neuron")
    context.psolve(h.dt)
    connected = time.perf_counter()
    context.psolve(h.dt + 1000 * arguments.seconds)
    end = time.perf_counter()
    return report(connected - begin, end - connected, cells, times)


if __name__ == "__main__":
    driver.main(build, run)
