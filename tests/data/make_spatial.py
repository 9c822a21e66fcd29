#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Writes what Brian's SpatialNeuron makes of the networks of tests/cells/spatial_neuron.cpp into spatial/.

    python3 make_spatial.py          with Brian 2.9.0, numpy 2.3 and scipy (numpy target, double precision, Python 3.11)

squid.npy, squid_spikes.npy: after examples/compartmental/hodgkin_huxley_1952 and hh_with_spikes: the axon in 200 compartments, dt 0.01 ms, 1 uA into
its first from 50 to 53 ms, sodium channels on the first 8 cm only; voltages (V) in compartments 0, 50, 100, 199 at the start of every 20th step; the
steps of the spikes in compartment 100, m > 0.5.
bipolar.npy: examples/compartmental/bipolar_cell, shorter: voltages in the soma and at L[50 um], R[75 um], every 10th step. In this file and those that
follow the soma is a cylinder; in bipolar_ball.npy and initiation_ball.npy it is a ball, as in the examples.
initiation.npy: examples/compartmental/spike_initiation, 40 ms of current: voltages in compartments 0, 20, 40, 60, 80, every 10th step.
inputs.npy: examples/compartmental/bipolar_with_inputs: voltages in the soma and at the ends of L and R, every 10th step.
firing.npy: steps (first row) and compartments (second row) of the spikes of a cable of 7 compartments that all may fire, with a refractory period of 2 ms
and a reset that counts.
branched_shape.npy: of a tapered and branched cell whose sections have coordinates, a row for each of length, distance, area, volume, diameter,
r_length_1, r_length_2 (m, m2, m3), x, y, z (m): of compartments. branched_v.npy, branched_Ic.npy, branched_time_constant.npy,
branched_space_constant.npy, branched_w.npy: v, Ic, time_constant, space_constant of its compartments, and w, whose equation reads three of these and x,
every 20th step of 30 ms; 0.5 nA from 1 to 6 ms into its first compartment.
lfp.npy: after examples/compartmental/lfp: the potential at five electrodes beside an axon of 40 compartments, summed over synapses that read Ic and Im,
before the states are updated; every 10th step of 10 ms.
"""

import pathlib

import numpy as np
from brian2 import *

prefs.codegen.target = "numpy"
BrianLogger.log_level_error()
FOLDER = pathlib.Path(__file__).resolve().parent / "spatial"


def begin(dt):
    start_scope()
    defaultclock.dt = dt


def save(name, array):
    np.save(FOLDER / f"{name}.npy", np.ascontiguousarray(array))


def rows(monitor, every=10):
    return np.asarray(monitor.v)[:, ::every].T


def soma(is_ball):
    """Brian's balls have the resistance of a metre of their inside, those of Nernst have none: cylinders of the same area agree."""
    return Soma(30 * um) if is_ball else Cylinder(diameter=30 * um, length=30 * um, n=1)


def steps(monitor):
    return np.rint(np.asarray(monitor.t / defaultclock.dt)).astype(float)


HODGKIN_HUXLEY = """
dm/dt = alpham*(1 - m) - betam*m : 1
dn/dt = alphan*(1 - n) - betan*n : 1
dh/dt = alphah*(1 - h) - betah*h : 1
alpham = 0.1/mV*10*mV/exprel((-v + 25*mV)/(10*mV))/ms : Hz
betam = 4*exp(-v/(18*mV))/ms : Hz
alphah = 0.07*exp(-v/(20*mV))/ms : Hz
betah = 1/(exp((-v + 30*mV)/(10*mV)) + 1)/ms : Hz
alphan = 0.01/mV*10*mV/exprel((-v + 10*mV)/(10*mV))/ms : Hz
betan = 0.125*exp(-v/(80*mV))/ms : Hz
"""


def squid():
    begin(0.01 * ms)
    shape = Cylinder(length=10 * cm, diameter=2 * 238 * um, n=200)
    neuron = SpatialNeuron(
        shape,
        "Im = gl*(El - v) + gNa*m**3*h*(ENa - v) + gK*n**4*(EK - v) : amp/meter**2\n"
        "I : amp (point current)\n gNa : siemens/meter**2\n" + HODGKIN_HUXLEY,
        threshold="m > 0.5", threshold_location=shape[5.02 * cm], refractory="m > 0.4",
        Cm=1 * uF / cm**2, Ri=35.4 * ohm * cm, method="exponential_euler",
        namespace=dict(El=10.613 * mV, ENa=115 * mV, EK=-12 * mV, gl=0.3 * msiemens / cm**2, gK=36 * msiemens / cm**2))
    neuron.h = 1
    neuron.n = 0.5
    neuron[0 * cm : 8 * cm].gNa = 120 * msiemens / cm**2
    v = StateMonitor(neuron, "v", record=[0, 50, 100, 199])
    spikes = SpikeMonitor(neuron)
    net = Network(neuron, v, spikes)
    net.run(50 * ms)
    neuron.I[0] = 1 * uA
    net.run(3 * ms)
    neuron.I = 0 * amp
    net.run(12 * ms)
    assert all(spikes.i == 100)
    save("squid", rows(v, 20))
    save("squid_spikes", steps(spikes))
    print("squid", steps(spikes))


