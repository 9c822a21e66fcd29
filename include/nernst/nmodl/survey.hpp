// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/library_function.hpp>
#include <nernst/nmodl/solve_survey.hpp>
#include <nernst/nmodl/verbatim.hpp>

namespace nernst::nmodl::detail {

/// Goes over all that stands in the blocks of a file: which constructs it has, and what is wrong.
class survey : public solve_survey {
 public:
  using solve_survey::solve_survey;

  constexpr void run() {
    for (int const k : s_.outer_verbatims)  // only other C code can call what they define
      note(construct::harmless_verbatim, s_.verbatims[k].begin - 8);
    reached_ = ir::list<char>(s_.blocks.size());
    for (int k = 0; k < s_.blocks.size(); ++k)
      if (!is_called(s_.blocks[k].kind)) reach(k);
    for (int k = 0; k < s_.blocks.size(); ++k) {
      block const& b = s_.blocks[k];
      enter(b);
      is_reached_ = reached_[k] != 0;
      for (int n = b.first_node; n < b.last_node; ++n) visit(s_.nodes[n]);
      leave(b);
    }
    warn_of_unsolved();
  }

 private:
  /// Equations that BREAKPOINT leaves unsolved have no effect: NEURON does not tell.
  constexpr void warn_of_unsolved() {
    bool has_breakpoint = false;
    ir::list<char> is_named(s_.blocks.size());
    for (node const& n : s_.nodes) {
      if (n.kind != node_kind::call && n.kind != node_kind::solve) continue;
      if (int const b = m_[n.name].block; b != ir::none) is_named[b] = 1;
    }
    for (block const& b : s_.blocks)
      has_breakpoint = has_breakpoint || b.kind == keyword::breakpoint;
    for (int k = 0; k < s_.blocks.size(); ++k) {
      block const& b = s_.blocks[k];
      bool const has_equations = b.kind == keyword::derivative || b.kind == keyword::kinetic;
      if (has_breakpoint && has_equations && is_named[k] == 0)
        m_.report(b.at, grade::warning,
                  {ir::mistake::no_effect, text(b.name), "SOLVE in BREAKPOINT", {}});
    }
  }
  static constexpr bool is_called(keyword k) {
    return k == keyword::function || k == keyword::procedure;
  }
  /// Notes a block and those that it calls. The others nobody can call but NEURON's interpreter.
  constexpr void reach(int first) {
    ir::list<int> waiting(1, first);
    while (!waiting.empty()) {
      int const k = waiting.back();
      waiting.pop_back();
      if (reached_[k] != 0) continue;
      reached_[k] = 1;
      for (int n = s_.blocks[k].first_node; n < s_.blocks[k].last_node; ++n) {
        node_kind const kind = s_.nodes[n].kind;
        if (kind != node_kind::call && kind != node_kind::solve) continue;
        int const called = m_[s_.nodes[n].name].block;
        if (called != ir::none) waiting.push_back(called);
      }
    }
  }
  constexpr void enter(block const& b) {
    block_ = b.kind;
    primes_ = 0;
    last_.clear();
    has_otherwise_ = false;
    if (b.kind != keyword::function) enter_last(b.body);
    switch (b.kind) {
    case keyword::kinetic:
      return note(construct::kinetic, b.at);
    case keyword::linear:
      return note(construct::linear, b.at);
    case keyword::nonlinear:
      return note(construct::nonlinear, b.at);
    case keyword::discrete:
      return note(construct::discrete, b.at);
    case keyword::constructor:
    case keyword::destructor:
      return note(construct::constructor, b.at, to_text(b.kind));
    case keyword::before:
    case keyword::after:
      return note(construct::before_after, b.at);
    case keyword::function_table:
      return note(construct::function_table, b.at);
    case keyword::net_receive:
      return net_receive(b);
    default:
      return;
    }
  }
  /// Statements behind which nothing is executed: the last, or those of the branches that are last.
  constexpr void enter_last(int n) {
    for (; n != ir::none && s_.nodes[n].kind == node_kind::choice; n = s_.nodes[n].c)
      enter_last(s_.nodes[n].b);
    if (n == ir::none) return;
    if (s_.nodes[n].kind != node_kind::block) return last_.push_back(n);
    int last = s_.nodes[n].a;
    while (last != ir::none && s_.nodes[last].next != ir::none) last = s_.nodes[last].next;
    enter_last(last);
  }
  constexpr bool is_last(node const& n) const {
    for (int const last : last_)
      if (&s_.nodes[last] == &n) return true;
    return false;
  }
  constexpr void leave(block const& b) {
    if (b.kind == keyword::derivative && primes_ == 0)
      misplaced(b.at, "DERIVATIVE", "an equation x' = ...");
  }
  constexpr void net_receive(block const& b) {
    note(construct::net_receive, b.at);
    if (c_.has_net_receive) misplaced(b.at, "NET_RECEIVE", "only one of them");
    c_.has_net_receive = true;
    if (c_.kind == mechanism_kind::density)
      misplaced(b.at, "NET_RECEIVE", "POINT_PROCESS in NEURON");
  }

