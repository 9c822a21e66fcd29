// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/io/sonata.hpp>

#include "catch.hpp"
#include "io/folder.hpp"
#include "io/full_disk.hpp"

namespace sonata = nernst::io::sonata;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

using numbers = std::vector<double>;
using ids = std::vector<std::uint64_t>;

sonata::spikes const some{"cells", {3, 1, 2, 1}, {0.002, 0.001, 0.001, 0.0005}};

}  // namespace

TEST_CASE("sonata: spikes come back, sorted as asked for", "[io]") {
  test::folder const dir;
  sonata::write_spikes(dir / "a.h5", {some});
  sonata::spikes const by_time = sonata::read_spikes(dir / "a.h5");
  CHECK(by_time.population == "cells");
  CHECK(by_time.node_ids == ids{1, 1, 2, 3});
  CHECK(by_time.times == numbers{0.0005, 0.001, 0.001, 0.002});
  sonata::write_spikes(dir / "a.h5", {some}, sonata::order::by_id);
  CHECK(sonata::read_spikes(dir / "a.h5").node_ids == ids{1, 1, 2, 3});
  sonata::write_spikes(dir / "a.h5", {some}, sonata::order::none);
  CHECK(sonata::read_spikes(dir / "a.h5").node_ids == some.node_ids);
  CHECK_FALSE(std::filesystem::exists(dir / "a.h5.part"));
}

TEST_CASE("sonata: populations are told apart", "[io]") {
  test::folder const dir;
  sonata::write_spikes(dir / "a.h5", {some, {"others", {9}, {0.5}}, {"none", {}, {}}});
  CHECK(sonata::read_spikes(dir / "a.h5", "others").node_ids == ids{9});
  CHECK(sonata::read_spikes(dir / "a.h5", "none").times.empty());
  CHECK_THROWS_WITH(sonata::read_spikes(dir / "a.h5"),
                    dir / "a.h5" + ": expected one population, or to be told which, found cells, "
                                   "none, others");
  CHECK_THROWS_WITH(sonata::read_spikes(dir / "a.h5", "cell"),
                    Contains("expected a population 'cell', found cells, none, others"));
}

TEST_CASE("sonata: what is no such file is an error", "[io]") {
  test::folder const dir;
  CHECK_THROWS_AS(sonata::read_spikes(dir / "no.h5"), std::runtime_error);
  std::ofstream(dir / "text.h5") << "no HDF5";
  CHECK_THROWS_WITH(sonata::read_spikes(dir / "text.h5"),
                    dir / "text.h5" + ": expected an HDF5 file that can be read, found none");
  sonata::write_report(dir / "r.h5", {{"cells", "mV", {1}, {0, 2}, {0, 1}, 0, 1e-4, {1, 2, 3, 4}}});
  CHECK_THROWS_WITH(sonata::read_spikes(dir / "r.h5"),
                    dir / "r.h5" + ": expected spikes, found report");
}

TEST_CASE("sonata: what does not fit together is not written", "[io]") {
  test::folder const dir;
  CHECK_THROWS_WITH(sonata::write_spikes(dir / "a.h5", {{"cells", {1, 2}, {0.5}}}),
                    "sonata: expected 2 times of population cells, found 1");
  CHECK_THROWS_AS(
      sonata::write_report(dir / "a.h5", {{"cells", "mV", {1}, {0, 2}, {0, 1}, 0, 1e-4, {1}}}),
      std::invalid_argument);
  CHECK_THROWS_AS(
      sonata::write_report(dir / "a.h5", {{"cells", "mV", {1}, {2}, {0, 1}, 0, 1e-4, {1, 2}}}),
      std::invalid_argument);
  CHECK_THROWS_AS(
      sonata::write_report(dir / "a.h5", {{"cells", "mV", {1}, {0, 1}, {0, 1}, 0, 1e-4, {1, 2}}}),
      std::invalid_argument);
  CHECK(std::filesystem::is_empty(dir.path));
}

TEST_CASE("sonata: a file that cannot be written is named, and the older one stays", "[io]") {
  test::folder const dir;
  CHECK_THROWS_WITH(sonata::write_spikes(dir / "no/a.h5", {some}), StartsWith(dir / "no/a.h5"));
  sonata::write_spikes(dir / "a.h5", {some});
  sonata::spikes const many{"cells", ids(100000, 1), numbers(100000, 0.5)};
  {
    test::full_disk const full(20000);
    CHECK_THROWS_AS(sonata::write_spikes(dir / "a.h5", {many}), std::runtime_error);
    CHECK_THROWS_WITH(sonata::write_spikes(dir / "a.h5", {many}), StartsWith(dir / "a.h5"));
  }
  CHECK(sonata::read_spikes(dir / "a.h5").times.size() == 4);
  CHECK_FALSE(std::filesystem::exists(dir / "a.h5.part"));
}

TEST_CASE("sonata: units are those that are customary", "[io]") {
  CHECK(sonata::customary_unit("V") == std::pair<std::string, double>("mV", 1e3));
  CHECK(sonata::customary_unit("m") == std::pair<std::string, double>("m", 1));
}