def bipolar(is_ball):
    begin(0.1 * ms)
    shape = soma(is_ball)
    shape.axon = Cylinder(diameter=1 * um, length=300 * um, n=100)
    shape.L = Cylinder(diameter=1 * um, length=100 * um, n=50)
    shape.R = Cylinder(diameter=1 * um, length=150 * um, n=50)
    neuron = SpatialNeuron(shape, "Im = gL*(EL - v) : amp/meter**2\n I : amp (point current)",
                           Cm=1 * uF / cm**2, Ri=100 * ohm * cm, namespace=dict(gL=1e-4 * siemens / cm**2, EL=-70 * mV))
    neuron.v = -70 * mV
    places = [0, int(shape.L.indices[51 * um]), int(shape.R.indices[76 * um])]
    v = StateMonitor(neuron, "v", record=places)
    net = Network(neuron, v)
    net.run(1 * ms)
    neuron.I[shape.L[51 * um]] = 0.2 * nA
    net.run(5 * ms)
    neuron.I = 0 * amp
    net.run(50 * ms)
    save("bipolar_ball" if is_ball else "bipolar", rows(v))
    print("bipolar", places)


def initiation(is_ball):
    begin(0.025 * ms)
    shape = soma(is_ball)
    shape.axon = Cylinder(diameter=1 * um, length=300 * um, n=100)
    g = 1e-4 * siemens / cm**2
    neuron = SpatialNeuron(
        shape,
        """Im = gL*(EL - v) + gNa*m*h*(ENa - v) + gK*n*(EK - v) : amp/meter**2
        dm/dt = (minf - m)/(0.3*ms) : 1
        dh/dt = (hinf - h)/(3*ms) : 1
        dn/dt = (ninf - n)/(5*ms) : 1
        minf = 1/(1 + exp((va - v)/ka)) : 1
        hinf = 1/(1 + exp((v - vi)/ki)) : 1
        ninf = 1/(1 + exp((vk - v)/kk)) : 1
        I : amp (point current)
        gNa : siemens/meter**2
        gK : siemens/meter**2""",
        Cm=1 * uF / cm**2, Ri=100 * ohm * cm, method="exponential_euler",
        namespace=dict(gL=g, EL=-70 * mV, ENa=50 * mV, ka=6 * mV, ki=6 * mV, va=-30 * mV, vi=-50 * mV, EK=-90 * mV, vk=-20 * mV, kk=8 * mV))
    neuron.v = -65 * mV
    neuron.axon[30 * um : 60 * um].gNa = 700 * g
    neuron.axon[30 * um : 60 * um].gK = 700 * g
    v = StateMonitor(neuron, "v", record=[0, 20, 40, 60, 80])
    net = Network(neuron, v)
    net.run(1 * ms)
    neuron.main.I = 0.15 * nA
    net.run(40 * ms)
    neuron.I = 0 * amp
    net.run(9 * ms)
    save("initiation_ball" if is_ball else "initiation", rows(v))
    print("initiation", np.asarray(v.v).max(axis=1))


def inputs():
    begin(0.1 * ms)
    shape = soma(False)
    shape.L = Cylinder(diameter=1 * um, length=100 * um, n=50)
    shape.R = Cylinder(diameter=1 * um, length=100 * um, n=50)
    neuron = SpatialNeuron(shape, "Im = gL*(EL - v) : amp/meter**2\n Is = gs*(Es - v) : amp (point current)\n gs : siemens",
                           Cm=1 * uF / cm**2, Ri=100 * ohm * cm,
                           namespace=dict(gL=1e-4 * siemens / cm**2, EL=-70 * mV, Es=0 * mV))
    neuron.v = -70 * mV
    stimulation = NeuronGroup(2, "dx/dt = 300*Hz : 1", threshold="x > 1", reset="x = 0", method="euler")
    stimulation.x = [0, 0.5]
    taus, w = 1 * ms, 20 * nS
    synapses = Synapses(stimulation, neuron, "dg/dt = -g/taus : siemens (clock-driven)\n gs_post = g : siemens (summed)",
                        on_pre="g += w", method="exact")
    synapses.connect(i=[0, 1], j=[50, 100])
    v = StateMonitor(neuron, "v", record=[0, 50, 100])
    Network(neuron, stimulation, synapses, v).run(50 * ms)
    save("inputs", rows(v))
    print("inputs", np.asarray(v.v).max(axis=1))


def firing():
    begin(0.1 * ms)
    shape = Cylinder(length=1400 * um, diameter=1 * um, n=7)
    neuron = SpatialNeuron(shape, "Im = gL*(-v) : amp/meter**2\n I : amp (point current)\n count : 1",
                           threshold="v > 10*mV", refractory=2 * ms, reset="count += 1",
                           Cm=1 * uF / cm**2, Ri=100 * ohm * cm, namespace=dict(gL=1e-3 * siemens / cm**2))
    neuron.I[2] = 0.5 * nA
    spikes = SpikeMonitor(neuron)
    Network(neuron, spikes).run(20 * ms)
    save("firing", np.vstack([steps(spikes), np.asarray(spikes.i).astype(float)]))
    print("firing", len(spikes.i), neuron.count[:])


