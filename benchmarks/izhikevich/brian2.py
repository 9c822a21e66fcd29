# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
from brian2 import *


def build(size):
    """The neurons, the synapses, and what else there is."""
    defaultclock.dt = 1 * ms
    variables = """
    v : 1
    u : 1
    I : 1
    a : 1 (constant)
    b : 1 (constant)
    c : 1 (constant)
    jump : 1 (constant)
    noise : 1 (constant)
    r : 1 (constant)
    """
    cells = NeuronGroup(size, variables, threshold="v >= 30", reset="v = c; u += jump")
    step = """
    v += 0.5 * (0.04 * v * v + 5 * v + 140 - u + I)
    v += 0.5 * (0.04 * v * v + 5 * v + 140 - u + I)
    u += a * (b * v - u)
    I = noise * randn()
    """
    cells.run_regularly(step, dt=1 * ms, when="groups")

    excitatory, inhibitory = cells[: size // 5 * 4], cells[size // 5 * 4 :]
    cells.r = "rand()"
    excitatory.a = 0.02
    excitatory.b = 0.2
    excitatory.c = "-65 + 15 * r**2"
    excitatory.jump = "8 - 6 * r**2"
    excitatory.noise = 5
    inhibitory.a = "0.02 + 0.08 * r"
    inhibitory.b = "0.25 - 0.05 * r"
    inhibitory.c = -65
    inhibitory.jump = 2
    inhibitory.noise = 2
    cells.v = -65
    cells.u = "b * v"

    excitation = Synapses(excitatory, cells, "w : 1", on_pre="I_post += w")
    inhibition = Synapses(inhibitory, cells, "w : 1", on_pre="I_post += w")
    for synapses in excitation, inhibition:
        if size > 1000:
            synapses.connect(p=1000 / size)
        else:
            synapses.connect()
    excitation.w = "0.5 * rand()"
    inhibition.w = "-rand()"
    return cells, [excitation, inhibition], []
