// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/equations.hpp>
#include <nernst/brian/statements.hpp>

namespace nernst::brian::detail {

struct named_method {
  std::string_view name;
  ir::method_id id;
};
inline constexpr named_method methods[] = {
    {"exact", ir::method_id::exact},
    {"linear", ir::method_id::exact},
    {"exponential_euler", ir::method_id::exponential_euler},
    {"euler", ir::method_id::euler},
    {"rk2", ir::method_id::rk2},
    {"rk4", ir::method_id::rk4},
    {"heun", ir::method_id::heun},
    {"milstein", ir::method_id::milstein},
    {"backward_euler", ir::method_id::backward_euler},
    {"rosenbrock", ir::method_id::rosenbrock},
    {"rk45", ir::method_id::rk45},
    {"gsl_rkf45", ir::method_id::rk45},
    {"gsl", ir::method_id::rk45},
};

/// Makes a model out of its pieces. The first mistake goes to `model::mistake`, and what follows it
/// is left out.
class lowering {
 public:
  constexpr ~lowering() = default;
  constexpr explicit lowering(bool is_synapse, std::span<ir::symbol const> before = {},
                              std::span<ir::symbol const> after = {})
      : r_(m_) {
    r_.is_synapse = is_synapse;
    r_.before = before;
    r_.after = after;
  }
  lowering(lowering const&) = delete;
  lowering& operator=(lowering const&) = delete;

  constexpr ir::model run(std::span<piece const> pieces, std::span<constant const> constants) {
    check_clauses(pieces);
    enter_constants(constants);
    for (piece const& p : pieces) {
      r_.has_refractory = r_.has_refractory || p.kind == piece_kind::refractory ||
                          p.kind == piece_kind::refractory_time;
      if (p.kind == piece_kind::timed_array) enter_table(p);
    }
    for (std::size_t k = 0; k < m_.functions.size(); ++k) enter_function(static_cast<int>(k));
    read_equations(pieces);
    for (std::size_t k = 0; k < pieces.size() && !r_.failed(); ++k)
      clause(pieces[k], pieces.subspan(k + 1));
    if (!r_.failed()) refuse_what_cannot_run();
    return std::move(m_);
  }
  /// Only names, as `run` has them before it reads equations.
  constexpr void enter_constants(std::span<constant const> constants) {
    for (constant const& c : constants) {
      if (!is_name(c.name))
        return fail(ir::mistake::reserved_name, c.name, "letters, digits and _");
      known_name& n = r_.names[r_.names.intern(c.name)];
      if (std::string_view const why = r_.reserved(n); !why.empty())
        return fail(ir::mistake::reserved_name, c.name, why);
      if (r_.is_synapse && r_.resolve_neighbour(n, c.name)) continue;
      if (n.what != meaning::unresolved) return fail(ir::mistake::duplicate_variable, c.name);
      r_.become_value(n, c.value, c.unit);
    }
  }
  constexpr reader& names() { return r_; }
  constexpr ir::model& result() { return m_; }

 private:
  constexpr void fail(ir::mistake what, std::string_view where, std::string_view expected = {},
                      std::string_view found = {}) {
    if (!r_.failed()) m_.mistake = {what, where, expected, found};
  }

  static constexpr bool is_name(std::string_view s) {
    if (s.empty() || letters.of(s[0]) != letter::alphabetic) return false;
    for (char const c : s)
      if (!letters.in_name[static_cast<unsigned char>(c)]) return false;
    return true;
  }
  static constexpr std::string_view clause_name(piece_kind k) {
    constexpr std::string_view names[] = {
        "equations",  "",       "",       "threshold", "reset",      "refractory",
        "refractory", "method", "scheme", "event",     "on_event",   "every",
        "at",         "",       "on_pre", "on_post",   "timed_array"};
    return names[static_cast<int>(k)];
  }
  static constexpr bool for_neurons(piece_kind k) {
    return k >= piece_kind::threshold && k <= piece_kind::at && k != piece_kind::method &&
           k != piece_kind::scheme;
  }
  constexpr void check_clauses(std::span<piece const> pieces) {
    int count[static_cast<int>(piece_kind::timed_array) + 1] = {};
    for (piece const& p : pieces) {
      bool const misplaced = r_.is_synapse
                                 ? for_neurons(p.kind)
                                 : p.kind == piece_kind::on_pre || p.kind == piece_kind::on_post;
      if (misplaced)
        return fail(ir::mistake::misplaced_clause, clause_name(p.kind), {},
                    r_.is_synapse ? "synapse" : "neuron");
      piece_kind const k = p.kind == piece_kind::refractory_time ? piece_kind::refractory : p.kind;
      bool const once = k == piece_kind::threshold || k == piece_kind::reset ||
                        k == piece_kind::refractory || k == piece_kind::scheme ||
                        (k == piece_kind::method && p.name.empty());
      if (once && ++count[static_cast<int>(k)] > 1)
        return fail(ir::mistake::repeated_clause, clause_name(k));
    }
  }

