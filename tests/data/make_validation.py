# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Arbor's validation cases, computed by NEURON 9.0.2 (CVODE) and by LSODA of SciPy, into neuron/validation/.

    make_validation.py

Arbor's test suite compares itself with cells in NEURON's CVODE and with ordinary differential equations. The definitions are those of
validation/ref in github.com/arbor-sim/arbor; the cells are cut into 51 segments here instead of 1001, as the numbers of segments are the
same on both sides, and tolerances are tighter.
"""

import math

from neuron_runs import at, h, save

import numpy as np
from scipy.integrate import solve_ivp

SODIUM, POTASSIUM = 63.55148117386, -74.17164678272
STEP = 0.25


def soma(diam):
    """A cylinder as long as wide, with hh; ena 63.55148117386 mV, ek -74.17164678272 mV; Ra 100 ohm cm, cm 1 uF/cm2 everywhere."""
    section = h.Section(name="soma")
    section.L = section.diam = diam
    section.Ra, section.cm = 100, 1
    section.insert("hh")
    section.ena, section.ek = SODIUM, POTASSIUM
    return section


def dendrite(name, parent, points):
    """At parent(1), frusta between points in um: distance, diameter. pas with g 0.001 S/cm2, e -65 mV; nseg 51."""
    section = h.Section(name=name)
    for x, diameter in points:
        h.pt3dadd(x, 0, 0, diameter, sec=section)
    section.Ra, section.cm, section.nseg = 100, 1, 51
    section.insert("pas")
    section.g_pas, section.e_pas = 0.001, -65
    section.connect(parent(1))
    return section


def clamp(section, place, delay, duration, amplitude):
    electrode = h.IClamp(section(place))
    electrode.delay, electrode.dur, electrode.amp = delay, duration, amplitude
    return electrode


def run(name, columns, duration):
    """CVODE with an absolute tolerance of 1e-9, v at each STEP, a row each."""
    h.usetable_hh = 0
    solver = h.CVode()
    solver.active(1)
    solver.atol(1e-9)
    vectors = [h.Vector().record(variable, STEP) for variable in columns]
    h.finitialize(-65)
    solver.solve(duration + STEP / 2)
    save(f"validation/{name}", np.array(vectors).T)


def driven(name, points):
    """soma(0.5), dend(0.5) and dend(0.99) of a soma of 12.6157 um with a dendrite, IClamp of 0.3 nA at dend(1), from 5 ms for 80 ms. 100 ms."""
    ball = soma(12.6157)
    dend = dendrite("dend", ball, points)
    electrode = clamp(dend, 1, 5, 80, 0.3)
    run(name, [at(ball(0.5)), at(dend(0.5)), at(dend(0.99))], 100)
    del electrode


def squiggle():
    """200 points along 100 um, as in Arbor's ball_and_squiggle.py."""
    along = [k / 199 for k in range(200)]
    return [(100 * x, 2 * (math.exp(-x) * (math.sin(40 * x) * 0.05 + 0.1) + 0.1)) for x in along]


def forked():
    """ball_and_3stick: a dendrite of 100 x 1 um and two at its end; IClamps at their ends: 0.45 nA from 5 ms for 80 ms, -0.2 nA from 40
    ms for 10 ms. soma(0.5), dend1(0.5), dend2(0.99), dend3(0.99); 100 ms."""
    ball = soma(12.6157)
    line = [(0, 1), (100, 1)]
    first = dendrite("dend1", ball, line)
    second, third = dendrite("dend2", first, line), dendrite("dend3", first, line)
    electrodes = clamp(second, 1, 5, 80, 0.45), clamp(third, 1, 40, 10, -0.2)
    run("ball_and_3stick", [at(ball(0.5)), at(first(0.5)), at(second(0.99)), at(third(0.99))], 100)
    del electrodes


def excited(name, kind, **parameters):
    """A synapse at dend(0.5) of a ball and stick (200 x 1 um); events of 0.04 uS at 10, 20 and 40 ms. soma(0.5), dend(0.5); 70 ms."""
    ball = soma(12.6157)
    dend = dendrite("dend", ball, [(0, 1), (200, 1)])
    synapse = getattr(h, kind)(dend(0.5))
    for parameter, value in parameters.items():
        setattr(synapse, parameter, value)
    stimulus = h.NetStim()
    stimulus.number, stimulus.start = 1, 0
    connections = [h.NetCon(stimulus, synapse, 0, delay, 0.04) for delay in (10, 20, 40)]
    run(name, [at(ball(0.5)), at(dend(0.5))], 70)
    del connections


def low_voltage_calcium():
    """kinlva: the T channel of Wang, Rinzel and Rogawski (1991) in a sphere of 20 um, -0.025 nA from 20 to 150 ms; 300 ms. In mV, ms, by
    LSODA: v, m, d, h at each STEP."""
    area = 4 * math.pi * 10.0**2  # um2

    def gates(v):
        k = math.sqrt(0.25 + math.exp((v + 83.5) / 6.3)) - 0.5
        m = 1 / (1 + math.exp(-(v + 63) / 7.8))
        tau_m = (1.7 + math.exp(-(v + 28.8) / 13.5)) * m / 5
        alpha1 = 3 * math.exp(-(v + 160.3) / 17.8)
        alpha2 = 3 * (1 + math.exp((v + 37.4) / 30)) / 240 / (1 + k)
        return k, m, tau_m, alpha1, alpha1 * k, alpha2, alpha2 * k

    def change(t, y, density):
        v, m, d, h_gate = y
        k, m_inf, tau_m, alpha1, beta1, alpha2, beta2 = gates(v)
        s = 1 - h_gate - d
        current = 0.2 * m**3 * h_gate * (v - 120) + 0.1 * (v + 65) - density  # uA/cm2
        return [-current, (m_inf - m) / tau_m, beta2 * s - alpha2 * d, alpha1 * s - beta1 * h_gate]

    k, m, *_ = gates(-65)
    h_gate = 1 / (1 + k + k * k)
    state, rows = [-65, m, h_gate * k * k, h_gate], []
    density = -0.025e-3 / (area * 1e-8)  # uA/cm2
    for begin, end, applied in ((0, 20, 0), (20, 150, density), (150, 300, 0)):
        times = np.arange(round((end - begin) / STEP) + 1) * STEP + begin
        found = solve_ivp(change, (begin, end), state, "LSODA", times, args=(applied,), rtol=1e-11, atol=1e-12)
        rows.append(found.y.T[1 if begin else 0 :])
        state = found.y[:, -1]
    save("validation/kinlva", np.concatenate(rows))


if __name__ == "__main__":
    ball = soma(18.8)
    electrode = clamp(ball, 0.5, 10, 100, 0.1)
    run("soma", [at(ball(0.5))], 100)
    del electrode, ball
    driven("ball_and_stick", [(0, 1), (200, 1)])
    driven("ball_and_taper", [(0, 1), (200, 0.4)])
    driven("ball_and_squiggle", squiggle())
    forked()
    excited("expsyn", "ExpSyn", tau=2)
    excited("exp2syn", "Exp2Syn", tau1=0.5, tau2=2)
    low_voltage_calcium()
