// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/cable/morphology.hpp>

#include "cable/peer_data.hpp"
#include "catch.hpp"
#include <map>

using Catch::Matchers::Contains;
using nernst::morphology;
using nernst::swc_reading;

namespace {

std::string path(std::string const& name) {
  return test::peer_path(name + ".swc");
}

std::vector<nernst::cable::branch> read(std::string const& text,
                                        swc_reading how = swc_reading::neuron) {
  return morphology::from_swc_text(text, how, "cell.swc").branches();
}

/// "dend[3]" as it is, "soma[0]" as "soma" where it is the only one.
std::string own_name(std::string const& peers, morphology const& in) {
  for (auto const& b : in.branches())
    if (b.name == peers) return peers;
  return peers.substr(0, peers.find('['));
}

}  // namespace

TEST_CASE("swc: sections are those of NEURON", "[cable]") {
  for (auto const& cell : test::peer_cells("neuron.txt")) {
    INFO(cell.name);
    auto const shape = morphology::from_swc(path(cell.name));
    int sections = 0;
    for (auto const& line : cell.lines) {
      if (line.words[0] != "section") continue;
      INFO(line.words[1]);
      ++sections;
      auto const& b =
          shape.branches()[static_cast<std::size_t>(shape.find(own_name(line.words[1], shape)))];
      CHECK(b.length() * 1e6 == Approx(line.number(4)).epsilon(1e-6));
      if (line.words[2] == "-") {
        CHECK(b.parent == nernst::cable::none);
        continue;
      }
      CHECK(b.parent == shape.find(own_name(line.words[2], shape)));
      CHECK(b.at == line.number(3));
    }
    CHECK(sections == shape.size());
  }
}

TEST_CASE("swc: branches are those of Arbor", "[cable]") {
  for (auto const& cell : test::peer_cells("arbor.txt")) {
    INFO(cell.name);
    auto const shape = morphology::from_swc(path(cell.name), swc_reading::arbor);
    REQUIRE(static_cast<std::size_t>(shape.size()) == cell.lines.size());
    for (std::size_t k = 0; k < cell.lines.size(); ++k) {
      test::peer_line const& line = cell.lines[k];
      auto const& b = shape.branches()[k];
      // What has no parent there begins here at the beginning of the first branch.
      bool const begins_at_root = line.number(1) < 0;
      CHECK(b.parent == (begins_at_root ? (k == 0 ? -1 : 0) : static_cast<int>(line.number(1))));
      CHECK(b.at == (begins_at_root && k > 0 ? 0 : 1));
      CHECK(b.length() * 1e6 == Approx(line.number(2)).epsilon(1e-12));
      REQUIRE(static_cast<double>(b.frusta.size()) <= line.number(3));
      if (static_cast<double>(b.frusta.size()) < line.number(3)) continue;  // one has no length
      for (std::size_t f = 0; f < b.frusta.size(); ++f)
        CHECK(b.frusta[f].tag == static_cast<int>(line.number(4 + f)));
    }
  }
}

TEST_CASE("swc: a soma of one or three samples is a cylinder as long as thick", "[cable]") {
  for (std::string const file : {"soma1", "soma3"}) {
    auto const shape = morphology::from_swc(path(file));
    auto const& soma = shape.branches()[0];
    CHECK(soma.name == "soma");
    CHECK(soma.length() == Approx(2 * soma.frusta[0].proximal.radius));
    for (int const child : shape.children(0))
      CHECK(shape.branches()[static_cast<std::size_t>(child)].at == 0.5);
  }
  // Three others are what they are.
  auto const shape = morphology::from_swc(path("soma3_long"));
  CHECK(shape.branches()[0].name == "soma[0]");
  CHECK(shape.branches()[0].length() == Approx(10e-6));
}

TEST_CASE("swc: comments, blank lines, and what stands behind seven numbers", "[cable]") {
  auto const a = read("# a cell\r\n\r\n  1 1 0 0 0 5 -1 # soma\r\n\t2 3 +10 -0 .5e1 1. 1 0 0\r\n");
  CHECK(a.size() == 2);
  CHECK(a[1].frusta[0].distal.x == 10e-6);
  CHECK(a[1].frusta[0].distal.z == 5e-6);
  CHECK(read("\xEF\xBB\xBF"
             "1 1 0 0 0 5 -1")
            .size() == 1);
  CHECK(read("7 3 50 0 0 1 5\n5 1 0 0 0 5 -1\n").size() == 2);
}