  constexpr void enter_table(piece const& p) {
    if (!is_name(p.name)) return fail(ir::mistake::reserved_name, p.name, "letters, digits and _");
    known_name& n = r_.names[r_.names.intern(p.name)];
    if (std::string_view const why = r_.reserved(n); !why.empty())
      return fail(ir::mistake::reserved_name, p.name, why);
    if (n.size >= static_cast<int>(sizeof(ir::name::data)))
      return fail(ir::mistake::name_too_long, p.name, "at most 31 characters");
    if (n.what != meaning::unresolved) return fail(ir::mistake::duplicate_variable, p.name);
    n.what = meaning::table;
    n.index = r_.add_symbol({p.name, ir::role::table, ir::side::here, p.unit});
  }

  constexpr void enter_function(int k) {
    ir::name const& id = m_.functions[static_cast<std::size_t>(k)].id;
    if (!is_name(id)) return;  // a derivative
    known_name& n = r_.names[r_.names.intern(id)];
    if (std::string_view const why = r_.reserved(n); !why.empty())
      return fail(ir::mistake::reserved_name, id, why);
    if (n.what != meaning::unresolved) return fail(ir::mistake::duplicate_variable, id);
    n.what = meaning::own;
    n.index = k;
  }

  constexpr void read_equations(std::span<piece const> pieces) {
    if (r_.failed()) return;
    std::size_t texts = 0, size = 0;
    for (piece const& p : pieces)
      if (p.kind == piece_kind::equations) {
        ++texts;
        size += p.text.size();
      }
    // A line has twenty characters at least.
    std::size_t const most_lines = size / 20 + 1;
    m_.symbols.reserve(most_lines + 8);
    m_.equations.reserve(most_lines);
    m_.subexpressions.reserve(most_lines);
    sources_.reserve(texts);
    equation_reader equations(r_);
    for (std::size_t k = 0; k < pieces.size() && !r_.failed(); ++k) {
      if (pieces[k].kind != piece_kind::equations) continue;
      std::size_t last = k + 1;
      while (last < pieces.size() &&
             (pieces[last].kind == piece_kind::rename || pieces[last].kind == piece_kind::inlined))
        ++last;
      std::span<piece const> const substitutions = pieces.subspan(k + 1, last - k - 1);
      sources_.push_back({pieces[k].text, {}, tokenize(pieces[k].text, r_.names)});
      substitute(sources_.back(), substitutions);
      equations.declare(sources_.back(), static_cast<int>(sources_.size()) - 1, substitutions);
    }
    if (!r_.failed()) equations.read(sources_);
    for (equation_line const& l : equations.lines()) flags_ |= l.flags;
    differential_ = !m_.equations.empty();
  }
  /// Names that are replaced get another number, so that nobody has to know.
  constexpr void substitute(source& s, std::span<piece const> substitutions) {
    for (piece const& p : substitutions) {
      int const from = r_.names.intern(p.name);
      int to = ir::none;
      if (p.kind == piece_kind::rename) {
        to = r_.names.intern(p.text);
      } else {
        known_name n;
        n.text = p.name.data();
        n.size = static_cast<int>(p.name.size());
        r_.become_value(n, p.value, p.unit);
        to = r_.names.add(n);
      }
      replaced_.push_back({from, to});
    }
    for (int k = 0; k < s.tokens.size() && !replaced_.empty(); ++k)
      for (auto const& [from, to] : replaced_)
        if (s.tokens[k].kind == token_kind::name && s.tokens[k].index == from) {
          s.tokens[k].index = to;
          break;
        }
    replaced_.clear();
  }

  constexpr source text_of(piece const& p) {
    return {p.text, clause_name(p.kind), tokenize(p.text, r_.names)};
  }
  constexpr int expression(piece const& p) { return read_expression(r_, text_of(p)); }
  constexpr std::vector<ir::assignment> statements(piece const& p) {
    source const s = text_of(p);
    return statement_reader(r_, s).read();
  }

