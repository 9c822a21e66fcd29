// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/cable/division.hpp>
#include <nernst/cable/solve_chains.hpp>

#include "catch.hpp"
#include <algorithm>
#include <cmath>
#include <random>

namespace {
using namespace nernst::cable;

using numbers = std::vector<double>;

std::size_t index(int k) {
  return static_cast<std::size_t>(k);
}

/// A tree at random: most compartments follow the one before; some have no area.
cell_tree random_tree(std::mt19937& draw, int size, unsigned branching) {
  cell_tree tree;
  for (int k = 0; k < size; ++k) {
    bool const follows = draw() % 100 >= branching;
    tree.parent.push_back(k == 0 || follows ? k - 1 : static_cast<int>(draw() % index(k)));
    tree.area.push_back(draw() % 8 == 0 ? 0 : 1e-10 * (1 + static_cast<double>(draw() % 9)));
  }
  return tree;
}

/// The equations of a step of such a tree, by row, of which some are steady.
struct equations {
  cell_tree tree;
  tree_division division;
  std::vector<known_of_row> known;
  numbers axial, diagonal, steady_conductance, steady_inflow, area, current_density,
      conductance_density, current, conductance, v;
  int cells = 1;           // side by side
  bool are_alike = false;  // in all that is the same in all steps

  equations(std::mt19937& draw, cell_tree of, tree_division how, unsigned changing)
      : tree(std::move(of)), division(std::move(how)) {
    std::uniform_real_distribution<double> number(0.1, 2);
    std::size_t const size = tree.size();
    for (numbers* const n : {&axial, &diagonal, &steady_conductance, &steady_inflow, &area,
                             &current_density, &conductance_density, &current, &conductance, &v})
      n->resize(size);
    for (std::size_t c = 0; c < size; ++c) {
      auto const row = index(division.row[c]);
      bool const has_area = tree.area[c] > 0;
      known.push_back({.row = division.row[c],
                       .is_idle = !has_area,
                       .has_density = has_area && draw() % 100 < changing,
                       .has_points = has_area && draw() % 100 < changing / 4});
      area[row] = tree.area[c];
      current_density[row] = number(draw) * 1e10;
      conductance_density[row] = number(draw) * 1e10;
      current[row] = number(draw);
      conductance[row] = number(draw);
      v[row] = number(draw);
      if (has_area) {
        steady_conductance[row] = number(draw);
        steady_inflow[row] = number(draw);
        diagonal[row] += steady_conductance[row] + number(draw);
      }
    }
    elimination const order(tree.parent, known);
    for (std::size_t c = 0; c < size; ++c) {
      if (tree.parent[c] < 0 || order.is_tip(c)) continue;
      auto const row = index(division.row[c]), up = index(division.row[index(tree.parent[c])]);
      axial[row] = 10 * number(draw);
      diagonal[row] += axial[row];
      diagonal[up] += axial[row];
    }
  }

  cable_equation<double> of(double const* diagonal_now) const {
    return {
        axial.data(),      diagonal_now,           steady_conductance.data(),  steady_inflow.data(),
        area.data(),       current_density.data(), conductance_density.data(), current.data(),
        conductance.data()};
  }

  std::vector<numbers*> all() {
    return {&axial,
            &diagonal,
            &steady_conductance,
            &steady_inflow,
            &area,
            &current_density,
            &conductance_density,
            &current,
            &conductance,
            &v};
  }

  /// The new voltages by chains, after some steps.
  numbers by_chains(step_scheme scheme, int steps) const {
    std::size_t const size = v.size();
    int const rows = static_cast<int>(tree.size());
    numbers now = v, prepared = diagonal, inverse(size), rest(size), factor(size);
    elimination const order(tree.parent, known);
    chain_order const chains(tree.parent, known, order, division.piece);
    chain_solver<double> solver{of(prepared.data()), now.data(),    inverse.data(),
                                rest.data(),         factor.data(), cells};
    auto const& pieces = chains.pieces();
    for (auto p = pieces.rbegin(); p != pieces.rend(); ++p) solver.prepare(*p, prepared.data());
    std::vector<steady_row<double>> first;
    for (int row = 0; row < rows; ++row) first.push_back(solver.steady(row, 0));
    if (are_alike) solver.alike = first.data();
    for (int step = 0; step < steps; ++step) {
      for (row_run const& r : chains.runs(0, rows)) solver.assemble(r);
      for (auto p = pieces.rbegin(); p != pieces.rend(); ++p) solver.eliminate(*p);
      for (tree_piece const& p : pieces) solver.substitute(p, scheme);
    }
    return now;
  }
  numbers by_levels(step_scheme scheme, int steps) const {
    numbers now = v, inverse(v.size()), rest(v.size());
    elimination const order(tree.parent, known);
    for (int step = 0; step < steps; ++step)
      advance(order.trees(1, 0, 1), scheme, of(diagonal.data()), now.data(), inverse.data(),
              rest.data());
    return now;
  }
};

/// How far a step of backward Euler is from solving its equations, all of them at once.
double residual(equations const& of) {
  numbers const now = of.by_chains(step_scheme::backward_euler, 1);
  elimination const order(of.tree.parent, of.known);
  std::size_t const size = now.size();
  numbers left(size);
  for (std::size_t c = 0; c < size; ++c) {
    known_of_row const& k = of.known[c];
    auto const row = index(k.row);
    double const x = now[row] - of.v[row];
    double out = of.steady_conductance[row] * of.v[row] - of.steady_inflow[row];
    double d = of.diagonal[row];
    if (k.has_density) {
      out += of.current_density[row] * of.area[row];
      d += of.conductance_density[row] * of.area[row];
    }
    if (k.has_points) {
      out += of.current[row];
      d += of.conductance[row];
    }
    left[row] += d * x + out;
    if (of.tree.parent[c] < 0 || order.is_tip(c)) continue;
    auto const up = index(of.division.row[index(of.tree.parent[c])]);
    double const g = of.axial[row], x_up = now[up] - of.v[up];
    left[row] -= g * (of.v[up] - of.v[row]) + g * x_up;
    left[up] -= g * (of.v[row] - of.v[up]) + g * x;
  }
  double worst = 0;
  for (double const value : left) worst = std::max(worst, std::abs(value));
  return worst;
}

double difference(numbers const& x, numbers const& y) {
  double worst = 0;
  for (std::size_t k = 0; k < x.size(); ++k) worst = std::max(worst, std::abs(x[k] - y[k]));
  return worst;
}

}  // namespace

