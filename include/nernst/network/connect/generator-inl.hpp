// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/bound_formula.hpp>
#include <nernst/network/connect/by_source.hpp>
#include <nernst/network/connect/generator.hpp>
#include <nernst/network/connect/independent_trials.hpp>
#include <nernst/network/connect/pair_text.hpp>
#include <nernst/network/connect/row_lists.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

namespace nernst {

namespace detail {

/// A generator as expressions, whatever it was written in.
struct written_generator {
  std::optional<language::written_expression> parts[brian::generator_parts];
  ir::identifier counter = {};
  bool is_sample = false;

  auto& part(brian::generator_part p) { return parts[static_cast<int>(p)]; }
};

/// The formulas of a generator, as far as they are given.
struct bound_generator {
  char const* rule;
  bool to_target;
  bool is_sample = false, skips = false;
  connection_request const* request;
  std::optional<bound_formula> parts[brian::generator_parts] = {};
  std::optional<bound_formula> number = {};

  std::optional<bound_formula> const& part(brian::generator_part p) const {
    return parts[static_cast<int>(p)];
  }
  pair_value value(brian::generator_part p, double otherwise) const {
    return {part(p) ? &*part(p) : nullptr, otherwise};
  }
  /// The elements that the rule goes through, and those that it computes.
  std::uint32_t outer_size() const { return to_target ? request->sources : request->targets; }
  std::uint32_t inner_size() const { return to_target ? request->targets : request->sources; }
  std::string_view outer() const { return to_target ? "source" : "target"; }
  std::string_view inner() const { return to_target ? "target" : "source"; }

  bool reads_index(bound_formula const& f) const {
    return f.reads(to_target ? pair_leaf_kind::target : pair_leaf_kind::source);
  }
  bool reads_values(bound_formula const& f) const {
    return f.reads(to_target ? pair_leaf_kind::of_target : pair_leaf_kind::of_source);
  }
  bool reads_inner(bound_formula const& f) const { return reads_index(f) || reads_values(f); }
};

/// The numbers that a loop runs through.
struct counter_range {
  double low, step;
  std::uint32_t size;

  double operator[](std::uint32_t k) const { return low + step * k; }
};

/// What one element after the other is connected with.
class generator_rows {
  using part = brian::generator_part;

 public:
  explicit generator_rows(bound_generator const& all)
      : all_(&all), index_(all.value(part::element, 0)), low_(all.value(part::low, 0)),
        high_(all.value(part::high, 1)), step_(all.value(part::step, 1)),
        probability_(all.value(part::probability, 1)), size_(all.value(part::size, 0)),
        condition_(all.value(part::condition, 1)), number_(all.number ? &*all.number : nullptr, 1),
        draw_(false) {
    auto const& c = all.part(part::condition);
    condition_reads_values_ = c && all.reads_values(*c);
    condition_is_of_row_ =
        !c || !(c->is_random || c->reads(pair_leaf_kind::counter) || all.reads_inner(*c));
  }

  void operator()(std::uint32_t outer, std::vector<std::uint32_t>& row) {
    pair_place at{.row = outer};
    (all_->to_target ? at.source : at.target) = outer;
    if (condition_is_of_row_ && condition_(at) == 0) return;
    counter_range const numbers = range_at(at);
    if (size_.is_given()) return take_some(at, numbers, row);
    double const p = probability_(at);
    if (p >= 1)
      for (std::uint32_t k = 0; k < numbers.size; ++k) try_number(at, numbers, k, row);
    else if (p > 0)
      try_some(at, numbers, p, row);
  }

 private:
  double whole(pair_value& bound, pair_place const& at) const {
    double const given = bound(at);
    double const x = std::trunc(given);
    bool const is_whole = std::abs(x) <= 0x1p53 && (all_->is_sample || x == given);
    if (is_whole) return x;
    refuse<std::invalid_argument>({all_->rule, ": expected whole numbers in ",
                                   all_->is_sample ? "sample" : "range", "(...), found ", given,
                                   " for ", all_->outer(), " ", at.row});
  }
  counter_range range_at(pair_place const& at) {
    double const low = whole(low_, at);
    double const high = whole(high_, at);
    double const step = whole(step_, at);
    if (step == 0)
      refuse<std::invalid_argument>(
          {all_->rule, ": expected a step that is not 0 for ", all_->outer(), " ", at.row});
    double const size = std::max(0.0, std::ceil((high - low) / step));
    if (size > static_cast<double>(degree_limit))
      refuse<std::length_error>({all_->rule, ": expected at most ", degree_limit,
                                 " numbers to run through for ", all_->outer(), " ", at.row,
                                 ", found ", size});
    return {low, step, static_cast<std::uint32_t>(size)};
  }

  void try_some(pair_place const& at, counter_range const& numbers, double p,
                std::vector<std::uint32_t>& row) {
    failures_before_success const failures(p);
    row_random random(key_of(*all_->request, connecting_draw::trials), at.row);
    for (std::uint32_t next = 0;; ++next) {
      std::uint32_t const low = random.word();
      double const n = failures(low, random.word());
      if (!(n < static_cast<double>(numbers.size - next))) return;
      next += static_cast<std::uint32_t>(n);
      try_number(at, numbers, next, row);
    }
  }
  void take_some(pair_place const& at, counter_range const& numbers,
                 std::vector<std::uint32_t>& row) {
    double const asked = std::trunc(size_(at));
    bool const is_there = asked >= 0 && asked <= numbers.size;
    if (!is_there && !all_->skips)
      refuse<std::out_of_range>({all_->rule, ": expected a sample of at most ", numbers.size,
                                 " numbers for ", all_->outer(), " ", at.row, ", found ", asked});
    auto const count = asked > 0 ? std::min(asked, static_cast<double>(numbers.size)) : 0;
    drawn_.resize(static_cast<std::size_t>(count));
    row_random random(key_of(*all_->request, connecting_draw::rows), at.row);
    draw_(random, {numbers.size}, static_cast<std::uint32_t>(count), drawn_.data());
    std::sort(drawn_.begin(), drawn_.end());
    for (std::uint32_t const k : drawn_) try_number(at, numbers, k, row);
  }

