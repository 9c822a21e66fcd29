// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/part.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>

namespace nernst {

NERNST_INLINE cable::growing_part morphology::operator[](std::string_view name) {
  int const known = find_from_root(name);
  bool const has_the_name = known == 0 || (known != cable::none && known == child_named(0, name));
  if (has_the_name) return {*this, known};
  return cable::growing_part::found(known, {*this, 0, 1, name});
}

NERNST_INLINE cable::part morphology::operator[](std::string_view name) const {
  int const known = find_from_root(name);
  return known != cable::none ? cable::part(*this, known) : cable::part(*this, name);
}

NERNST_INLINE cable::growing_part morphology::all() {
  return {*this, 0};
}

NERNST_INLINE cable::part morphology::all() const {
  return {*this, 0};
}

}  // namespace nernst

namespace nernst::cable {

NERNST_INLINE int part::number() const {
  if (exists()) return branch_;
  std::string known;
  for (branch const& b : of_->branches()) {
    if (known.size() > 200) break;
    known += (known.empty() ? "" : ", ") + b.name;
  }
  nernst::detail::refuse<std::invalid_argument>(
      {"morphology: expected a part '", name_, "', found ", known});
}

NERNST_INLINE std::string part::name() const {
  return exists() ? of_->branch_at(branch_).name : name_;
}

NERNST_INLINE int part::child(std::string_view name) const {
  return of_->find_path(number(), name);
}

NERNST_INLINE part part::operator[](std::string_view name) const {
  int const known = child(name);
  return known != none ? part(*of_, known) : part(*of_, name);
}

NERNST_INLINE stretches part::whole() const {
  std::vector<char> is_in(of_->branches().size());
  stretches all;
  for (int b = number(); b < of_->size(); ++b) {
    auto const k = static_cast<std::size_t>(b);
    int const parent = of_->branches()[k].parent;
    if (b != branch_ && (parent == none || is_in[static_cast<std::size_t>(parent)] == 0)) continue;
    is_in[k] = 1;
    all.push_back({b, 0, 1});
  }
  return all;
}

NERNST_INLINE stretches part::main() const {
  return {{number(), 0, 1}};
}

NERNST_INLINE double part::fraction_of(length from_beginning) const {
  branch const& b = of_->branch_at(number());
  double const fraction = from_beginning.si / b.length();
  if (fraction >= 0 && fraction <= 1) return fraction;
  // What is a length of the branch in decimals may lie a bit behind its end.
  if (fraction > 1 && fraction < 1 + 1e-12) return 1;
  nernst::detail::refuse<std::invalid_argument>({"morphology: expected a place on the ",
                                                 b.length() * 1e6, " um of '", b.name, "', found ",
                                                 from_beginning.si * 1e6, " um"});
}

NERNST_INLINE stretches part::operator()(length from, length to) const {
  stretch const s{number(), fraction_of(from), fraction_of(to)};
  if (s.from < s.to) return {s};
  nernst::detail::refuse<std::invalid_argument>({"morphology: expected ascending distances, found ",
                                                 from.si * 1e6, " um and ", to.si * 1e6, " um"});
}

NERNST_INLINE location part::at(double fraction) const {
  detail::require_fraction("morphology", fraction);
  return {number(), fraction};
}

NERNST_INLINE location part::at(length from_beginning) const {
  return {number(), fraction_of(from_beginning)};
}

NERNST_INLINE growing_part growing_part::child_at(double fraction, std::string_view name) const {
  int const known = child(name);
  bool const has_the_name = known != none && known == whole_->child_named(number(), name);
  if (has_the_name) return {*whole_, known};
  return found(known, {*whole_, number(), fraction, name});
}

NERNST_INLINE growing_part const& growing_part::operator=(branch_shape const& shape) {
  if (exists() && parent_ == none)
    nernst::detail::refuse<std::invalid_argument>(
        {"morphology: expected a new name, found the branch '", whole_->branch_at(branch_).name,
         "'"});
  branch_ = whole_->attach(parent_, at_, shape, name_);
  return *this;
}

}  // namespace nernst::cable