TEST_CASE("swc: what is no tree of samples is an error with its line", "[cable]") {
  auto const says = [](std::string const& text, std::string const& what) {
    INFO(text);
    CHECK_THROWS_WITH(read(text), what);
  };
  std::string const good = "1 1 0 0 0 5 -1\n2 3 9 0 0 1 1\n";
  says("", "cell.swc: expected samples, found none");
  says("# 1 1 0 0 0 5 -1\n", "cell.swc: expected samples, found none");
  says("one", "cell.swc:1: expected an identifier, a whole number from 0, found 'one'");
  says("1.5 1 0 0 0 5 -1",
       "cell.swc:1: expected an identifier, a whole number from 0, found '1.5'");
  says("-3 1 0 0 0 5 -1", "cell.swc:1: expected an identifier, a whole number from 0, found '-3'");
  says("1 soma 0 0 0 5 -1", "cell.swc:1: expected a type, a whole number, found 'soma'");
  says("1 1 x 0 0 5 -1", "cell.swc:1: expected x in um, found 'x'");
  says("1 1 0 0 0 thick -1", "cell.swc:1: expected a radius in um, found 'thick'");
  says("1 1 0 0 0 inf -1", "cell.swc:1: expected a radius in um, found 'inf'");
  says("1 1 0 0 0 5 root", "cell.swc:1: expected the parent's identifier, or -1, found 'root'");
  says("1 1 0 0 0 5", "cell.swc:1: expected the parent's identifier, or -1, found the end of the "
                      "line");
  says("1 1 0 0 zero 5 -1", "cell.swc:1: expected z in um, found 'zero'");
  says("1 1 0 nan 0 5 -1", "cell.swc:1: expected y in um, found 'nan'");
  says("1 1 0 0 0x10 5 -1", "cell.swc:1: expected z in um, found '0x10'");
  says("1 1 1e999 0 0 5 -1", "cell.swc:1: expected x in um, a finite number, found '1e999'");
  says("1 1 0 0 0 0 -1", "cell.swc:1: expected a radius above 0 um, found '0 um'");
  says(good + "3 3 9 9 9 -1 2", "cell.swc:3: expected a radius above 0 um, found '-1 um'");
  says(good + "\n2 3 9 9 9 1 1",
       "cell.swc:4: expected a new identifier, found 2 again, as in line 2");
  says(good + "3 3 9 9 9 1 7",
       "cell.swc:3: expected the parent of sample 3 among the samples, found no sample 7");
  says(good + "3 3 9 9 9 1 -1", "cell.swc:3: expected a parent, as line 1 has the root, found -1");
  says(good + "3 3 9 9 9 1 3", "cell.swc:3: expected a tree, found a loop: 3 -> 3");
  says(good + "3 3 8 8 8 1 4\n4 3 7 7 7 1 3",
       "cell.swc:3: expected a tree, found a loop: 3 -> 4 -> 3");
  says(good + "3 3 8 8 8 1 4\n4 3 7 7 7 1 2",
       "cell.swc:3: expected a parent with an identifier below 3, found 4");
  says("1 1 0 0 0 5 -1\n2 1 0 0 0 5 1",
       "cell.swc:1: expected a section with a length, found sample 1 and 1 more at one place");
}

TEST_CASE("swc: Arbor's reading has errors of its own", "[cable]") {
  auto const arbor = [](std::string const& text) { return read(text, swc_reading::arbor); };
  CHECK_THROWS_WITH(arbor("1 1 0 0 0 5 -1\n2 3 9 0 0 1 1\n"),
                    Contains("cell.swc:1: expected a sample of the root's type behind it") &&
                        Contains("found none of type 1"));
  CHECK_THROWS_WITH(arbor("1 1 0 0 0 5 -1\n2 1 0 0 0 5 1\n3 3 0 0 0 1 2\n4 3 5 0 0 1 2\n"),
                    "cell.swc:2: expected a branch with a length, found samples 1 to 2 at one "
                    "place");
}

TEST_CASE("swc: Brian's reading has errors of its own", "[cable]") {
  auto const brian = [](std::string const& text) { return read(text, swc_reading::brian); };
  std::string const soma = "1 1 0 0 0 5 -1\n2 1 0 5 0 5 1\n";
  CHECK(brian(soma + "3 1 0 -5 0 5 1\n4 3 0 9 0 1 1\n").size() == 2);
  CHECK_THROWS_WITH(brian(soma + "3 1 0 -7 0 5 1\n"),
                    "cell.swc:3: expected a sample of a soma of three, as thick as the first and a "
                    "radius away, found a radius of 5 um, 7 um away");
  CHECK_THROWS_WITH(brian("1 3 0 0 0 5 -1\n2 3 9 0 0 5 1\n3 1 20 0 0 5 2\n"),
                    "cell.swc:3: expected a soma of one sample, a sphere, as the root alone, found "
                    "sample 3 behind others");
  CHECK_THROWS_WITH(brian("1 3 0 0 0 5 -1\n2 3 9 0 0 5 1\n3 3 -9 0 0 5 1\n"),
                    "cell.swc:1: expected a section with a length, found samples 1 to 1 at one "
                    "place");
}

TEST_CASE("swc: a file that is not there", "[cable]") {
  CHECK_THROWS_WITH(morphology::from_swc("no/cell.swc"),
                    "no/cell.swc: expected a file that can be read, found No such file or "
                    "directory");
  CHECK_THROWS_AS(morphology::from_swc(NERNST_TEST_DATA), std::runtime_error);
}
