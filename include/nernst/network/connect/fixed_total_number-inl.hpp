// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/distributions.hpp>
#include <nernst/network/connect/fixed_total_number.hpp>
#include <nernst/network/connect/independent_trials.hpp>
#include <nernst/network/connect/row_lists.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace nernst {

namespace detail {

/// The pairs that synapses may be of, counted by source.
struct countable_pairs {
  connection_request request;
  bool autapses;

  /// Of the sources [begin, end).
  std::uint64_t operator()(std::uint32_t begin, std::uint32_t end) const {
    std::uint64_t const all = std::uint64_t{end - begin} * request.targets;
    return autapses ? all : all - count_autapses(request, begin, end);
  }
  std::uint64_t all() const { return (*this)(0, request.sources); }
};

/// Divides a number of synapses among sources: half of the sources has a binomial part of it.
class row_size_draw {
 public:
  row_size_draw(countable_pairs const& pairs, std::uint64_t* sizes)
      : pairs_(pairs), key_(key_of(pairs.request, connecting_draw::row_sizes)), sizes_(sizes) {}

  void operator()(std::uint32_t begin, std::uint32_t end, std::uint64_t synapses) const {
    if (end - begin == 1) sizes_[begin] = synapses;
    if (synapses == 0 || end - begin < 2) return;
    std::uint32_t const middle = begin + (end - begin) / 2;
    double const share =
        static_cast<double>(pairs_(begin, middle)) / static_cast<double>(pairs_(begin, end));
    double const first = kernel::binomial(key_, middle, 0, static_cast<double>(synapses), share);
    auto const part = static_cast<std::uint64_t>(first);
    (*this)(begin, middle, part);
    (*this)(middle, end, synapses - part);
  }

 private:
  countable_pairs const& pairs_;
  kernel::draw_key key_;
  std::uint64_t* sizes_;
};

/// Different numbers below `n`, each set with the same probability, in ascending order.
inline std::vector<std::uint64_t> different_numbers(row_random& random, std::uint64_t count,
                                                    std::uint64_t n) {
  std::vector<std::uint64_t> drawn;
  while (drawn.size() < count) {
    for (std::uint64_t k = drawn.size(); k < count; ++k) {
      unsigned __int128 const word = std::uint64_t{random.word()} << 32 | random.word();
      drawn.push_back(static_cast<std::uint64_t>(word * n >> 64));
    }
    std::sort(drawn.begin(), drawn.end());
    drawn.erase(std::unique(drawn.begin(), drawn.end()), drawn.end());
  }
  return drawn;
}

/// Takes synapses out of a list, by their places.
inline void remove_synapses(connection_list& list, std::vector<std::uint64_t> const& places) {
  std::uint64_t kept = 0;
  std::size_t removed = 0;
  std::uint64_t begin = 0;
  for (std::size_t row = 1; row < list.row_begin.size(); ++row) {
    for (std::uint64_t k = begin; k < list.row_begin[row]; ++k) {
      bool const is_removed = removed < places.size() && places[removed] == k;
      if (is_removed)
        ++removed;
      else
        list.target[kept++] = list.target[k];
    }
    begin = list.row_begin[row];
    list.row_begin[row] = kept;
  }
  list.target.resize(kept);
}

/// Connects pairs that are not connected, by their number among these. Rows ascend.
inline void add_synapses(connection_list& list, connection_request const& request, bool autapses,
                         std::vector<std::uint64_t> const& numbers) {
  connection_list more;
  more.row_begin.assign(list.row_begin.size(), 0);
  more.target.reserve(list.target.size() + numbers.size());
  std::uint64_t number = 0;  // of the first pair of the row that is not connected
  auto next = numbers.begin();
  for (std::uint32_t source = 0; source < request.sources; ++source) {
    std::uint64_t k = list.row_begin[source];
    std::uint64_t const end = list.row_begin[source + 1];
    candidates to{request.targets};
    if (!autapses) to.left_out = request.target_like(source);
    std::uint64_t const behind = number + to.size() - (end - k);
    bool const stays = next == numbers.end() || *next >= behind;
    if (stays)
      more.target.insert(more.target.end(), list.target.begin() + static_cast<std::ptrdiff_t>(k),
                         list.target.begin() + static_cast<std::ptrdiff_t>(end));
    for (std::uint32_t n = 0; n < to.size() && !stays; ++n) {
      bool const was_there = k < end && list.target[k] == to[n];
      bool const is_new = !was_there && next != numbers.end() && *next == number;
      if (was_there || is_new) more.target.push_back(to[n]);
      if (was_there)
        ++k;
      else
        ++number;
      if (is_new) ++next;
    }
    number = behind;
    more.row_begin[source + 1] = more.target.size();
  }
  list = std::move(more);
}

/// Different pairs: all pairs by independent trials, and the few that are too many or too few are
/// drawn from those that are connected, or are not.
inline connection_list draw_different_pairs(executor const& run, countable_pairs const& pairs,
                                            std::uint64_t number) {
  connection_request const& request = pairs.request;
  double const p = static_cast<double>(number) / static_cast<double>(pairs.all());
  connection_list list = list_of(run, independent_trials(request, p, pairs.autapses));
  std::uint64_t const found = list.target.size();
  row_random random(key_of(request, connecting_draw::corrections), 0);
  if (found > number) remove_synapses(list, different_numbers(random, found - number, found));
  if (found < number)
    add_synapses(list, request, pairs.autapses,
                 different_numbers(random, number - found, pairs.all() - found));
  return list;
}

}  // namespace detail

NERNST_INLINE connections fixed_total_number_rule::make(executor const& run,
                                                        connection_request const& request) const {
  detail::countable_pairs const pairs{request, allowed_.autapses};
  std::uint64_t const needed = allowed_.multapses && number_ > 0 ? 1 : number_;
  if (pairs.all() < needed)
    detail::refuse<std::invalid_argument>({"fixed_total_number: expected at least ", needed,
                                           needed == 1 ? " pair" : " pairs", " of elements",
                                           allowed_.autapses ? "" : " that are not the same",
                                           ", found ", pairs.all()});
  detail::check_synapse_count("fixed_total_number", number_, request.limit);
  if (!allowed_.multapses && number_ > 0) return detail::draw_different_pairs(run, pairs, number_);
  connection_list sizes;
  sizes.row_begin.assign(std::size_t{request.sources} + 1, 0);
  if (number_ > 0)
    detail::row_size_draw(pairs, sizes.row_begin.data() + 1)(0, request.sources, number_);
  detail::add_up_rows("fixed_total_number", sizes, request.limit);
  return detail::random_rows("fixed_total_number", request, allowed_, std::move(sizes.row_begin));
}

NERNST_INLINE connection_list
fixed_total_number_rule::build(executor const& run, connection_request const& request) const {
  return detail::list_of(run, make(run, request));
}

}  // namespace nernst
