// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "catch.hpp"
#include "expected.hpp"
#include "models.hpp"
#include "operations.hpp"
#include <map>
#include <set>

namespace {
/// A drawing, taken apart line by line.
struct drawing {
  std::map<std::string, std::string> nodes;  ///< names and attributes
  std::vector<std::pair<std::string, std::string>> edges;
  bool is_whole = false;

  explicit drawing(std::string const& text) {
    std::istringstream in(text);
    int depth = 0, most = 0;
    for (std::string line; std::getline(in, line);) {
      line.erase(0, line.find_first_not_of(' '));
      if (line.ends_with('{')) most = std::max(most, ++depth);
      if (line == "}") --depth;
      if (!line.ends_with(';')) continue;
      auto const arrow = line.find(" -> ");
      auto const space = line.find_first_of(" ;");
      if (arrow != std::string::npos)
        edges.emplace_back(line.substr(0, arrow),
                           line.substr(arrow + 4, line.find_first_of(" ;", arrow + 4) - arrow - 4));
      else if (line[space] == ' ' && line[space + 1] == '[' && line.substr(0, space) != "node" &&
               line.substr(0, space) != "edge")
        CHECK(nodes.emplace(line.substr(0, space), line.substr(space)).second);
    }
    is_whole = depth == 0 && most == 2;
  }
  bool is_closed() const {
    for (auto const& [from, to] : edges)
      if (!nodes.contains(from) || !nodes.contains(to)) return false;
    return true;
  }
  /// How many nodes have these attributes.
  int count(std::string const& attributes) const {
    int n = 0;
    for (auto const& [name, has] : nodes) n += has.find(attributes) != std::string::npos;
    return n;
  }
};
constexpr char const* once_per_run = "fillcolor=\"#cfe2f3\"";
constexpr char const* for_each_element = "fillcolor=\"#fff2cc\"";
}  // namespace

TEST_CASE("drawings name what they draw", "[inspection]") {
  auto const all = notation::all_operations();
  for (auto const& text :
       {nernst::inspect<models::adex>().dot(), nernst::inspect<models::leaky>().dot(),
        nernst::inspect<models::weighted>().dot(),
        nernst::inspection::to_dot(nernst::kernel::derive(all).view())}) {
    drawing const d(text);
    CHECK(d.is_whole);
    CHECK(d.is_closed());
    CHECK(d.edges.size() > 2);
  }
}

TEST_CASE("what kernels share is drawn once, in the colour of its frequency", "[inspection]") {
  drawing const d(nernst::inspect<models::leaky>().dot());
  CHECK(d.count("label=\"v\", shape=ellipse") == 1);  // what is loaded
  CHECK(d.count("label=\"v\", shape=box") == 1);      // what is stored
  CHECK(d.count(std::string("label=\"P_v_v\", shape=ellipse, style=filled, ") + once_per_run) ==
        1);  // in two kernels
  drawing const adex(nernst::inspect<models::adex>().dot());
  CHECK(adex.count(std::string("label=\"dt\", shape=ellipse, style=filled, ") + once_per_run) == 1);
  CHECK(adex.count(std::string("label=\"*\", ") + once_per_run) == 4);  // dt by constants
  CHECK(d.count(std::string("label=\">\", ") + for_each_element) ==
        1);  // the threshold, in two kernels
  CHECK(d.count("label=\"fires\"") == 1);
}