  void try_number(pair_place at, counter_range const& numbers, std::uint32_t k,
                  std::vector<std::uint32_t>& row) {
    at.counter = numbers[k];
    at.column = k;
    double const index = std::trunc(index_(at));
    bool const is_there = index >= 0 && index < all_->inner_size();
    if (condition_reads_values_ && !is_there) return refuse_index(at, index);
    (all_->to_target ? at.target : at.source) = index;
    if (!condition_is_of_row_ && condition_(at) == 0) return;
    if (!is_there) return refuse_index(at, index);
    row.insert(row.end(), multiplicity(all_->rule, number_, at), static_cast<std::uint32_t>(index));
  }
  void refuse_index(pair_place const& at, double index) const {
    if (all_->skips) return;
    refuse<std::out_of_range>({all_->rule, ": expected a ", all_->inner(), " index below ",
                               all_->inner_size(), " for ", all_->outer(), " ", at.row, ", found ",
                               index});
  }

  bound_generator const* all_;
  pair_value index_, low_, high_, step_, probability_, size_, condition_, number_;
  candidate_draw draw_;
  std::vector<std::uint32_t> drawn_;
  bool condition_reads_values_, condition_is_of_row_;
};

/// Rows that have been made, by target.
struct made_rows {
  connection_list const* list;

  ir::span<std::uint32_t const> operator()(std::uint32_t target) const {
    std::uint64_t const begin = list->row_begin[target];
    return {list->target.data() + begin, static_cast<int>(list->row_begin[target + 1] - begin)};
  }
};

/// Makes formulas out of what was written.
class generator_binder {
  using part = brian::generator_part;

 public:
  generator_binder(char const* rule, connection_request const& request)
      : rule_(rule), request_(request), binder_(rule, request) {}

  written_generator read(std::string_view text) const {
    pair_vocabulary const known(request_);
    brian::parsed_generator const all = brian::parse_generator(text, known.names());
    require_read(rule_, all);
    written_generator w;
    for (int k = 0; k < brian::generator_parts; ++k)
      if (all.roots[k] != ir::none) w.parts[k] = language::part_of(all.model, all.roots[k]);
    if (all.counter != ir::none) w.counter = all.model.at(all.counter).id;
    w.is_sample = all.is_sample;
    return w;
  }
  written_generator read(pair_formula const& index, counter_loop const& loop) const {
    written_generator w;
    enter(w, part::element, index);
    enter(w, part::low, loop.values.low);
    enter(w, part::high, loop.values.high);
    enter(w, part::step, loop.values.step);
    enter(w, part::probability, loop.values.probability);
    enter(w, part::size, loop.values.size);
    w.counter = loop.counter;
    w.is_sample = loop.values.is_sample;
    return w;
  }
  void enter(written_generator& w, part p, pair_formula const& f) const {
    if (!f.is_given()) return;
    if (w.part(p))
      refuse<std::invalid_argument>({rule_, ": expected one condition, found 'if' and where(...)"});
    w.part(p) = f.read(rule_, p, request_);
  }

  void bind(written_generator const& w, bound_generator& all) {
    for (int k = 0; k < brian::generator_parts; ++k) {
      if (!w.parts[k]) continue;
      all.parts[k] = binder_.bind(*w.parts[k], w.counter.view());
      auto const p = static_cast<part>(k);
      bool const knows_index = p == part::condition;
      bool const is_bound = !knows_index && p != part::element;
      if (!knows_index && all.reads_inner(*all.parts[k]))
        refuse<std::invalid_argument>(
            {rule_, ": expected the index and its range to depend on the ", all.outer(),
             " only, found them to depend on the ", all.inner()});
      if (is_bound && all.parts[k]->reads(pair_leaf_kind::counter))
        refuse<std::invalid_argument>({rule_, ": expected a range that does not depend on '",
                                       w.counter.view(), "', which runs through it"});
    }
    all.is_sample = w.is_sample;
  }
  void bind_number(pair_formula const& number, written_generator const& w, bound_generator& all) {
    if (number.is_given())
      all.number = binder_.bind(number.read(rule_, part::element, request_), w.counter.view());
  }

 private:
  char const* rule_;
  connection_request const& request_;
  pair_binder binder_;
};

}  // namespace detail

NERNST_INLINE connection_list generator_rule::build(executor const& run,
                                                    connection_request const& request) const {
  bool const to_target = way_ == direction::to_target;
  char const* const name = to_target ? "to_target" : "from_source";
  detail::generator_binder binder(name, request);
  detail::written_generator written =
      index_.is_given() ? binder.read(index_, loop_) : binder.read(text_);
  binder.enter(written, brian::generator_part::condition, condition_);
  detail::bound_generator all{
      .rule = name, .to_target = to_target, .skips = skip_, .request = &request};
  binder.bind(written, all);
  binder.bind_number(number_, written, all);
  connection_list const list = detail::list_of_rows(
      name, run, all.outer_size(), detail::generator_rows(all), request.limit.listed());
  if (to_target) return list;
  return detail::list_by_source(name, run, request, list.target.size(), detail::made_rows{&list},
                                list.row_begin.data());
}

}  // namespace nernst
