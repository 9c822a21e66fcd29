// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/name_table.hpp>
#include <nernst/ir/operation.hpp>
#include <nernst/nmodl/finding.hpp>
#include <nernst/nmodl/keyword.hpp>

namespace nernst::nmodl {

/// A text that describes a mechanism, or that such a text includes. Texts are not copied.
struct source {
  ir::string_view name = {};  ///< of its file, for messages
  ir::string_view text = {};
};

/// Characters of the texts of a mechanism, which are counted through.
struct range {
  int begin = 0, end = 0;
};

/// What stands in a block.
enum class node_kind : std::uint8_t {
  // expressions
  number,   ///< `value`, with a unit `b`; of a DEFINE, with its name
  name,     ///< the local variable `b`, if there is one, or `name` of the mechanism
  element,  ///< the same of an array, at index `a`
  mention,  ///< `name` in a list, behind METHOD, ...
  prime,    ///< the derivative of `name`, of order `value`, of an array at index `a`
  call,     ///< of `name` with the arguments from `a` on
  quoted,   ///< a text
  prefix,   ///< `code` of `a`
  infix,    ///< `code` of `a` and `b`
  // statements
  assign,  ///< `a` = `b`
  invoke,  ///< the call `a`
  block,   ///< the statements from `a` on
  choice,  ///< if `a` then `b` else, if it is there, `c`
  repeat,  ///< while `a`, `b`
  count,   ///< for the local variable `value` from `a` to `b` by, if there, `c`: block `d`
  solve,   ///< the block `name`, by the method `a` (a mention); `value` is 1 for a steady state
  conductance,  ///< the variable `name` is that of the ion `a` (a mention)
  table,        ///< TABLE `a` ... DEPEND `b` ... FROM `c` TO `d` WITH `value`
  reaction,     ///< between the terms from `a` and from `b` on, with the rates `c` and `d`
  influx,       ///< ~ terms << (rate)
  decay,        ///< ~ terms -> (rate)
  term,         ///< of a reaction: `value` times `a`
  equation,     ///< ~ `a` = `b`
  conserve,     ///< the terms from `a` on = `b`
  compartment,  ///< the volume `a` of the states from `b` on; `name` is an index, or `none`
  diffusion,    ///< likewise, LONGITUDINAL_DIFFUSION
  initial,      ///< in NET_RECEIVE, block `a`
  watch,        ///< the condition `a`, which sends the flag `b`
  for_netcons,  ///< of `value` arguments, the local variables from `a` on: block `b`
  protect,      ///< the assignment `a`
  mutex,        ///< MUTEXLOCK or MUTEXUNLOCK
  lag,          ///< LAG `name` BY `a`
  units,        ///< UNITSON or UNITSOFF
  verbatim,     ///< the text of `verbatims[a]`
};

/// A node of the syntax tree. Arguments and statements of a list follow each other by `next`.
struct node {
  node_kind kind = node_kind::number;
  ir::op code = ir::op::literal;
  int name = ir::none;
  int a = ir::none, b = ir::none, c = ir::none, d = ir::none;
  int next = ir::none;
  int at = 0;  ///< where it stands
  double value = 0;
};

/// How something is declared outside of NEURON.
enum class storage : std::uint8_t {
  parameter,
  constant,
  assigned,
  state,
  factor,       ///< NAME = (unit) (unit) in UNITS, or NAME = number (unit)
  macro,        ///< DEFINE
  independent,  ///< INDEPENDENT
  file_local,   ///< LOCAL outside of all blocks
};

struct declaration {
  storage kind = storage::parameter;
  int name = ir::none, at = 0;
  int size = 0;  ///< of an array
  bool has_value = false, has_limits = false;
  double value = 0, low = 0, high = 0;
  int unit = ir::none;   ///< which of `units`
  int other = ir::none;  ///< of a factor: the unit that the first is expressed in
};

/// What is declared within a block: LOCAL, arguments, counters.
struct local_variable {
  enum role : std::uint8_t { own, argument, counter, result };
  role kind = own;
  int name = ir::none, at = 0;
  int size = 0;
  int unit = ir::none;
  int hidden = ir::none;  ///< the variable of that name outside
};

/// A block that computes: BREAKPOINT, DERIVATIVE states, FUNCTION f(x), ...
struct block {
  keyword kind = keyword::none;
  keyword moment = keyword::none;  ///< of BEFORE and AFTER: INITIAL, BREAKPOINT, SOLVE or STEP
  int name = ir::none, at = 0;
  int first_argument = 0, arguments = 0;  ///< among the local variables
  int unit = ir::none;
  int solve_for = ir::none;  ///< the names behind SOLVEFOR
  int first_node = 0, body = ir::none, last_node = 0;
};

/// A name in a list of NEURON.
struct listed_name {
  keyword list = keyword::none;  ///< RANGE, GLOBAL, POINTER ...
  int name = ir::none, at = 0;
};

struct ion_variable {
  int ion = 0;
  bool is_written = false;
  int name = ir::none, at = 0;
};
struct ion {
  int name = ir::none, at = 0;
  bool has_valence = false;
  double valence = 0;
};

/// (mV) = (millivolt)
struct unit_definition {
  int unit = ir::none, meaning = ir::none;
};

/// UNITSON or UNITSOFF: it holds for the nodes from `node` on.
struct unit_switch {
  int node = 0;
  bool is_on = true;
};

/// A .mod file as it was written.
struct syntax {
  ir::list<source> sources;
  ir::list<int> begins;  ///< where each source begins, counted through
  ir::name_table names;
  ir::list<node> nodes;
  ir::list<local_variable> locals;
  ir::list<declaration> declarations;
  ir::list<block> blocks;
  ir::list<range> units, verbatims;
  ir::list<int> outer_verbatims;  ///< those outside of all blocks
  ir::list<unit_definition> unit_definitions;
  ir::list<unit_switch> unit_switches;

  keyword process = keyword::none;  ///< SUFFIX, POINT_PROCESS or ARTIFICIAL_CELL
  int name = ir::none;              ///< of the mechanism
  int neuron_at = ir::none;         ///< where NEURON stands
  bool is_thread_safe = false;
  ir::list<listed_name> listed;
  ir::list<ion> ions;
  ir::list<ion_variable> ion_variables;
  ir::list<int> includes;  ///< where INCLUDE stands

  finding mistake;  ///< that ended reading, with its place

  constexpr bool ok() const { return mistake.what.ok(); }

  /// Which source has a character.
  constexpr int source_of(int at) const {
    int k = sources.size() - 1;
    while (k > 0 && begins[k] > at) --k;
    return k;
  }
  constexpr ir::string_view text_of(range r) const {
    int const k = source_of(r.begin);
    return sources[k].text.substr(static_cast<std::size_t>(r.begin - begins[k]),
                                  static_cast<std::size_t>(r.end - r.begin));
  }
  constexpr ir::string_view unit_text(int unit) const {
    return unit == ir::none ? ir::string_view{} : text_of(units[unit]);
  }
  constexpr ir::string_view spelling(int number) const {
    return number == ir::none ? ir::string_view{} : names[number];
  }
  /// A finding with the file, the line and the column of its place.
  constexpr finding located(finding f) const {
    int const k = source_of(f.at);
    ir::text_place const p = ir::place_of(sources[k].text, f.at - begins[k]);
    f.file = sources[k].name;
    f.what.line = p.line;
    f.what.column = p.column;
    return f;
  }
};

}  // namespace nernst::nmodl
