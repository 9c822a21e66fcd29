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
/// is counted how many reach each target. One addition follows the other as if spikes came one by
/// one, so that results are the same bit by bit; where these may round differently, a target gets
/// all in one.
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
  static constexpr auto each_output = std::make_integer_sequence<int, outputs>();

  /// Neighbouring packs of targets, `number` of them from `first` on.
  struct block {
    std::uint32_t first, packs;
    value held[together][outputs];
    std::uint64_t open[together] = {};

    block(kernel_arguments<Real> const& common, std::uint32_t first_target, std::uint32_t number)
        : first(first_target), packs(std::min(together, (number + width - 1) / width)) {
      for (std::uint32_t q = 0; q < packs; ++q) {
        std::uint32_t const target = first + q * width;
        if constexpr (has_guard) open[q] = are_open(common, target);
        for (int k = 0; k < outputs; ++k)
          held[q][k] = kernel::load<value>(array(common, k) + target);
      }
    }
    void store(kernel_arguments<Real> const& common) const {
      for (std::uint32_t q = 0; q < packs; ++q)
        for (int k = 0; k < outputs; ++k)
          kernel::store<value>(array(common, k) + first + q * width, held[q][k]);
    }
    static Real* array(kernel_arguments<Real> const& common, int output) {
      return common.arrays[model.stores(place)[output].array];
    }
  };
  /// Lets the spikes of a step reach a block of targets that begins at `at` in the counts: one
  /// after the other.
  struct one_by_one {
    static constexpr auto written = engine::numerals::unary;
    kernel_arguments<Real> const& common;

    void reach(block& some, engine::target_counts const& counts, std::uint32_t at) const {
      for (int n = 0; n < counts.digits; ++n)
        for (std::uint32_t q = 0; q < together; ++q) {
          std::uint64_t const all = counts.bits(n, at + q * width, width);
          count_delivery::reach(common, some.held[q], all, all & some.open[q], each_output);
        }
    }
  };
  /// The same by one addition.
  struct at_once {
    static constexpr auto written = engine::numerals::binary;
    static constexpr int digits = 8;
    value added[digits][outputs];  ///< by so many spikes as a digit is worth

    explicit at_once(kernel_arguments<Real> const& common) {
      value by_one[outputs];
      for (value& v : by_one) v = value(Real(0));
      std::uint64_t const each = ~std::uint64_t{0};
      count_delivery::reach(common, by_one, each, each, each_output);
      for (int n = 0; n < digits; ++n)
        for (int k = 0; k < outputs; ++k)
          added[n][k] = by_one[k] * value(static_cast<Real>(1 << n));
    }
    void reach(block& some, engine::target_counts const& counts, std::uint32_t at) const {
      for (std::uint32_t q = 0; q < some.packs; ++q) reach(some, q, counts, at + q * width);
    }

   private:
    void reach(block& some, std::uint32_t pack, engine::target_counts const& counts,
               std::uint32_t at) const {
      value const nothing(Real(0));
      value sum[outputs];
      for (value& v : sum) v = nothing;
      for (int n = 0; n < counts.digits; ++n) {
        auto const here = kernel::mask_of_bits<value>(counts.bits(n, at, width));
        for (int k = 0; k < outputs; ++k)
          sum[k] = sum[k] + kernel::select(here, added[n][k], nothing);
      }
      auto const are_open = kernel::mask_of_bits<value>(some.open[pack]);
      for (int k = 0; k < outputs; ++k) {
        if (is_guarded(k)) sum[k] = kernel::select(are_open, sum[k], nothing);
        some.held[pack][k] = some.held[pack][k] + sum[k];
      }
    }
  };
  /// For the targets from `first` on, of which there are `number`.
  template <class Additions>
  static void apply(kernel_arguments<Real> const& common, std::uint32_t first, std::uint32_t number,
                    engine::target_counts const& counts, Additions const& additions) {
    for (std::uint32_t at = 0; at < number; at += together * width) {
      if (!counts.has_any(at, together * width)) continue;
      block some(common, first + at, number - at);
      additions.reach(some, counts, at);
      some.store(common);
    }
  }
  template <class Additions>
  static void deliver_by(engine::arrival<Real> const& a, engine::bitmap_rows const& bits,
                         kernel_arguments<Real> const& common, Additions const& additions) {
    using engine::target_counts;
    auto const p = static_cast<std::uint32_t>(a.partition);
    std::vector<std::uint32_t> const& bounds = a.all.rows().bounds();
    std::uint32_t const first = bounds[p], targets = bounds[p + 1] - first;
    std::uint64_t const* rows[target_counts::most_sources];
    target_counts counts(Additions::written);
    auto const act = [&](int number) {
      for (std::uint32_t at = 0; at < targets; at += target_counts::targets) {
        engine::count_targets(rows, number, at / 64, counts);
        apply(common, first + at, std::min(targets - at, target_counts::targets), counts,
              additions);
      }
    };
    int number = 0;
    for (engine::reached_row const& row : a.rows) {
      rows[number++] = bits.row(p, row.source);
      if (number < target_counts::most_sources) continue;
      act(number);
      number = 0;
    }
    if (number > 0) act(number);
  }

 public:
  static void deliver(engine::arrival<Real> const& a, engine::bitmap_rows const& bits) {
    auto const common = a.all.arguments(a.now, a.partition);
    a.all.may_round() ? deliver_by(a, bits, common, at_once(common))
                      : deliver_by(a, bits, common, one_by_one{common});
  }
};

}  // namespace nernst::detail
