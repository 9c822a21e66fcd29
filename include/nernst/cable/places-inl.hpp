// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/places.hpp>
#include <nernst/kernel/philox.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>

namespace nernst {

namespace cable::detail {

/// The pieces of a region as a forest: where each begins, and on which other one.
struct region_tree {
  stretches pieces;
  std::vector<int> parent;  ///< by piece; `none` where a connected part begins
  std::vector<double> way;  ///< from the beginning of that part to the piece's beginning, in m

  region_tree(morphology const& of, stretches all) : pieces(std::move(all)) {
    for (stretch const& s : pieces) {
      branch const& b = of.branch_at(s.branch);
      int const on = s.from == 0 && b.parent != none ? piece_at({b.parent, b.at}) : none;
      parent.push_back(on);
      way.push_back(on == none ? 0 : way_to(of, on, b.at));
    }
  }

  /// How far a place on a piece is from the beginning of its connected part.
  double way_to(morphology const& of, int piece, double at) const {
    auto const k = static_cast<std::size_t>(piece);
    branch const& b = of.branch_at(pieces[k].branch);
    return way[k] + (at - pieces[k].from) * b.path();
  }

 private:
  /// The first piece with a place; those of a branch stand behind those of its parent.
  int piece_at(location const& place) const {
    auto const next = std::partition_point(pieces.begin(), pieces.end(), [&](stretch const& s) {
      return s.branch < place.branch || (s.branch == place.branch && s.to < place.at);
    });
    bool const is_in =
        next != pieces.end() && next->branch == place.branch && next->from <= place.at;
    return is_in ? static_cast<int>(next - pieces.begin()) : none;
  }
};

NERNST_INLINE std::vector<location> middles(morphology const& of, region_tree const& tree) {
  std::vector<int> start(tree.pieces.size()), last(tree.pieces.size(), none);
  std::vector<double> longest(tree.pieces.size(), -1);
  for (std::size_t k = 0; k < tree.pieces.size(); ++k) {
    bool const begins = tree.parent[k] == none;
    start[k] = begins ? static_cast<int>(k) : start[static_cast<std::size_t>(tree.parent[k])];
    auto const s = static_cast<std::size_t>(start[k]);
    double const here = tree.way_to(of, static_cast<int>(k), tree.pieces[k].to);
    if (here <= longest[s]) continue;
    longest[s] = here;
    last[s] = static_cast<int>(k);
  }
  std::vector<location> all;
  for (std::size_t s = 0; s < tree.pieces.size(); ++s) {
    if (start[s] != static_cast<int>(s)) continue;
    double const half = longest[s] / 2;
    auto k = static_cast<std::size_t>(last[s]);
    while (tree.way[k] > half) k = static_cast<std::size_t>(tree.parent[k]);
    stretch const& piece = tree.pieces[k];
    double const path = of.branch_at(piece.branch).path();
    double const at =
        path > 0 ? piece.from + (half - tree.way[k]) / path : (piece.from + piece.to) / 2;
    all.push_back({piece.branch, std::clamp(at, piece.from, piece.to)});
  }
  return all;
}

/// A morphology, and what begins at each of its branches.
struct child_table {
  morphology const& of;
  std::vector<std::vector<int>> children;

