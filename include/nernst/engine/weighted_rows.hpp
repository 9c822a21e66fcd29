// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/synapse_memory.hpp>
#include <nernst/kernel/evaluate.hpp>

#include <algorithm>
#include <cstring>

namespace nernst::detail {

/// Neighbouring synapses of a row whose targets are neighbours as well.
struct consecutive_places {
  std::size_t synapse;    ///< the first one
  std::uint32_t element;  ///< its target

  template <class Value, class Real>
  NERNST_FUNCTION Value of_synapses(Real const* array) const {
    return kernel::load_some<Value>(array + synapse, kernel::width_of<Value>);
  }
  NERNST_FUNCTION std::uint32_t target(std::size_t lane) const {
    return element + static_cast<std::uint32_t>(lane);
  }
  template <class Value, class Real>
  NERNST_FUNCTION Value of_targets(Real const* array) const {
    return kernel::load_some<Value>(array + element, kernel::width_of<Value>);
  }
  template <class Value, class Real>
  NERNST_FUNCTION void put_targets(Real* array, Value const& v) const {
    kernel::store_some(array + element, kernel::width_of<Value>, v);
  }
};

/// Whether each of `Count` targets stands behind the one before.
template <std::uint32_t Count, class Index>
bool are_consecutive(Index const* target) {
  if (target[Count - 1] - target[0] != Count - 1) return false;
  Index consecutive[Count];
  for (std::uint32_t k = 0; k < Count; ++k) consecutive[k] = static_cast<Index>(target[0] + k);
  return std::memcmp(target, consecutive, sizeof consecutive) == 0;
}

/// Lets spikes of sources act on rows of synapses that add weights (`kernel::adds_weights`): onto
/// consecutive targets by packs, else one after the other.
template <class Compiled, int Kernel, class Real>
class weighted_rows {
  using code = kernel::kernel_code<Compiled, Kernel>;
  using value = kernel::pack<Real>;
  static constexpr std::uint32_t width = kernel::pack_width<Real>;
  /// So many synapses are looked at together: rows that are not dense seldom have as many
  /// consecutive targets, so that the processor foresees what is to be done.
  static constexpr std::uint32_t together = std::max(width, std::uint32_t{8});

 public:
  weighted_rows(engine::arrival<Real> const& a, delivery_memory<Compiled, Real> const& common)
      : common_(common),
        first_target_(a.all.rows().bounds()[static_cast<std::size_t>(a.partition)]) {}

  /// `target` is by place, counted from the first one of the partition.
  template <class Index>
  void act(std::uint32_t pre, engine::synapse_part const& row, Index const* target) const {
    std::size_t at = row.first;
    for (; row.last - at >= together; at += together)
      if (are_consecutive<together>(target + at))
        act_on_consecutive(pre, at, first_target_ + target[at]);
      else
        for (std::uint32_t k = 0; k < together; ++k) act_on_one(pre, at + k, target[at + k]);
    for (; at < row.last; ++at) act_on_one(pre, at, target[at]);
  }

 private:
  NERNST_FUNCTION void act_on_consecutive(std::uint32_t pre, std::size_t synapse,
                                          std::uint32_t element) const {
    value const moment(static_cast<Real>(common_.now().time));
    for (std::uint32_t k = 0; k < together; k += width) {
      consecutive_places const places{synapse + k, element + k};
      kernel::evaluate<code, value>(
          synapse_pack<Compiled, Kernel, Real, consecutive_places>{common_, pre, places, moment});
    }
  }
  NERNST_FUNCTION void act_on_one(std::uint32_t pre, std::size_t synapse,
                                  std::uint32_t target) const {
    kernel::evaluate<code, Real>(synapse_memory<Compiled, Kernel, Real>{
        .common = common_, .pre = pre, .post = first_target_ + target, .synapse = synapse});
  }

  delivery_memory<Compiled, Real> const& common_;
  std::uint32_t first_target_;
};

}  // namespace nernst::detail
