// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/element_group.hpp>
#include <nernst/engine/linkage.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>
#include <string>
#include <utility>

namespace nernst {

template <class Real>
linkage<Real>::linkage(engine::element_group<Real>& source, int symbol,
                       std::vector<std::int32_t> index)
    : linkage(source, symbol) {
  set(std::move(index));
}

template <class Real>
linkage<Real> linkage<Real>::through(std::vector<std::int32_t> index) const {
  if (array() == nullptr || (index.empty() && index_.empty())) return linkage(*source_, symbol_);
  if (index.empty()) return linkage(*source_, symbol_, index_);
  if (!index_.empty())
    for (std::int32_t& k : index) k = index_[static_cast<std::size_t>(k)];
  return linkage(*source_, symbol_, std::move(index));
}

template <class Real>
Real* linkage<Real>::array() const {
  return source_->arrays()[symbol_];
}

template <class Real>
kernel::link linkage<Real>::where() const {
  if (array() == nullptr) return {nullptr, &source_->values()[symbol_]};
  return {index_.empty() ? nullptr : index_.data(), nullptr};
}

template <class Real>
bool linkage<Real>::crosses(engine::element_group<Real> const& here) const {
  return array() != nullptr && (!index_.empty() || !here.divided_like(*source_));
}

template <class Real>
void linkage<Real>::read_index_from(engine::element_group<Real> const& of, int symbol,
                                    element_set set, std::string label) {
  reader_ = &of;
  read_symbol_ = symbol;
  set_ = std::move(set);
  label_ = std::move(label);
  read_index();
}

template <class Real>
void linkage<Real>::read_index() {
  if (reader_ == nullptr) return;
  Real const* const a = reader_->arrays()[read_symbol_];
  std::vector<std::uint32_t> const place = source_->places();
  std::vector<std::int32_t> index(reader_->size());
  for (std::size_t k = 0; k < index.size(); ++k) {
    if (!(a[k] >= 0 && a[k] < static_cast<Real>(set_.size())))
      detail::refuse<std::out_of_range>({label_, ": expected an index in [0, ", set_.size(),
                                         "), found ", a[k], " for neuron ", k});
    index[k] = static_cast<std::int32_t>(place[set_[static_cast<std::uint32_t>(a[k])]]);
  }
  set(std::move(index));
}

/// Kernels read whole packs: the list reaches to the end of the last one.
template <class Real>
void linkage<Real>::set(std::vector<std::int32_t> index) {
  index_ = std::move(index);
  index_.resize(detail::host_array<Real>::whole_lines(index_.size()),
                index_.empty() ? 0 : index_.back());
}

}  // namespace nernst
