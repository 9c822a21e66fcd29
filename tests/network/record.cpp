// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/io.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "io/folder.hpp"
#include "io/full_disk.hpp"
#include "precision.hpp"
#include <algorithm>
#include <cstdio>
#include <filesystem>

using namespace nernst::dsl;
using Catch::Matchers::Contains;

namespace {

/// x grows by 1 in each step; fires and starts again at `top`.
struct counter {
  static constexpr auto x = state<"x">(one);
  static constexpr auto top = parameter<"top">(one);
  static constexpr auto model =
      neuron(d(x) / dt = 10 / ms, threshold(x > top - 0.5), reset(x = 0), method(euler));
};

using steps = std::vector<std::int64_t>;
using indices = std::vector<std::int32_t>;

struct setting {
  nernst::network<> net{{.dt = 0.1 * ms}};
  decltype(net.population<counter>(1)) cells = net.population<counter>(4, "cells");
  setting() { cells[counter::top] = std::vector<double>{2, 3, 1000, 3}; }
  void run(int n) { net.run(n * 0.1 * ms); }
};

/// The path of a file that is removed in the end.
struct temporary {
  std::string path;
  explicit temporary(char const* name)
      : path((std::filesystem::temp_directory_path() / name).string()) {}
  ~temporary() { std::remove(path.c_str()); }
};

std::string const nowhere =
    (std::filesystem::temp_directory_path() / "no such folder" / "file.npy").string();

}  // namespace

TEST_CASE("spikes come in order of time, then of neurons") {
  setting s;
  auto const spikes = s.net.record_spikes(s.cells);
  s.run(6);
  CHECK(spikes.count() == 7);
  CHECK(spikes.steps() == steps{1, 2, 2, 3, 5, 5, 5});
  CHECK(spikes.neurons() == indices{0, 1, 3, 0, 0, 1, 3});
  CHECK(spikes.times().front() == 1 * 1e-4);
  CHECK(spikes.counts() == std::vector<std::uint32_t>{3, 2, 0, 2});
  CHECK(spikes.mean_rate() == Approx(7 / (4 * 6e-4)));
  s.run(0);
  CHECK(spikes.count() == 7);
  s.run(2);
  CHECK(spikes.steps() == steps{1, 2, 2, 3, 5, 5, 5, 7});
}

TEST_CASE("neurons of a slice count from its start") {
  setting s;
  auto const spikes = s.net.record_spikes(s.cells(1, 4));
  s.run(3);
  CHECK(spikes.neurons() == indices{0, 2});
  CHECK(spikes.counts() == std::vector<std::uint32_t>{1, 0, 1});
}

TEST_CASE("rates are those of whole bins of the recorded time") {
  setting s;
  s.run(1);
  auto const spikes = s.net.record_spikes(s.cells);
  CHECK(spikes.mean_rate() == 0);
  s.run(7);  // steps 1 to 7
  CHECK(spikes.steps().front() == 1);
  CHECK(spikes.mean_rate() == Approx(8 / (4 * 7e-4)));
  auto const rates = spikes.rates(0.2 * ms);  // 1 2, 3 4, 5 6
  REQUIRE(rates.size() == 3);
  CHECK(rates[0] == Approx(3 / (4 * 2e-4)));
  CHECK(rates[1] == Approx(1 / (4 * 2e-4)));
  CHECK(rates[2] == Approx(3 / (4 * 2e-4)));
  CHECK_THROWS_AS(spikes.rates(0.25 * ms), std::invalid_argument);
  CHECK_THROWS_AS(spikes.rates(0 * ms), std::invalid_argument);
  CHECK_THROWS_WITH(spikes.rates(0.01 * ms),
                    Contains("expected a bin that is a multiple of dt") && Contains("found"));
}

TEST_CASE("states are recorded at the start of a step, before its update") {
  setting s;
  auto const x = s.net.record(s.cells, {"x"});
  s.run(4);
  REQUIRE(x.steps() == 4);
  CHECK(x.time(3) == 3 * 1e-4);
  for (std::size_t k = 0; k < 4; ++k) {
    CHECK(x.at(k, 0, 0) ==
          Approx(k % 2).margin(1e-12));  // fires in step 1 and is 0 at the start of step 2
    CHECK(x.at(k, 0, 2) == Approx(k).margin(1e-12));
  }
}

TEST_CASE("records have the variables and neurons in the order asked for") {
  setting s;
  auto const some = s.net.record(s.cells(1, 4), {"top", "x"}, {1, 0, 1});
  s.run(2);
  REQUIRE(some.steps() == 2);
  CHECK(some.at(1, 0, 0) == 1000);
  CHECK(some.at(1, 0, 1) == 3);
  CHECK(some.at(1, 0, 2) == 1000);
  CHECK(some.at(1, 1, 1) == Approx(1));
  CHECK_THROWS_AS(some.at(2, 0, 0), std::out_of_range);
}