  constexpr void visit(node const& n) {
    switch (n.kind) {
    case node_kind::number:
    case node_kind::infix:
    case node_kind::block:
      return;
    case node_kind::name:
    case node_kind::element:
      return variable(n);
    case node_kind::prime:
      return prime(n);
    case node_kind::call:
      return call(n);
    case node_kind::assign:
      return assignment(n);
    case node_kind::solve:
      return solve(n);
    case node_kind::table:
      return table(n);
    case node_kind::count:
      return note(construct::loop, n.at);
    case node_kind::repeat:
      return note(construct::while_loop, n.at);
    case node_kind::conductance:
      return conductance(n);
    case node_kind::verbatim:
      return verbatim(s_.verbatims[n.a], n.at, is_last(n));
    default:
      return rare(n);
    }
  }
  constexpr void rare(node const& n) {
    switch (n.kind) {
    case node_kind::conserve:
      return only_in(keyword::kinetic, n.at, "CONSERVE");
    case node_kind::compartment:
      return only_in(keyword::kinetic, n.at, "COMPARTMENT");
    case node_kind::diffusion:
      note(construct::diffusion, n.at);
      return only_in(keyword::kinetic, n.at, "LONGITUDINAL_DIFFUSION");
    case node_kind::influx:
    case node_kind::decay:
      return flux(n);
    case node_kind::initial:
      return only_in(keyword::net_receive, n.at, "INITIAL");
    case node_kind::watch:
      note(construct::watch, n.at);
      return only_in(keyword::net_receive, n.at, "WATCH");
    case node_kind::for_netcons:
      note(construct::for_netcons, n.at);
      return only_in(keyword::net_receive, n.at, "FOR_NETCONS");
    case node_kind::protect:
      return note(construct::protect, n.at);
    case node_kind::mutex:
      return note(construct::mutex, n.at);
    case node_kind::lag:
      return note(construct::lag, n.at);
    default:
      return;
    }
  }
  constexpr void only_in(keyword where, int at, ir::string_view what) {
    if (block_ != where) misplaced(at, what, to_text(where));
  }

  constexpr void variable(node const& n) {
    bool const has_index = n.kind == node_kind::element;
    if (n.b != ir::none) {
      local_variable const& l = s_.locals[n.b];
      if (l.size > 0 || has_index) index(n, l.size, has_index);
      return;
    }
    meaning const& m = m_[n.name];
    if (!m.is_variable()) return unknown(n, ir::mistake::unknown_variable, {});
    if (m.declaration == ir::none) return;
    int const size = s_.declarations[m.declaration].size;
    if (size > 0 || has_index) index(n, size, has_index);
  }
  constexpr void index(node const& n, int size, bool has_index) {
    if (size > 0) note(construct::array, n.at);
    if ((size > 0) != has_index)
      m_.mistake(n.at, {ir::mistake::wrong_index,
                        text(n.name),
                        size > 0 ? "x[...] of an array" : "no index",
                        {}});
  }
  constexpr bool is_state(int name) const {
    int const d = m_[name].declaration;
    return d != ir::none && s_.declarations[d].kind == storage::state;
  }
  constexpr void prime(node const& n) {
    ++primes_;
    if (!is_state(n.name)) m_.mistake(n.at, {ir::mistake::not_a_state, text(n.name), {}, {}});
  }
  constexpr void flux(node const& n) {
    node const& first = s_.nodes[n.a];
    if (first.next != ir::none) misplaced(n.at, "+", "one state before << and ->");
    int const name = s_.nodes[first.a].name;
    if (!is_state(name)) m_.mistake(first.at, {ir::mistake::not_a_state, text(name), {}, {}});
  }

  constexpr void assignment(node const& n) {
    node const& target = s_.nodes[n.a];
    ir::string_view const id = text(target.name);
    if (target.kind == node_kind::prime && block_ == keyword::breakpoint)
      m_.report(target.at, grade::warning, {ir::mistake::no_effect, id, "x' in DERIVATIVE", {}});
    if (target.kind == node_kind::prime || target.b != ir::none) return;
    for (ir::string_view const fixed : {"t", "dt", "celsius", "area", "diam"})
      if (id == fixed)
        m_.mistake(target.at, {ir::mistake::misplaced_statement, id, {}, "a variable of NEURON"});
    meaning const& m = m_[target.name];
    if (m.declaration != ir::none && is_constant(s_.declarations[m.declaration]))
      m_.mistake(target.at,
                 {ir::mistake::misplaced_statement, id, "a variable of ASSIGNED", "a constant"});
  }
  static constexpr bool is_constant(declaration const& d) {
    return d.kind == storage::constant || d.kind == storage::factor;
  }

