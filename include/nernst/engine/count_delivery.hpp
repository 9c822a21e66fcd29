// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/bitmap_rows.hpp>
#include <nernst/engine/projection_base.hpp>
#include <nernst/kernel/compiled.hpp>
#include <nernst/kernel/delivery.hpp>
#include <nernst/kernel/evaluate.hpp>
#include <nernst/kernel/pack.hpp>

namespace nernst::detail {

/// Lets the spikes of a step act on dense synapses that are all alike (`kernel::is_countable`): it
/// is counted how many reach each target, and the kernel is executed so often for packs of targets.
/// One addition follows the other as if spikes came one by one, so that results are the same bit
/// by bit.
template <class Compiled, int Kernel, class Real>
class count_delivery {
  static constexpr kernel::compiled_model model = Compiled::value;
  static constexpr kernel::scheduled_kernel place = model.kernels[Kernel];
  static constexpr int outputs = place.outputs.count;
  using value = kernel::pack<Real>;
  static constexpr std::uint32_t width = kernel::pack_width<Real>;
  /// Packs that are worked on at once: an addition takes as long as several take together.
  static constexpr std::uint32_t together = 4;

  template <int Slot>
  static constexpr int output_of = [] {
    int found = 0;
    for (int k = 0; k < outputs; ++k)
      if (model.stores(place)[k].array == Slot) found = k;
    return found;
  }();

  /// What an output becomes where its neuron is not refractory: an instruction; and whether it
  /// stays where that is.
  static constexpr int new_value(int output) {
    return kernel::detail::unguarded(model, place, model.stores(place)[output]);
  }
  static constexpr bool is_guarded(int output) {
    return new_value(output) != model.stores(place)[output].value;
  }
  static constexpr bool has_guard = [] {
    for (int k = 0; k < outputs; ++k)
      if (is_guarded(k)) return true;
    return false;
  }();

  /// Neighbouring targets, as `evaluate_some` wants them.
  struct memory {
    kernel_arguments<Real> const& common;
    value const* held;  ///< by output

    template <int Slot>
    NERNST_CALLABLE value linked() const {
      return held[output_of<Slot>];
    }
    template <int Slot>
    NERNST_CALLABLE value scalar() const {
      return value(common.scalars[Slot]);
    }
    template <int Symbol>
    NERNST_CALLABLE value shared() const {
      if constexpr (model.variables[Symbol].symbol.owner == ir::side::here)
        return value(static_cast<Real>(common.around.values[Symbol]));
      else
        return value(static_cast<Real>(*common.around.elsewhere[Symbol]));
    }
    template <int Symbol>
    NERNST_CALLABLE value scale() const {
      constexpr auto updates = kernel::updates_seen(place);
      return value(common.around.scale(Symbol, updates));
    }
    NERNST_CALLABLE value time() const { return value(static_cast<Real>(common.now.time)); }
    NERNST_CALLABLE value step() const { return value(static_cast<Real>(common.now.step)); }
    template <int>
    NERNST_CALLABLE value neighbour() const {
      return value(Real(1));
    }
  };

  /// Which of the targets from `first` on are not refractory, a bit for each.
  static std::uint64_t are_open(kernel_arguments<Real> const& common, std::uint32_t first) {
    kernel::spike_history<Real> const& spikes = common.around.ends[1].spikes;
    if (spikes.open != nullptr) return kernel::open_bits<width>(spikes.open, first);
    std::int64_t const step = kernel::settled_step(place, common.now.step);
    std::uint64_t bits = 0;
    for (std::uint32_t k = 0; k < width; ++k)
      bits |= std::uint64_t{spikes.is_open(first + k, step)} << k;
    return bits;
  }
  /// Lets spikes reach some of the targets of a pack, and some of these that are not refractory.
  template <int... Outputs>
  static void reach(kernel_arguments<Real> const& common, value* held, std::uint64_t all,
                    std::uint64_t open, std::integer_sequence<int, Outputs...>) {
    value now[outputs];
    kernel::evaluate_some<kernel::kernel_code<Compiled, Kernel>, value, new_value(Outputs)...>(
        memory{common, held}, now);
    ((held[Outputs] = kernel::select(kernel::mask_of_bits<value>(is_guarded(Outputs) ? open : all),
                                     now[Outputs], held[Outputs])),
     ...);
  }
  /// For the targets from `first` on, of which there are `number`.
  static void apply(kernel_arguments<Real> const& common, std::uint32_t first, std::uint32_t number,
                    engine::target_counts const& counts) {
    Real* array[outputs];
    for (int k = 0; k < outputs; ++k) array[k] = common.arrays[model.stores(place)[k].array];
    for (std::uint32_t at = 0; at < number; at += together * width) {
      if (counts.bits(0, at, together * width) == 0) continue;
      value held[together][outputs];
      std::uint64_t open[together] = {};
      std::uint32_t const packs = std::min(together, (number - at + width - 1) / width);
      for (std::uint32_t q = 0; q < packs; ++q) {
        std::uint32_t const target = first + at + q * width;
        if constexpr (has_guard) open[q] = are_open(common, target);
        for (int k = 0; k < outputs; ++k) held[q][k] = kernel::load<value>(array[k] + target);
      }
      for (int n = 0; n < counts.most; ++n)
        for (std::uint32_t q = 0; q < together; ++q) {
          std::uint64_t const all = counts.bits(n, at + q * width, width);
          reach(common, held[q], all, all & open[q], std::make_integer_sequence<int, outputs>());
        }
      for (std::uint32_t q = 0; q < packs; ++q)
        for (int k = 0; k < outputs; ++k)
          kernel::store<value>(array[k] + first + at + q * width, held[q][k]);
    }
  }

 public:
  static void deliver(engine::arrival<Real> const& a, engine::bitmap_rows const& bits) {
    using engine::target_counts;
    auto const p = static_cast<std::uint32_t>(a.partition);
    auto const common = a.all.arguments(a.now, a.partition);
    std::vector<std::uint32_t> const& bounds = a.all.rows().bounds();
    std::uint32_t const first = bounds[p], targets = bounds[p + 1] - first;
    std::uint64_t const* rows[target_counts::most_sources];
    target_counts counts;
    auto const act = [&](int number) {
      for (std::uint32_t at = 0; at < targets; at += target_counts::targets) {
        engine::count_targets(rows, number, at / 64, counts);
        apply(common, first + at, std::min(targets - at, target_counts::targets), counts);
      }
    };
    int number = 0;
    a.for_each_spike([&](std::uint32_t const* pre, std::uint32_t const*) {
      rows[number++] = bits.row(p, *pre);
      if (number < target_counts::most_sources) return;
      act(number);
      number = 0;
    });
    if (number > 0) act(number);
  }
};

}  // namespace nernst::detail