  constexpr void clause(piece const& p, std::span<piece const> following) {
    switch (p.kind) {
    case piece_kind::threshold:
      m_.threshold = expression(p);
      return;
    case piece_kind::reset:
      m_.reset = statements(p);
      return;
    case piece_kind::refractory: {
      int const root = expression(p);
      (is_truth(m_, root) ? m_.refractory_while : m_.refractory_time) = root;
      return;
    }
    case piece_kind::refractory_time:
      m_.refractory_time = m_.nodes.literal(p.value, p.unit);
      return;
    case piece_kind::method:
      return method(p);
    case piece_kind::scheme:
      m_.scheme = p.text;
      m_.method = ir::method_id::scheme;
      return;
    case piece_kind::event:
      return event(p);
    case piece_kind::on_event:
      return on_event(p);
    case piece_kind::every: {
      ir::timed_action a;
      a.period = m_.nodes.literal(p.value, p.unit);
      a.statements = statements(p);
      if (p.is_scheduled) a.when = p.when;
      m_.actions.push_back(a);
      return;
    }
    case piece_kind::at: {
      ir::timed_action a;
      for (piece const& time : following) {
        if (time.kind != piece_kind::time) break;
        a.times.push_back(time.value);
        for (std::size_t k = a.times.size() - 1; k > 0 && a.times[k] < a.times[k - 1]; --k)
          std::swap(a.times[k], a.times[k - 1]);
      }
      a.statements = statements(p);
      if (p.is_scheduled) a.when = p.when;
      m_.actions.push_back(a);
      return;
    }
    case piece_kind::on_pre:
    case piece_kind::on_post: {
      ir::pathway path;
      path.trigger = p.kind == piece_kind::on_pre ? ir::side::pre : ir::side::post;
      path.statements = statements(p);
      m_.pathways.push_back(path);
      return;
    }
    default:
      return;
    }
  }

  constexpr void method(piece const& p) {
    ir::method_id id = ir::method_id::automatic;
    for (named_method const& n : methods)
      if (n.name == p.text) id = n.id;
    if (id == ir::method_id::automatic) {
      if (p.text.starts_with("gsl_")) return fail(ir::mistake::not_supported, p.text, "rk45");
      if (p.text == "independent") return fail(ir::mistake::not_supported, p.text, "exact");
      return fail(ir::mistake::unknown_method, p.text, "a name such as rk4");
    }
    if (p.name.empty()) {
      m_.method = id;
      return;
    }
    source const list{p.name, "method", tokenize(p.name, r_.names)};
    for (token const* t = list.tokens.data();; ++t) {
      if (t->kind != token_kind::name)
        return r_.unexpected(list, t->at, "a list of variables: v, w");
      known_name const& n = r_.names[t->index];
      bool found = false;
      for (ir::equation& e : m_.equations) {
        if (n.what != meaning::variable || e.symbol != n.index) continue;
        e.method = id;
        found = true;
      }
      if (!found)
        return r_.fail_name(ir::mistake::unknown_variable, list, *t, "a variable with an equation");
      ++t;
      if (t->kind == token_kind::end) return;
      if (t->kind != token_kind::comma) return r_.unexpected(list, t->at, "a comma");
    }
  }

  constexpr ir::event* find_event(std::string_view id) {
    for (ir::event& e : m_.events)
      if (e.id.view() == id) return &e;
    return nullptr;
  }
  constexpr void event(piece const& p) {
    if (p.name == "spike")
      return fail(ir::mistake::reserved_name, p.name, "threshold(...) for spikes");
    if (p.name.size() >= sizeof(ir::name::data))
      return fail(ir::mistake::name_too_long, p.name, "at most 31 characters");
    if (!is_name(p.name)) return fail(ir::mistake::reserved_name, p.name, "letters, digits and _");
    if (find_event(p.name) != nullptr) return fail(ir::mistake::duplicate_variable, p.name);
    ir::event e;
    e.id = p.name;
    e.condition = expression(p);
    if (p.is_scheduled) e.check = p.when;
    m_.events.push_back(e);
  }
  constexpr void on_event(piece const& p) {
    if (p.name == "spike") return fail(ir::mistake::not_supported, p.name, "reset(...) for spikes");
    ir::event* const e = find_event(p.name);
    if (e == nullptr) return fail(ir::mistake::unknown_event, p.name);
    if (!e->action.empty()) return fail(ir::mistake::repeated_clause, p.name);
    e->action = statements(p);
    if (p.is_scheduled) e->act = p.when;
  }

  constexpr void refuse_what_cannot_run() {
    if (!r_.is_synapse) return;
    if ((flags_ & event_driven_flag) != 0) return fail(ir::mistake::not_supported, "event-driven");
    if ((flags_ & summed_flag) != 0) return fail(ir::mistake::not_supported, "summed");
    if (differential_) return fail(ir::mistake::not_supported, "equations in synapses");
    for (auto const& p : m_.pathways)
      if (p.trigger == ir::side::post) return fail(ir::mistake::not_supported, "on_post");
  }

  struct replacement {
    int from, to;
  };

  ir::model m_;
  reader r_;
  std::vector<source> sources_;
  std::vector<replacement> replaced_;
  unsigned flags_ = 0;
  bool differential_ = false;
};

}  // namespace nernst::brian::detail
