// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/io/spike_file.hpp>

#include "catch.hpp"
#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace {
using Catch::Matchers::Contains;
namespace io = nernst::io;

std::string written(char const* path, char const* text) {
  std::ofstream(path, std::ios::binary) << text;
  return path;
}
}  // namespace

TEST_CASE("spikes are read from .npy and .csv files") {
  io::write_spikes("read_spikes.npy", {{0.25, 3}, {0.125, 1}});
  auto const binary = io::read_spike_file("read_spikes.npy");
  REQUIRE(binary.size() == 2);
  CHECK(binary[0].t == 0.25);
  CHECK(binary[1].i == 1);
  auto const text = io::read_spike_file(
      written("read_spikes.csv", "t (s),i,v (V)\r\n0.25,3,1e-3\r\n\n1e-1,12,0\n0.5,1"));
  REQUIRE(text.size() == 3);
  CHECK(text[0].t == 0.25);
  CHECK(text[1].t == 0.1);
  CHECK(text[1].i == 12);
  CHECK(text[2].i == 1);
  CHECK(io::read_spike_file(written("no_spikes.csv", "t (s),i\n")).empty());
}

TEST_CASE("a file of spikes that cannot be read is told with its line") {
  for (char const* const line : {"0.1;3", "x,3", "0.1,", "0.1,3.5", "nan,3", "0.1"}) {
    std::string const file =
        written("bad_spikes.csv", (std::string("t,i\n0.1,3\n") + line).c_str());
    CHECK_THROWS_WITH(io::read_spike_file(file),
                      Contains("bad_spikes.csv, line 3: expected a time and a neuron: t,i") &&
                          Contains(line));
  }
  CHECK_THROWS_WITH(io::read_spike_file("missing.csv"), Contains("missing.csv"));
  CHECK_THROWS_AS(io::read_spike_file("spikes.txt"), std::invalid_argument);
}
