// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

/// Small models that together use whatever a step can hold. All neurons have the same variables, so
/// that any synapse can go anywhere; everything decays or is kept within bounds.
namespace reference::models {
using namespace nernst::dsl;

struct names {
  static constexpr auto v = state<"v">(one);
  static constexpr auto g = state<"g">(one);
  static constexpr auto x = state<"x">(one);
  static constexpr auto s = parameter<"s">(one);
  static constexpr auto b = parameter<"b">(one);
  static constexpr auto input = (b + g + s - v) / (4 * ms);
  static constexpr auto decay = d(g) / dt = -g / (3 * ms);
};

/// Linear.
struct leaky : names {
  static constexpr auto model = neuron(d(v) / dt = input, decay, d(x) / dt = -x / (20 * ms),
                                       threshold(v > 1), reset(v = 0, x += 1), method(exact));
};
/// No equations: only what arrives moves them.
struct bare : names {
  static constexpr auto model =
      neuron(threshold(v > 1), reset(v = v * 0.5 - 0.5, x = 0.25 * (x + g), g *= 0.5), s, b);
};
/// A period of refractoriness for all.
struct resting : names {
  static constexpr auto R = shared<"R">(second);
  static constexpr auto model =
      neuron(d(v) / dt = input | unless_refractory, decay, d(x) / dt = -x / (9 * ms),
             threshold(v > 1), reset(v -= 1.25, g += 0.125), refractory(R), method(euler));
};
/// One for each, and what it says of itself.
struct each : names {
  static constexpr auto R = parameter<"R">(second);
  static constexpr auto model =
      neuron(d(v) / dt = input | unless_refractory, decay, threshold(v > 1),
             reset(v = 0, x = where(t - lastspike < 3 * ms, 1, 0.5)), refractory(R), method(rk2),
             every(0.3 * ms, v += 0.0625, x = x * 0.75 + where(not_refractory, 0.25, 0)));
};
/// Refractory as long as a condition holds.
struct moody : names {
  static constexpr auto model =
      neuron(d(v) / dt = input, d(g) / dt = -g / (3 * ms) | unless_refractory,
             d(x) / dt = (v - x) / (10 * ms), threshold(v > 1), reset(v = -0.25 - 0.25 * x, g = 0),
             refractory(v < 0.3 * b), method(heun));
};
/// Events, actions, shared variables, a subexpression that is held.
struct busy : names {
  static constexpr auto count = shared<"count">(one);
  static constexpr auto luck = subexpression<"luck">(uniform()) | constant_over_dt;
  static constexpr auto model = neuron(
      luck, d(v) / dt = input + luck / (8 * ms), decay, threshold(v > 1 + 0.25 * luck),
      reset(v = 0.25 * luck), event<"high">(v > 0.75), on_event<"high">(x = 0.5 * x + 1, g *= 0.5),
      every(0.4 * ms, count = where(count > 3, 0, count + 1), v += 0.0625 * count),
      at({0.8 * ms, 2.4 * ms}, g += 0.5), every(0.2 * ms, x *= 0.875).when(slot::end),
      method(euler));
};
/// An action and an event between update and threshold.
struct early : names {
  static constexpr auto model =
      neuron(d(v) / dt = input | unless_refractory, decay, threshold(v > 1), reset(v = 0, x += 0.5),
             refractory(0.6 * ms), every(0.2 * ms, v += 0.125 * uniform()).when(slot::after_groups),
             event<"low">(v < 0.125).when(slot::before_thresholds),
             on_event<"low">(v += 0.0625, x *= 0.5).when(slot::after_groups, 1), method(euler));
};
/// Numbers of distributions that stay the same, or do so for a run.
struct counted : names {
  static constexpr auto R = shared<"R">(second);
  static constexpr auto model =
      neuron(d(v) / dt = input + 0.0625 * (poisson(1.5) - 1.5) / ms, decay,
             d(x) / dt = -x / (9 * ms), threshold(v > 1), reset(v -= 0.25 * binomial(3, 0.4)),
             every(0.3 * ms, x = 0.0078125 * poisson(40 + R / ms), g += 0.125 * binomial(30, 0.01)),
             method(euler));
};
/// Random thresholds and resets.
struct noisy : names {
  static constexpr auto model = neuron(
      d(v) / dt = input, decay, d(x) / dt = -x / (9 * ms), threshold(v > 0.5 + 0.5 * uniform()),
      reset(v = v * uniform() - 0.25, x = uniform()), event<"low">(v < 0.25),
      on_event<"low">(g += 0.03125).when(slot::before_end), method(rk4));
};

/// Reads and writes neurons elsewhere, and a timed array.
struct following : names {
  static constexpr auto other = linked<"other">(one);
  static constexpr auto drive = timed_array<"drive">(one);
  static constexpr auto model = neuron(
      d(v) / dt = input + (0.5 * other + drive(t, i % 3)) / (4 * ms), decay,
      d(x) / dt = -x / (9 * ms), threshold(v > 1 + 0.125 * other), reset(v = 0, other -= 0.25),
      every(0.4 * ms, other = 0.75 * other + 0.0625), method(euler));
};

// ---- synapses

struct synapse_names {
  static constexpr auto w = state<"w">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto v = post(names::v);
  static constexpr auto g = post(names::g);
  static constexpr auto x = post(names::x);
};
/// Adds only.
struct adding : synapse_names {
  static constexpr auto model = synapse(on_pre(v += w, g += 0.25 * w));
};
/// The same without variables of its own.
struct fixed : synapse_names {
  static constexpr auto model = synapse(on_pre(g += 0.125));
};
/// Does not commute.
struct blending : synapse_names {
  static constexpr auto scale = shared<"scale">(one);
  static constexpr auto model = synapse(on_pre(v = v * 0.5 + w * scale));
};
/// Reads of its source what it writes of its target.
struct pulling : synapse_names {
  static constexpr auto model = synapse(on_pre(v += 0.125 * pre(names::v), x = 0.5 * x + 0.5 * w));
};
/// Writes its source.
struct into_source : synapse_names {
  static constexpr auto model = synapse(
      on_pre(pre(names::x) = 0.5 * pre(names::x) + 0.01 * i + w, g += 0.125 * pre(names::x)));
};
/// Draws random numbers.
struct depressing : synapse_names {
  static constexpr auto model = synapse(
      on_pre(g += 0.5 * w * y, y = where(uniform() < 0.3, 1, 0.5 * y), v += 0.01 * randn()));
};
/// Draws numbers of distributions that stay the same.
struct releasing : synapse_names {
  static constexpr auto model = synapse(on_pre(y = binomial(5, 0.5), g += 0.125 * w * y),
                                        every(0.4 * ms, w += 0.03125 * (poisson(2) - w)));
};
/// Plastic, by traces that are computed when they are needed.
struct plastic : synapse_names {
  static constexpr auto before = state<"before">(one);
  static constexpr auto after = state<"after">(one);
  static constexpr auto model = synapse(d(before) / dt = -before / (5 * ms) | event_driven,
                                        d(after) / dt = -after / (7 * ms) | event_driven,
                                        on_pre(g += w, before += 0.125, w = clip(w - after, -1, 1)),
                                        on_post(after += 0.125, w = clip(w + before, -1, 1)));
};
/// Depends on its source alone: computed once for it.
struct tiring : synapse_names {
  static constexpr auto left = state<"left">(one);
  static constexpr auto used = state<"used">(one);
  static constexpr auto share = shared<"scale">(one);
  static constexpr auto model = synapse(
      d(left) / dt = (1 - left) / (6 * ms) | event_driven,
      on_pre(used = share * left + 0.03125 * pre(names::s), g += w * used, left = left - used));
};
/// The same for both ends, with something of its own in between, and when that was.
struct mixed : synapse_names {
  static constexpr auto before = state<"before">(one);
  static constexpr auto after = state<"after">(one);
  static constexpr auto model =
      synapse(d(before) / dt = -before / (4 * ms) | event_driven,
              d(after) / dt = (0.5 - after) / (6 * ms) | event_driven,
              d(y) / dt = -y / (8 * ms) | event_driven,
              on_pre(before += 0.25, g += 0.25 * w * before, y += after,
                     w = clip(w + where(t - lastupdate < 1 * ms, 0.03125, -0.0625 * after), -1, 1)),
              on_post(y += 0.5 * before, after += 0.125 + 0.03125 * before).named("back"),
              on_pre(v += 0.125 * y, before *= 0.5).on("low").named("low"));
};
/// In every step, for the source and the target.
struct rising : synapse_names {
  static constexpr auto rise = state<"rise">(one);
  static constexpr auto open = state<"open">(one);
  static constexpr auto seen = state<"seen">(one);
  static constexpr auto model = synapse(
      d(rise) / dt = -rise / (2 * ms) | clock_driven,
      d(open) / dt = (rise - open) / (5 * ms) | clock_driven,
      d(seen) / dt = -seen / (9 * ms) | clock_driven,
      d(y) / dt = (open * seen - y) / (5 * ms) | clock_driven,
      summed(post(names::s) = 0.0625 * w * open * (1 - v)), on_pre(rise += 0.5, w += 0.125 * seen),
      on_post(seen += 0.25, w = 0.5 * w + 0.125 * open + 0.0625 * y), method(euler));
};
/// Of which only the sum matters for a target.
struct gathering : synapse_names {
  static constexpr auto rise = state<"rise">(one);
  static constexpr auto open = state<"open">(one);
  static constexpr auto model = synapse(d(rise) / dt = -rise / (2 * ms) | clock_driven,
                                        d(open) / dt = (rise - open) / (5 * ms) | clock_driven,
                                        summed(post(names::s) = 0.0625 * open * (1 - v)),
                                        on_pre(rise += w * y, y = 0.5 * y + 0.25),
                                        on_post(open += 0.25 * w).named("back"), method(euler));
};
/// Equations in every step, summed for the target.
struct clocked : synapse_names {
  static constexpr auto model =
      synapse(d(y) / dt = (0.5 * pre(names::v) - y) / (5 * ms) | clock_driven,
              summed(post(names::s) = 0.0625 * w * y), on_pre(y += w), method(euler));
};
/// Summed for the source.
struct reporting : synapse_names {
  static constexpr auto model = synapse(summed(pre(names::s) = 0.03125 * w * v), w);
};
/// Several pathways, of which one writes the source.
struct several : synapse_names {
  static constexpr auto model = synapse(
      on_pre(v += w).named("up"), on_pre(v *= 0.75, y += 1).named("down").when(slot::synapses, 3),
      on_post(pre(names::g) += 0.125 * w, y *= 0.5).named("back").when(slot::synapses, -2));
};
/// Pathways for events.
struct by_event : synapse_names {
  static constexpr auto model =
      synapse(on_pre(v += 0.125 * w, y += 1).on("high").when(slot::after_thresholds, 2),
              on_post(w = 0.5 * w + 0.0625 * y, g += 0.0625).on("low"));
};
/// Actions of its own.
struct acting : synapse_names {
  static constexpr auto model = synapse(
      on_pre(v += w), every(0.2 * ms, w = w * 0.875 + 0.03125 * y),
      every(0.4 * ms, x = 0.5 * x + y).when(slot::before_resets), at({0.8 * ms}, y += 0.25));
};
/// Sees whether its neurons are refractory, also behind a write that is refused.
struct watching : synapse_names {
  static constexpr auto model = synapse(on_pre(v += 0.25 * w, y = v, v += 0.125 * y,
                                               g += where(post(not_refractory), 0.125, 0.25),
                                               x = where(t - pre(lastspike) < 1 * ms, 1, 0.5)));
};
/// Acts at the ends of the step.
struct elsewhere : synapse_names {
  static constexpr auto model =
      synapse(on_pre(v = 0.5 * v + w).when(slot::start), on_pre(x = 0.5 * x + w).when(slot::end),
              on_post(y += v).when(slot::before_groups), on_post(w *= 0.75).when(slot::after_end));
};
/// Acts between update and threshold, and beside the threshold.
struct amid : synapse_names {
  static constexpr auto model =
      synapse(on_pre(g = 0.5 * g + 0.5 * w, y += v).when(slot::after_groups, -1),
              on_post(w = 0.75 * w + 0.0625 * y).when(slot::thresholds),
              on_post(y *= 0.5).when(slot::groups));
};
struct amid_apart : synapse_names {
  static constexpr auto model = synapse(on_pre(v += 0.5 * w).when(slot::before_thresholds),
                                        on_pre(v = 0.75 * v + w).when(slot::before_thresholds, -2));
};
/// Knows how many there are beside it.
struct counting : synapse_names {
  static constexpr auto k = parameter<"k">(integer);
  static constexpr auto model = synapse(
      multisynaptic_index(k), on_pre(v += w / N_incoming + 0.03125 * k, x += w / N_outgoing));
};

}  // namespace reference::models
