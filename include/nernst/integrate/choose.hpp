// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/methods.hpp>

namespace nernst::integrate {

/// Equations that one method integrates, and why this one.
struct method_group {
  ir::string_view name;
  /// `automatic` for a method that is not built in.
  ir::method_id method = ir::method_id::automatic;
  /// Ascending indices into `model::equations`.
  ir::list<int> equations;
  ir::phrase reason;
  plan (*advance)(system&) = nullptr;
};

/// How a model is integrated.
struct choice {
  bool ok = false;
  /// The method; "mixed" where there are several.
  ir::string_view name;
  /// The built-in method if there is just one, else `automatic`.
  ir::method_id method = ir::method_id::automatic;
  ir::phrase reason;
  /// What is wrong when `ok` is false.
  ir::diagnosis diagnosis;
  /// Each equation is in one of them.
  ir::list<method_group> groups;

  /// The group that an equation belongs to, or null.
  constexpr method_group const* of(int equation) const {
    for (auto const& g : groups)
      for (int const e : g.equations)
        if (e == equation) return &g;
    return nullptr;
  }
};

namespace detail {

template <class M>
constexpr plan advance_by(system& f) {
  return M::advance(f);
}

template <class M>
constexpr ir::string_view wishes_of() {
  if constexpr (requires { M::wants; })
    return M::wants;
  else
    return {};
}

/// What is wrong with the text of a method.
template <class M>
constexpr ir::diagnosis mistake_in(ir::model const& m) {
  if constexpr (requires { M::check(m); })
    return M::check(m);
  else if constexpr (requires { M::formula.check(); })
    return M::formula.check();
  else
    return {};
}

/// Asks one method. What it says goes to the reason of the group.
template <class M>
constexpr bool attempt(system& f, method_group& g, verdict& v) {
  v = M::accepts(f);
  bool const first = g.reason.size == 0;
  if (!first) g.reason += "; ";
  if (!v.ok) {
    g.reason += M::name;
    g.reason += ": ";
  } else if (!first) {
    g.reason += M::name;
    g.reason += ' ';
  }
  g.reason += v.ok && v.reason.size == 0 ? ir::string_view("accepts") : v.reason.view();
  if (!v.ok) return false;
  g.name = M::name;
  if constexpr (requires { M::id; }) g.method = M::id;
  g.advance = &advance_by<M>;
  return true;
}

/// Puts each equation of a model into a group.
class method_chooser {
 public:
  constexpr explicit method_chooser(ir::model& m) : m_(m) {}

  /// The first of these methods that accepts `equations`. The reasons of those that were asked
  /// before stay.
  template <class... M>
  constexpr void first_of(ir::list<int> const& equations, ir::string_view before = {}) {
    if (!result_.diagnosis.ok()) return;
    ((result_.diagnosis.ok() ? void(result_.diagnosis = mistake_in<M>(m_)) : void()), ...);
    if (!result_.diagnosis.ok()) return;
    system f(m_, equations);
    method_group g;
    g.equations = equations;
    g.reason = before;
    verdict last;
    if ((attempt<M>(f, g, last) || ...)) {
      result_.groups.push_back(g);
      return;
    }
    ir::diagnosis& d = result_.diagnosis;
    d.found = last.reason.view();
    m_.locate(d, m_.equations[last.equation != ir::none ? last.equation : equations[0]].origin);
    if constexpr (sizeof...(M) == 1) {
      d.what = ir::mistake::unsuitable_method;
      ((d.where = ir::string_view(M::name)), ...);
      ((d.expected = wishes_of<M>()), ...);
    } else {
      d.what = ir::mistake::no_suitable_method;
      if (last.equation != ir::none) d.where = state_of(m_, last.equation).id.view();
    }
  }

  /// Exact if all is linear with constant coefficients. Else that part of it which needs nothing of
  /// the rest is solved exactly, and the rest by euler, or heun where noise is multiplicative. All
  /// of a mechanism by exponential_euler then, or by rk2, or heun, as Brian's SpatialNeuron.
  constexpr void automatic(ir::list<int> const& equations) {
    if (!result_.diagnosis.ok()) return;
    system f(m_, equations);
    verdict const v = deterministic(f);
    linear_equations const all(f);
    if (v.ok && all.found().ok) return solve_exactly(equations, all.found().reason);
    ir::phrase before("exact: ");
    before += v.ok ? all.found().reason : v.reason;
    if (m_.placed != ir::placement::nowhere)
      return first_of<exponential_euler, rk2, heun>(equations, before);
    ir::list<char> const in = all.closed();
    ir::list<int> solved, rest;
    for (int i = 0; i < f.size(); ++i) (in[i] != 0 ? solved : rest).push_back(equations[i]);
    if (!solved.empty())
      solve_exactly(solved, "linear with constant coefficients, independent of the others");
    first_of<euler, heun>(rest, before);
  }

