// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/system.hpp>

namespace nernst::integrate::detail {

/// The equations of a system as dX/dt = M X + B, and which of them can be solved exactly. Equations
/// are numbered as in the system.
class linear_equations {
 public:
  constexpr explicit linear_equations(system& f)
      : size_(f.size()), column_(numbered(f)), forms_(f.model().nodes, column_), slopes_(size_) {
    ir::list<int> rhs;
    for (int i = 0; i < size_; ++i) rhs.push_back(f.equation(i).rhs);
    fits_ = forms_.find_each(rhs);
    for (int i = 0; i < size_; ++i)
      if (fits_[i] == 0) refuse(f, i, " is not linear");
    classify(f);
    ir::list<char> coupled(size_);
    for (int i = 0; i < size_; ++i)
      for (auto const& t : terms(i)) {
        slopes_[i] = slopes_[i] | of(t.coefficient);
        if (t.column == i) continue;
        coupled[i] = 1;
        coupled[t.column] = 1;
      }
    for (int i = 0; i < size_; ++i)
      if (moves(slopes_[i]) || (offset(i) != ir::none && moves(of(offset(i)))))
        refuse(f, i, ": coefficients depend on t");
      else if (may_change(slopes_[i]) && coupled[i] != 0)
        refuse(f, i, ": coefficients may change");
    if (found_.ok) found_.reason = "linear with constant coefficients";
  }

  constexpr int size() const { return size_; }
  /// Whether all can be solved, and if not, why.
  constexpr verdict const& found() const { return found_; }
  /// The entries of row `equation` of M that are not structurally zero.
  constexpr ir::span<ir::linear_forms::term const> terms(int equation) const {
    return forms_.terms(equation);
  }
  /// The entry of B, `none` where it is structurally zero.
  constexpr int offset(int equation) const { return forms_.offset(equation); }
  constexpr ir::linear_forms const& forms() const { return forms_; }
  /// With what a coefficient changes, and the entries of row `equation` of M.
  constexpr ir::variation of(int node) const { return variations_[node]; }
  constexpr ir::variation slopes(int equation) const { return slopes_[equation]; }

  /// Whether a value may change within a step, or only from step to step.
  static constexpr bool moves(ir::variation v) { return changes(v, ir::variation::within_step); }
  static constexpr bool may_change(ir::variation v) {
    return !moves(v) && changes(v, ir::variation::by_step);
  }
  /// Whether it stays during a run, and differs between elements.
  static constexpr bool differs(ir::variation v) {
    return !moves(v) && !may_change(v) && changes(v, ir::variation::by_element);
  }

  /// For each equation whether it belongs to the largest set of equations that can be solved and
  /// read no state of the others.
  constexpr ir::list<char> closed() const {
    ir::list<char> in = fits_;
    // The readers of each state, as linked lists.
    ir::list<int> first(size_, ir::none), next, reader, open;
    for (int i = 0; i < size_; ++i) {
      for (auto const& t : terms(i)) {
        next.push_back(first[t.column]);
        reader.push_back(i);
        first[t.column] = next.size() - 1;
      }
      if (in[i] == 0) open.push_back(i);
    }
    for (int done = 0; done < open.size(); ++done)
      for (int link = first[open[done]]; link != ir::none; link = next[link]) {
        if (in[reader[link]] == 0) continue;
        in[reader[link]] = 0;
        open.push_back(reader[link]);
      }
    return in;
  }

 private:
  static constexpr ir::list<int> numbered(system const& f) {
    ir::list<int> column(f.model().symbols.size(), ir::none);
    for (int i = 0; i < f.size(); ++i) column[f.equation(i).symbol] = i;
    return column;
  }
  constexpr void refuse(system const& f, int i, ir::string_view why) {
    fits_[i] = 0;
    if (found_.ok) found_ = refusal(f.model(), f.equations()[i], why);
  }
  constexpr void classify(system const& f) {
    ir::model const& m = f.model();
    ir::list<int> roots;
    for (int i = 0; i < size_; ++i) {
      roots.push_back(offset(i));
      for (auto const& t : terms(i)) roots.push_back(t.coefficient);
    }
    variations_ = ir::variations(m.nodes, roots, f.t().node, [&m](int symbol) {
      ir::symbol const& s = m.at(symbol);
      bool const others = s.owner != ir::side::here && s.kind != ir::role::index;
      return others ? ir::variation::by_step : variation_of(s.kind);
    });
  }

  int size_;
  ir::list<int> column_;
  ir::linear_forms forms_;
  ir::list<char> fits_;
  ir::list<ir::variation> slopes_;
  verdict found_;
  ir::list<ir::variation> variations_;
};

/// Equations of a system that read each other's states, directly or through others.
struct linear_group {
  ir::list<int> equations;
  /// With what the coefficients M of the group change.
  ir::variation slopes = ir::variation::never;
};

constexpr ir::list<linear_group> groups_of(linear_equations const& all) {
  ir::list<linear_group> groups;
  int const n = all.size();
  ir::list<int> leader(n), place(n);
  auto const find = [&leader](int i) {
    while (leader[i] != i) {
      leader[i] = leader[leader[i]];
      i = leader[i];
    }
    return i;
  };
  for (int i = 0; i < n; ++i) leader[i] = i;
  for (int i = 0; i < n; ++i)
    for (auto const& t : all.terms(i)) {
      int const a = find(i), b = find(t.column);
      leader[a < b ? b : a] = a < b ? a : b;
    }
  for (int i = 0; i < n; ++i) {
    int const first = find(i);
    if (first == i) {
      place[i] = groups.size();
      groups.push_back({});
    }
    linear_group& g = groups[place[first]];
    g.equations.push_back(i);
    g.slopes = g.slopes | all.slopes(i);
  }
  return groups;
}

}  // namespace nernst::integrate::detail
