// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/clauses.hpp>
#include <nernst/brian/expression.hpp>
#include <nernst/brian/membrane.hpp>
#include <nernst/brian/unit.hpp>

namespace nernst::brian::detail {

/// Reads sets of equations: first all lines, so that every variable is known, then their
/// expressions.
class equation_reader {
 public:
  constexpr ~equation_reader() = default;
  /// `substitutions` are the pieces behind the text.
  constexpr explicit equation_reader(reader& r) : r_(r) {}

  constexpr void declare(source const& s, int source_index, ir::span<piece const> substitutions) {
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
  constexpr void read(ir::span<source const> sources) {
    for (equation_line const& l : lines_) {
      if (r_.failed()) return;
      if (l.kind == parameter) continue;
      source const& s = sources[l.source];
      r_.noise_allowed = l.kind == differential;
      expression_reader e(r_, s, l.expression);
      int const root = e.read();
      if (e.rest().kind != token_kind::colon) e.fail(e.rest(), instead_of(e.rest()));
      token const& name = s.tokens[l.name_token];
      int const origin = r_.note(s, &name, name, e.rest());
      r_.noise_allowed = false;
      if (l.kind == differential)
        r_.build.equation({.symbol = l.symbol,
                           .rhs = root,
                           .unless_refractory = l.has(unless_refractory_flag),
                           .event_driven = l.has(event_driven_flag),
                           .origin = origin});
      else if (l.has(summed_flag))
        r_.build.sum({l.symbol, root, origin});
      else
        r_.build.define({l.symbol, root, l.has(constant_over_dt_flag), l.has(shared_flag), origin});
    }
    if (r_.is_spatial && !r_.failed()) membrane_reader(r_).read(lines_);
    if (!r_.failed()) refuse_cycles(sources);
  }

 private:
  constexpr ir::string_view text_of(token const& t) const { return source_->of(t); }
  constexpr void unexpected(token const& t, ir::string_view expected) {
    r_.unexpected(*source_, t.at, expected);
  }

  constexpr void line() {
    if (t_->kind != token_kind::name)
      return unexpected(*t_, "x : unit, x = ... : unit or dx/dt = ...");
    equation_line l;
    l.source = index_;
    token const* name = t_++;
    ir::string_view id = text_of(*name);
    bool const apart = t_->kind == token_kind::name && id == "d";  // `d x/dt`
    if (apart || (is_infix(*t_, ir::op::divide) && name->size > 1 && id.data()[0] == 'd')) {
      if (apart) name = t_++;
      id = apart ? text_of(*name) : ir::string_view(id.data() + 1, id.size() - 1);
      if (!is_infix(*t_, ir::op::divide)) return unexpected(*t_, "/dt =");
      ++t_;
      if (t_->kind != token_kind::name || t_->size != 2 || text_of(*t_) != "dt")
        return unexpected(*t_, "dt =");
      ++t_;
      if (t_->kind != token_kind::assign) return unexpected(*t_, "=");
      l.kind = differential;
    } else if (t_->kind == token_kind::assign) {
      l.kind = definition;
    } else if (t_->kind != token_kind::colon) {
      return unexpected(*t_, ": or =");
    }
    l.name_token = static_cast<int>(name - source_->tokens.data());
    if (l.kind != parameter) {
      l.expression = static_cast<int>(++t_ - source_->tokens.data());
      skip_expression();
    }
    if (r_.failed()) return;
    ++t_;
    ir::symbol s;
    t_ = unit_reader(r_, *source_, t_).read(s, l.kind == differential);
    if (!r_.failed()) flags(l);
    if (!r_.failed()) enter(l, s, *name, id);
  }

  static constexpr ir::string_view instead_of(token const& t) {
    bool const ends = t.kind == token_kind::comma || t.kind == token_kind::semicolon;
    return ends ? ": and a unit" : "an operator or : and a unit";
  }
  /// To the colon. A second `=`, or a line that begins where an operator is missing, means that it
  /// was forgotten.
  constexpr void skip_expression() {
    token const* const from = t_;
    while (t_->kind != token_kind::colon && t_->kind != token_kind::end &&
           t_->kind != token_kind::assign &&
           !(t_->fresh_line && t_ != from && operator_missing(t_)))
      ++t_;
    if (t_->kind != token_kind::colon) miss_unit(from);
  }
  /// Whether two operands stand side by side.
  constexpr bool operator_missing(token const* t) const {
    token const& before = t[-1];
    bool const ends =
        before.kind == token_kind::close || before.kind == token_kind::number ||
        (before.kind == token_kind::name && !joins(before) && text_of(before) != "not");
    return ends && (t->kind == token_kind::number || (t->kind == token_kind::name && !joins(*t)));
  }
  constexpr bool joins(token const& t) const { return text_of(t) == "and" || text_of(t) == "or"; }
  /// The mistake of an expression without a colon behind it, which ends before the present token.
  constexpr void miss_unit(token const* from) {
    int depth = 0;
    for (token const* t = from; t != t_; ++t) {
      if (depth == 0 && t->kind == token_kind::comma) return unexpected(*t, ": and a unit");
      if (depth == 0 && t != from && operator_missing(t))
        return unexpected(*t, "an operator or : and a unit");
      depth += t->kind == token_kind::open;
      depth -= t->kind == token_kind::close;
    }
    if (t_ == from) return unexpected(*t_, "a number, a name or (");
    if (depth > 0) return unexpected(*t_, "an operator or )");
    token const* line = t_;
    while (line != from && !line->fresh_line) --line;
    if (line == from) return unexpected(*t_, ": and a unit before this");
    token const& last = line[-1];
    r_.fail(ir::mistake::syntax_error, *source_, last.at + last.size, "end of line",
            ": and a unit");
  }

  constexpr void flags(equation_line& l) {
    if (t_->kind != token_kind::open) {
      if (!t_->fresh_line && t_->kind != token_kind::semicolon)
        unexpected(*t_, "(flags) or the end of the line");
      return;
    }
    do {
      token const& first = *++t_;
      while (t_->kind == token_kind::name || is_infix(*t_, ir::op::subtract) ||
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
  constexpr void flag_at(equation_line& l, token const& t, ir::string_view name) {
    known_flag const* found = nullptr;
    ir::phrase possible;
    for (known_flag const& f : known_flags) {
      if ((lines_with(f) & l.kind) == 0) continue;
      if (f.name == name) found = &f;
      (possible += possible.size > 0 ? ", " : "") += f.name;
    }
    if (found == nullptr) return r_.fail(ir::mistake::unknown_flag, *source_, t.at, name, possible);
    constexpr unsigned alone = linked_flag | summed_flag;
    constexpr unsigned exclusive = event_driven_flag | clock_driven_flag;
    unsigned const both = l.flags | found->bit;
    bool const has_company = l.flags != 0 && (both & alone) != 0;
    if (has_company || (both & exclusive) == exclusive)
      return r_.fail(ir::mistake::unknown_flag, *source_, t.at, name, "no other flag beside it");
    l.flags = both;
    r_.has_event_driven = r_.has_event_driven || l.has(event_driven_flag);
  }

  constexpr unsigned lines_with(known_flag const& f) const {
    if (r_.is_spatial) return f.in_compartments;
    return r_.is_synapse ? f.in_synapses : f.in_neurons;
  }

  constexpr void enter(equation_line& l, ir::symbol& s, token const& name, ir::string_view id) {
    for (piece const& p : substitutions_) {
      if (p.name != id) continue;
      if (p.kind == piece_kind::inlined)
        return r_.fail_name(ir::mistake::misplaced_statement, *source_, name, {}, "a value");
      id = p.text;
    }
    if (l.has(summed_flag)) return enter_sum(l, s, name, id);
    ir::string_view const why = r_.reserved(id);
    if (!why.empty()) return r_.fail(ir::mistake::reserved_name, *source_, name.at, id, why);
    s.id = id;
    if (s.id.size < static_cast<int>(id.size()))
      return r_.fail(ir::mistake::name_too_long, *source_, name.at, id, "at most 31 characters");
    known_name& n = r_.at(id);
    if (n.has_line || n.what == meaning::value || n.what == meaning::table ||
        n.what == meaning::own)
      return r_.fail(ir::mistake::duplicate_variable, *source_, name.at, id);
    n.has_line = true;
    s.constant = l.has(constant_flag);
    s.frozen = l.has(unless_refractory_flag);
    s.kind = role_of(l);
    l.symbol = r_.m.add(s);
    r_.become_variable(n, l.symbol);
    if (r_.is_spatial) membrane_reader(r_).check(l, *source_, name);
    lines_.push_back(l);
  }
  /// A line that gives a variable of a neuron its value.
  constexpr void enter_sum(equation_line& l, ir::symbol const& s, token const& name,
                           ir::string_view id) {
    int const number = r_.number_of(id);
    if (r_.at(number).has_line)
      return r_.fail(ir::mistake::duplicate_variable, *source_, name.at, id);
    bool const has_side = id.ends_with("_pre") || id.ends_with("_post");
    if (!has_side || !r_.resolve_neighbour(number))
      return r_.fail(ir::mistake::unknown_variable, *source_, name.at, id,
                     "x_pre or x_post of a neuron");
    known_name& n = r_.at(number);
    ir::dimension const unit = r_.m.at(n.index).unit;
    if (unit != s.unit)
      return r_.fail(ir::mistake::dimension_mismatch, *source_, name.at, id, to_text(unit),
                     to_text(s.unit));
    n.has_line = true;
    l.symbol = n.index;
    lines_.push_back(l);
  }
  static constexpr ir::role role_of(equation_line const& l) {
    if (l.kind == differential) return ir::role::state;
    if (l.kind == definition) return ir::role::subexpression;
    if (l.has(shared_flag)) return ir::role::shared;
    return l.has(linked_flag) ? ir::role::linked : ir::role::parameter;
  }

  /// The mistake stands where the first definition that refers to itself has its line.
  constexpr void refuse_cycles(ir::span<source const> sources) {
    int const k = r_.build.cycle();
    if (k == ir::none) return;
    int const symbol = r_.m.subexpressions[k].symbol;
    for (equation_line const& l : lines_) {
      if (l.symbol != symbol) continue;
      source const& s = sources[l.source];
      r_.fail(ir::mistake::cyclic_definition, s, s.tokens[l.name_token].at, r_.m.at(symbol).id);
    }
  }

  reader& r_;
  source const* source_ = nullptr;
  int index_ = 0;
  ir::span<piece const> substitutions_;
  token const* t_ = nullptr;
  ir::list<equation_line> lines_;
};

}  // namespace nernst::brian::detail
