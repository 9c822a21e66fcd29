# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""The network of examples/brunel.cpp in Brian 2, and what it does beside what Nernst does.

    python3 benchmarks/brian2_brunel.py --seeds 8 --nernst brunel_spikes.npy ...

Runs 12500 neurons with 15.6 million synapses for a second, once for each seed (about a minute and 1 GB), and compares the excitatory neurons
behind the first 100 ms with those in files of spikes that the example has written, each with another `.seed`: the mean rate, the coefficient
of variation of the intervals of neurons with three spikes or more, the synchrony (variance of the spikes in bins of 1 ms, by their mean), and
the distributions of rates and coefficients.

Neurons of one network depend on each other, so that networks are compared, not neurons: the chance of a difference is the part of all ways to
divide the networks into two sets of these sizes in which the sets differ at least as much.
"""

import argparse
import itertools
import pathlib

import numpy as np

EXCITATORY, INHIBITORY = 10000, 2500
FIRST, LAST = 1000, 10000  # steps of 0.1 ms


def run_brian(seed, target):
    """Neuron and step of each spike of the excitatory neurons."""
    import brian2
    from brian2 import ms, mV

    brian2.start_scope()
    brian2.prefs.codegen.target = target
    brian2.defaultclock.dt = 0.1 * ms
    brian2.seed(seed)
    draw = np.random.default_rng(1000 + seed)
    size = EXCITATORY + INHIBITORY
    names = {"J": 0.1 * mV, "g": 5, "tau": 20 * ms, "theta": 20 * mV, "V_r": 10 * mV}

    cells = brian2.NeuronGroup(
        size, "dv/dt = -v/tau : volt (unless refractory)", threshold="v > theta", reset="v = V_r", refractory=2 * ms, method="exact", namespace=names
    )
    cells.v = "rand()*theta"

    def connect(source, degree, on_pre):
        synapses = brian2.Synapses(source, cells, on_pre=on_pre, namespace=names)
        synapses.connect(i=draw.integers(0, len(source), size * degree, dtype=np.int32), j=np.repeat(np.arange(size, dtype=np.int32), degree))
        synapses.delay = "1*ms + rand()*ms"
        return synapses

    excitation = connect(cells[:EXCITATORY], 1000, "v_post += J")
    inhibition = connect(cells[EXCITATORY:], 250, "v_post -= g*J")
    outside = brian2.PoissonInput(cells, "v", 1000, 2 * names["theta"] / (1000 * names["J"] * names["tau"]), names["J"])
    spikes = brian2.SpikeMonitor(cells[:EXCITATORY])
    brian2.Network(cells, excitation, inhibition, outside, spikes).run(LAST * 0.1 * ms)
    return np.array(spikes.i), np.rint(np.array(spikes.t_) / 1e-4).astype(int)


def read_nernst(path):
    spikes = np.load(path)
    return spikes["i"], np.rint(spikes["t"] / 1e-4).astype(int)


def measures(neurons, steps):
    """What one network does behind the first 100 ms."""
    neurons, steps = neurons[steps >= FIRST], steps[steps >= FIRST]
    rates = np.bincount(neurons, minlength=EXCITATORY) / ((LAST - FIRST) * 1e-4)
    order = np.lexsort((steps, neurons))
    trains = np.split(steps[order], np.flatnonzero(np.diff(neurons[order])) + 1)
    intervals = [np.diff(train) for train in trains if len(train) >= 3]
    bins = np.bincount((steps - FIRST) // 10, minlength=(LAST - FIRST) // 10)
    return {"rate": rates, "CV": np.array([d.std() / d.mean() for d in intervals]), "synchrony": np.array([bins.var() / bins.mean()])}


def chance(ours, theirs):
    """The largest distance of the mean distributions of both sets of networks, and the chance of one as large."""
    networks = [np.sort(numbers) for numbers in ours + theirs]
    at = np.unique(np.concatenate(networks))
    at = at[:: 1 + len(at) // 400]
    parts = np.array([np.searchsorted(numbers, at, side="right") / len(numbers) for numbers in networks])

    def distance(first):
        is_first = np.isin(np.arange(len(networks)), first)
        return np.abs(parts[is_first].mean(axis=0) - parts[~is_first].mean(axis=0)).max()

    found = distance(range(len(ours)))
    all_ways = [distance(first) for first in itertools.combinations(range(len(networks)), len(ours))]
    return found, np.mean(np.array(all_ways) >= found - 1e-12)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2, help="networks of Brian 2 (default: %(default)s)")
    parser.add_argument("--target", default="cython", help="Brian 2's target of code generation (default: %(default)s)")
    parser.add_argument("--nernst", nargs="+", type=pathlib.Path, default=[], metavar="FILE", help="spikes of examples/brunel.cpp")
    arguments = parser.parse_args()

    simulators = {
        "Nernst": [measures(*read_nernst(path)) for path in arguments.nernst],
        "Brian 2": [measures(*run_brian(seed, arguments.target)) for seed in range(1, arguments.seeds + 1)],
    }
    for name, networks in simulators.items():
        for network in networks:
            print(f"{name:8} {network['rate'].mean():7.3f} Hz (sd of neurons {network['rate'].std():.3f})", end="")
            print(f"  CV {network['CV'].mean():.4f} (sd {network['CV'].std():.4f})  synchrony {network['synchrony'][0]:.1f}")
    for name, networks in simulators.items():
        if len(networks) > 1:
            means = {key: np.array([network[key].mean() for network in networks]) for key in ("rate", "CV", "synchrony")}
            print(f"{name:8} over {len(networks)} networks:", ", ".join(f"{k} {x.mean():.4g} +- {x.std(ddof=1):.2g}" for k, x in means.items()))
    if all(simulators.values()):
        for key in ("rate", "CV", "synchrony"):
            print("{}: distance {:.4f}, chance {:.3f}".format(key, *chance(*([n[key] for n in networks] for networks in simulators.values()))))


if __name__ == "__main__":
    main()
