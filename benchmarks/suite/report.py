# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""benchmarks/results.md, of what is stored, and docs/benchmarks.png, of the machine of which most is known."""

import json
import statistics

import judge
import session
import store
from networks import NETWORKS
from simulators import PEERS, TITLES

FILE = session.BENCHMARKS / "results.md"
PICTURE = session.ROOT / "docs/benchmarks.png"


def table(head, aligned, rows):
    """Lines of a table in Markdown; `aligned` has r or l for each column."""
    rule = ["--:" if side == "r" else "---" for side in aligned]
    return ["| " + " | ".join(map(str, cells)) + " |" for cells in (head, rule, *rows)]


def number(value, digits=3):
    """A number with so many digits that count, without an exponent; a dash for None."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 10 ** (digits - 1) else f"{value:#.{digits}g}".rstrip(".")


def summary_row(network, rows):
    peer = judge.best_peer(network, rows)
    shortest = {bits: judge.shortest(judge.fastest(network, rows, "nernst", bits)) for bits in (64, 32)}
    of_peer = judge.shortest(peer)
    nernst = judge.fastest(network, rows, "nernst", 64)
    return [
        network.title, number(shortest[64]), nernst["threads"] if nernst else "–", number(shortest[32]),
        TITLES[peer["simulator"]] if peer else "–", number(of_peer), peer["threads"] if peer else "–",
        *(number(of_peer / shortest[bits] if of_peer and shortest[bits] else None) for bits in (64, 32)), f"{network.goal:g}",
    ]


def network_row(network, rows, row):
    return [
        TITLES[row["simulator"]], row["threads"], "double" if row["bits"] == 64 else "single", f"{row['seconds']:g}", len(row["loop"]),
        number(min(row["loop"])), number(statistics.median(row["loop"])), number(judge.ratio(network, rows, row)), f"{row['rate']:.2f}",
        number(row["build_seconds"]), number(min(row["connect"])), number(row["peak_bytes"] / 1e6),
    ]


HEAD = (
    "simulator", "threads", "precision", "simulated s", "runs", "shortest", "median", "ratio", "Hz", "build s", "connect s", "peak MB",
)


def network_part(network, measured):
    """The lines about one network."""
    rows = measured["rows"]
    biggest = max(rows, key=lambda row: row["synapses"])
    lines = [f"### {network.title}", ""]
    lines.append(
        f"{biggest['neurons']:,} neurons, {biggest['synapses']:,} synapses. Expected: {network.rate:g} Hz, within {100 * network.tolerance:.0f} %. "
        f"Measured {when(measured)}."
    )
    lines += ["", *table(HEAD, "lrlrrrrrrrrr", [network_row(network, rows, row) for row in rows]), ""]
    lines += [f"* {sentence}" for sentence in measured["problems"]]
    lines += [f"* {TITLES[peer]} is left out: {why}" for peer, why in measured["left_out"].items()]
    return [*lines, ""] if lines[-1] else lines


def when(measured):
    """The date, and how busy the machine was before."""
    return f"{measured['date']}, when the machine's load was {measured['load']:.1f}"


def scaling_part(scaling):
    head = ("neurons", "threads", "ns a neuron and step", "update, ns", "delivery, ns an event", "waiting", "Hz", "connect s", "peak MB")
    rows = [
        [
            f"{row['neurons']:,}", row["threads"], number(row["ns_per_neuron_step"]), number(row["update_ns"]), number(row["event_ns"]),
            f"{100 * row['waiting']:.0f} %", f"{row['rate']:.2f}", number(row["connect_seconds"]), number(row["peak_bytes"] / 1e6),
        ]
        for row in scaling["rows"]
    ]
    return [
        "### Scaling", "",
        f"CUBA with 80 synapses onto each neuron, Nernst in double precision, {scaling['version']}, {when(scaling)}.",
        "The first column of nanoseconds is wall time; update and delivery are those of a thread, by the shares of a run that measured itself;",
        "waiting is the share in which the first thread waits for the others.", "",
        *table(head, "rrrrrrrrr", rows), "", *[f"* {note}" for note in scaling["notes"]], "",
    ]


def versions(measured):
    """Each simulator's version and how it computes, as they are in the rows."""
    found = {(row["version"], row["settings"]) for part in measured.values() for row in part["rows"]}
    return [f"* {version}: {settings}" for version, settings in sorted(found)]


def known_networks(measured):
    return [network for network in NETWORKS if network.key in measured]


def machine_part(name, stored):
    """The lines about one machine: a summary, then each network."""
    measured = stored["networks"]
    known = known_networks(measured)
    head = ("network", "Nernst", "threads", "in single", "best peer", "its time", "threads", "ratio", "in single", "goal")
    lines = [
        f"## {name}", "",
        f"{stored['gigabytes']} GB of memory.", "", *versions(measured), "",
        "Each on its best number of threads, in double precision; and Nernst in single, beside the same peer:", "",
        *table(head, "lrrrlrrrrr", [summary_row(network, measured[network.key]["rows"]) for network in known]), "",
    ]
    for network in known:
        lines += network_part(network, measured[network.key])
    return lines + (scaling_part(stored["scaling"]) if "scaling" in stored else [])


def write():
    """Writes both from the store."""
    lines = [
        "# Results", "",
        "Written by `benchmarks/run.py`; how it measures is in [README.md](README.md). Times are wall seconds of the loop for a simulated second,",
        "the shortest of interleaved runs; a ratio is by how many times a program's shortest is longer than Nernst's on its best number of threads",
        "in the same precision. There is none where a rate is not the expected one.", "",
    ]
    everything = [(name, stored) for name, stored in store.read().items() if "networks" in stored]
    everything.sort(key=lambda entry: -len(entry[1]["networks"]))
    for name, stored in everything:
        lines += machine_part(name, stored)
    FILE.write_text("\n".join(lines).rstrip() + "\n")
    name, stored = everything[0]
    draw(name, known_networks(stored["networks"]), stored["networks"])


def bars(known, measured):
    """What is drawn: for each simulator and precision its shortest loops, one for each network, None where there is none."""
    groups = [("nernst", 64), ("nernst", 32), *((peer, bits) for peer in PEERS for bits in (64, 32))]
    found = {}
    for simulator, bits in groups:
        rows = [judge.fastest(network, measured[network.key]["rows"], simulator, bits) for network in known]
        if any(rows):
            found[f"{TITLES[simulator]}, {'double' if bits == 64 else 'single'}"] = [judge.shortest(row) for row in rows]
    return found


def draw(machine, known, measured):
    """The picture, with the Python that .ci/setup makes for pictures."""
    content = {"networks": [network.title for network in known], "bars": bars(known, measured), "machine": machine}
    python = session.TOOLS / "venv/bin/python"
    command = [python, "-B", session.BENCHMARKS / "suite/draw.py", PICTURE]
    session.call(command, "the picture cannot be drawn; has .ci/setup been run?", input=json.dumps(content))
