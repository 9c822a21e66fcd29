// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/backward_euler.hpp>
#include <nernst/integrate/euler.hpp>
#include <nernst/integrate/exact.hpp>
#include <nernst/integrate/exponential_euler.hpp>
#include <nernst/integrate/heun.hpp>
#include <nernst/integrate/milstein.hpp>
#include <nernst/integrate/rk2.hpp>
#include <nernst/integrate/rk4.hpp>
#include <nernst/integrate/rk45.hpp>
#include <nernst/integrate/rosenbrock.hpp>

namespace nernst::integrate {

/// A scheme that the model brings along as text.
struct own_scheme {
  static constexpr ir::method_id id = ir::method_id::scheme;
  static constexpr ir::string_view name = ir::name_of(id);
  static constexpr ir::string_view wants = "what the scheme is right for";

  static constexpr ir::diagnosis check(ir::model const& m) { return scheme(m.scheme).check(); }
  static constexpr verdict accepts(system& f) { return scheme(f.model().scheme).accepts(f); }
  static constexpr plan advance(system& f) { return scheme(f.model().scheme).advance(f); }
};

template <Method... M>
struct method_list {};

/// The methods of the library. Their names are in the table ir/method.hpp.
using builtin_methods = method_list<exact, exponential_euler, euler, rk2, rk4, heun, milstein,
                                    backward_euler, rosenbrock, rk45, own_scheme>;

}  // namespace nernst::integrate