TEST_CASE("a record begins when it is asked for") {
  setting s;
  s.run(5);
  auto const x = s.net.record(s.cells, {"x"}, {2});
  CHECK(x.steps() == 0);
  s.run(2);
  s.run(1);
  REQUIRE(x.steps() == 3);
  CHECK(x.time(0) == 5 * 1e-4);
  CHECK(x.at(0, 0, 0) == Approx(5));
  CHECK(x.at(2, 0, 0) == Approx(7));
}

TEST_CASE("what was not recorded is an error that says what was") {
  setting s;
  auto const some = s.net.record(s.cells(1, 4), {"x", "top"}, {2, 0});
  s.run(3);
  CHECK(some.at(2, 1, 0) == 3);
  CHECK_THROWS_AS(some.at(0, 2, 0), std::out_of_range);
  CHECK_THROWS_WITH(some.at(0, 2, 0),
                    "record of cells: expected the place of a variable below 2 (recorded: x, top), "
                    "found 2");
  CHECK_THROWS_AS(some.at(0, 0, 2), std::out_of_range);
  CHECK_THROWS_WITH(some.at(0, 0, 2),
                    "record of cells: expected the place of a neuron below 2 (recorded: 2, 0), "
                    "found 2");
  CHECK_THROWS_WITH(some.at(3, 0, 0),
                    "record of cells: expected one of 3 recorded steps, found step 3");
  CHECK_THROWS_AS(some.time(3), std::out_of_range);
  CHECK_THROWS_WITH(some.time(3), Contains("one of 3 recorded steps, found step 3"));

  auto const many = s.net.record(s.net.population<counter>(20, "many"), {"x"});
  CHECK_THROWS_AS(many.time(0), std::out_of_range);
  s.run(1);
  CHECK_THROWS_WITH(many.at(0, 0, 20),
                    Contains("(recorded: 0, 1, 2, 3, 4, 5, 6, 7 ...), found 20"));
}

TEST_CASE("bins may be longer than what was recorded") {
  setting s;
  auto const spikes = s.net.record_spikes(s.cells);
  CHECK(spikes.rates(1 * ms).empty());
  CHECK(spikes.times().empty());
  CHECK(spikes.counts() == std::vector<std::uint32_t>(4, 0));
  s.run(3);
  CHECK(spikes.rates(1 * ms).empty());
  CHECK_THROWS_AS(spikes.rates(1e300 * ms), std::length_error);
}

TEST_CASE("only what there is can be recorded") {
  setting s;
  CHECK_THROWS_AS(s.net.record(s.cells, {"y"}), std::invalid_argument);
  CHECK_THROWS_WITH(s.net.record(s.cells, {"y"}),
                    Contains("expected one of the variables x, top") && Contains("found 'y'"));
  CHECK_THROWS_AS(s.net.record(s.cells, {"x"}, {4}), std::out_of_range);
  CHECK_THROWS_WITH(s.net.record(s.cells(2, 4), {"x"}, {0, 2}),
                    "record: expected neurons in [0, 2), found 2");
}

TEST_CASE("records are written as .npy files", "[double]") {
  setting s;
  auto const spikes = s.net.record_spikes(s.cells);
  auto const x = s.net.record(s.cells, {"x"}, {2, 0}),
             both = s.net.record(s.cells, {"x", "top"}, {0, 1, 2});
  s.run(4);
  temporary const file("nernst_test_record.npy");

  spikes.save(file.path);
  auto const read = nernst::io::read_spikes(file.path);
  REQUIRE(read.size() == spikes.count());
  for (std::size_t k = 0; k < read.size(); ++k) {
    CHECK(read[k].t == spikes.times()[k]);
    CHECK(read[k].i == spikes.neurons()[k]);
  }
  x.save(file.path);
  auto const one_variable = nernst::io::read_npy<double>(file.path);
  CHECK(one_variable.shape == std::vector<std::size_t>{2, 4});
  CHECK(one_variable.data[3] == x.at(3, 0, 0));
  CHECK(one_variable.data[4 + 1] == x.at(1, 0, 1));
  both.save(file.path);
  auto const two = nernst::io::read_npy<double>(file.path);
  CHECK(two.shape == std::vector<std::size_t>{2, 3, 4});
  CHECK(two.data[12 + 4 + 2] == both.at(2, 1, 1));
}

TEST_CASE("a file that cannot be written is an error that names it") {
  setting s;
  auto const spikes = s.net.record_spikes(s.cells);
  auto const x = s.net.record(s.cells, {"x"});
  s.run(2);
  CHECK_THROWS_AS(spikes.save(nowhere), std::runtime_error);
  CHECK_THROWS_WITH(spikes.save(nowhere), Contains(nowhere));
  CHECK_THROWS_WITH(x.save(nowhere), Contains(nowhere));
}

