// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/swc_samples.hpp>
#include <nernst/refuse.hpp>
#include <nernst/text/number.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace nernst::cable::detail {

using nernst::detail::message;

NERNST_INLINE void swc_error(swc_source const& source, int line, std::string const& expected,
                             std::string const& found) {
  nernst::detail::refuse<std::runtime_error>(
      {source.name, ":", line, ": expected ", expected, ", found ", found});
}

/// Reads the lines of an SWC text.
class swc_scanner {
 public:
  explicit swc_scanner(swc_source const& source) : source_(source), rest_(source.text) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  }

  std::vector<swc_sample> read() {
    std::vector<swc_sample> all;
    while (!rest_.empty()) {
      ++line_;
      std::size_t const end = rest_.find('\n');
      text_ = rest_.substr(0, end);
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
      skip_blanks();
      if (!text_.empty() && text_[0] != '#') all.push_back(sample());
    }
    return all;
  }

 private:
  void skip_blanks() {
    std::size_t const begin = text_.find_first_not_of(" \t\r\f\v");
    text_.remove_prefix(begin == std::string_view::npos ? text_.size() : begin);
  }

  swc_sample sample() {
    swc_sample s;
    s.line = line_;
    s.id = whole("an identifier, a whole number from 0");
    if (s.id < 0) fail("an identifier, a whole number from 0", std::to_string(s.id));
    s.type = whole("a type, a whole number");
    s.where.x = metres("x in um");
    s.where.y = metres("y in um");
    s.where.z = metres("z in um");
    s.where.radius = metres("a radius in um");
    if (!(s.where.radius > 0)) fail("a radius above 0 um", message({s.where.radius * 1e6, " um"}));
    s.parent_id = whole("the parent's identifier, or -1");
    return s;
  }

  double number(char const* what) {
    skip_blanks();
    std::size_t const end = std::min(text_.find_first_of(" \t\r\f\v#"), text_.size());
    std::string_view const word = text_.substr(0, end), digits = unsigned_part(word);
    bool const begins =
        !digits.empty() && (text::is_digit(digits[0]) ||
                            (digits.size() > 1 && digits[0] == '.' && text::is_digit(digits[1])));
    if (!begins) fail(what, word);
    char const* const last = digits.data() + digits.size();
    text::scanned_number const n = text::scan_number(digits.data(), last);
    if (n.end != last) fail(what, word);
    if (!std::isfinite(n.value)) fail(std::string(what) + ", a finite number", word);
    text_.remove_prefix(end);
    return word[0] == '-' ? -n.value : n.value;
  }
  static std::string_view unsigned_part(std::string_view word) {
    bool const has_sign = !word.empty() && (word[0] == '-' || word[0] == '+');
    return word.substr(has_sign ? 1 : 0);
  }
  double metres(char const* what) { return number(what) / 1e6; }
  int whole(char const* what) {
    double const n = number(what);
    if (n != std::trunc(n) || std::abs(n) > 2147483646) fail(what, message({n}));
    return static_cast<int>(n);
  }
  [[noreturn]] void fail(std::string const& expected, std::string_view found) const {
    std::string shown = found.empty() ? "the end of the line" : "'";
    for (char const c : found.substr(0, 20)) shown += c >= ' ' && c <= '~' ? c : '?';
    if (!found.empty()) shown += '\'';
    swc_error(source_, line_, expected, shown);
  }

  swc_source source_;
  std::string_view rest_, text_;
  int line_ = 0;
};

/// The loop that a sample is part of, or leads to, or nothing.
NERNST_INLINE std::string loop_from(std::vector<swc_sample> const& all, std::size_t start) {
  std::vector<char> seen(all.size());
  auto const next = [&](std::size_t k) { return static_cast<std::size_t>(all[k].parent); };
  std::size_t k = start;
  for (; all[k].parent != none && seen[k] == 0; k = next(k)) seen[k] = 1;
  if (all[k].parent == none) return {};
  std::string text = std::to_string(all[k].id);
  std::size_t at = k;
  for (int steps = 0; steps < 8; ++steps) {
    at = next(at);
    text += " -> " + std::to_string(all[at].id);
    if (at == k) return text;
  }
  return text + " -> ...";
}

NERNST_INLINE void find_parents(swc_source const& source, std::vector<swc_sample>& all) {
  for (std::size_t k = 1; k < all.size(); ++k)
    if (all[k].id == all[k - 1].id)
      swc_error(source, all[k].line, "a new identifier",
                message({all[k].id, " again, as in line ", all[k - 1].line}));
  for (swc_sample& s : all) {
    if (s.parent_id < 0) continue;
    auto const parent = std::lower_bound(all.begin(), all.end(), s.parent_id,
                                         [](swc_sample const& x, int id) { return x.id < id; });
    if (parent == all.end() || parent->id != s.parent_id)
      swc_error(source, s.line, message({"the parent of sample ", s.id, " among the samples"}),
                message({"no sample ", s.parent_id}));
    s.parent = static_cast<int>(parent - all.begin());
  }
}

NERNST_INLINE void require_tree(swc_source const& source, std::vector<swc_sample> const& all) {
  int root = none;
  for (std::size_t k = 0; k < all.size(); ++k) {
    swc_sample const& s = all[k];
    if (s.parent >= static_cast<int>(k)) {
      std::string const loop = loop_from(all, k);
      if (!loop.empty()) swc_error(source, s.line, "a tree", "a loop: " + loop);
      swc_error(source, s.line, message({"a parent with an identifier below ", s.id}),
                message({s.parent_id}));
    }
    if (s.parent != none) continue;
    if (root != none)
      swc_error(source, s.line, message({"a parent, as line ", root, " has the root"}),
                message({s.parent_id}));
    root = s.line;
  }
}

NERNST_INLINE branch branch_between(std::vector<point> const& points,
                                    std::vector<int> const& tags) {
  branch all;
  for (std::size_t k = 0; k < tags.size(); ++k) {
    point const &a = points[k], &b = points[k + 1];
    double const size = distance_between(a, b);
    if (size > 0 || a.radius != b.radius) all.frusta.push_back({a, b, size, tags[k]});
  }
  all.ends = ends_of(all.frusta);
  return all;
}

NERNST_INLINE void require_length(branch const& one, swc_source const& source, int line,
                                  char const* what, std::pair<int, int> between) {
  if (one.length() > 0) return;
  swc_error(source, line, message({"a ", what, " with a length"}),
            message({"samples ", between.first, " to ", between.second, " at one place"}));
}

}  // namespace nernst::cable::detail

namespace nernst::cable {

NERNST_INLINE std::vector<swc_sample> read_samples(swc_source const& source) {
  std::vector<swc_sample> all = detail::swc_scanner(source).read();
  if (all.empty())
    nernst::detail::refuse<std::runtime_error>({source.name, ": expected samples, found none"});
  std::sort(all.begin(), all.end(), [](swc_sample const& a, swc_sample const& b) {
    return a.id != b.id ? a.id < b.id : a.line < b.line;
  });
  detail::find_parents(source, all);
  detail::require_tree(source, all);
  return all;
}

}  // namespace nernst::cable