  /// The method with this name.
  constexpr void named(ir::method_id id, ir::list<int> const& equations) {
    if (id == ir::method_id::automatic) return automatic(equations);
    [&]<class... M>(method_list<M...>) {
      ((M::id == id ? first_of<M>(equations) : void()), ...);
    }(builtin_methods{});
  }

  constexpr choice finish() {
    choice& c = result_;
    c.ok = c.diagnosis.ok();
    if (!c.ok) {
      c.groups.clear();
    } else if (c.groups.size() == 1) {
      method_group const& g = c.groups[0];
      c.name = g.name;
      c.method = g.method;
      c.reason = g.reason;
    } else {
      c.name = "mixed";
      for (auto const& g : c.groups) {
        if (c.reason.size > 0) c.reason += "; ";
        c.reason += g.name;
        c.reason += " for";
        for (int const e : g.equations) (c.reason += ' ') += state_of(m_, e).id;
      }
    }
    return static_cast<choice&&>(c);
  }

 private:
  constexpr void solve_exactly(ir::list<int> const& equations, ir::string_view reason) {
    result_.groups.push_back({.name = exact::name,
                              .method = exact::id,
                              .equations = equations,
                              .reason = reason,
                              .advance = &advance_by<exact>});
  }

  ir::model& m_;
  choice result_;
};

/// Calls `choose(chooser, method, equations)` once for each method that equations ask for
/// themselves, in the order in which they do.
template <class Choose>
constexpr choice choose_by_equation(ir::model& m, Choose choose) {
  ir::list<ir::method_id> asked;
  ir::list<ir::list<int>> equations;
  for (int e = 0; e < m.equations.size(); ++e) {
    ir::method_id const id = m.equations[e].method;
    int k = 0;
    while (k < asked.size() && asked[k] != id) ++k;
    if (k == asked.size()) {
      asked.push_back(id);
      equations.push_back({});
    }
    equations[k].push_back(e);
  }
  method_chooser c(m);
  if (asked.empty()) choose(c, ir::method_id::automatic, ir::list<int>());
  for (int k = 0; k < asked.size(); ++k) choose(c, asked[k], equations[k]);
  return c.finish();
}

}  // namespace detail

/// Chooses for equations that name no method of their own the first of these methods that accepts
/// them; for the others see `choose(ir::model&)`. A refusal by a single method is
/// `mistake::unsuitable_method`, which names the method; a refusal by all of several is
/// `mistake::no_suitable_method`, which names the state. A user's own methods are chosen this way:
/// `choose<my_method>(m)`, and then `integrate`.
template <Method... M>
  requires(sizeof...(M) > 0)
constexpr choice choose(ir::model& m) {
  return detail::choose_by_equation(
      m, [](detail::method_chooser& c, ir::method_id id, ir::list<int> const& equations) {
        id == ir::method_id::automatic ? c.first_of<M...>(equations) : c.named(id, equations);
      });
}

/// Gives each equation the method that it asks for by `equation::method`, or else `model::method`.
/// Where both are `automatic`, equations that are linear with constant coefficients are solved
/// exactly: all, or those of them that read no state of the others; the rest goes to euler, or to
/// heun where noise is multiplicative. Brian 2 makes the same choice, for all equations together.
constexpr choice choose(ir::model& m) {
  return detail::choose_by_equation(
      m, [&m](detail::method_chooser& c, ir::method_id id, ir::list<int> const& equations) {
        c.named(id == ir::method_id::automatic ? m.method : id, equations);
      });
}

/// One step of the chosen methods, not simplified: every new value from old values. The choice must
/// be `ok`. Adds nodes and coefficients to the model.
constexpr plan integrate(ir::model& m, choice const& c) {
  plan all;
  all.update = ir::list<ir::assignment>(m.equations.size());
  wiener_increments increments;
  for (auto const& g : c.groups) {
    system f(m, g.equations);
    f.share(increments);
    plan const p = g.advance(f);
    int const own = g.equations.size();
    for (int i = 0; i < own; ++i) all.update[g.equations[i]] = p.update[i];
    for (int i = own; i < p.update.size(); ++i) all.update.push_back(p.update[i]);
    for (auto const& block : p.exact) all.exact.push_back(block);
    for (auto const& states : p.adaptive) all.adaptive.push_back(states);
  }
  return all;
}

}  // namespace nernst::integrate
