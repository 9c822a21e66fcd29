// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/synapse_memory.hpp>
#include <nernst/kernel/end_part.hpp>
#include <nernst/kernel/evaluate.hpp>
#include <nernst/kernel/side_by_side.hpp>

#include <algorithm>
#include <vector>

namespace nernst::detail {

/// Neighbouring synapses of a row: `count` of them, then always the last one, which so is written
/// several times.
struct neighbouring_places {
  std::size_t first;
  std::uint32_t count;
  std::uint32_t const* target_of;  ///< by lane: an element

  template <class Value, class Real>
  NERNST_FUNCTION Value of_synapses(Real const* array) const {
    return kernel::load_some<Value>(array + first, count);
  }
  template <class Value, class Real>
  NERNST_FUNCTION void put(Real* array, Value const& v) const {
    kernel::store_some(array + first, count, v);
  }
  NERNST_FUNCTION std::uint32_t target(std::size_t lane) const { return target_of[lane]; }
  template <class Value, class Real>
  NERNST_FUNCTION Value of_targets(Real const* array) const {
    return kernel::gather<Value>(array, target_of);
  }
  template <class Value, class Real>
  NERNST_FUNCTION void put_targets(Real* array, Value const& v) const {
    kernel::scatter(array, target_of, v);
  }
};

/// How many of the first `count` targets differ from one another.
template <class Index>
std::uint32_t count_distinct(Index const* target, std::uint32_t count) {
  for (std::uint32_t k = 1; k < count; ++k)
    for (std::uint32_t other = 0; other < k; ++other)
      if (target[other] == target[k]) return k;
  return count;
}

/// Executes a kernel of synapses for packs of these: first what depends on one end only, as far as
/// it is not given, then the rest. (The first part is a function of its own, so that numbers are
/// rounded between the two, whoever computes them.)
template <class Compiled, int Kernel, class Real, ir::side End>
struct pack_kernel {
  using common_memory = delivery_memory<Compiled, Real>;
  using value = kernel::pack<Real>;
  static constexpr std::uint32_t width = kernel::pack_width<Real>;
  using divided = kernel::divided_kernel<Compiled, Kernel, End>;
  static constexpr int kept = divided::count;
  template <class Places>
  using some = synapse_pack<Compiled, Kernel, Real, Places>;

  template <class Places>
  [[gnu::noinline]] static void find(some<Places> const& pack, value* kept_values) {
    find(pack, kept_values, std::make_integer_sequence<int, kept>());
  }
  template <class Places>
  static NERNST_FUNCTION void execute(some<Places> const& pack) {
    kernel::evaluate<typename divided::of_synapse, value>(pack);
  }

 private:
  template <class Places, int... K>
  static void find(some<Places> const& pack, value* kept_values, std::integer_sequence<int, K...>) {
    kernel::evaluate_some<typename divided::of_end, value, divided::kept(K)...>(pack, kept_values);
  }
};

/// Lets spikes of sources act on their rows, several synapses side by side.
template <class Compiled, int Kernel, class Real>
class row_packs {
  using work = pack_kernel<Compiled, Kernel, Real, ir::side::post>;
  using common_memory = typename work::common_memory;
  using value = typename work::value;
  using pack = typename work::template some<neighbouring_places>;
  static constexpr std::uint32_t width = work::width;
  static constexpr int kept = work::kept;
  static constexpr bool needs_different_targets =
      kernel::changes_neurons(common_memory::model, common_memory::model.kernels[Kernel]);

 public:
  /// For the spikes of an arrival.
  row_packs(engine::arrival<Real> const& a, common_memory const& common)
      : a_(a), common_(common), first_target_(a.all.rows().bounds()[partition()]),
        now_(static_cast<Real>(a.now.time)) {
    if (kept > 0 && are_many()) find_values_of_targets();
  }

  /// `target` is by place, counted from the first one of the partition.
  template <class Index>
  void act(std::uint32_t pre, engine::synapse_part const& row, Index const* target) const {
    std::uint32_t own[width], element[width];
    bool const may_repeat = needs_different_targets && a_.through.may_repeat_targets();
    auto const size = static_cast<std::uint32_t>(row.last - row.first);
    Index const* const to = target + row.first;
    for (std::uint32_t at = 0; at < size;) {
      std::uint32_t count = std::min(width, size - at);
      if (may_repeat) count = count_distinct(to + at, count);
      for (std::uint32_t k = 0; k < width; ++k) {
        own[k] = to[count == width ? at + k : at + std::min(k, count - 1)];
        element[k] = first_target_ + own[k];
      }
      neighbouring_places const places{row.first + at, count, element};
      value given[kept > 0 ? kept : 1];
      if (values_ != nullptr)
        for (int j = 0; j < kept; ++j) given[j] = kernel::gather<value>(values_of(j), own);
      else if constexpr (kept > 0)
        work::find(pack{common_, pre, places, now_}, given);
      work::execute(pack{common_, pre, places, now_, given});
      at += count;
    }
  }

 private:
  std::size_t partition() const { return static_cast<std::size_t>(a_.partition); }
  /// By target of the partition.
  Real* values_of(int kept_value) const {
    return values_ + static_cast<std::size_t>(kept_value) * stride_;
  }
  /// Whether more synapses are reached than there are targets, which all have the same to offer.
  bool are_many() const {
    if (common_.per_synapse[0] || common_.per_synapse[1]) return false;
    std::size_t reached = 0;
    for (engine::reached_row const& row : a_.rows) reached += row.last - row.first;
    return reached >= a_.all.rows().bounds()[partition() + 1] - first_target_;
  }
  void find_values_of_targets() {
    auto const& set = a_.all.end_of(ir::side::post).set;
    std::uint32_t const begin = std::max(first_target_, set.begin());
    std::uint32_t const end = std::min(a_.all.rows().bounds()[partition() + 1], set.end());
    if (begin >= end) return;
    stride_ = end - first_target_ + width;
    std::vector<Real>& room = a_.through.room(a_.partition);
    room.resize(stride_ * static_cast<std::size_t>(kept));
    values_ = room.data();
    std::uint32_t element[width];
    value found[kept > 0 ? kept : 1];
    for (std::uint32_t at = begin; at < end; at += width) {
      for (std::uint32_t k = 0; k < width; ++k) element[k] = std::min(at + k, end - 1);
      neighbouring_places const places{0, width, element};
      if constexpr (kept > 0) work::find(pack{common_, 0, places, now_}, found);
      for (int j = 0; j < kept; ++j)
        kernel::store_some(values_of(j) + (at - first_target_), width, found[j]);
    }
  }

  engine::arrival<Real> const& a_;
  common_memory const& common_;
  std::uint32_t first_target_;
  value now_;
  Real* values_ = nullptr;  ///< what depends on targets only; null where it is not known
  std::size_t stride_ = 0;
};

}  // namespace nernst::detail
