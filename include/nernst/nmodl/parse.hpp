// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/declarations.hpp>

namespace nernst::nmodl {

namespace detail {

/// Reads a file from its beginning to its end.
class parser : private declaration_parser {
 public:
  constexpr parser(syntax& into, ir::span<source const> included)
      : declaration_parser(into), included_(included) {}

  constexpr void run(source const& text) {
    begin(text);
    all();
  }

 private:
  static constexpr int deepest_include = 8, most_sources = 1000;

  constexpr void all() {
    while (s.ok() && !at_end()) part();
  }
  constexpr void part() {
    switch (word()) {
    case keyword::unitson:
    case keyword::unitsoff:
      switch_units();
      return advance();
    case keyword::title:
      return advance();
    case keyword::neuron:
      return neuron();
    case keyword::units:
      return units_block();
    case keyword::parameter:
      return parameters(storage::parameter);
    case keyword::constant:
      return parameters(storage::constant);
    case keyword::assigned:
      return variables(storage::assigned);
    case keyword::state:
      return variables(storage::state);
    case keyword::independent:
      return independent();
    case keyword::local:
      return file_locals();
    case keyword::define:
      return define();
    case keyword::include:
      return include();
    case keyword::verbatim:
      return verbatim();
    default:
      return computing_block();
    }
  }

  constexpr void verbatim() {
    constexpr int word_size = 8;
    s.outer_verbatims.push_back(s.verbatims.size());
    s.verbatims.push_back({at() + word_size, end()});
    advance();
  }

  constexpr void include() {
    s.includes.push_back(at());
    int const where = at();
    advance();
    if (!is(token_kind::quoted)) return fail("\"file\"");
    ir::string_view file = s.text_of({at() + 1, end() - 1});
    advance();
    if (depth_ == deepest_include || s.sources.size() == most_sources)
      return fail_at(where,
                     {ir::mistake::syntax_error, "INCLUDE", "no file that includes itself", {}});
    for (source const& i : included_) {
      if (i.name != file) continue;
      reading before = begin(i);
      ++depth_;
      all();
      --depth_;
      return resume(static_cast<reading&&>(before));
    }
    fail_at(where, {ir::mistake::syntax_error, "INCLUDE", "a file that is given", file});
  }

  /// A block of statements. What has a name may have arguments, too.
  constexpr void computing_block() {
    block b{.kind = word(), .at = at()};
    b.first_node = s.nodes.size();
    int const outside = visible();
    switch (b.kind) {
    case keyword::initial:
    case keyword::breakpoint:
    case keyword::constructor:
    case keyword::destructor:
      advance();
      break;
    case keyword::before:
    case keyword::after:
      advance();
      moment(b);
      break;
    case keyword::net_receive:
      advance();
      arguments_of(b);
      enter({.kind = local_variable::argument, .name = intern("flag"), .at = b.at});
      break;
    case keyword::derivative:
    case keyword::kinetic:
    case keyword::linear:
    case keyword::nonlinear:
    case keyword::discrete:
      advance();
      b.name = name();
      if (accepts(keyword::solvefor)) b.solve_for = names(true);
      break;
    case keyword::function:
    case keyword::procedure:
    case keyword::function_table:
      advance();
      signature(b);
      break;
    default:
      return fail("a block, PARAMETER, STATE ...");
    }
    block_ = b.kind;
    if (b.kind == keyword::discrete)
      skip_braces();
    else if (b.kind != keyword::function_table)
      b.body = body();
    leave(outside);
    b.last_node = s.nodes.size();
    s.blocks.push_back(b);
  }
  constexpr void moment(block& b) {
    b.moment = word();
    bool const is_moment = b.moment == keyword::initial || b.moment == keyword::breakpoint ||
                           b.moment == keyword::solve || b.moment == keyword::step;
    if (!is_moment) return fail("INITIAL, BREAKPOINT, SOLVE or STEP");
    advance();
  }
  constexpr void signature(block& b) {
    b.name = name();
    if (b.kind == keyword::function)
      enter({.kind = local_variable::result, .name = b.name, .at = b.at});
    arguments_of(b);
    b.unit = unit();
  }
  /// What is refused later need not be understood.
  constexpr void skip_braces() {
    int open = 0;
    do {
      if (at_end()) return fail("{ and }");
      open += is(token_kind::open_brace);
      open -= is(token_kind::close_brace);
      advance();
    } while (open > 0);
  }

  ir::span<source const> included_;
};

}  // namespace detail

/// Reads a .mod file. `included` are the files that it may include, by the names that it calls
/// them. What cannot be read is told by `syntax::mistake`.
constexpr syntax parse(source const& file, ir::span<source const> included = {}) {
  syntax s;
  detail::parser(s, included).run(file);
  return s;
}

}  // namespace nernst::nmodl
