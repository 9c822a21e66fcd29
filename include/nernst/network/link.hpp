// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/functor.hpp>
#include <nernst/kernel/simd.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace nernst {

template <class Real>
class neurons;

/// What the user has given for a timed array, in SI units, row after row.
struct given_table {
  std::vector<double> values;
  std::size_t columns = 1;
  double dt = 1;

  /// As a simulation with steps of that length reads it.
  kernel::timed_table at_steps_of(double step) const {
    if (values.empty() || !(step > 0)) return {};
    auto const n = static_cast<std::int64_t>(columns);
    return kernel::make_timed_table(values.data(), static_cast<std::int64_t>(values.size()) / n, n,
                                    dt, step);
  }
};

/// Where the values of a linked variable come from: a variable of other neurons, and for each
/// element here the number of one there.
template <class Real>
class linkage {
 public:
  linkage() = default;
  /// Element k here is element k of the variable with symbol `symbol` there.
  linkage(neurons<Real>& source, int symbol)
      : source_(&source), symbol_(static_cast<std::size_t>(symbol)) {}
  /// Element k here is element `index[k]` there.
  linkage(neurons<Real>& source, int symbol, std::vector<std::int32_t> index)
      : linkage(source, symbol) {
    set(std::move(index));
  }

  /// This link after another one: `index` has the element of the neurons between for each here
  /// (empty: the same).
  linkage through(std::vector<std::int32_t> index) const {
    if (array() == nullptr || (index.empty() && index_.empty())) return linkage(*source_, symbol());
    if (index.empty()) return linkage(*source_, symbol(), index_);
    if (!index_.empty())
      for (std::int32_t& k : index) k = index_[static_cast<std::size_t>(k)];
    return linkage(*source_, symbol(), std::move(index));
  }

  bool given() const { return source_ != nullptr; }
  neurons<Real>& source() const { return *source_; }
  int symbol() const { return static_cast<int>(symbol_); }
  std::vector<std::int32_t> const& index() const { return index_; }
  /// Null for a shared variable.
  Real* array() const { return source_->arrays()[symbol_]; }
  kernel::link where() const {
    if (array() == nullptr) return {nullptr, &source_->values()[symbol_]};
    return {index_.empty() ? nullptr : index_.data(), nullptr};
  }
  /// Whether elements of one partition here are linked to those of another one there.
  bool crosses(neurons<Real> const& here) const {
    return array() != nullptr && (!index_.empty() || here.bounds() != source_->bounds());
  }

  /// Lets the numbers be read from an integer variable of the neurons `of` at the start of each
  /// run; they count from `offset` and have to be below `count`.
  void read_index_from(neurons<Real> const& of, int symbol, std::uint32_t offset,
                       std::uint32_t count) {
    reader_ = &of;
    read_symbol_ = static_cast<std::size_t>(symbol);
    offset_ = offset;
    count_ = count;
    read_index();
  }
  /// \throws std::out_of_range
  void read_index() {
    if (reader_ == nullptr) return;
    Real const* const a = reader_->arrays()[read_symbol_];
    std::vector<std::int32_t> index(reader_->size());
    for (std::size_t k = 0; k < index.size(); ++k) {
      if (!(a[k] >= 0 && a[k] < static_cast<Real>(count_)))
        throw std::out_of_range(reader_->name() +
                                ": expected the index of a linked variable to be in [0, " +
                                std::to_string(count_) + "), found " + std::to_string(a[k]));
      index[k] = static_cast<std::int32_t>(a[k]) + static_cast<std::int32_t>(offset_);
    }
    set(std::move(index));
  }

 private:
  /// Kernels read whole packs: the list reaches to the end of the last one.
  void set(std::vector<std::int32_t> index) {
    index_ = std::move(index);
    std::size_t const width = kernel::pack_width<Real>;
    index_.resize((index_.size() + width - 1) / width * width, index_.empty() ? 0 : index_.back());
  }

  neurons<Real>* source_ = nullptr;
  std::size_t symbol_ = 0;
  std::vector<std::int32_t> index_;
  neurons<Real> const* reader_ = nullptr;
  std::size_t read_symbol_ = 0;
  std::uint32_t offset_ = 0, count_ = 0;
};

}  // namespace nernst
