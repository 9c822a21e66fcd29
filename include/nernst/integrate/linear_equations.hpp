// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/system.hpp>

namespace nernst::integrate::detail {

/// For how long the value of an expression stays.
enum class fixity : char {
  population,  ///< one value per population and run
  element,     ///< one value per element and run
  step,        ///< may change from step to step
  moving,      ///< may change within a step
};

constexpr fixity fixity_of(ir::symbol const& s) {
  if (s.owner != ir::side::here) return fixity::step;
  switch (s.kind) {
  case ir::role::shared:
  case ir::role::coefficient:
  case ir::role::table:
  case ir::role::time_step:
  case ir::role::count:
    return fixity::population;
  case ir::role::parameter:
  case ir::role::index:
    return fixity::element;
  case ir::role::state:
  case ir::role::shared_state:
  case ir::role::linked:
  case ir::role::step:
  case ir::role::not_refractory:
  case ir::role::last_spike:
    return fixity::step;
  default:
    return fixity::moving;
  }
}

/// The equations of a system as dX/dt = M X + B, and which of them can be solved exactly. Equations
/// are numbered as in the system.
class linear_equations {
 public:
  constexpr explicit linear_equations(system& f)
      : size_(f.size()), column_(numbered(f)), forms_(f.model().nodes, column_) {
    std::vector<int> rhs;
    rhs.reserve(static_cast<std::size_t>(size_));
    for (int i = 0; i < size_; ++i) rhs.push_back(f.equation(i).rhs);
    fits_ = forms_.find_each(rhs);
    auto const refuse = [this, &f](int i, std::string_view why) {
      fits_[i] = 0;
      if (found_.ok)
        found_ = {false, about(f.model(), f.equations()[static_cast<std::size_t>(i)], why),
                  f.equations()[static_cast<std::size_t>(i)]};
    };
    for (int i = 0; i < size_; ++i)
      if (fits_[i] == 0) refuse(i, " is not linear");
    classify(f);
    slopes_ = ir::buffer<fixity>(size_);
    ir::buffer<char> coupled(size_);
    for (int i = 0; i < size_; ++i) {
      fixity most = fixity::population;
      for (auto const& t : terms(i)) {
        if (of(t.coefficient) > most) most = of(t.coefficient);
        if (t.column != i) coupled[i] = coupled[t.column] = 1;
      }
      slopes_[i] = most;
    }
    for (int i = 0; i < size_; ++i)
      if (slopes_[i] == fixity::moving ||
          (offset(i) != ir::none && of(offset(i)) == fixity::moving))
        refuse(i, ": coefficients depend on t");
      else if (slopes_[i] == fixity::step && coupled[i] != 0)
        refuse(i, ": coefficients may change");
    if (found_.ok) found_.reason = "linear with constant coefficients";
  }

  constexpr int size() const { return size_; }
  /// Whether all can be solved, and if not, why.
  constexpr verdict const& found() const { return found_; }
  /// The entries of row `equation` of M that are not structurally zero.
  constexpr std::span<ir::linear_forms::term const> terms(int equation) const {
    return forms_.terms(static_cast<std::size_t>(equation));
  }
  /// The entry of B, `none` where it is structurally zero.
  constexpr int offset(int equation) const {
    return forms_.offset(static_cast<std::size_t>(equation));
  }
  constexpr fixity of(int node) const { return static_cast<fixity>(fixity_.data()[node]); }
  /// How the entries of row `equation` of M vary.
  constexpr fixity slopes(int equation) const { return slopes_[equation]; }

  /// For each equation whether it belongs to the largest set of equations that can be solved and
  /// read no state of the others.
  constexpr ir::buffer<char> closed() const {
    ir::buffer<char> in = fits_;
    // The readers of each state, as linked lists.
    ir::buffer<int> first(size_), next, reader, open;
    for (int i = 0; i < size_; ++i) first[i] = ir::none;
    for (int i = 0; i < size_; ++i) {
      for (auto const& t : terms(i)) {
        next.push_back(first[t.column]);
        reader.push_back(i);
        first[t.column] = next.size() - 1;
      }
      if (in[i] == 0) open.push_back(i);
    }
    for (int done = 0; done < open.size(); ++done)
      for (int link = first[open[done]]; link != ir::none; link = next[link])
        if (in[reader[link]] != 0) {
          in[reader[link]] = 0;
          open.push_back(reader[link]);
        }
    return in;
  }

 private:
  static constexpr std::vector<int> numbered(system const& f) {
    std::vector<int> column(f.model().symbols.size(), ir::none);
    for (int i = 0; i < f.size(); ++i) column[static_cast<std::size_t>(f.equation(i).symbol)] = i;
    return column;
  }

  constexpr void classify(system const& f) {
    ir::model const& m = f.model();
    std::vector<int> roots;
    for (int i = 0; i < size_; ++i) {
      roots.push_back(offset(i));
      for (auto const& t : terms(i)) roots.push_back(t.coefficient);
    }
    fixity_.assign(static_cast<std::size_t>(m.nodes.size()), '\0');
    char* const kind = fixity_.data();
    for (int const i : ir::schedule(m.nodes, roots)) {
      ir::node const& n = m.nodes[i];
      int const arity = ir::operands(n.code);
      char k = n.code == ir::op::symbol ? static_cast<char>(fixity_of(m.at(n.a))) : '\0';
      if (arity > 0)
        k = ir::is_lookup(n.code) && n.a == f.t().node ? static_cast<char>(fixity::step)
                                                       : kind[n.a];
      if (arity > 1 && kind[n.b] > k) k = kind[n.b];
      if (arity > 2 && kind[n.c] > k) k = kind[n.c];
      kind[i] = k;
    }
  }

  int size_;
  std::vector<int> column_;
  ir::linear_forms forms_;
  ir::buffer<char> fits_;
  ir::buffer<fixity> slopes_;
  verdict found_;
  std::vector<char> fixity_;
};

/// Equations of a system that read each other's states, directly or through others.
struct linear_group {
  std::vector<int> equations;
  /// How the coefficients M of the group vary.
  fixity slopes = fixity::population;
};

constexpr std::vector<linear_group> groups_of(linear_equations const& all) {
  std::vector<linear_group> groups;
  int const n = all.size();
  ir::buffer<int> leader(n), place(n);
  auto const find = [&leader](int i) {
    while (leader[i] != i) i = leader[i] = leader[leader[i]];
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
      place[i] = static_cast<int>(groups.size());
      groups.push_back({});
    }
    linear_group& g = groups[static_cast<std::size_t>(place[first])];
    g.equations.push_back(i);
    if (all.slopes(i) > g.slopes) g.slopes = all.slopes(i);
  }
  return groups;
}

}  // namespace nernst::integrate::detail
