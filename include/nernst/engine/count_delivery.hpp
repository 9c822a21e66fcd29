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
    return have_been_open(common, first);
  }
  static std::uint64_t have_been_open(kernel_arguments<Real> const& common, std::uint32_t first) {
    std::int64_t const step = kernel::settled_step(place, common.now.step);
    std::uint64_t bits = 0;
    for (std::uint32_t k = 0; k < width; ++k)
      bits |= std::uint64_t{common.around.ends[1].spikes.is_open(first + k, step)} << k;
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
  /// Lets the spikes of a step reach `number` targets from `first` on, one after the other.
  struct one_by_one {
    static constexpr auto written = engine::numerals::unary;
    kernel_arguments<Real> const& common;

    explicit one_by_one(kernel_arguments<Real> const& of) : common(of) {}

    void reach(std::uint32_t first, std::uint32_t number,
               engine::target_counts const& counts) const {
      for (std::uint32_t at = 0; at < number; at += together * width) {
        if (counts.digits == 0 || counts.bits(0, at, together * width) == 0) continue;
        block some(common, first + at, number - at);
        for (int n = 0; n < counts.digits; ++n)
          for (std::uint32_t q = 0; q < together; ++q) {
            std::uint64_t const all = counts.bits(n, at + q * width, width);
            count_delivery::reach(common, some.held[q], all, all & some.open[q], each_output);
          }
        some.store(common);
      }
    }
  };
  /// The same by one addition.
  struct at_once {
    static constexpr auto written = engine::numerals::numbers;
    kernel_arguments<Real> const& common;
    value by_one[outputs];  ///< what a spike adds

    explicit at_once(kernel_arguments<Real> const& of) : common(of) {
      for (value& v : by_one) v = value(Real(0));
      std::uint64_t const each = ~std::uint64_t{0};
      count_delivery::reach(common, by_one, each, each, each_output);
    }
    void reach(std::uint32_t first, std::uint32_t number,
               engine::target_counts const& counts) const {
      alignas(64) Real spikes[engine::target_counts::targets];
      std::copy(std::begin(counts.number), std::end(counts.number), spikes);
      for (int k = 0; k < outputs; ++k)
        if (is_guarded(k) && common.around.ends[1].spikes.open == nullptr)
          add(k, first, number, spikes,
              [this](std::uint32_t n) NERNST_INLINED { return have_been_open(common, n); });
        else if (is_guarded(k))
          add(k, first, number, spikes,
              [open = common.around.ends[1].spikes.open](std::uint32_t n)
                  NERNST_INLINED { return kernel::open_bits<width>(open, n); });
        else
          add(k, first, number, spikes, nullptr);
    }

   private:
    /// To the targets for which `open` has a bit, if it is a function.
    template <class Open>
    void add(int output, std::uint32_t first, std::uint32_t number, Real const* spikes,
             Open const& open) const {
      value const nothing(Real(0)), each = by_one[output];
      Real* const to = block::array(common, output);
      for (std::uint32_t at = 0; at < number; at += width) {
        value sum = kernel::load<value>(spikes + at) * each;
        if constexpr (!std::is_null_pointer_v<Open>)
          sum = kernel::select(kernel::mask_of_bits<value>(open(first + at)), sum, nothing);
        kernel::store<value>(to + first + at, kernel::load<value>(to + first + at) + sum);
      }
    }
  };
  template <class Additions>
  static void deliver_by(engine::arrival<Real> const& a, engine::bitmap_rows const& bits,
                         Additions const& additions) {
    using engine::target_counts;
    auto const p = static_cast<std::uint32_t>(a.partition);
    std::vector<std::uint32_t> const& bounds = a.all.rows().bounds();
    std::uint32_t const first = bounds[p], targets = bounds[p + 1] - first;
    std::uint64_t const* rows[target_counts::most_sources];
    target_counts counts(Additions::written);
    auto const act = [&](int number) {
      for (std::uint32_t at = 0; at < targets; at += target_counts::targets) {
        engine::count_targets(rows, number, at / 64, counts);
        additions.reach(first + at, std::min(targets - at, target_counts::targets), counts);
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
    a.all.may_round() ? deliver_by(a, bits, at_once(common))
                      : deliver_by(a, bits, one_by_one(common));
  }
};

}  // namespace nernst::detail
