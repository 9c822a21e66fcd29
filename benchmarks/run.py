#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Measures networks in Nernst and in its peers.

    benchmarks/run.py                       all networks in Nernst and its peers; writes results.json, results.md and docs/benchmarks.png
    benchmarks/run.py cuba coba-4000        only these networks, by folder or with their size; the others stay as they are stored
    benchmarks/run.py pd14-77169            one that takes long and much memory, which is measured where it is named with its size only
    benchmarks/run.py --short               Nernst alone, beside what is stored of this machine (status 1 if it has become slower)
    benchmarks/run.py --short --store       Nernst alone, stored for later ones of these, as every full run is
    benchmarks/run.py --scaling             Nernst alone, CUBA from 4000 to 4,000,000 neurons; goes into results.md
    benchmarks/run.py --report              results.md and the picture again, from results.json

Peers are set up under build/tools when they are needed first. The status is 1 if a program does not simulate the network that it should.
Needs Python 3.11 or newer, and what .ci/setup installs.
"""

import argparse
import dataclasses
import datetime
import os
import pathlib
import shutil
import sys

sys.dont_write_bytecode = True  # keeps the source tree clean
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "suite"))

import judge
import report
import session
import store
from networks import NETWORKS
from session import BenchmarkError, say
from simulators import PEERS, NernstProgram, PeerProgram, nernst_version, python_of

STORED = session.ROOT / "build/benchmark-stored"  # programs of --short --store
PATIENCE = 60  # seconds after which a program is not run again
SCALING = ((4000, 10), (40_000, 2), (400_000, 0.4), (4_000_000, 0.1))  # neurons of CUBA and simulated seconds


def today():
    return datetime.date.today().isoformat()


def chosen_networks(wanted):
    unknown = set(wanted) - {name for network in NETWORKS for name in (network.name, network.key)}
    if unknown:
        raise BenchmarkError(f"expected networks among {', '.join(network.key for network in NETWORKS)}, found {', '.join(sorted(unknown))}")

    def is_chosen(network):
        return network.key in wanted or (network.by_default and (not wanted or network.name in wanted))

    return [network for network in NETWORKS if is_chosen(network)]


# ---- measuring ---------------------------------------------------------------------------------------------------


def run_in_turns(programs, repeats, problems):
    """Runs every program `repeats` times, in turns, each round in the opposite order of the one before. One that has taken longer than
    PATIENCE is not run again; one that fails is left out, and named among the problems. Returns what each run reported."""
    runs = {program: [] for program in programs}
    failed = set()
    for round_number in range(repeats):
        for program in programs if round_number % 2 == 0 else reversed(programs):
            spent = sum(run["connect_seconds"] + run["loop_seconds"] for run in runs[program])
            if program in failed or spent > PATIENCE:
                continue
            try:
                runs[program].append(program.run())
                say(f"  {program.title}: {runs[program][-1]['loop_seconds'] / program.seconds:.4g} s for a second")
            except BenchmarkError as error:
                failed.add(program)
                problems.append(str(error).split("\n", 1)[0])
                say(f"  {error}")
    return {program: reports for program, reports in runs.items() if program not in failed}


def row_of(program, built, runs):
    """What is kept of the runs of one program."""
    last = runs[-1]
    return {
        "simulator": program.simulator,
        "threads": program.threads,
        "bits": program.bits,
        "seconds": program.seconds,
        "loop": [run["loop_seconds"] / program.seconds for run in runs],
        "connect": [run["connect_seconds"] for run in runs],
        "spikes": last["spikes"],
        "rate": last["spikes"] / last["neurons"] / program.seconds,
        "neurons": last["neurons"],
        "synapses": last["synapses"],
        "peak_bytes": max(run["peak_bytes"] for run in runs),
        **built,
    }


def build_all(programs, problems):
    """Builds each program from nothing, those that are the same once; returns what is known of each that could be built."""
    built, known = {}, {}
    for program in programs:
        name = getattr(program, "name", program)  # Nernst's program is the same for any number of threads, and any size
        try:
            if name not in known:
                say(f"building {program.title}")
                known[name] = program.build()
            built[program] = known[name]
        except BenchmarkError as error:
            problems.append(str(error).split("\n", 1)[0])
            say(f"  {error}")
    return built


def measure(network, pythons, threads, repeats):
    """Builds and runs a network everywhere; returns its rows and what is wrong with them."""
    problems = []
    programs = [NernstProgram(network, count, bits) for bits in (64, 32) for count in threads]
    for peer, python in pythons.items():
        if peer in network.seconds:
            programs += [PeerProgram(peer, network, count, python) for count in (threads if PEERS[peer].threaded else [1])]
    built = build_all(programs, problems)
    say(f"running {network.title}")
    runs = run_in_turns(list(built), repeats, problems)
    rows = [row_of(program, built[program], reports) for program, reports in runs.items() if reports]
    return rows, problems + judge.disagreements(network, rows)


def full(arguments):
    """All networks in all simulators."""
    networks, pythons, left_out = chosen_networks(arguments.networks), {}, {}
    for peer in arguments.peers:
        if not any(peer in network.seconds for network in networks):
            continue
        try:
            pythons[peer] = python_of(peer, arguments.python.get(peer))
        except BenchmarkError as error:
            left_out[peer] = str(error).split("\n", 1)[0]
            say(f"{PEERS[peer].title} is left out: {error}")
    right = True
    for network in networks:
        load = os.getloadavg()[0]
        rows, problems = measure(network, pythons, arguments.threads, arguments.repeats)
        for problem in problems:
            say(f"  {problem}")
        right = right and not problems
        if rows:
            missing = {**network.left_out, **{peer: why for peer, why in left_out.items() if peer in network.seconds}}
            found = {"date": today(), "load": load, "rows": rows, "problems": problems, "left_out": missing}
            store.update("networks", {network.key: found})
        mine = [{**row, "network": network.key} for row in rows if (row["simulator"], row["bits"]) == ("nernst", 64)]
        if mine:
            keep_for_short([network], mine)
    report.write()
    say(f"{report.FILE} and {report.PICTURE} are written")
    return 0 if right else 1


def keep_for_short(networks, rows):
    """Keeps Nernst's rows of some networks for later runs of --short, and the programs themselves."""
    STORED.mkdir(parents=True, exist_ok=True)
    for network in networks:
        shutil.copy2(NernstProgram(network, 1, 64).file, STORED)
    before = store.of_this_machine().get("baseline", {}).get("rows", [])
    replaced = {network.key for network in networks}
    store.update("baseline", {"rows": [row for row in before if row["network"] not in replaced] + rows})


