# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""When programs count as equal, how many times as fast one is, and whether it has become slower.

A row is a dictionary of what one program did: simulator, threads, bits, seconds (simulated), loop (wall seconds for a simulated second, one of
each run), rate, spikes.
"""


def named(row):
    return f"{row['version']}, {row['threads']} thread(s), {row['bits']} bits"


def shortest(row):
    """Wall seconds of a row's shortest loop, for a simulated second; None of no row."""
    return min(row["loop"]) if row else None


def rate_is_right(network, row):
    return abs(row["rate"] / network.rate - 1) <= network.tolerance


def disagreements(network, rows):
    """Why a program does not simulate the network; nothing if all do."""
    found = []
    for row in rows:
        if not rate_is_right(network, row):
            found.append(f"{named(row)}: {row['rate']:.2f} Hz is not within {100 * network.tolerance:.0f} % of {network.rate:g} Hz")
    for bits in (64, 32):
        if len({row["spikes"] for row in rows if row["simulator"] == "nernst" and row["bits"] == bits}) > 1:
            found.append(f"Nernst, {bits} bits: the number of spikes depends on the number of threads")
    return found


def fastest(network, rows, simulator, bits):
    """The row of the shortest loop, over all numbers of threads, of those that simulate the network; None if there is none."""
    those = (row for row in rows if row["simulator"] == simulator and row["bits"] == bits and rate_is_right(network, row))
    return min(those, key=shortest, default=None)


def ratio(network, rows, row):
    """How many times as long a row's loop takes as that of Nernst on its best number of threads and in the same precision, both by their
    shortest. None where one of them does not simulate the network."""
    nernst = fastest(network, rows, "nernst", row["bits"])
    return shortest(row) / shortest(nernst) if nernst and rate_is_right(network, row) else None


def best_peer(network, rows):
    """The row of the fastest peer in double precision; None if there is none."""
    peers = {row["simulator"] for row in rows} - {"nernst"}
    found = filter(None, (fastest(network, rows, peer, 64) for peer in peers))
    return min(found, key=shortest, default=None)


def slower(before, after, tolerance):
    """Compares rows of now with rows stored before. Returns a line for each row of now, and whether any shortest loop is longer than
    before by more than the tolerance, as a fraction."""
    lines, any_slower = [], False
    old = {(row["network"], row["threads"], row["bits"], row["seconds"]): row for row in before}
    for row in after:
        key = (row["network"], row["threads"], row["bits"], row["seconds"])
        line = f"{row['network']:24} {row['threads']:3} thread(s) {row['bits']} bits {min(row['loop']):10.5f} s"
        if key not in old:
            lines.append(f"{line}   nothing stored")
            continue
        was = old[key]
        times = shortest(row) / shortest(was)
        is_slower = times > 1 + tolerance
        any_slower = any_slower or is_slower
        line += f"   was {min(was['loop']):10.5f} s   {100 * (times - 1):+6.1f} %"
        line += "   SLOWER" if is_slower else ""
        line += "" if row["spikes"] == was["spikes"] else f"   {row['spikes']} spikes, were {was['spikes']}"
        lines.append(line)
    return lines, any_slower


def costs(report, profile, seconds, dt):
    """What a run of a network with constant weights costs: nanoseconds of a thread for a neuron and step (update), for a synaptic event
    (delivery), the part of the time in which the first thread waits, and nanoseconds of wall time for a neuron and step in all.

    `report` is that of a run, `profile` that of a run that measured itself, whose shares are taken.
    """
    parts = profile["profile"]
    whole = sum(parts.values())
    of_tasks = {name: sum(s for task, s in parts.items() if task.startswith(name)) / whole for name in ("update", "deliver", "meet")}
    loop, threads = report["loop_seconds"], report["threads"]
    neuron_steps = report["neurons"] * seconds / dt
    events = report["spikes"] * report["synapses"] / report["neurons"]
    return {
        "ns_per_neuron_step": 1e9 * loop / neuron_steps,
        "update_ns": 1e9 * loop * of_tasks["update"] * threads / neuron_steps,
        "event_ns": 1e9 * loop * of_tasks["deliver"] * threads / events if events else None,
        "waiting": of_tasks["meet"],
    }