  constexpr void call(node const& n) {
    int count = 0;
    for (int a = n.a; a != ir::none; a = s_.nodes[a].next) ++count;
    if (int const b = m_[n.name].block; b != ir::none && is_callable(s_.blocks[b].kind))
      return own_call(n, s_.blocks[b], count);
    library_function const* const f = find_library_function(text(n.name));
    if (f == nullptr) return unknown(n, ir::mistake::unknown_function, "FUNCTION or PROCEDURE");
    if (f->needs != construct::none) note(f->needs, n.at, text(n.name));
    if (count < f->fewest || count > f->most) wrong_count(n, f->fewest, f->most, count);
    bool const is_event = f->needs == construct::net_event || f->needs == construct::net_move;
    if (is_event) only_in(keyword::net_receive, n.at, f->name);
    if (f->needs == construct::net_send && block_ != keyword::initial)
      only_in(keyword::net_receive, n.at, f->name);
  }
  static constexpr bool is_callable(keyword k) {
    return k == keyword::function || k == keyword::procedure || k == keyword::function_table ||
           k == keyword::derivative;
  }
  constexpr void own_call(node const& n, block const& b, int count) {
    if (b.kind == keyword::derivative) note(construct::called_block, n.at);
    if (count != b.arguments) wrong_count(n, b.arguments, b.arguments, count);
  }
  constexpr void wrong_count(node const& n, int fewest, int most, int count) {
    ir::short_string<35> expected, found;
    expected.append(fewest);
    if (most == any_number)
      expected += " or more";
    else if (most != fewest)
      (expected += " to ").append(most);
    found.append(count);
    m_.mistake(n.at, {ir::mistake::wrong_arguments, text(n.name), expected.view(), found.view()});
  }

  constexpr void conductance(node const& n) {
    if (block_ != keyword::breakpoint) misplaced(n.at, "CONDUCTANCE", "BREAKPOINT");
    if (n.a == ir::none) return;
    for (ion const& i : s_.ions)
      if (i.name == s_.nodes[n.a].name) return;
    m_.mistake(s_.nodes[n.a].at,
               {ir::mistake::unknown_variable, text(s_.nodes[n.a].name), "an ion of USEION", {}});
  }
  constexpr void table(node const& n) {
    if (block_ != keyword::function && block_ != keyword::procedure)
      return misplaced(n.at, "TABLE", "FUNCTION or PROCEDURE");
    if (block_ == keyword::function && n.a != ir::none)
      misplaced(s_.nodes[n.a].at, text(s_.nodes[n.a].name), "FROM: a FUNCTION has one value");
    if (block_ == keyword::procedure && n.a == ir::none)
      misplaced(n.at, "TABLE", "the names of variables behind it");
    for (int const first : {n.a, n.b})
      for (int k = first; k != ir::none; k = s_.nodes[k].next) {
        node const& listed = s_.nodes[k];
        bool const is_known = listed.b != ir::none || m_[listed.name].is_variable();
        if (!is_known) unknown(listed, ir::mistake::unknown_variable, {});
      }
  }

  constexpr void verbatim(range code, int at, bool is_last) {
    // What stands between the words, and what ends it has no effect.
    ir::string_view c = s_.text_of(code);
    c = c.substr(0, c.rfind("ENDVERBATIM"));
    verbatim_effect const effect = effect_of(c);
    bool const begins = effect == verbatim_effect::otherwise && !has_otherwise_;
    bool const ends = effect == verbatim_effect::ends && has_otherwise_;
    if (begins || ends) has_otherwise_ = begins;
    bool const has_no_effect = effect == verbatim_effect::none || begins || ends ||
                               (effect == verbatim_effect::returns && is_last);
    bool const is_harmless = has_no_effect || !is_reached_;
    note(is_harmless ? construct::harmless_verbatim : construct::verbatim, at);
  }

  keyword block_ = keyword::none;
  int primes_ = 0;
  ir::list<char> reached_;      ///< by block
  bool is_reached_ = false;     ///< the present one
  bool has_otherwise_ = false;  ///< C code has begun an else there
  ir::list<int> last_;          ///< the last statements of the block
};

}  // namespace nernst::nmodl::detail
