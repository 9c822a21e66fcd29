# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Draws the bars that come on standard input into the file that is the argument."""

import json
import sys
import textwrap

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

COLOURS = {"Nernst, double": "#1b5e8c", "Nernst, single": "#6fb1d9"}
OTHERS = ("#c4622d", "#7a9a3a", "#8a6bb0", "#c9a227", "#b04a6b", "#4a9a8a", "#8c8c8c")

content = json.load(sys.stdin)
labels, bars = content["networks"], content["bars"]
figure, axes = plt.subplots(figsize=(10, 4.2), layout="constrained")
width = 0.8 / len(bars)
others = iter(OTHERS)
for k, (name, heights) in enumerate(bars.items()):
    at = [x - 0.4 + (k + 0.5) * width for x, height in enumerate(heights) if height]
    axes.bar(at, [height for height in heights if height], width, label=name, color=COLOURS.get(name) or next(others), zorder=2)
axes.axhline(1, color="black", linewidth=0.8, zorder=3)
axes.text(1, 1.03, "real time", ha="right", va="bottom", fontsize=8, transform=axes.get_yaxis_transform(), zorder=3)
axes.set_yscale("log")
axes.set_ylabel("seconds for a simulated second")
axes.set_xticks(range(len(labels)), [textwrap.fill(label, 8, break_long_words=False) for label in labels], fontsize=7)
axes.grid(axis="y", color="#dddddd", zorder=0)
axes.set_title(f"Each on its best number of threads ({content['machine']}); less is better", fontsize=9)
axes.legend(fontsize=8, ncols=len(bars), loc="upper center", bbox_to_anchor=(0.5, -0.16), frameon=False)
for side in "top", "right":
    axes.spines[side].set_visible(False)
figure.savefig(sys.argv[1], dpi=110, metadata={"Software": None})
