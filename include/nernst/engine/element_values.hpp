// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/function.hpp>
#include <nernst/ir/list.hpp>
#include <nernst/ir/symbol.hpp>

#include <memory>
#include <string_view>
#include <vector>

namespace nernst {

namespace brian {
struct constant;
}

/// How a rule of connection reads the elements of a slice, whatever they are.
struct element_values {
  std::shared_ptr<void const> elements = nullptr;
  void const* group = nullptr;  ///< that of which they are elements, to tell it from others
  /// What can be read of them.
  ir::list<ir::symbol> (*variables)(void const* elements) = nullptr;
  /// The value of each element, in SI units.
  std::vector<double> (*read)(void const* elements, std::string_view id) = nullptr;
  ir::span<brian::constant const> constants = {};  ///< what texts may name beside variables
  ir::span<ir::function const> functions = {};     ///< the functions of the user
};

}  // namespace nernst
