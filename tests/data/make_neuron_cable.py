#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Writes what NEURON computes of small cells into neuron/.

    python3 make_neuron_cable.py            all, with NEURON 9.0.2: pip install neuron numpy setuptools
    python3 make_neuron_cable.py ring ions  only these

Each function below is a case; its text says all that a program needs that is to give the same numbers. If it does not say otherwise: fixed
steps (fadvance) of 0.025 ms behind finitialize(-65), 6.3 degrees, secondorder 0. Traces are those of Vector.record: a row for each time,
the first at 0 and then one at the end of each step, and a column for each variable; voltages are in mV, currents in nA or mA/cm2, conductances
in uS, concentrations in mM.
`hh`, `pas`, IClamp, SEClamp, ExpSyn and Exp2Syn are NEURON's own, with their default parameters where none are given; other mechanisms are
those of mod/. In names of files, `table` means that `hh` looks its rates up, as it does by default (TABLE ... FROM -100 TO 100 WITH 200),
`exact` that it does not (usetable_hh = 0), and `order0`, `order1`, `order2` are secondorder.

NEURON's defaults: hh: gnabar 0.12, gkbar 0.036, gl 0.0003 S/cm2, el -54.3 mV. Ions: ena 50, ek -77 mV where no mechanism writes a
concentration of that ion; else these follow from nai 10, nao 140, ki 54.4, ko 2.5, cai 5e-5, cao 2 mM, in each step anew.
"""

import sys

import neuron_runs
from neuron_runs import at, ball_and_stick, h, run, save, tables, write

import numpy as np

PI = np.pi


def name_of(table, order):
    return f"{'table' if table else 'exact'}_order{order}"


def hh_sim():
    """After NEURON's test/api/hh_sim.cpp. A cylinder of 10 um length and diameter, nseg 3, Ra 35.4 ohm cm, cm 1 uF/cm2, hh; IClamp at 0.5:
    0.3 nA, del 1 ms, dur 0.1 ms; 10 ms.

    hh_sim/{table,exact}_order{0,1,2}.npy: v of the three segments, from 0 to 1; 401 rows.
    """
    soma = h.Section(name="soma")
    soma.L = soma.diam = 10
    soma.nseg, soma.Ra, soma.cm = 3, 35.4, 1
    soma.insert("hh")
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 1, 0.1, 0.3
    for table, order in neuron_runs.SCHEMES:
        tables(table)
        found = run([at(segment) for segment in soma], 10, order=order)
        if (table, order) == (True, 0):  # what that test expects
            expected = [float.fromhex(x) for x in ("-0x1.04p+6", "-0x1.b254ad82e20edp+5", "-0x1.24a52af1ab463p+6")]
            print("differences to NEURON's own test:", found[[0, 200, 400], 1] - expected)
        save(f"hh_sim/{name_of(table, order)}", found)


def ring():
    """NEURON's test/ringtest: 20 cells, cell k excites cell k + 1, the last one the first; 100 ms.

    A cell: a soma of 12.6157 um length and diameter with hh, nseg 1; at soma(1) a dendrite of 200 x 1 um, nseg 7, pas with g 0.001 S/cm2 and
    e -65 mV; Ra 100 ohm cm, cm 1 uF/cm2. ExpSyn at dend(0.8): tau 2 ms, e 0 mV. A second one at dend(0.1), tau 5 ms, e -80 mV, gets
    no events. NetCon from v of soma(1) (the node at the end, without area), threshold 10 mV, delay 1 ms, weight 0.01 uS. IClamp at
    soma(0.5) of cell 0: 1 nA, del 0, dur 1 ms.

    ring/{table,exact}_spikes.npy: of each spike its step and its cell, whole numbers: it was found when t was step * 0.025 ms.
    ring/{table,exact}_traces.npy: v of soma(0.5) and dend(0.5) of cell 0, then of cell 1; 10 ms, 401 rows.
    """
    cells, synapses, connections = [], [], []
    times, sources = h.Vector(), h.Vector()
    for k in range(20):
        soma, dend = ball_and_stick(f"cell{k}", g=0.001)
        soma.L = soma.diam = 12.6157
        synapses.append([h.ExpSyn(dend(0.8)), h.ExpSyn(dend(0.1))])
        synapses[-1][0].tau, synapses[-1][1].tau, synapses[-1][1].e = 2, 5, -80
        cells.append((soma, dend))
    for k, (soma, dend) in enumerate(cells):
        connection = h.NetCon(soma(1)._ref_v, synapses[(k + 1) % 20][0], sec=soma)
        connection.threshold, connection.delay, connection.weight[0] = 10, 1, 0.01
        connection.record(times, sources, k)
        connections.append(connection)
    clamp = h.IClamp(cells[0][0](0.5))
    clamp.delay, clamp.dur, clamp.amp = 0, 1, 1
    for table in (True, False):
        tables(table)
        found = run([at(section(0.5)) for k in (0, 1) for section in cells[k]], 100)
        spikes = np.array([np.round(times.as_numpy() / 0.025), sources.as_numpy()]).T.astype(np.int64)
        print(f"{len(spikes)} spikes, at {spikes[:3, 0] * 0.025} ... ms")
        save(f"ring/{name_of(table, 0)[:5]}_spikes", spikes)
        save(f"ring/{name_of(table, 0)[:5]}_traces", found[:401])


def squid():
    """One compartment of 500 um2 (length and diameter sqrt(500 / pi) um), hh, cm 1 uF/cm2; IClamp at 0.5 from 5 ms on; 100 ms.

    squid/spikes.txt: a line for each run: the current in nA, dt in ms, secondorder, 1 with tables and 0 without, and the steps behind which
    v is above 0 mV and was not before: times in units of dt.
    """
    soma = h.Section(name="soma")
    soma.L = soma.diam = np.sqrt(500 / PI)
    soma.cm = 1
    soma.insert("hh")
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur = 5, 1e9
    lines = []
    for current in (0.05, 0.1):
        for dt, order, table in ((0.025, 0, 1), (0.025, 0, 0), (0.025, 1, 0), (0.025, 2, 1), (0.025, 2, 0), (0.001, 2, 0)):
            clamp.amp = current
            tables(table)
            above = run([at(soma(0.5))], 100, dt=dt, order=order)[:, 0] > 0
            steps = np.flatnonzero(above[1:] & ~above[:-1]) + 1
            lines.append(" ".join(map(str, (current, dt, order, table, *steps))))
            print(f"{current} nA, dt {dt}, secondorder {order}, table {table}: {len(steps)} spikes, {steps * dt}")
    write("squid/spikes.txt", lines)


# Off the grid of steps and on it, two in one step, one in the last half of a step.
TRAINS = [(2.0, 5.013, 5.02, 11.69, 12.0, 20.0, 31.991), (7.512, 20.0, 33.3)]


def synapses():
    """Synapses at dend(0.8) of a ball and stick: a soma of 20 um length and diameter with hh, nseg 1; at soma(1) a dendrite of 200 x 1 um,
    nseg 7, pas with g 0.0001 S/cm2 and e -65 mV; Ra 100 ohm cm, cm 1 uF/cm2. One synapse at a time, with two connections; events reach it at
    TRAINS[0] by the first and at TRAINS[1] by the second one, in ms (no delay: these are times of arrival). 50 ms.

    ExpSyn: tau 2 ms, e 0 mV; weights 0.0005 and 0.001 uS. Exp2Syn: tau1 0.5, tau2 6 ms, e 0 mV; 0.0005 and 0.001 uS. nmda (mod/nmda.mod): its
    default parameters; 0.001 and 0.003 uS.
    Each with exact rates, secondorder 0 and 2; ExpSyn also with weights 0.01 and 0.02 uS, so that the soma spikes.

    A step from t to t + dt begins with the events up to t + dt/2; the others up to t + dt take place at its end, behind what is recorded.
    synapses/NAME_order{0,2}.npy: v of soma(0.5), v of dend(0.8), i, then g of ExpSyn, or g, A, B of the others; 2001 rows. A and B, and
    ExpSyn's g, are states: the step has advanced them to its end. i and the other g's are as the step computed them, from v and the states of its
    beginning, behind the events that are due.
    """
    soma, dend = ball_and_stick("cell")
    tables(False)
    kinds = {
        "expsyn": ("ExpSyn", {"tau": 2, "e": 0}, (0.0005, 0.001), ("g",)),
        "expsyn_strong": ("ExpSyn", {"tau": 2, "e": 0}, (0.01, 0.02), ("g",)),
        "exp2syn": ("Exp2Syn", {"tau1": 0.5, "tau2": 6, "e": 0}, (0.0005, 0.001), ("g", "A", "B")),
        "nmda": ("nmda", {}, (0.001, 0.003), ("g", "A", "B")),
    }
    for name, (kind, parameters, weights, states) in kinds.items():
        synapse = getattr(h, kind)(dend(0.8))
        for parameter, value in parameters.items():
            setattr(synapse, parameter, value)
        events = []
        for weight, times in zip(weights, TRAINS):
            connection = h.NetCon(None, synapse)
            connection.weight[0] = weight
            events.append((connection, times))
        columns = [at(soma(0.5)), at(dend(0.8)), at(synapse, "i"), *(at(synapse, state) for state in states)]
        for order in (0, 2):
            found = run(columns, 50, order=order, events=events)
            print(f"{name}: v of the soma from {found[:, 0].min():.2f} to {found[:, 0].max():.2f} mV")
            save(f"synapses/{name}_order{order}", found)


def electrodes():
    """Electrodes in the ball and stick of `synapses`, with exact rates; 30 ms. SEClamp: secondorder 0 alone.

    electrodes/iclamp_order{0,2}.npy: IClamp at soma(0.5): 0.5 nA, del 2.01, dur 4.995 ms; v of soma(0.5), v of dend(0.5), i.
    electrodes/seclamp.npy: SEClamp at soma(0.5): rs 0.01 Mohm; -65 mV for 5 ms, 0 mV for 10 ms, -80 mV for 5 ms, and then off; the same
    columns. i is of the voltage at the end of the step.
    electrodes/gap_order{0,2}.npy: two such cells, gap (mod/gap.mod, r 100 Mohm) at dend(0.9) of each, whose vgap points to v of dend(0.9)
    of the other: what it reads is the voltage at the beginning of the step, and the matrix has no entry for it. IClamp at soma(0.5) of
    the first: 0.3 nA, del 2, dur 1 ms. v of soma(0.5) and dend(0.9) of the first, of the second, and i of both sides.
    """
    soma, dend = ball_and_stick("first")
    tables(False)
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 2.01, 4.995, 0.5
    for order in (0, 2):
        save(f"electrodes/iclamp_order{order}", run([at(soma(0.5)), at(dend(0.5)), at(clamp, "i")], 30, order=order))
    clamp = h.SEClamp(soma(0.5))
    clamp.rs = 0.01
    clamp.dur1, clamp.dur2, clamp.dur3 = 5, 10, 5
    clamp.amp1, clamp.amp2, clamp.amp3 = -65, 0, -80
    save("electrodes/seclamp", run([at(soma(0.5)), at(dend(0.5)), at(clamp, "i")], 30))
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 2, 1, 0.3
    soma2, dend2 = ball_and_stick("second")
    sides = h.gap(dend(0.9)), h.gap(dend2(0.9))
    h.setpointer(dend2(0.9)._ref_v, "vgap", sides[0])
    h.setpointer(dend(0.9)._ref_v, "vgap", sides[1])
    columns = [*(at(x) for x in (soma(0.5), dend(0.9), soma2(0.5), dend2(0.9))), *(at(side, "i") for side in sides)]
    for order in (0, 2):
        save(f"electrodes/gap_order{order}", run(columns, 30, order=order))


def flows():
    """Currents of whole segments in the ball and stick of `synapses`, with exact rates, behind IClamp at soma(0.5): 0.5 nA, del 2.01, dur
    4.995 ms, and at dend(0.5): -0.1 nA, del 5, dur 100 ms; 10 ms.

    electrodes/flows_order{0,1}.npy: i_membrane_ of soma(0.5), of dend(0.5) and of dend(1.5 / 7), i of both, ina and ik of soma(0.5) (mA/cm2), and,
    with secondorder 0 alone, what flows into dend(0.5) from the segment before it.
    """
    soma, dend = ball_and_stick("soma")
    tables(False)
    h.CVode().use_fast_imem(1)
    clamps = h.IClamp(soma(0.5)), h.IClamp(dend(0.5))
    clamps[0].delay, clamps[0].dur, clamps[0].amp = 2.01, 4.995, 0.5
    clamps[1].delay, clamps[1].dur, clamps[1].amp = 5, 100, -0.1
    segments = soma(0.5), dend(0.5), dend(1.5 / 7)
    columns = [at(segment, "i_membrane_") for segment in segments] + [at(clamp, "i") for clamp in clamps]
    columns += [at(soma(0.5), "ina"), at(soma(0.5), "ik"), at(dend(2.5 / 7)), at(dend(0.5))]
    for order in (0, 1):
        found = run(columns, 10, order=order)
        axial = (found[:, -2:-1] - found[:, -1:]) / dend(0.5).ri()
        save(f"electrodes/flows_order{order}", np.hstack([found[:, :-2], axial] if order == 0 else [found[:, :-2]]))
    h.CVode().use_fast_imem(0)


def ions():
    """Concentrations that change, in single compartments of 20 um length and diameter, cm 1 uF/cm2.

    ions/calcium_order{0,1,2}.npy: 34 degrees, behind finitialize(-70). Mechanisms of mod/: leak with g 0.0001 S/cm2 and e -70 mV; cahva with gbar 0.001
    S/cm2; cat with pbar 5e-5 cm/s; capool with its default parameters. IClamp at 0.5: 0.1 nA, del 5, dur 20 ms. 60 ms. v, cai, eca, ica.
    cao is 2 mM, cai begins at 0.0001 mM. cai and v are those of the end of a step; ica and eca are as the step computed them from v and cai at
    its beginning (with secondorder 2, ica is that of the middle).
    ions/potassium_order{0,1,2}.npy: 6.3 degrees. hh with exact rates; kspace of mod/ with its default parameters. IClamp at 0.5: 0.3 nA, del
    1, dur 1000 ms. 50 ms. v, ko, ek, ik. ki is 54.4 mM.
    ions/potentials.txt: lines `nernst celsius ci co z` and `ghk celsius v ci co z`, each followed by what h.nernst (mV) or h.ghk (mA/cm2 for a
    permeability of 1 cm/s) gives.
    """
    soma = h.Section(name="soma")
    soma.L = soma.diam = 20
    soma.cm = 1
    for mechanism in ("leak", "cahva", "cat", "capool"):
        soma.insert(mechanism)
    soma.g_leak, soma.e_leak, soma.gbar_cahva, soma.pbar_cat = 0.0001, -70, 0.001, 5e-5
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 5, 20, 0.1
    h.celsius = 34
    for order in (0, 1, 2):
        found = run([at(soma(0.5), name) for name in ("v", "cai", "eca", "ica")], 60, order=order, v=-70)
        print("calcium, ranges:", found.min(axis=0), found.max(axis=0))
        save(f"ions/calcium_order{order}", found)
    h.celsius = 6.3

    nerve = h.Section(name="nerve")
    nerve.L = nerve.diam = 20
    nerve.cm = 1
    nerve.insert("hh")
    nerve.insert("kspace")
    tables(False)
    clamp = h.IClamp(nerve(0.5))
    clamp.delay, clamp.dur, clamp.amp = 1, 1000, 0.3
    for order in (0, 1, 2):
        found = run([at(nerve(0.5), name) for name in ("v", "ko", "ek", "ik")], 50, order=order)
        print("potassium, ranges:", found.min(axis=0), found.max(axis=0))
        save(f"ions/potassium_order{order}", found)

    lines = []
    for celsius in (6.3, 34):
        h.celsius = celsius
        for ci, co, z in ((10, 140, 1), (54.4, 2.5, 1), (5e-5, 2, 2), (1e-4, 1.5, 2), (4, 110, -1)):
            lines.append(" ".join(map(repr, ("nernst", celsius, ci, co, z, h.nernst(ci, co, z)))).replace("'", ""))
            for v in (-100, -65, -1e-3, 0, 1e-3, 20, 50):
                lines.append(" ".join(map(repr, ("ghk", celsius, v, ci, co, z, h.ghk(v, ci, co, z)))).replace("'", ""))
    h.celsius = 6.3
    write("ions/potentials.txt", lines)


def persistent():
    """A compartment of 20 um length and diameter, cm 1 uF/cm2, 34 degrees, behind finitialize(-70): leak of mod/ with its default parameters, nap with gbar
    0.0002 S/cm2. ena 55 mV. IClamp at 0.5: 0.02 nA, del 5, dur 100 ms. 200 ms.

    persistent/order{0,2}.npy: v, m, h; every eighth step, 1001 rows.
    """
    soma = h.Section(name="soma")
    soma.L = soma.diam = 20
    soma.cm = 1
    for mechanism in ("leak", "nap"):
        soma.insert(mechanism)
    soma.gbar_nap, soma.ena = 0.0002, 55
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 5, 100, 0.02
    h.celsius = 34
    for order in (0, 2):
        found = run([at(soma(0.5), name) for name in ("v", "m_nap", "h_nap")], 200, order=order, v=-70)
        print("persistent, ranges:", found.min(axis=0), found.max(axis=0))
        save(f"persistent/order{order}", found[::8])
    h.celsius = 6.3


CASES = {case.__name__: case for case in (hh_sim, ring, squid, synapses, electrodes, flows, ions, persistent)}

if __name__ == "__main__":
    print(h.nrnversion(1))
    neuron_runs.load_mechanisms()
    for name in sys.argv[1:] or CASES:
        print(f"---- {name}")
        CASES[name]()
        for section in list(h.allsec()):
            h.delete_section(sec=section)
