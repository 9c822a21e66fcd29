# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""benchmarks/results.json: what was measured, for each machine.

    {MACHINE: {"networks": {KEY: {"date", "load", "rows", "problems", "left_out"}}, "baseline": {"rows"}, "scaling": {...}, "gigabytes"}}
"""

import json

from session import BENCHMARKS, kilobytes, machine

FILE = BENCHMARKS / "results.json"


def read():
    return json.loads(FILE.read_text()) if FILE.is_file() else {}


def of_this_machine():
    return read().get(machine(), {})


def update(part, value):
    """Replaces a part of what is stored of this machine; of `networks` those that are given."""
    everything = read()
    mine = everything.setdefault(machine(), {})
    mine["gigabytes"] = round(kilobytes("MemTotal") / 1e6)
    mine[part] = {**mine.get(part, {}), **value} if part == "networks" else value
    FILE.write_text(json.dumps(everything, indent=1, sort_keys=True) + "\n")
