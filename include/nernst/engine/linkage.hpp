// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/engine/element_set.hpp>
#include <nernst/kernel/step_context.hpp>

#include <string>
#include <vector>

namespace nernst {

namespace engine {
template <class Real>
class element_group;
template <class Real>
class state_pass;
}  // namespace engine

/// Where the values of a linked variable come from: a variable of other neurons, and for each
/// element here the number of one there.
template <class Real>
class linkage {
 public:
  linkage() = default;
  /// Element k here is element k of the variable with symbol `symbol` there.
  linkage(engine::element_group<Real>& source, int symbol) : source_(&source), symbol_(symbol) {}
  /// Element k here is element `index[k]` there.
  linkage(engine::element_group<Real>& source, int symbol, std::vector<std::int32_t> index);

  /// This link after another one: `index` has the element of the neurons between for each here
  /// (empty: the same).
  linkage through(std::vector<std::int32_t> index) const;

  bool given() const { return source_ != nullptr; }
  engine::element_group<Real>& source() const { return *source_; }
  int symbol() const { return symbol_; }
  /// Null for a shared variable.
  Real* array() const;
  kernel::link where() const;
  /// Whether elements of one partition here are linked to those of another one there.
  bool crosses(engine::element_group<Real> const& here) const;

  /// Lets the numbers be read from an integer variable of the neurons `of` at the start of each
  /// run; they count within `set`. `label` names the linked variable.
  void read_index_from(engine::element_group<Real> const& of, int symbol, element_set set,
                       std::string label);
  /// \throws std::out_of_range
  void read_index();

 private:
  template <class>
  friend class engine::state_pass;
  void set(std::vector<std::int32_t> index);

  engine::element_group<Real>* source_ = nullptr;
  int symbol_ = 0;
  std::vector<std::int32_t> index_;
  engine::element_group<Real> const* reader_ = nullptr;
  int read_symbol_ = 0;
  element_set set_;
  std::string label_;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/engine/linkage-inl.hpp>
#endif