TEST_CASE("records know their time axis, names and units in a file, too") {
  setting s;
  auto const spikes = s.net.record_spikes(s.cells, {"top"});
  auto const counts = s.net.record_spikes(s.cells, nernst::keep::counts);
  auto const rate = s.net.record_rate(s.cells);
  auto const x = s.net.record(s.cells, {"x", "t"}, {2, 0});
  s.run(3);
  test::folder const dir;
  spikes.save(dir / "a.csv");
  CHECK(test::contents(dir / "a.csv") == "t (s),i,top\n1e-04,0,2\n2e-04,1,3\n2e-04,3,3\n");
  counts.save(dir / "a.csv");
  CHECK(test::contents(dir / "a.csv") == "i,count\n0,1\n1,1\n2,0\n3,1\n");
  rate.save(dir / "a.csv");
  CHECK(test::contents(dir / "a.csv") == "t (s),rate (Hz)\n0,0\n1e-04,2500\n2e-04,5000\n");
  rate.smoothed(0.3 * ms, nernst::window::flat).save(dir / "a.csv");
  CHECK(test::contents(dir / "a.csv").substr(0, 16) == "t (s),rate (Hz)\n");
  x.save(dir / "a.csv");
  CHECK(test::contents(dir / "a.csv").substr(0, 44) ==
        "t (s),x[2],x[0],t_[2] (s),t_[0] (s)\n0,0,0,0,");
  x.save(dir / "a.npz");
  std::string const archive = test::contents(dir / "a.npz");
  for (char const* member : {"t.npy", "i.npy", "x.npy", "t_.npy", "units.npy"})
    CHECK(archive.find(member) != std::string::npos);
  CHECK(archive.find("'shape': (2, 3)") != std::string::npos);
  CHECK_THROWS_WITH(x.save("x.txt"), Contains("ends in .npy, .npz or .csv, found '.txt'"));
  CHECK_THROWS_AS(spikes.save("spikes"), std::invalid_argument);
}

TEST_CASE("a record that is streamed has the same numbers, in a file") {
  setting s;
  test::folder const dir;
  auto const kept = s.net.record_spikes(s.cells, {"x"});
  auto const spikes = s.net.record_spikes(s.cells, {"x"});
  auto const rows = s.net.record(s.cells, {"x", "top"}, {2, 0});
  s.run(3);
  spikes.stream_to(dir / "spikes.csv");
  rows.stream_to(dir / "rows.csv");
  s.run(97);
  s.net.record_now(rows);
  std::string const streamed = test::contents(dir / "spikes.csv");
  kept.save(dir / "kept.csv");
  CHECK(streamed == test::contents(dir / "kept.csv"));
  std::string const text = test::contents(dir / "rows.csv");
  CHECK(text.substr(0, 31) == "t (s),x[2],x[0],top[2],top[0]\n0");
  CHECK(std::count(text.begin(), text.end(), '\n') == 102);

  CHECK(spikes.count() == kept.count());
  CHECK(spikes.counts() == kept.counts());
  CHECK(spikes.mean_rate() == kept.mean_rate());
  CHECK(rows.steps() == 101);
  CHECK(rows.time(100) == Approx(0.01));
  CHECK_THROWS_WITH(spikes.times(), "spikes of cells: expected spikes in memory, found them in the "
                                    "file " +
                                        dir / "spikes.csv");
  CHECK_THROWS_AS(spikes.rates(1 * ms), std::logic_error);
  CHECK_THROWS_AS(spikes.save(dir / "again.csv"), std::logic_error);
  CHECK_THROWS_AS(rows.trace("x", 0), std::logic_error);
  CHECK_THROWS_AS(rows.at(0, 0, 0), std::logic_error);
  CHECK_THROWS_AS(rows.stream_to(dir / "again.csv"), std::logic_error);
}

TEST_CASE("a disk that is full ends a run, names the file, and loses nothing") {
  setting s;
  test::folder const dir;
  auto const kept = s.net.record_spikes(s.cells), spikes = s.net.record_spikes(s.cells);
  auto const rows = s.net.record(s.cells, {"x"});
  spikes.stream_to(dir / "spikes.npy");
  rows.stream_to(dir / "rows.npy");
  s.run(10);
  std::size_t const before = kept.count();
  {
    test::full_disk const full(600);
    CHECK_THROWS_WITH(s.run(100), Contains(dir / "spikes.npy") && Contains("expected to append"));
  }
  auto const some = nernst::io::read_spikes(dir / "spikes.npy");
  CHECK(some.size() == before);
  s.run(100);
  auto const all = nernst::io::read_spikes(dir / "spikes.npy");
  REQUIRE(all.size() == kept.count());
  for (std::size_t k = 0; k < all.size(); ++k) {
    CHECK(all[k].t == kept.times()[k]);
    CHECK(all[k].i == kept.neurons()[k]);
  }
  CHECK(test::contents(dir / "rows.npy")
            .find(test::is_single ? "('x', '<f4', (4,))" : "('x', '<f8', (4,))") !=
        std::string::npos);
}
