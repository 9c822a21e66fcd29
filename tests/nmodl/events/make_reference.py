# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Computes reference.txt with NEURON 9.0.2: what the mechanisms of this folder do with events.

    pip install neuron==9.0.2; python make_reference.py > reference.txt

The network is that of tests/cells/mod_events.cpp, steps of 0.025 ms. A line has a name and values: times of spikes in ms, and in
every 40th step the voltage in mV."""

import os
import pathlib
import subprocess
import sys
import tempfile

os.environ["NEURON_MODULE_OPTIONS"] = "-nogui"
from neuron import h

HERE = pathlib.Path(__file__).resolve().parent
with tempfile.TemporaryDirectory() as folder:
    program = pathlib.Path(sys.executable).parent / "nrnivmodl"
    subprocess.run([program, HERE], cwd=folder, check=True, capture_output=True)
    h.nrn_load_dll(str(next(pathlib.Path(folder).rglob("libnrnmech.so"))))

h.celsius, h.dt = 6.3, 0.025


def show(name, values):
    print(name, *(repr(float(x)) for x in values))


def spikes_of(source):
    times = h.Vector()
    connection = h.NetCon(source, None)
    connection.record(times)
    return times, connection


def connect(source, target, weight, delay):
    made = h.NetCon(source, target)
    made.weight[0], made.delay = weight, delay
    return made


# Cells without compartments.
ticks = []
for start, interval in ((2, 1.5), (2.5, 1.0), (1, 0.7)):
    made = h.ticker()
    made.start, made.interval, made.number = start, interval, 20
    ticks.append(made)
leaky = [h.leaky() for _ in range(2)]
leaky[1].rest = 2.35
rising = [h.rising() for _ in range(2)]
rising[1].rate = 0.1
made = [connect(ticks[k], leaky[k], 0.45, 1) for k in range(2)]
made += [connect(ticks[2], leaky[1], -0.05, 0.5), connect(leaky[0], leaky[1], 0.7, 0.025)]
made += [connect(ticks[k], rising[k], 0.05, 1) for k in range(2)]
made.append(connect(leaky[0], rising[1], 2, 1.5))

# Synapses, each in a compartment of its own.
cells, synapses, traces, recorded = {}, {}, {}, []
for name in ("pulse", "plastic", "depressing", "watcher"):
    soma = h.Section(name=name)
    soma.L = soma.diam = 20
    soma.insert("pas")
    soma.g_pas, soma.e_pas = 0.003, -65
    cells[name], synapses[name] = soma, getattr(h, name)(soma(0.5))
    traces[name] = h.Vector().record(soma(0.5)._ref_v)
drive = h.ExpSyn(cells["watcher"](0.5))
drive.tau = 1
for name, weight in (("pulse", 0.01), ("plastic", 0.03), ("depressing", 0.08)):
    made += [connect(ticks[0], synapses[name], weight, 1), connect(ticks[2], synapses[name], weight / 2, 1.5)]
synapses["depressing"].u0 = 0.3
made += [connect(ticks[0], drive, 0.1, 1), connect(synapses["watcher"], drive, 0.001, 0.1)]
fired = {f"ticker{k}": spikes_of(x) for k, x in enumerate(ticks)}
fired |= {f"leaky{k}": spikes_of(x) for k, x in enumerate(leaky)}
fired |= {f"rising{k}": spikes_of(x) for k, x in enumerate(rising)}
fired["watcher"] = spikes_of(synapses["watcher"])

h.finitialize(-65)
while h.t < 29.75 - 0.5 * h.dt:
    h.fadvance()
for name, (times, _) in fired.items():
    show(f"spikes_{name}", times)
for name, v in traces.items():
    show(f"voltage_{name}", list(v)[::40])
show("m_leaky", [x.m for x in leaky])
show("m_rising", [x.m for x in rising])
plastic = [c for c in made if c.syn() == synapses["plastic"]]
show("a_plastic", [c.weight[1] for c in plastic])
syn = synapses["plastic"]
show("seen_plastic", [syn.raised, syn.fallen, syn.sum])
show("seen_watcher", [synapses["watcher"].seen])
depressing = [c for c in made if c.syn() == synapses["depressing"]]
show("connections_depressing", [c.weight[k] for c in depressing for k in (1, 2, 3, 4)])
