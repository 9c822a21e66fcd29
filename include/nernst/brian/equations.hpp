// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/clauses.hpp>
#include <nernst/brian/expression.hpp>

namespace nernst::brian::detail {

enum class line_kind : char { differential, definition, parameter };

/// What may stand in parentheses behind the unit of a line.
enum flag : unsigned {
  constant_flag = 1,
  shared_flag = 2,
  linked_flag = 4,
  unless_refractory_flag = 8,
  constant_over_dt_flag = 16,
  event_driven_flag = 32,
  clock_driven_flag = 64,
  summed_flag = 128,
  point_current_flag = 256,
};
struct known_flag {
  std::string_view name;
  flag bit;
};
inline constexpr known_flag known_flags[] = {
    {"unless refractory", unless_refractory_flag},
    {"constant", constant_flag},
    {"shared", shared_flag},
    {"constant over dt", constant_over_dt_flag},
    {"linked", linked_flag},
    {"event-driven", event_driven_flag},
    {"clock-driven", clock_driven_flag},
    {"summed", summed_flag},
    {"point current", point_current_flag},
};

/// One line of a set of equations: `x : unit`, `x = expression : unit` or `dx/dt = expression :
/// unit`, with flags.
struct equation_line {
  line_kind kind = line_kind::parameter;
  unsigned flags = 0;
  int source = 0;      ///< in which text
  int name_token = 0;  ///< where the name stands in it
  int expression = 0;  ///< the first token of the expression
  int symbol = ir::none;
};

/// Reads sets of equations: first all lines, so that every variable is known, then their
/// expressions.
class equation_reader {
 public:
  constexpr ~equation_reader() = default;
  /// `substitutions` are the pieces behind the text.
  constexpr explicit equation_reader(reader& r) : r_(r) {}

  constexpr void declare(source const& s, int source_index, std::span<piece const> substitutions) {
    source_ = &s;
    index_ = source_index;
    substitutions_ = substitutions;
    t_ = s.tokens.data();
    while (!r_.failed()) {
      while (t_->kind == token_kind::semicolon) ++t_;
      if (t_->kind == token_kind::end) return;
      line();
    }
  }

  /// The expressions of the lines that `declare` has found.
  constexpr void read(std::span<source const> sources) {
    for (equation_line const& l : lines_) {
      if (r_.failed()) return;
      if (l.kind == line_kind::parameter) continue;
      source const& s = sources[static_cast<std::size_t>(l.source)];
      r_.noise_allowed = l.kind == line_kind::differential;
      expression_reader e(r_, s, l.expression);
      int const root = e.read();
      if (e.rest().kind != token_kind::colon) e.fail(e.rest(), "an operator or : and a unit");
      r_.noise_allowed = false;
      if (l.kind == line_kind::differential)
        r_.m.equations.push_back({l.symbol, root, (l.flags & unless_refractory_flag) != 0});
      else
        r_.m.subexpressions.push_back(
            {l.symbol, root, (l.flags & constant_over_dt_flag) != 0, (l.flags & shared_flag) != 0});
    }
    if (!r_.failed()) find_cycle(sources);
  }
  constexpr ir::buffer<equation_line> const& lines() const { return lines_; }

 private:
  constexpr std::string_view text_of(token const& t) const {
    return {source_->text.data() + t.at, static_cast<std::size_t>(t.size)};
  }
  constexpr void unexpected(token const& t, std::string_view expected) {
    r_.unexpected(*source_, t.at, expected);
  }

