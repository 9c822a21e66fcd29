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

/// Takes `M` if it accepts; returns whether the search is over. The last refusal stays in `c`.
template <class M>
constexpr bool attempt(ir::model& m, choice& c) {
  verdict const v = M::accepts(m);
  auto const told = c.reason;
  c = {};
  c.ok = v.ok;
  c.name = M::name;
  if constexpr (requires { M::id; }) c.method = M::id;
  c.reason = told;
  if (told.size > 0) (((c.reason += "; ") += M::name) += ' ') += v.reason;
  else if (v.ok) c.reason = v.reason;
  else ((c.reason += M::name) += ": ") += v.reason;
  if (v.ok) {
    c.advance = &advance_by<M>;
    return true;
  }
  c.diagnosis.what = ir::mistake::unsuitable_method;
  c.diagnosis.where = std::string_view(M::name);
  if constexpr (requires { M::wants; }) c.diagnosis.expected = std::string_view(M::wants);
  c.diagnosis.found = v.reason.view();
  return false;
}

}  // namespace detail

/// The first of these methods that accepts the model. With one method, a refusal is `mistake::unsuitable_method`.
/// Own methods are used this way: `choose<my_method>(m)`, and then `integrate`.
template <Method... M>
  requires(sizeof...(M) > 0)
constexpr choice choose(ir::model& m) {
  choice c;
  bool const found = (detail::attempt<M>(m, c) || ...);
  if (!found && sizeof...(M) > 1) {
    c.diagnosis.what = ir::mistake::no_suitable_method;
  }
  return c;
}

/// The method that the model asks for by `model::method`; with `automatic` the first of exact and euler that accepts it, as in Brian 2.
constexpr choice choose(ir::model& m) {
  switch (m.method) {
    case ir::method_id::exact: return choose<exact>(m);
    case ir::method_id::exponential_euler: return choose<exponential_euler>(m);
    case ir::method_id::euler: return choose<euler>(m);
    case ir::method_id::rk2: return choose<rk2>(m);
    case ir::method_id::rk4: return choose<rk4>(m);
    case ir::method_id::automatic: break;
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