TEST_CASE("chains: voltages are those of the elimination by levels", "[cable]") {
  std::mt19937 draw(1);
  for (int const size : {1, 2, 3, 10, 60, 400})
    for (unsigned const branching : {0u, 5u, 30u, 100u})
      for (unsigned const changing : {0u, 10u, 60u, 100u})
        for (auto const scheme : {step_scheme::backward_euler, step_scheme::crank_nicolson})
          for (int const most : {0, 7, 50}) {
            CAPTURE(size, branching, changing, most);
            cell_tree const tree = random_tree(draw, size, branching);
            equations const of(draw, tree, most == 0 ? undivided(tree) : divide(tree, most),
                               changing);
            CHECK(difference(of.by_chains(scheme, 3), of.by_levels(scheme, 3)) < 1e-13);
            if (scheme == step_scheme::backward_euler) CHECK(residual(of) < 1e-12);
          }
}

TEST_CASE("chains: cells side by side do what each does alone", "[cable]") {
  std::mt19937 draw(3);
  std::uniform_real_distribution<double> number(0.1, 2);
  for (int const size : {1, 10, 60})
    for (unsigned const changing : {0u, 10u, 100u})
      for (int const count : {2, 9, 32, 45})
        for (bool const are_alike : {false, true}) {
          CAPTURE(size, changing, count, are_alike);
          cell_tree const tree = random_tree(draw, size, 20);
          equations const first(draw, tree, undivided(tree), changing);
          std::vector<equations> cells(index(count), first);
          for (equations& of : cells) {
            double const larger = are_alike ? 1 : number(draw);
            for (numbers* const each : of.all())
              for (double& x : *each) x *= larger;
            for (double& x : of.v) x = number(draw);
            for (double& x : of.current_density) x = number(draw) * 1e10;
          }
          equations together = first;
          together.cells = count;
          together.are_alike = are_alike;
          std::vector<numbers*> const all = together.all();
          for (std::size_t n = 0; n < all.size(); ++n) {
            all[n]->clear();
            for (std::size_t row = 0; row < tree.size(); ++row)
              for (equations& of : cells) all[n]->push_back((*of.all()[n])[row]);
          }
          numbers const now = together.by_chains(step_scheme::crank_nicolson, 3);
          for (std::size_t k = 0; k < cells.size(); ++k) {
            numbers mine;
            for (std::size_t row = 0; row < tree.size(); ++row)
              mine.push_back(now[row * cells.size() + k]);
            CHECK(difference(mine, cells[k].by_chains(step_scheme::crank_nicolson, 3)) < 1e-13);
          }
        }
}

TEST_CASE("chains: pieces are subtrees of some size on a stem", "[cable]") {
  std::mt19937 draw(2);
  for (unsigned const branching : {0u, 3u, 20u, 100u}) {
    cell_tree const tree = random_tree(draw, 3000, branching);
    tree_division const all = divide(tree, 200);
    std::vector<int> size(3000);
    for (std::size_t c = 0; c < tree.size(); ++c) {
      ++size[index(all.piece[c])];
      int const above = tree.parent[c] < 0 ? 0 : all.piece[index(tree.parent[c])];
      CHECK((above == 0 || above == all.piece[c]));
    }
    for (int part = all.stem_parts; part < all.parts(); ++part) {
      int const count = all.bounds[index(part) + 1] - all.bounds[index(part)];
      CHECK(count == size[index(all.piece_of(part))]);
      CHECK(count <= 200);
    }
    std::vector<int> rows = all.row;
    std::sort(rows.begin(), rows.end());
    for (int k = 0; k < 3000; ++k) CHECK(rows[index(k)] == k);
  }
}