  constexpr void line() {
    if (t_->kind != token_kind::name)
      return unexpected(*t_, "x : unit, x = ... : unit or dx/dt = ...");
    equation_line l;
    l.source = index_;
    token const* name = t_++;
    std::string_view id = text_of(*name);
    bool const apart = t_->kind == token_kind::name && id == "d";  // `d x/dt`
    if (apart || (t_->kind == token_kind::divide && name->size > 1 && id.data()[0] == 'd')) {
      if (apart) name = t_++;
      id = apart ? text_of(*name) : std::string_view(id.data() + 1, id.size() - 1);
      if (t_->kind != token_kind::divide) return unexpected(*t_, "/dt =");
      ++t_;
      if (t_->kind != token_kind::name || t_->size != 2 || text_of(*t_) != "dt")
        return unexpected(*t_, "dt =");
      ++t_;
      if (t_->kind != token_kind::assign) return unexpected(*t_, "=");
      l.kind = line_kind::differential;
    } else if (t_->kind == token_kind::assign) {
      l.kind = line_kind::definition;
    } else if (t_->kind != token_kind::colon) {
      return unexpected(*t_, ": or =");
    }
    l.name_token = static_cast<int>(name - source_->tokens.data());
    if (l.kind != line_kind::parameter) {
      l.expression = static_cast<int>(++t_ - source_->tokens.data());
      skip_expression();
    }
    if (r_.failed()) return;
    ++t_;
    ir::symbol s{{}, ir::role::state, ir::side::here, {}, ir::value_type::real};
    unit(s, l.kind == line_kind::differential);
    if (!r_.failed()) flags(l);
    if (!r_.failed()) enter(l, s, *name, id);
  }

  /// To the colon. A second `=` means that it was forgotten.
  constexpr void skip_expression() {
    token const* const from = t_;
    while (t_->kind != token_kind::colon && t_->kind != token_kind::end &&
           t_->kind != token_kind::assign)
      ++t_;
    if (t_->kind == token_kind::colon) return;
    token const* line = t_;
    while (line != from && !line->fresh_line) --line;
    unexpected(line == from ? *t_ : *line, ": and a unit before this");
  }

  /// `volt`, `siemens/meter**2`, `1`, `integer`, `boolean`.
  constexpr void unit(ir::symbol& s, bool differential) {
    token const& first = *t_;
    if (first.kind != token_kind::end && ends_unit(t_ + 1)) {
      ++t_;
      if (first.kind == token_kind::number && first.number == 1 && first.size == 1) return;
      if (first.kind == token_kind::name) {
        known_name& n = name_of(first);
        if (n.is_base_unit) {
          s.unit = n.unit;
          return;
        }
        bool const truth = n.view() == "boolean";
        if (truth || n.view() == "integer") {
          s.type = truth ? ir::value_type::boolean : ir::value_type::integer;
          if (differential) unexpected(first, "a unit: equations are about real numbers");
          return;
        }
      }
      --t_;
    }
    bool known = false;
    ir::dimension d;
    for (bool divides = false;; ++t_) {
      auto const f = factor();
      if (!f) return;
      known = known || f->is_unit;
      ir::dimension const e = f->dimension;
      if (!(divides ? ir::can_raise(e, -1) && ir::can_multiply(d, power(e, -1))
                    : ir::can_multiply(d, e)))
        return unexpected(first, "a unit in range");
      d = divides ? d / e : d * e;
      divides = t_->kind == token_kind::divide;
      if (t_->fresh_line || (t_->kind != token_kind::times && !divides)) break;
    }
    if (!known) return unexpected(first, "a unit");
    s.unit = d;
  }
  constexpr known_name& name_of(token const& t) {
    known_name& n = r_.names[t.index];
    if (n.what == meaning::unresolved) r_.resolve(n);
    return n;
  }
  static constexpr bool ends_unit(token const* t) {
    return t->fresh_line || (t->kind != token_kind::times && t->kind != token_kind::divide &&
                             t->kind != token_kind::power);
  }

