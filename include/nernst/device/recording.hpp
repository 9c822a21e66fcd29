// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/kernels.hpp>
#include <nernst/device/memory.hpp>
#include <nernst/engine/record_store.hpp>

#include <algorithm>
#include <limits>
#include <vector>

namespace nernst::device {

/// Copies the values that a record takes in a step, if it takes some.
template <class Real>
struct row_copy {
  step_clock const* clock;
  std::int64_t const* first_step;  ///< that of the first row
  std::int64_t every;              ///< in how many steps there is a row
  Real const* const* arrays;       ///< by variable
  std::uint32_t const* places;     ///< by element, `elements::nobody` for those that are gone
  std::uint32_t elements_each;
  std::int64_t width;  ///< of a row
  Real missing;        ///< the value of elements that are gone
  Real* rows;

  NERNST_CALLABLE void operator()(std::int64_t k) const {
    std::int64_t const behind = clock->step - *first_step;
    if (behind < 0 || behind % every != 0) return;
    std::uint32_t const place = places[k % elements_each];
    rows[behind / every * width + k] =
        place == elements::nobody ? missing : arrays[k / elements_each][place];
  }
};

/// The rows of a record that the host has not fetched yet.
template <class Space, class Real>
class record_rows {
 public:
  using store = detail::row_store<Real>;

  record_rows(memory<Space> const& in, store& of)
      : of_(&of), arrays_(there(in, of.arrays)), places_(of.stored), first_step_(1) {}

  /// Whether all that a record takes stands in arrays.
  static bool copies(store const& of) {
    return !of.stored.empty() &&
           std::find(of.arrays.begin(), of.arrays.end(), nullptr) == of.arrays.end();
  }

  /// Makes room for the rows of so many steps, or for a million values, which are fetched then.
  void start(std::int64_t steps) {
    constexpr std::size_t most_values = std::size_t{1} << 20;
    std::size_t const most = std::max(std::size_t{1}, most_values / width());
    room_ = std::min(most, static_cast<std::size_t>((steps - 1) / of_->every + 1));
    if (values_.size() < room_ * width()) values_ = array<Space, Real>(room_ * width());
    begin_at(std::numeric_limits<std::int64_t>::max());
  }
  /// Adds what takes the row of a step, once `expect` was told of it.
  void add_to(sequence_of<Space>& kernels, step_clock const* clock) const {
    auto const values = static_cast<std::int64_t>(width());
    kernels.add("nernst::record", values,
                row_copy<Real>{.clock = clock,
                               .first_step = first_step_.data(),
                               .every = of_->every,
                               .arrays = arrays_.data(),
                               .places = places_.data(),
                               .elements_each = static_cast<std::uint32_t>(places_.size()),
                               .width = values,
                               .missing = std::numeric_limits<Real>::quiet_NaN(),
                               .rows = values_.data()});
  }
  void expect(std::int64_t step) {
    Real* const to = of_->row_of(step);
    if (to == nullptr) return;
    if (rows_ == room_) fetch();
    if (rows_ == 0) {
      first_ = to;
      begin_at(step);
    }
    ++rows_;
  }
  /// Lets the host have the rows.
  void fetch() {
    if (rows_ > 0) values_.fetch(first_, 0, rows_ * width());
    rows_ = 0;
  }

 private:
  static array<Space, Real const*> there(memory<Space> const& in,
                                         std::vector<Real const*> const& arrays) {
    std::vector<Real const*> all;
    for (Real const* const a : arrays) all.push_back(in.there(a));
    return array<Space, Real const*>(all);
  }
  std::size_t width() const { return arrays_.size() * places_.size(); }
  void begin_at(std::int64_t step) { first_step_.send(&step); }

  store* of_;
  array<Space, Real const*> arrays_;
  array<Space, std::uint32_t> places_;
  array<Space, Real> values_;
  array<Space, std::int64_t> first_step_;
  std::size_t room_ = 0, rows_ = 0;
  Real* first_ = nullptr;  ///< of the host: where the first of them goes
};

}  // namespace nernst::device
