// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian.hpp>
#include <nernst/ir/check.hpp>
#include <nernst/ir/interpreter.hpp>

#include <deque>
#include <optional>
#include <string>
#include <vector>

/// Files with models in Brian's equation language (docs/inspect.md):
///
///     dv/dt = (E_L - v)/tau : volt (unless refractory)
///     threshold: v > -50*mV
///     constant: tau = 20*ms
namespace model_file {

namespace ir = nernst::ir;
namespace brian = nernst::brian;

/// A line `key name: value` that is no equation. It goes on over the lines that are indented
/// deeper.
struct clause {
  std::string key, name, value;
  int line = 0, column = 0;  ///< of the value, from 1
};

/// A file, split. Equations keep their places: the lines of clauses are empty.
struct document {
  std::string equations;
  std::vector<clause> clauses;
  int lines = 0;

  bool is_synapse() const {
    for (auto const& c : clauses)
      if (c.key == "on_pre" || c.key == "on_post") return true;
    return false;
  }
};

namespace detail {

inline std::string_view trimmed(std::string_view s) {
  auto const first = s.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return s.substr(first, s.find_last_not_of(" \t\r") + 1 - first);
}
inline std::size_t indentation(std::string_view line) {
  auto const first = line.find_first_not_of(" \t\r");
  return first == std::string_view::npos ? line.size() : first;
}
/// Whether a clause may be said of something, and may be said without.
inline bool may_have_name(std::string_view key) {
  return key == "method" || key == "on_pre" || key == "on_post";
}
/// Whether a line begins a clause; `colon` is the place behind the key and the name.
inline std::optional<clause> begins_clause(std::string_view line, std::size_t& colon) {
  colon = line.find(':');
  if (colon == std::string_view::npos || colon > line.find('#')) return {};
  std::string_view const head = trimmed(line.substr(0, colon));
  std::size_t const space = head.find_first_of(" \t");
  clause c{std::string(head.substr(0, space)), {}, {}, 0, 0};
  if (space != std::string_view::npos) c.name = trimmed(head.substr(space));
  for (char const* key : {"threshold", "reset", "refractory", "method", "scheme", "constant",
                          "on_pre", "on_post", "multisynaptic_index", "per_synapse"})
    if (c.key == key && (c.name.empty() || may_have_name(c.key))) return c;
  for (char const* key : {"event", "on", "every", "at", "timed_array"})
    if (c.key == key && !c.name.empty()) return c;
  return {};
}

}  // namespace detail

inline document split(std::string_view text) {
  document d;
  bool in_clause = false;
  std::size_t depth = 0;
  while (!text.empty()) {
    std::size_t const end = std::min(text.find('\n'), text.size());
    std::string_view const line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    // No line break behind the last line: the end of the text is a place in the file.
    if (++d.lines > 1) d.equations += '\n';
    std::size_t colon = 0;
    auto c = detail::begins_clause(line, colon);
    bool const empty = detail::trimmed(line.substr(0, line.find('#'))).empty();
    if (c) {
      in_clause = true;
      depth = detail::indentation(line);
      c->value = line.substr(colon + 1);
      c->line = d.lines;
      c->column = static_cast<int>(colon) + 2;
      d.clauses.push_back(*c);
    } else if (in_clause && !empty && detail::indentation(line) > depth) {
      (d.clauses.back().value += '\n') += line;
    } else {
      in_clause = in_clause && empty;
      if (!in_clause) d.equations += line;
    }
  }
  return d;
}

/// The model of a document, or what is wrong with it. Keeps the texts.
class reader {
 public:
  explicit reader(document d) : d_(std::move(d)) {
    for (auto const& c : d_.clauses)
      if (c.key == "constant") enter_constant(c);
    pieces_.push_back({.kind = brian::piece_kind::equations, .text = d_.equations});
    for (auto const& c : d_.clauses) enter(c);
  }
  reader(reader const&) = delete;
  reader& operator=(reader const&) = delete;

  ir::model neuron() const {
    ir::model m = mistake_.ok() ? brian::lower_neuron(pieces_, constants_) : ir::model{};
    if (!mistake_.ok()) m.mistake = mistake_;
    return m;
  }
  ir::model synapse(ir::span<ir::symbol const> source, ir::span<ir::symbol const> target) const {
    ir::model m =
        mistake_.ok() ? brian::lower_synapse(pieces_, constants_, source, target) : ir::model{};
    if (!mistake_.ok()) m.mistake = mistake_;
    return m;
  }
  /// A mistake with the place in the file, where that can be found out from what it names.
  ir::diagnosis located(ir::diagnosis d) const {
    if (d.line > 0) return d;
    std::string_view const where = d.where;
    std::string_view const first = where.substr(0, where.find_first_of(" :,"));
    std::string_view const key = first == "on_event" ? "on" : first;
    for (auto const& c : d_.clauses)
      if (key == c.key || where == c.name || where == detail::trimmed(c.value)) {
        d.line = c.line;
        d.column = c.column + static_cast<int>(detail::indentation(c.value));
        return d;
      }
    int line = 0;
    for (std::size_t at = 0; at < d_.equations.size();
         at = std::min(d_.equations.find('\n', at), d_.equations.size()) + 1) {
      ++line;
      std::string_view const rest = std::string_view(d_.equations).substr(at);
      std::size_t const begin = detail::indentation(rest.substr(0, rest.find('\n')));
      std::string_view const text = rest.substr(begin);
      bool const longer = text.size() > first.size() &&
                          (std::isalnum(static_cast<unsigned char>(text[first.size()])) != 0 ||
                           text[first.size()] == '_');
      if (first.empty() || !text.starts_with(first) || longer) continue;
      d.line = line;
      d.column = static_cast<int>(begin) + 1;
      return d;
    }
    return d;
  }

