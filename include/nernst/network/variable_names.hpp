// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/checked_values.hpp>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace nernst {

/// A variable of neurons or synapses, by its name or by what the model calls it: `"v"`, `cells::v`.
class variable_name {
 public:
  variable_name(char const* name) : text_(name) {}
  variable_name(std::string name) : text_(std::move(name)) {}
  template <detail::OwnVariable V>
  variable_name(V const&) : text_(V::id()) {}

  std::string const& text() const { return text_; }

 private:
  std::string text_;
};

/// Which variables are recorded: `{"v", "g"}`, `{cells::v, cells::g}`, or one of them.
class variable_names {
 public:
  variable_names() = default;
  variable_names(std::initializer_list<variable_name> names) {
    for (variable_name const& n : names) texts_.push_back(n.text());
  }
  variable_names(std::vector<std::string> names) : texts_(std::move(names)) {}
  variable_names(char const* name) : texts_{name} {}
  template <detail::OwnVariable V>
  variable_names(V const&) : texts_{std::string(V::id())} {}

  std::vector<std::string> const& texts() const { return texts_; }

 private:
  std::vector<std::string> texts_;
};

}  // namespace nernst