  explicit child_table(morphology const& shape) : of(shape), children(shape.branches().size()) {
    for (int b = 1; b < of.size(); ++b)
      children[static_cast<std::size_t>(of.branch_at(b).parent)].push_back(b);
  }
};

/// Follows branches away from a place.
NERNST_INLINE void append_behind(child_table const& table, location const& from, double within,
                                 stretches& to) {
  morphology const& of = table.of;
  struct start {
    location from;
    double within;
  };
  std::vector<start> open{{from, within}};
  while (!open.empty()) {
    start const s = open.back();
    open.pop_back();
    double const path = of.branch_at(s.from.branch).path();
    bool const ends_here = path * (1 - s.from.at) > s.within;
    double const end = ends_here ? s.from.at + s.within / path : 1;
    to.push_back({s.from.branch, s.from.at, end});
    for (int const child : table.children[static_cast<std::size_t>(s.from.branch)]) {
      double const at = of.branch_at(child).at;
      if (at >= s.from.at && at <= end)
        open.push_back({{child, 0}, s.within - (at - s.from.at) * path});
    }
  }
}

/// Follows branches from a place to the root.
NERNST_INLINE void append_before(child_table const& table, location const& place, double within,
                                 stretches& to) {
  for (location from = place; from.branch != none;) {
    branch const& b = table.of.branch_at(from.branch);
    bool const ends_here = b.path() * from.at > within;
    to.push_back({from.branch, ends_here ? from.at - within / b.path() : 0, from.at});
    if (ends_here) return;
    within -= b.path() * from.at;
    from = {b.parent, b.at};
  }
}

using append_rule = void (*)(child_table const&, location const&, double, stretches&);

NERNST_INLINE region neighbourhood(char const* who, places const& from, length within,
                                   append_rule append) {
  if (!(within.si >= 0))
    nernst::detail::refuse<std::invalid_argument>(
        {who, ": expected a distance of 0 um or more, found ", within.si * 1e6, " um"});
  return region(
      [=](morphology const& of) {
        child_table const table(of);
        stretches all;
        for (location const& place : from.on(of)) append(table, place, within.si, all);
        return joined(all);
      },
      nernst::detail::message({who, "(", from.text(), ", ", within.si * 1e6, " um)"}));
}

}  // namespace cable::detail

NERNST_INLINE places::places(rule find, std::string text)
    : what_(std::make_shared<description>(description{std::move(find), std::move(text)})) {}

NERNST_INLINE places::places(cable::location const& one)
    : places(std::vector<cable::location>{one}) {}

NERNST_INLINE places::places(std::vector<cable::location> const& some)
    : places(
          [some](morphology const& of) {
            for (cable::location const& place : some) {
              cable::detail::require_branch(of, place.branch);
              cable::detail::require_fraction("places", place.at);
            }
            return some;
          },
          some.size() == 1 ? nernst::detail::message({"at(", some[0].branch, ", ", some[0].at, ")"})
                           : "places") {}

NERNST_INLINE std::vector<cable::location> places::on(morphology const& of) const {
  return what_->find(of);
}

NERNST_INLINE places places::either(places const& a, places const& b) {
  return places(
      [a, b](morphology const& of) {
        std::vector<cable::location> all = a.on(of);
        for (cable::location const& place : b.on(of))
          if (std::find(all.begin(), all.end(), place) == all.end()) all.push_back(place);
        return all;
      },
      "(" + a.text() + " || " + b.text() + ")");
}

NERNST_INLINE places places::inside(places const& a, region const& b) {
  return places(
      [a, b](morphology const& of) {
        std::vector<cable::location> all = a.on(of);
        cable::stretches const in = b.in(of);
        std::erase_if(all, [&](cable::location const& x) { return !cable::contains(in, x); });
        return all;
      },
      "(" + a.text() + " && " + b.text() + ")");
}

namespace dsl {

NERNST_INLINE places at(int branch, double fraction) {
  cable::detail::require_fraction("at", fraction);
  return cable::location{branch, fraction};
}

NERNST_INLINE places on_branches(double fraction) {
  cable::detail::require_fraction("on_branches", fraction);
  return places(
      [fraction](morphology const& of) {
        std::vector<cable::location> all;
        for (int b = 0; b < of.size(); ++b) all.push_back({b, fraction});
        return all;
      },
      nernst::detail::message({"on_branches(", fraction, ")"}));
}

NERNST_INLINE places proximal(region const& of) {
  return places(
      [of](morphology const& shape) {
        cable::detail::region_tree const tree(shape, of.in(shape));
        std::vector<cable::location> all;
        for (std::size_t k = 0; k < tree.pieces.size(); ++k)
          if (tree.parent[k] == cable::none)
            all.push_back({tree.pieces[k].branch, tree.pieces[k].from});
        return all;
      },
      "proximal(" + of.text() + ")");
}

NERNST_INLINE places distal(region const& of) {
  return places(
      [of](morphology const& shape) {
        cable::detail::region_tree const tree(shape, of.in(shape));
        std::vector<char> goes_on(tree.pieces.size());
        for (std::size_t k = 0; k < tree.pieces.size(); ++k) {
          if (tree.parent[k] == cable::none) continue;
          auto const p = static_cast<std::size_t>(tree.parent[k]);
          auto const b = static_cast<std::size_t>(tree.pieces[k].branch);
          if (shape.branches()[b].at == tree.pieces[p].to) goes_on[p] = 1;
        }
        std::vector<cable::location> all;
        for (std::size_t k = 0; k < tree.pieces.size(); ++k)
          if (goes_on[k] == 0) all.push_back({tree.pieces[k].branch, tree.pieces[k].to});
        return all;
      },
      "distal(" + of.text() + ")");
}

NERNST_INLINE places centre(region const& of) {
  return places(
      [of](morphology const& shape) {
        return cable::detail::middles(shape, cable::detail::region_tree(shape, of.in(shape)));
      },
      "centre(" + of.text() + ")");
}

NERNST_INLINE places uniform(region const& in, int count, std::uint64_t seed) {
  if (count < 0)
    nernst::detail::refuse<std::invalid_argument>(
        {"uniform: expected a number of places from 0, found ", count});
  auto const find = [=](morphology const& of) {
    cable::stretches const pieces = in.in(of);
    std::vector<double> ends;
    double end = 0;
    for (cable::stretch const& s : pieces)
      ends.push_back(end += (s.to - s.from) * of.branch_at(s.branch).length());
    if (pieces.empty() && count > 0)
      nernst::detail::refuse<std::invalid_argument>(
          {"uniform: expected a region with a length, found nothing in ", in.text()});
    std::vector<cable::location> all;
    for (int k = 0; k < count; ++k) {
      auto const bits =
          kernel::philox4x32<std::uint32_t>({{static_cast<std::uint32_t>(k), 0, 0, 0}}, seed);
      double const goal = kernel::detail::unit_interval<double>(bits.v[0], bits.v[1]) * end;
      auto const next = std::upper_bound(ends.begin(), ends.end() - 1, goal);
      auto const p = static_cast<std::size_t>(next - ends.begin());
      cable::stretch const& s = pieces[p];
      double const start = p == 0 ? 0 : ends[p - 1], size = ends[p] - start;
      all.push_back({s.branch, s.from + (s.to - s.from) * ((goal - start) / size)});
    }
    return all;
  };
  return places(find, nernst::detail::message(
                          {"uniform(", in.text(), ", ", count, ", ", std::to_string(seed), ")"}));
}

NERNST_INLINE region distal(places const& from, cable::length within) {
  return cable::detail::neighbourhood("distal", from, within, cable::detail::append_behind);
}

NERNST_INLINE region proximal(places const& from, cable::length within) {
  return cable::detail::neighbourhood("proximal", from, within, cable::detail::append_before);
}

}  // namespace dsl

}  // namespace nernst
