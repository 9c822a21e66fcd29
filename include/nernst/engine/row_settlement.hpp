// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/row_packs.hpp>
#include <nernst/engine/waiting_spikes.hpp>

#include <algorithm>

namespace nernst::detail {

/// Some synapses of a row, one maybe several times. Kernels do not ask for their targets.
struct chosen_places {
  std::size_t first;
  std::uint32_t const* distance;  ///< by lane, from the first

  template <class Value, class Real>
  NERNST_FUNCTION Value of_synapses(Real const* array) const {
    return kernel::gather<Value>(array + first, distance);
  }
  template <class Value, class Real>
  NERNST_FUNCTION void put(Real* array, Value const& v) const {
    kernel::scatter(array + first, distance, v);
  }
};

/// Lets spikes of targets that have waited act on rows, by the kernel of such spikes.
template <class Compiled, int Kernel, class Real>
class row_settlement {
  using work = pack_kernel<Compiled, Kernel, Real, ir::side::pre>;
  using common_memory = typename work::common_memory;
  using value = typename work::value;
  using pack = typename work::template some<chosen_places>;
  static constexpr std::uint32_t width = work::width;
  static constexpr int kept = work::kept;
  static constexpr std::uint32_t most = engine::waiting_spikes::most;
  /// So many synapses at once, for which there is room beside the row in the nearest cache.
  static constexpr std::uint32_t piece = 512;
  /// So many steps may have values of the source, one for each.
  static constexpr std::uint32_t most_steps = kept > 0 ? 512 : 0;

  /// The synapses of a piece for which so many spikes wait, by their distances from its beginning,
  /// and how many steps after the first one the oldest of these was fired, as far as 16 bits tell.
  struct chosen {
    std::uint32_t count;
    std::uint32_t item[piece + width];

    static std::uint32_t distance(std::uint32_t item) { return item & 0xFFFF; }
    static std::uint32_t after(std::uint32_t item) { return item >> 16; }
  };

  common_memory const& common_;
  engine::waiting_spikes const& waiting_;
  std::uint32_t pre_;
  std::int32_t since_;
  bool knows_values_ = false;
  /// What depends on the source only, by step.
  Real values_[kept > 0 ? kept : 1][most_steps + width];
  chosen found_[most];

 public:
  /// Of a source, from step `since` on.
  row_settlement(common_memory const& common, engine::waiting_spikes const& waiting,
                 std::uint32_t pre, std::int32_t since, engine::synapse_part const& row)
      : common_(common), waiting_(waiting), pre_(pre), since_(since) {
    auto const steps = static_cast<std::uint32_t>(std::max(waiting.end() - since, 0));
    if (kept > 0 && steps <= std::min<std::size_t>(most_steps, row.last - row.first))
      find_values(steps);
  }

  /// `target` is by place, counted from the first one of the partition.
  template <class Index>
  void act(engine::synapse_part const& row, Index const* target) {
    for (std::size_t at = row.first; at < row.last; at += piece) {
      Index const* const to = target + at;
      auto const count = static_cast<std::uint32_t>(std::min<std::size_t>(piece, row.last - at));
      choose(found_[0], count, [](std::uint32_t k) { return k; }, to, 0);
      std::uint32_t rounds = 0;
      while (found_[rounds].count > 0 && ++rounds < most) {
        chosen const& last = found_[rounds - 1];
        auto const again = [&](std::uint32_t k) { return chosen::distance(last.item[k]); };
        choose(found_[rounds], last.count, again, to, rounds);
      }
      // Each synapse begins with the oldest of its spikes.
      while (rounds-- > 0) act(at, found_[rounds], to, waiting_.steps(rounds));
    }
  }

 private:
  void find_values(std::uint32_t steps) {
    knows_values_ = true;
    value found[kept > 0 ? kept : 1];
    chosen_places const nowhere{0, nullptr};
    for (std::uint32_t at = 0; at < steps; at += width) {
      value const fired = kernel::of_lanes<value>(
          [&](std::size_t lane) { return time(since_ + static_cast<std::int32_t>(at + lane)); });
      if constexpr (kept > 0) work::find(pack{common_, pre_, nowhere, fired}, found);
      for (int j = 0; j < kept; ++j) kernel::store_some(values_[j] + at, width, found[j]);
    }
  }
  Real time(std::int32_t step) const { return static_cast<Real>(waiting_.time(step)); }

  /// Of `count` synapses, `each(k)` from the beginning of a piece, those whose targets have fired
  /// so often and once more.
  template <class Index, class Each>
  void choose(chosen& found, std::uint32_t count, Each const& each, Index const* target,
              std::uint32_t spikes) const {
    std::int32_t const* const step = waiting_.steps(spikes);
    std::int32_t const since = since_;
    std::uint32_t n = 0;
    for (std::uint32_t k = 0; k < count; ++k) {
      std::uint32_t const distance = each(k);
      std::int32_t const after = step[target[distance]] - since;
      found.item[n] = static_cast<std::uint32_t>(after) << 16 | distance;
      n += after >= 0 ? 1 : 0;
    }
    found.count = n;
    for (std::uint32_t k = 0; k < width && n > 0; ++k) found.item[n + k] = found.item[n - 1];
  }
  template <class Index>
  void act(std::size_t first, chosen const& some, Index const* target,
           std::int32_t const* step) const {
    std::uint32_t distance[width];
    for (std::uint32_t k = 0; k < some.count; k += width) {
      std::uint32_t const* const item = some.item + k;
      for (std::uint32_t lane = 0; lane < width; ++lane)
        distance[lane] = chosen::distance(item[lane]);
      chosen_places const places{first, distance};
      value given[kept > 0 ? kept : 1];
      if (knows_values_) {
        for (int j = 0; j < kept; ++j)
          given[j] = kernel::of_lanes<value>(
              [&](std::size_t lane) { return values_[j][chosen::after(item[lane])]; });
        value const fired = kernel::of_lanes<value>([&](std::size_t lane) {
          return time(since_ + static_cast<std::int32_t>(chosen::after(item[lane])));
        });
        work::execute(pack{common_, pre_, places, fired, given});
      } else {
        value const fired = kernel::of_lanes<value>(
            [&](std::size_t lane) { return time(step[target[chosen::distance(item[lane])]]); });
        if constexpr (kept > 0) work::find(pack{common_, pre_, places, fired}, given);
        work::execute(pack{common_, pre_, places, fired, given});
      }
    }
  }
};

}  // namespace nernst::detail