def branched():
    begin(0.025 * ms)

    def points(*values):
        return np.array(values, dtype=float) * um

    shape = Cylinder(n=2, diameter=20 * um, x=points(0, 20), y=points(0, 0), z=points(0, 0))
    shape.stem = Section(n=3, diameter=points(6, 4, 3, 2.5), x=points(0, 30, 60, 60), y=points(0, 5, 0, 40), z=points(0, 0, 10, 20))
    shape.stem.L = Section(n=2, diameter=points(2.5, 2, 1), x=points(0, 0, 50), y=points(0, 60, 90), z=points(0, 10, 0))
    shape.stem.R = Section(n=4, diameter=points(2, 1.5, 1.5, 1, 0.5), x=points(0, 40, 80, 120, 150), y=points(0, -30, -30, -60, -60),
                           z=points(0, 0, -10, 0, 30))
    shape.axon = Cylinder(n=5, diameter=1 * um, x=points(0, -100), y=points(0, 20), z=points(0, 0))
    neuron = SpatialNeuron(
        shape,
        "Im = gl*(El - v) + gNa*m**3*h*(ENa - v) + gK*n**4*(EK - v) : amp/meter**2\n"
        "I : amp (point current)\n Ip = gp*exp(v/(20*mV))*(EK - v) : amp (point current)\n gp : siemens\n gNa : siemens/meter**2\n"
        "dw/dt = (Ic/(uA/cm**2) + time_constant/ms + space_constant/mm + x/(100*um) - w)/(2*ms) : 1\n" + HODGKIN_HUXLEY,
        Cm=1 * uF / cm**2, Ri=100 * ohm * cm, method="exponential_euler",
        namespace=dict(El=10.613 * mV, ENa=115 * mV, EK=-12 * mV, gl=0.3 * msiemens / cm**2, gK=36 * msiemens / cm**2))
    neuron.v = "(1 + distance/(100*um))*mV"
    neuron.h = 0.6
    neuron.n = 0.3
    neuron.gp = "1*nS*int(x > 50*um)"
    neuron.gNa = "120*msiemens/cm**2*int(distance < 150*um)"
    constants = ["length", "distance", "area", "volume", "diameter", "r_length_1", "r_length_2", "x", "y", "z"]
    save("branched_shape", np.vstack([np.asarray(getattr(neuron, c)) for c in constants]))
    recorded = ["v", "Ic", "time_constant", "space_constant", "w"]
    monitor = StateMonitor(neuron, recorded, record=True)
    net = Network(neuron, monitor)
    net.run(1 * ms)
    neuron.I[0] = 0.5 * nA
    net.run(5 * ms)
    neuron.I = 0 * amp
    net.run(24 * ms)
    for name in recorded:
        save(f"branched_{name}", np.asarray(getattr(monitor, name))[:, ::20].T)
        print("branched", name, np.abs(np.asarray(getattr(monitor, name))).max())


def lfp():
    begin(0.01 * ms)
    shape = Cylinder(n=40, diameter=2 * 238 * um, x=[0, 4] * cm, y=[0, 0] * cm, z=[0, 0] * cm)
    neuron = SpatialNeuron(
        shape,
        "Im = gl*(El - v) + gNa*m**3*h*(ENa - v) + gK*n**4*(EK - v) : amp/meter**2\n I : amp (point current)\n" + HODGKIN_HUXLEY,
        Cm=1 * uF / cm**2, Ri=35.4 * ohm * cm, method="exponential_euler")
    neuron.h = 0.6
    neuron.n = 0.3
    neuron.I[0] = 5 * uA
    electrodes = NeuronGroup(5, "v : volt\n x : meter\n y : meter\n z : meter")
    electrodes.x = "(i + 1)*4*cm/6"
    electrodes.y = 5 * mm
    names = dict(El=10.613 * mV, ENa=115 * mV, EK=-12 * mV, gl=0.3 * msiemens / cm**2, gK=36 * msiemens / cm**2, gNa=120 * msiemens / cm**2)
    sigma = 0.3 * siemens / meter
    synapses = Synapses(neuron, electrodes, "w : ohm*meter**2 (constant)\n v_post = w*(Ic_pre - Im_pre) : volt (summed)")
    synapses.connect()
    synapses.w = "area_pre/(4*pi*sigma)/((x_pre - x_post)**2 + (y_pre - y_post)**2 + (z_pre - z_post)**2)**0.5"
    v = StateMonitor(electrodes, "v", record=True)
    Network(neuron, electrodes, synapses, v).run(10 * ms, namespace=names)
    save("lfp", rows(v))
    print("lfp", np.abs(np.asarray(v.v)).max(axis=1))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    squid()
    for is_ball in (False, True):
        bipolar(is_ball)
        initiation(is_ball)
    inputs()
    firing()
    branched()
    lfp()