  struct unit_factor {
    ir::dimension dimension;
    bool is_unit = false;
  };
  constexpr std::optional<unit_factor> factor() {
    token const& t = *t_;
    unit_factor f;
    if (t.kind == token_kind::number && t.number == 1 && t_[1].kind == token_kind::divide) {
      ++t_;
      return f;
    }
    if (t.kind != token_kind::name) {
      unexpected(t, "a base unit such as volt, or 1");
      return std::nullopt;
    }
    std::string_view const id = text_of(t);
    known_name const& n = name_of(t);
    if (!n.is_base_unit) {
      auto const u = find_unit(id);
      r_.fail(ir::mistake::not_a_base_unit, *source_, t.at, id,
              u              ? base_unit_name(u->unit)
              : id == "bool" ? ir::text("boolean")
                             : ir::text("a base unit such as volt, or 1"));
      return std::nullopt;
    }
    f = {n.unit, true};
    ++t_;
    if (t_->kind != token_kind::power || t_->fresh_line) return f;
    ++t_;
    bool const negative = t_->kind == token_kind::minus;
    if (negative) ++t_;
    if (t_->kind == token_kind::number)
      for (int denominator = 1; denominator <= 8; ++denominator) {
        double const e = t_->number * denominator;
        if (!(e < 64) || e != static_cast<int>(e)) continue;
        ir::rational const exponent(negative ? -static_cast<int>(e) : static_cast<int>(e),
                                    denominator);
        if (!ir::can_raise(f.dimension, exponent)) break;
        f.dimension = power(f.dimension, exponent);
        ++t_;
        return f;
      }
    unexpected(*t_, "a small exponent");
    return std::nullopt;
  }

  constexpr void flags(equation_line& l) {
    if (t_->kind != token_kind::open) {
      if (!t_->fresh_line && t_->kind != token_kind::semicolon)
        unexpected(*t_, "(flags) or the end of the line");
      return;
    }
    do {
      token const& first = *++t_;
      while (t_->kind == token_kind::name || t_->kind == token_kind::minus ||
             t_->kind == token_kind::number)
        ++t_;
      if (&first == t_ || (t_->kind != token_kind::comma && t_->kind != token_kind::close))
        return unexpected(*t_, "a flag, a comma or )");
      token const& last = t_[-1];
      flag_at(l, first,
              source_->text.substr(static_cast<std::size_t>(first.at),
                                   static_cast<std::size_t>(last.at + last.size - first.at)));
      if (r_.failed()) return;
    } while (t_->kind == token_kind::comma);
    ++t_;
  }
  constexpr void flag_at(equation_line& l, token const& t, std::string_view name) {
    constexpr unsigned in_neurons[] = {unless_refractory_flag, shared_flag | constant_over_dt_flag,
                                       constant_flag | shared_flag | linked_flag};
    constexpr unsigned in_synapses[] = {event_driven_flag | clock_driven_flag,
                                        summed_flag | shared_flag | constant_over_dt_flag,
                                        constant_flag | shared_flag | linked_flag};
    unsigned const allowed = (r_.is_synapse ? in_synapses : in_neurons)[static_cast<int>(l.kind)];
    unsigned bit = 0;
    ir::text possible;
    for (known_flag const& f : known_flags) {
      if (f.name == name) bit = f.bit;
      if ((allowed & f.bit) != 0) (possible += possible.size > 0 ? ", " : "") += f.name;
    }
    if ((bit & allowed) == 0)
      return r_.fail(ir::mistake::unknown_flag, *source_, t.at, name, possible);
    bool const alone =
        (bit & (linked_flag | summed_flag)) != 0 || (l.flags & (linked_flag | summed_flag)) != 0;
    bool const both = ((l.flags | bit) & (event_driven_flag | clock_driven_flag)) ==
                      (event_driven_flag | clock_driven_flag);
    if ((alone && l.flags != 0) || both)
      return r_.fail(ir::mistake::unknown_flag, *source_, t.at, name, "no other flag beside it");
    l.flags |= bit;
  }

