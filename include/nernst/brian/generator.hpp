// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/lower.hpp>
#include <nernst/ir/check_value.hpp>
#include <nernst/ir/resolve_types.hpp>

namespace nernst::brian {

/// What texts about a source and a target may name: `x_pre`, `x_post` or `x` (of the target) for
/// these variables, and constants; `i`, `j`, `N_pre`, `N_post`, time, functions and units always.
struct pair_names {
  ir::span<ir::symbol const> source = {}, target = {};
  ir::span<constant const> constants = {};
};

/// The parts of a rule of connection.
enum class generator_part : char { element, low, high, step, probability, size, condition };
inline constexpr int generator_parts = 7;

/// A rule of connection that has been read, "k for k in range(i - 3, i + 4) if k != i": nodes of
/// `model.nodes`, in terms of `model.symbols`, or `model.mistake`. A part that is not there is
/// `none`.
struct parsed_generator {
  ir::model model;
  int roots[generator_parts] = {ir::none, ir::none, ir::none, ir::none,
                                ir::none, ir::none, ir::none};
  int counter = ir::none;  ///< the symbol of what `for` runs through
  bool is_sample = false;

  constexpr int root(generator_part p) const { return roots[static_cast<int>(p)]; }
  constexpr ir::diagnosis const& mistake() const { return model.mistake; }
};

namespace detail {

/// What messages call a part.
constexpr ir::string_view name_of(generator_part p) {
  constexpr ir::string_view names[] = {"the index", "range", "range", "range", "p", "size", "if"};
  return names[static_cast<int>(p)];
}

class generator_reader {
 public:
  constexpr generator_reader(pair_names const& names, ir::string_view text, ir::string_view label)
      : into_(reader::neighbours{names.source, names.target}), r_(into_.names()) {
    r_.has_refractory = true;
    into_.enter_constants(names.constants);
    source_ = r_.scan(text, label);
  }

  constexpr parsed_generator read_generator() {
    enter_counter();
    expression(generator_part::element);
    if (accepts("for")) loop();
    if (accepts("if")) expression(generator_part::condition);
    return finish("for, if, an operator or the end");
  }
  /// One expression, as the part `p`.
  constexpr parsed_generator read_part(generator_part p) {
    enter_counter();
    expression(p);
    bool const is_generator = here().kind == text::token_kind::name && word() == "for";
    return finish(is_generator ? "no generator: see to_target(...)" : "an operator or the end");
  }

 private:
  constexpr token const& here() const { return source_.tokens[at_]; }
  constexpr ir::string_view word() const { return source_.of(here()); }
  constexpr bool accepts(ir::string_view name) {
    bool const is_here = here().kind == token_kind::name && word() == name;
    if (is_here) ++at_;
    return is_here;
  }
  constexpr void fail(ir::string_view expected) {
    r_.unexpected(source_, here().at, expected);
    while (here().kind != token_kind::end) ++at_;
  }
  constexpr void expect(token_kind kind, ir::string_view expected) {
    if (here().kind != kind) return fail(expected);
    ++at_;
  }

  /// The name behind `for` means something before it, too.
  constexpr void enter_counter() {
    for (int k = 0; source_.tokens[k].kind != token_kind::end; ++k) {
      token const& name = source_.tokens[k + 1];
      bool const is_for =
          source_.tokens[k].kind == token_kind::name && source_.of(source_.tokens[k]) == "for";
      if (!is_for || name.kind != token_kind::name) continue;
      ir::string_view const id = source_.of(name);
      bool const is_long = id.size() >= sizeof(ir::identifier::data);
      if (is_long) return r_.fail_name(ir::mistake::name_too_long, source_, name);
      if (words.find(id) != nullptr)
        return r_.fail_name(ir::mistake::reserved_name, source_, name, "a name without a meaning");
      parsed_.counter = r_.m.add({.id = id,
                                  .kind = ir::role::parameter,
                                  .type = ir::value_type::integer,
                                  .constant = true});
      return r_.become_variable(r_.at(name.name), parsed_.counter);
    }
  }

  constexpr int expression() {
    if (r_.failed()) return ir::none;
    int const before = at_;
    expression_reader e(r_, source_, at_);
    int const root = e.read();
    at_ = e.position();
    token const* const first = source_.tokens.data() + before;
    origin_ = r_.note(source_, first, *first, source_.tokens[at_ > before ? at_ - 1 : before]);
    return root;
  }
  constexpr void become(generator_part p, int root) {
    parsed_.roots[static_cast<int>(p)] = root;
    origins_[static_cast<int>(p)] = origin_;
  }
  constexpr void expression(generator_part p) { become(p, expression()); }