def short(arguments):
    """Nernst alone, in double precision. Where the stored programs are still there they run in turns with those of now, so that a machine
    that is busier than it was does not count; else their stored times are taken."""
    baseline = store.of_this_machine().get("baseline", {}).get("rows", [])
    if not baseline and not arguments.store:
        raise BenchmarkError(f"no stored run of this machine ({session.machine()}); make one with --short --store")
    networks, rows, before, right = chosen_networks(arguments.networks), [], [], True
    for network in networks:
        of_now = [NernstProgram(network, count, 64) for count in arguments.threads]
        built = of_now[0].build(anew=False)
        stored = [NernstProgram(network, count, 64, STORED) for count in arguments.threads if not arguments.store]
        stored = [program for program in stored if program.file.is_file()]
        say(f"running {network.title}" + (", and as it was stored" if stored else ""))
        runs = run_in_turns([*of_now, *stored], arguments.repeats, problems := [])

        def rows_of(some):
            return [{**row_of(program, built, runs[program]), "network": network.key} for program in some if program in runs]

        found = rows_of(of_now)
        for problem in problems + judge.disagreements(network, found):
            say(f"  {problem}")
            right = False
        rows += found
        before += rows_of(stored) or [row for row in baseline if row["network"] == network.key]
    if arguments.store:
        keep_for_short(networks, rows)
        say(f"stored in {store.FILE}, the programs in {STORED}")
        return 0 if right else 1
    lines, any_slower = judge.slower(before, rows, arguments.tolerance)
    print("shortest loops, seconds for a simulated second\n" + "\n".join(lines))
    return 0 if right and not any_slower else 1