  constexpr void enter(equation_line& l, ir::symbol& s, token const& name, std::string_view id) {
    for (piece const& p : substitutions_) {
      if (p.name != id) continue;
      if (p.kind == piece_kind::inlined)
        return r_.fail_name(ir::mistake::misplaced_statement, *source_, name, {}, "a value");
      id = p.text;
    }
    bool const summed = (l.flags & summed_flag) != 0;
    known_name& n = r_.names[r_.names.intern(id)];
    std::string_view const why = summed ? "" : r_.reserved(n);
    if (!why.empty()) return r_.fail(ir::mistake::reserved_name, *source_, name.at, id, why);
    if (n.size >= static_cast<int>(sizeof(s.id.data)))
      return r_.fail(ir::mistake::name_too_long, *source_, name.at, id, "at most 31 characters");
    if (n.line != ir::none || n.what == meaning::value || n.what == meaning::table ||
        n.what == meaning::own)
      return r_.fail(ir::mistake::duplicate_variable, *source_, name.at, id);
    for (s.id.size = 0; s.id.size < n.size; ++s.id.size) s.id.data[s.id.size] = n.text[s.id.size];
    s.constant = (l.flags & constant_flag) != 0;
    s.kind = l.kind == line_kind::differential ? ir::role::state
             : l.kind == line_kind::definition ? ir::role::subexpression
             : (l.flags & shared_flag) != 0    ? ir::role::shared
             : (l.flags & linked_flag) != 0    ? ir::role::linked
                                               : ir::role::parameter;
    l.symbol = r_.add_symbol(s);
    r_.become_variable(n, l.symbol);
    n.line = lines_.size();
    lines_.push_back(l);
  }

  /// The first definition that refers to itself, over others or not.
  constexpr void find_cycle(std::span<source const> sources) {
    ir::model const& m = r_.m;
    int const count = static_cast<int>(m.subexpressions.size());
    if (count == 0) return;
    // What each definition needs, one list after the other; they are taken away as soon as they
    // need nothing that is left.
    ir::buffer<int> number(static_cast<int>(m.symbols.size())), first(count + 1), needs,
        waiting(count), user_first(count + 2), users, ready;
    for (int k = 0; k < count; ++k)
      number[m.subexpressions[static_cast<std::size_t>(k)].symbol] = k + 1;
    for (int k = 0; k < count; ++k) {
      int const root = m.subexpressions[static_cast<std::size_t>(k)].value;
      for (int const i : ir::schedule(m.nodes, std::span<int const>(&root, 1)))
        if (m.nodes[i].code == ir::op::symbol && number[m.nodes[i].a] != 0) {
          needs.push_back(number[m.nodes[i].a] - 1);
          ++user_first[number[m.nodes[i].a] + 1];
        }
      first[k + 1] = needs.size();
      waiting[k] = first[k + 1] - first[k];
      if (waiting[k] == 0) ready.push_back(k);
    }
    for (int k = 0; k <= count; ++k) user_first[k + 1] += user_first[k];
    users = ir::buffer<int>(needs.size());
    for (int k = 0; k < count; ++k)
      for (int e = first[k]; e < first[k + 1]; ++e) users[user_first[needs[e] + 1]++] = k;
    for (int done = 0; done < ready.size(); ++done)
      for (int e = user_first[ready[done]]; e < user_first[ready[done] + 1]; ++e)
        if (--waiting[users[e]] == 0) ready.push_back(users[e]);
    if (ready.size() == count) return;
    for (equation_line const& l : lines_)
      if (number[l.symbol] != 0 && waiting[number[l.symbol] - 1] != 0) {
        source const& s = sources[static_cast<std::size_t>(l.source)];
        return r_.fail(ir::mistake::cyclic_definition, s, s.tokens[l.name_token].at,
                       m.at(l.symbol).id);
      }
  }

  reader& r_;
  source const* source_ = nullptr;
  int index_ = 0;
  std::span<piece const> substitutions_;
  token const* t_ = nullptr;
  ir::buffer<equation_line> lines_;
};

}  // namespace nernst::brian::detail