  constexpr void loop() {
    if (parsed_.counter == ir::none || here().kind != token_kind::name) return fail("a name");
    ++at_;
    if (!accepts("in")) return fail("in");
    parsed_.is_sample = accepts("sample");
    if (!parsed_.is_sample && !accepts("range")) return fail("range(...) or sample(...)");
    token const& name = source_.tokens[at_ - 1];
    expect(token_kind::open, "(");
    int bounds[3] = {}, origins[3] = {}, count = 0;
    bool is_complete = !parsed_.is_sample;
    while (!r_.failed() && here().kind != token_kind::close) {
      bool const is_named =
          here().kind == token_kind::name && source_.tokens[at_ + 1].kind == token_kind::assign;
      if (is_named && parsed_.is_sample && !is_complete) {
        is_complete = keyword();
      } else if (is_named || (parsed_.is_sample && is_complete)) {
        return fail(parsed_.is_sample ? "p=... or size=..., at the end" : "bounds without names");
      } else {
        int const bound = expression();
        if (count < 3) {
          bounds[count] = bound;
          origins[count] = origin_;
        }
        ++count;
      }
      if (here().kind == token_kind::close) break;
      expect(token_kind::comma, "an operator, a comma or )");
    }
    expect(token_kind::close, ")");
    if (count < 1 || count > 3) return wrong_count(name, count);
    if (!is_complete) return r_.unexpected(source_, name.at, "p=... or size=... in it");
    constexpr generator_part parts[][3] = {
        {generator_part::high},
        {generator_part::low, generator_part::high},
        {generator_part::low, generator_part::high, generator_part::step}};
    for (int k = 0; k < count; ++k) {
      origin_ = origins[k];
      become(parts[count - 1][k], bounds[k]);
    }
  }
  constexpr bool keyword() {
    bool const is_size = word() == "size";
    if (!is_size && word() != "p") {
      fail("p=... or size=...");
      return false;
    }
    at_ += 2;
    expression(is_size ? generator_part::size : generator_part::probability);
    return true;
  }
  constexpr void wrong_count(token const& name, int count) {
    ir::phrase found;
    found.append(count);
    r_.fail_name(ir::mistake::wrong_arguments, source_, name, "1 to 3 bounds", found);
  }

  /// Checks units and types, and brings what was read into the form that can be evaluated.
  constexpr parsed_generator finish(ir::string_view expected) {
    if (!r_.failed() && here().kind != token_kind::end) fail(expected);
    ir::model& m = r_.m;
    if (m.mistake.ok()) refuse_counts();
    if (m.mistake.ok()) check();
    parsed_.model = static_cast<ir::model&&>(m);
    return static_cast<parsed_generator&&>(parsed_);
  }
  constexpr void refuse_counts() {
    for (ir::symbol const& s : r_.m.symbols) {
      bool const is_total = s.kind == ir::role::count && s.owner == ir::side::here;
      if (is_total) r_.build.fail(ir::mistake::unknown_variable, s.id.view(), "N_pre or N_post");
      if (ir::is_of_synapse(s.kind)) r_.build.fail(ir::mistake::unknown_variable, s.id.view());
    }
  }
  constexpr void check() {
    ir::model& m = r_.m;
    ir::typing types(m);
    ir::value_checker checker(m, types);
    for (int k = 0; k < generator_parts; ++k) {
      int const root = parsed_.roots[k];
      if (root == ir::none) continue;
      auto const part = static_cast<generator_part>(k);
      bool const is_condition = part == generator_part::condition;
      checker.fit(source_.label.empty() ? name_of(part) : source_.label, root,
                  {.type = is_condition ? ir::value_type::boolean : ir::value_type::real},
                  origins_[k]);
      checker.forbid_noise(root);
    }
    m.mistake = types.found();
    if (!m.mistake.ok()) return;
    ir::type_resolver resolver(m, types);
    if (!resolver.is_needed()) return;
    ir::list<int> const resolved = resolver.resolve(parsed_.roots);
    for (int k = 0; k < generator_parts; ++k) parsed_.roots[k] = resolved[k];
  }

  lowering into_;
  reader& r_;
  source source_;
  parsed_generator parsed_;
  int origins_[generator_parts] = {};
  int at_ = 0, origin_ = ir::none;
};

}  // namespace detail

/// Reads a generator: an index, then perhaps `for NAME in range(low, high, step)` or `sample(low,
/// high, step, p=...)` or `sample(..., size=...)`, then perhaps `if CONDITION`. Bounds as in
/// Python. `label` names the text in messages.
constexpr parsed_generator parse_generator(ir::string_view text, pair_names const& names,
                                           ir::string_view label = {}) {
  return detail::generator_reader(names, text, label).read_generator();
}
/// Reads one expression about a source and a target, as a part of a rule.
constexpr parsed_generator parse_part(ir::string_view text, generator_part part,
                                      pair_names const& names, ir::string_view label = {}) {
  return detail::generator_reader(names, text, label).read_part(part);
}

}  // namespace nernst::brian