def scaling(arguments):
    """Costs of Nernst against the size of a network."""
    rows, notes, bytes_a_neuron, load = [], [], 0, os.getloadavg()[0]
    cuba = next(network for network in NETWORKS if network.name == "cuba")
    for size, seconds in SCALING:
        if bytes_a_neuron * size > 1000 * session.kilobytes("MemAvailable"):
            notes.append(f"{size:,} neurons would take {bytes_a_neuron * size / 1e9:.0f} GB, which are not there.")
            continue
        network = dataclasses.replace(cuba, size=size, title=f"CUBA {size:,}", seconds={"nernst": seconds})
        programs = [NernstProgram(network, count, 64) for count in arguments.threads]
        programs[0].build(anew=False)
        for program in programs:
            runs = [program.run() for _ in range(arguments.repeats)]
            best = min(runs, key=lambda run: run["loop_seconds"])
            bytes_a_neuron = best["peak_bytes"] / size
            row = {**best, **judge.costs(best, program.run("--profile"), seconds, 1e-4), "rate": best["spikes"] / size / seconds}
            say(f"{program.title}: {row['ns_per_neuron_step']:.3g} ns a neuron and step")
            rows.append(row)
    store.update("scaling", {"date": today(), "load": load, "version": nernst_version(), "rows": rows, "notes": notes})
    report.write()
    return 0


# ---- command line ------------------------------------------------------------------------------------------------


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", nargs="*", metavar="NETWORK", help=" ".join(network.key for network in NETWORKS))
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--short", action="store_true", help="Nernst alone, compared with a stored run")
    what.add_argument("--scaling", action="store_true", help="Nernst alone, against the size of CUBA")
    what.add_argument("--report", action="store_true", help="measure nothing")
    parser.add_argument("--store", action="store_true", help="with --short: keep the run instead of comparing it")
    parser.add_argument("--tolerance", type=float, default=0.1, help="with --short: what counts as slower (default: %(default)s)")
    parser.add_argument("--peers", nargs="*", choices=list(PEERS), default=list(PEERS), help="default: all")
    parser.add_argument("--python", action="append", default=[], metavar="PEER=PATH", help="a Python that has the peer, instead of one made for it")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each program (default: %(default)s)")
    parser.add_argument("--threads", type=int, nargs="+", default=sorted({1, session.cores()}), help="default: 1 and all cores")
    arguments = parser.parse_args()
    if arguments.repeats < 1 or min(arguments.threads) < 1:
        parser.error("--repeats >= 1 and --threads >= 1 are needed")
    if arguments.store and not arguments.short:
        parser.error("--store goes with --short")
    pairs = [pair.split("=", 1) for pair in arguments.python]
    if any(len(pair) != 2 or pair[0] not in PEERS for pair in pairs):
        parser.error(f"--python takes PEER=PATH, with a peer among {', '.join(PEERS)}")
    arguments.python = dict(pairs)
    return arguments


def main():
    arguments = parse_arguments()
    if arguments.report:
        report.write()
        return 0
    if os.getloadavg()[0] > 0.5:
        say(f"the machine is busy (load {os.getloadavg()[0]:.2f}): times will be too long and will scatter")
    if arguments.short:
        return short(arguments)
    return scaling(arguments) if arguments.scaling else full(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BenchmarkError as error:
        sys.exit(f"run.py: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
