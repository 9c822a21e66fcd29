# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
import nest
import numpy


def build(size):
    """The neurons, by the steps printed in the paper, and how many connections do not begin at them."""
    nest.resolution = 1.0
    excitatory = size // 5 * 4
    r = numpy.random.default_rng(nest.rng_seed).random(size)
    excites = numpy.arange(size) < excitatory
    parameters = {
        "a": numpy.where(excites, 0.02, 0.02 + 0.08 * r),
        "b": numpy.where(excites, 0.2, 0.25 - 0.05 * r),
        "c": numpy.where(excites, -65 + 15 * r**2, -65.0),
        "d": numpy.where(excites, 8 - 6 * r**2, 2.0),
    }
    cells = nest.Create(
        "izhikevich", size, {**parameters, "V_th": 30.0, "V_m": -65.0, "U_m": -65 * parameters["b"], "consistent_integration": False}
    )
    rule = {"rule": "pairwise_bernoulli", "p": 1000 / size} if size > 1000 else "all_to_all"
    for group, deviation, lowest, highest in ((cells[:excitatory], 5.0, 0.0, 0.5), (cells[excitatory:], 2.0, -1.0, 0.0)):
        noise = nest.Create("noise_generator", params={"mean": 0.0, "std": deviation, "dt": 1.0})
        nest.Connect(noise, group, "all_to_all", {"delay": 1.0})
        nest.Connect(group, cells, rule, {"weight": nest.random.uniform(lowest, highest), "delay": 1.0})
    return cells, size
