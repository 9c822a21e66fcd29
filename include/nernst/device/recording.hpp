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

/// Copies the values that a record takes in a step.
template <class Real>
struct row_copy {
  Real const* const* arrays;    ///< by variable
  std::uint32_t const* places;  ///< by element, `elements::nobody` for those that are gone
  std::uint32_t elements_each;
  Real missing;  ///< the value of these
  Real* row;

  NERNST_CALLABLE void operator()(std::int64_t k) const {
    std::uint32_t const place = places[k % elements_each];
    row[k] = place == elements::nobody ? missing : arrays[k / elements_each][place];
  }
};

/// The rows of a record that the host has not fetched yet.
template <class Space, class Real>
class record_rows {
 public:
  using store = detail::row_store<Real>;

  record_rows(memory<Space> const& in, store& of)
      : of_(&of), arrays_(there(in, of.arrays)), places_(of.stored) {}

  /// Whether all that a record takes stands in arrays.
  static bool copies(store const& of) {
    return !of.stored.empty() &&
           std::find(of.arrays.begin(), of.arrays.end(), nullptr) == of.arrays.end();
  }

  /// Takes the row of a step, if it has one.
  void take(std::int64_t step) {
    Real* const to = of_->row_of(step);
    if (to == nullptr) return;
    if (rows_ == room_) make_room();
    if (rows_ == 0) first_ = to;
    row_copy<Real> const work{.arrays = arrays_.data(),
                              .places = places_.data(),
                              .elements_each = static_cast<std::uint32_t>(places_.size()),
                              .missing = std::numeric_limits<Real>::quiet_NaN(),
                              .row = values_.data() + rows_ * width()};
    start<Space>("nernst::record", static_cast<std::int64_t>(width()), work);
    ++rows_;
  }
  /// Lets the host have them.
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
  /// Doubles it until a million values are fetched at a time.
  void make_room() {
    constexpr std::size_t least = 64, most_values = std::size_t{1} << 20;
    fetch();
    std::size_t const most = std::max(std::size_t{1}, most_values / width());
    std::size_t const room = std::min(std::max(least, 2 * room_), most);
    if (room == room_) return;
    values_ = array<Space, Real>(room * width());
    room_ = room;
  }

  store* of_;
  array<Space, Real const*> arrays_;
  array<Space, std::uint32_t> places_;
  array<Space, Real> values_;
  std::size_t room_ = 0, rows_ = 0;
  Real* first_ = nullptr;  ///< of the host: where the first of them goes
};

}  // namespace nernst::device