 private:
  struct quantity {
    double value = 0;
    ir::dimension unit;
  };
  struct nothing {
    double symbol(int) const { return NAN; }
    double draw(ir::op, int) const { return NAN; }
  };

  /// A text that stands where it stands in the file, so that mistakes are found there.
  std::string_view in_place(std::string_view value, int line, int column) {
    texts_.push_back(std::string(static_cast<std::size_t>(line - 1), '\n') +
                     std::string(static_cast<std::size_t>(column - 1), ' ') + std::string(value));
    return texts_.back();
  }
  std::string_view in_place(clause const& c) { return in_place(c.value, c.line, c.column); }
  void fail(ir::mistake what, clause const& c, std::string_view where,
            std::string_view expected = {}) {
    if (mistake_.ok()) mistake_ = {what, where, expected, {}, c.line, c.column};
  }

  /// The value of an expression without variables.
  std::optional<quantity> evaluate(clause const& c, std::string_view text, int column) {
    brian::piece const one[] = {
        {.kind = brian::piece_kind::refractory, .text = in_place(text, c.line, column)}};
    ir::model m = brian::lower_neuron(one, constants_);
    if (!m.mistake.ok()) {
      if (mistake_.ok()) mistake_ = m.mistake;
      return {};
    }
    int const root = m.refractory_time != ir::none ? m.refractory_time : m.refractory_while;
    m.refractory_while = ir::none;
    m.refractory_time = root;
    ir::typing types(m);
    ir::checker(m, types).run();
    quantity q{0, types.unit(root)};
    m.refractory_time = ir::none;
    m.subexpressions.push_back(
        {m.declare({"value", ir::role::subexpression, ir::side::here, q.unit}), root});
    ir::diagnosis const d = ir::check(m);
    ir::interpreter<nothing>(m.nodes, ir::list<int>{root})({}, {&q.value, 1});
    if (!d.ok()) {
      if (mistake_.ok())
        mistake_ = {d.what,         detail::trimmed(text),        d.expected.view(),
                    d.found.view(), d.line > 0 ? d.line : c.line, d.line > 0 ? d.column : column};
      return {};
    }
    if (q.value != q.value)
      return fail(ir::mistake::unknown_variable, c, detail::trimmed(text), "numbers and units"),
             std::nullopt;
    return q;
  }

  void enter_constant(clause const& c) {
    std::size_t const equals = c.value.find('=');
    if (equals == std::string::npos)
      return fail(ir::mistake::syntax_error, c, detail::trimmed(c.value), "name = value");
    texts_.emplace_back(detail::trimmed(std::string_view(c.value).substr(0, equals)));
    std::string_view const name = texts_.back();
    auto const q = evaluate(c, std::string_view(c.value).substr(equals + 1),
                            c.column + static_cast<int>(equals) + 1);
    if (q) constants_.push_back({name, q->value, q->unit});
  }

  std::optional<double> seconds(clause const& c, std::string_view text) {
    auto const q = evaluate(c, text, c.column);
    if (q && q->unit != ir::units::second) {
      fail(ir::mistake::dimension_mismatch, c, c.key, "s");
      return {};
    }
    return q ? std::optional(q->value) : std::nullopt;
  }

  void enter(clause const& c) {
    using enum brian::piece_kind;
    auto plain = [&](brian::piece_kind kind, std::string_view name = {}) {
      pieces_.push_back({.kind = kind, .text = in_place(c), .name = name});
    };
    texts_.emplace_back(detail::trimmed(std::string_view(c.value).substr(0, c.value.find('#'))));
    std::string_view const word = texts_.back();
    if (c.key == "threshold") return plain(threshold);
    if (c.key == "reset") return plain(reset);
    if (c.key == "refractory") return plain(refractory);
    if (c.key == "on_pre") return plain(on_pre, c.name);
    if (c.key == "on_post") return plain(on_post, c.name);
    if (c.key == "multisynaptic_index")
      return pieces_.push_back({.kind = multisynaptic_index, .text = word});
    if (c.key == "per_synapse") return pieces_.push_back({.kind = per_synapse});
    if (c.key == "event") return plain(event, c.name);
    if (c.key == "on") return plain(on_event, c.name);
    if (c.key == "method") return pieces_.push_back({.kind = method, .text = word, .name = c.name});
    if (c.key == "scheme") return pieces_.push_back({.kind = scheme, .text = word});
    if (c.key == "timed_array") {
      if (auto const q = evaluate(c, word, c.column))
        pieces_.push_back({.kind = timed_array, .name = c.name, .unit = q->unit});
      return;
    }
    if (c.key == "every") {
      if (auto const period = seconds(c, c.name))
        pieces_.push_back(
            {.kind = every, .text = in_place(c), .value = *period, .unit = ir::units::second});
      return;
    }
    if (c.key != "at") return;
    pieces_.push_back({.kind = at, .text = in_place(c)});
    for (std::string_view rest = c.name; !rest.empty();) {
      std::size_t const comma = std::min(rest.find(','), rest.size());
      if (auto const t = seconds(c, rest.substr(0, comma)))
        pieces_.push_back({.kind = time, .value = *t, .unit = ir::units::second});
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }

  document d_;
  std::deque<std::string> texts_;
  std::vector<brian::piece> pieces_;
  std::vector<brian::constant> constants_;
  ir::diagnosis mistake_;
};

}  // namespace model_file
