// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/record/state_record.hpp>

namespace nernst::detail {

/// Sums of a variable over several elements: of those with the numbers n, n + count, n + 2 count
/// and so on, for each of the first `count`. What the elements have is taken in the steps, and
/// added up, always in the same order, between the pieces of a run.
template <class Real>
struct sum_store final : state_store<Real> {
  using base = state_store<Real>;
  using base::data;
  using base::passed_on;
  using base::stored;

  std::vector<Real> parts;  ///< rows x elements, of those rows that are not added up yet

  void prepare(double dt) override {
    base::prepare(dt);
    stored = this->of->places();
  }
  void reserve(std::int64_t end) override {
    std::size_t const done = added();
    base::reserve(end);
    parts.resize((this->rows() - done) * elements());
  }
  Real* at_row(std::size_t row) override { return parts.data() + (row - added()) * elements(); }
  void collect(std::int64_t) override {
    Real const* from = parts.data();
    for (std::size_t k = added(); k < this->rows(); ++k) {
      Real* const to = data.data() + (k - passed_on) * this->row();
      for (std::size_t n = 0; n < this->row(); ++n) to[n] = sum(from + n);
      from += elements();
    }
    parts.clear();
  }
  std::size_t memory_bytes() const override {
    return base::memory_bytes() + parts.capacity() * sizeof(Real);
  }

 private:
  std::size_t elements() const { return this->of->size(); }
  std::size_t added() const { return this->rows() - parts.size() / elements(); }
  Real sum(Real const* from) const {
    double all = 0;
    for (std::size_t k = 0; k < elements(); k += this->row()) all += static_cast<double>(from[k]);
    return static_cast<Real>(all);
  }
};

}  // namespace nernst::detail
