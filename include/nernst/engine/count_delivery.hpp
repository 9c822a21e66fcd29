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
  static constexpr kernel::compiled_model const& model = Compiled::value;
  static constexpr kernel::scheduled_kernel const& place = model.kernels[Kernel];
  static constexpr int outputs = place.outputs.count;
  using value = kernel::pack<Real>;
  using mask = kernel::mask_of<value>;
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

  static constexpr bool is_guarded = [] {
    for (kernel::instruction const& s : model.code(place))
      if (s.from == kernel::origin::neighbour) return true;
    return false;
  }();

  /// Neighbouring targets, as `evaluate` wants them, of which some are reached.
  struct memory {
    kernel_arguments<Real> const& common;
    value* held;  ///< by output
    mask reached, open;

    template <int Slot>
    value linked() const {
      return held[output_of<Slot>];
    }
    template <int Slot>
    void put_linked(value const& v) const {
      held[output_of<Slot>] = kernel::select(reached, v, held[output_of<Slot>]);
    }
    template <int Slot>
    value scalar() const {
      return value(common.scalars[Slot]);
    }
    template <int Symbol>
    value shared() const {
      if constexpr (model.variables[Symbol].symbol.owner == ir::side::here)
        return value(static_cast<Real>(common.around.values[Symbol]));
      else
        return value(static_cast<Real>(*common.around.elsewhere[Symbol]));
    }
    value time() const { return value(static_cast<Real>(common.now.time)); }
    value step() const { return value(static_cast<Real>(common.now.step)); }
    template <int>
    value neighbour() const {
      return kernel::select(open, value(Real(1)), value(Real(0)));
    }
  };

  /// Which of the targets from `first` on are not refractory.
  static mask are_open(kernel_arguments<Real> const& common, std::uint32_t first) {
    kernel::spike_history<Real> const& spikes = common.around.ends[1].spikes;
    std::int64_t const step = kernel::settled_step(place, common.now.step);
    std::uint64_t bits = 0;
    for (std::uint32_t k = 0; k < width; ++k)
      bits |= std::uint64_t{spikes.is_open_now(first + k, step)} << k;
    return kernel::mask_of_bits<value>(bits);
  }
  /// For the targets from `first` on, of which there are `number`.
  static void apply(kernel_arguments<Real> const& common, std::uint32_t first, std::uint32_t number,
                    engine::target_counts const& counts) {
    Real* array[outputs];
    for (int k = 0; k < outputs; ++k) array[k] = common.arrays[model.stores(place)[k].array];
    for (std::uint32_t at = 0; at < number; at += together * width) {
      if (counts.bits(0, at, together * width) == 0) continue;
      value held[together][outputs];
      mask open[together] = {};
      std::uint32_t const packs = std::min(together, (number - at + width - 1) / width);
      for (std::uint32_t q = 0; q < packs; ++q) {
        std::uint32_t const target = first + at + q * width;
        if constexpr (is_guarded) open[q] = are_open(common, target);
        for (int k = 0; k < outputs; ++k) held[q][k] = kernel::load<value>(array[k] + target);
      }
      for (int n = 0; n < counts.most; ++n)
        for (std::uint32_t q = 0; q < together; ++q) {
          mask const reached = kernel::mask_of_bits<value>(counts.bits(n, at + q * width, width));
          kernel::evaluate<kernel::kernel_code<Compiled, Kernel>, value>(
              memory{common, held[q], reached, open[q]});
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
    for (int q = 0; q < a.logs; ++q) {
      std::uint32_t const* const spikes = a.entries[q] + 1;
      a.entries[q] = spikes + *a.entries[q];
      for (std::uint32_t const* pre = spikes; pre != a.entries[q]; ++pre) {
        if (!a.all.is_connected(ir::side::pre, *pre)) continue;
        rows[number++] = bits.row(p, *pre);
        if (number < target_counts::most_sources) continue;
        act(number);
        number = 0;
      }
    }
    if (number > 0) act(number);
  }
};

}  // namespace nernst::detail
