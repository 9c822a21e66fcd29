// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/euler.hpp>
#include <nernst/integrate/exact.hpp>
#include <nernst/integrate/exponential_euler.hpp>
#include <nernst/integrate/rk2.hpp>
#include <nernst/integrate/rk4.hpp>
#include <nernst/ir/diagnosis.hpp>

namespace nernst::integrate {

/// The method that integrates a model, and why this one.
struct choice {
  bool ok = false;
  std::string_view name;
  /// `automatic` for a method that is not built in.
  ir::method_id method = ir::method_id::automatic;
  ir::text reason;
  /// What is wrong when `ok` is false.
  ir::diagnosis diagnosis;
  plan (*advance)(system&) = nullptr;
};

namespace detail {

template <class M>
constexpr plan advance_by(system& f) {
  return M::advance(f);
}

/// Takes `M` if it accepts, and returns its verdict. The reasons of those that were asked before stay.
template <class M>
constexpr verdict attempt(ir::model& m, choice& c) {
  verdict const v = M::accepts(m);
  bool const first = c.reason.size == 0;
  if (!first)
    ((c.reason += "; ") += M::name) += ' ';
  else if (!v.ok)
    (c.reason += M::name) += ": ";
  c.reason += v.ok && v.reason.size == 0 ? std::string_view("accepts") : v.reason.view();
  if (v.ok) {
    c.ok = true;
    c.name = M::name;
    if constexpr (requires { M::id; }) c.method = M::id;
    c.advance = &advance_by<M>;
  }
  return v;
}

template <class M>
constexpr std::string_view wishes_of() {
  if constexpr (requires { M::wants; })
    return M::wants;
  else
    return {};
}

}  // namespace detail

/// The first of these methods that accepts the model. A refusal by a single method is `mistake::unsuitable_method`, which names the
/// method; a refusal by all of several is `mistake::no_suitable_method`, which names the state.
/// A user's own methods are chosen this way: `choose<my_method>(m)`, and then `integrate`.
template <Method... M>
  requires(sizeof...(M) > 0)
constexpr choice choose(ir::model& m) {
  choice c;
  verdict last;
  if (((last = detail::attempt<M>(m, c)).ok || ...)) return c;
  c.diagnosis.found = last.reason.view();
  if constexpr (sizeof...(M) == 1) {
    c.diagnosis.what = ir::mistake::unsuitable_method;
    ((c.diagnosis.where = std::string_view(M::name)), ...);
    ((c.diagnosis.expected = detail::wishes_of<M>()), ...);
  } else {
    c.diagnosis.what = ir::mistake::no_suitable_method;
    if (last.equation != ir::none) c.diagnosis.where = m.at(m.equations[static_cast<std::size_t>(last.equation)].symbol).id.view();
  }
  return c;
}

/// The method that the model asks for by `model::method`; with `automatic` the first of exact and euler that accepts it, as in Brian 2.
constexpr choice choose(ir::model& m) {
  switch (m.method) {
  case ir::method_id::exact:
    return choose<exact>(m);
  case ir::method_id::exponential_euler:
    return choose<exponential_euler>(m);
  case ir::method_id::euler:
    return choose<euler>(m);
  case ir::method_id::rk2:
    return choose<rk2>(m);
  case ir::method_id::rk4:
    return choose<rk4>(m);
  case ir::method_id::automatic:
    break;
  }
  return choose<exact, euler>(m);
}

/// One step of the chosen method, not simplified. The choice must be `ok`. Adds nodes and coefficients to the model.
constexpr plan integrate(ir::model& m, choice const& c) {
  system f(m);
  return c.advance(f);
}

/// One step of a method that is known to accept the model.
template <Method M>
constexpr plan integrate_with(ir::model& m) {
  system f(m);
  return M::advance(f);
}

}  // namespace nernst::integrate
