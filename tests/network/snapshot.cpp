// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "stored_network.hpp"
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <tuple>
#include <unistd.h>

using namespace nernst::dsl;
using Catch::Matchers::Contains;

namespace {

/// Everything that came out of a network, to compare.
template <class Real>
auto found(stored::network<Real> const& n) {
  std::vector<double> trace;
  for (std::size_t k = 0; k < n.traces.steps(); ++k)
    for (std::size_t c = 0; c < 2; ++c) trace.push_back(n.traces.at(k, c, 1));
  return std::tuple(n.spikes.steps(), n.spikes.neurons(), n.events.neurons(), n.more.times(), trace,
                    n.synapses[stored::plastic::w].get(), n.cells[stored::cell::v].get(),
                    n.others[stored::follower::low].get(), n.net.time());
}

struct folder {
  std::filesystem::path path;
  folder()
      : path(std::filesystem::temp_directory_path() /
             ("nernst_snapshot_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path);
  }
  ~folder() { std::filesystem::remove_all(path); }
  std::string operator/(std::string const& name) const { return (path / name).string(); }
};

std::string contents(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void write(std::string const& path, std::string const& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// Brian 2's test of undelivered spikes: one cell with a synapse onto another.
struct source {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model =
      neuron(d(v) / dt = 0 * v / ms, threshold(v > 0.5), reset(v = 0), method(euler));
};
struct onto {
  static constexpr auto model = synapse(on_pre(post(source::v) += 0.25));
};
struct onto_twice {
  static constexpr auto model =
      synapse(on_pre(post(source::v) += 0.125), on_pre(post(source::v) += 0.125).named("late"));
};

}  // namespace

TEST_CASE("a run that was stored and restored goes on as if nothing had been", "[snapshot]") {
  stored::network<> whole;
  whole.net.run(90 * ms);
  auto const expected = found(whole);
  REQUIRE(whole.spikes.count() > 100);
  REQUIRE(whole.more.count() > 20);
  REQUIRE(whole.events.count() > 100);

  stored::network<> first;
  first.net.run(30 * ms);
  nernst::snapshot const middle = first.net.store();
  first.net.run(60 * ms);
  CHECK(found(first) == expected);
  first.net.restore(middle);
  CHECK(first.net.time() == Approx(30e-3));
  first.net.run(60 * ms);
  CHECK(found(first) == expected);

  stored::network<> again;
  again.net.set_seed(17);
  again.net.run(7 * ms);
  again.cells[stored::cell::bias] = 0 * mV;
  again.cells[stored::cell::input] = nernst::timed_values({0 * mV}, 1 * ms);
  again.synapses[delay] = 2 * ms;
  again.net.restore(middle);
  CHECK(again.cells[stored::cell::bias].get()[0] == Approx(12e-3));
  again.net.run(60 * ms);
  CHECK(found(again) == expected);
}

TEST_CASE("single precision is stored, too", "[snapshot]") {
  stored::network<float> first;
  first.net.run(20 * ms);
  nernst::snapshot const middle = first.net.store();
  first.net.run(20 * ms);
  auto const expected = found(first);
  stored::network<float> again;
  again.net.set_seed(3);
  again.net.restore(middle);
  again.net.run(20 * ms);
  CHECK(found(again) == expected);
  stored::network<> other;
  CHECK_THROWS_WITH(other.net.restore(middle),
                    "snapshot: expected a network in double precision, found a network in single "
                    "precision");
}

TEST_CASE("the length of a step is restored", "[snapshot]") {
  stored::network<> first;
  first.net.run(20 * ms);
  first.net.set_dt(0.05 * ms);
  first.net.run(5 * ms);
  nernst::snapshot const middle = first.net.store();
  first.net.run(20 * ms);
  first.net.set_dt(0.1 * ms);
  first.net.run(20 * ms);
  stored::network<> again;
  again.net.set_seed(3);
  again.net.restore(middle);
  CHECK(again.net.dt() == 0.05e-3);
  again.net.run(20 * ms);
  again.net.set_dt(0.1 * ms);
  again.net.run(20 * ms);
  CHECK(found(again) == found(first));
}

TEST_CASE("another seed makes another trial from the same state", "[snapshot]") {
  stored::network<> n;
  n.net.run(10 * ms);
  nernst::snapshot const start = n.net.store();
  n.net.run(30 * ms);
  auto const first = found(n);
  n.net.restore(start);
  n.net.set_seed(2);
  n.net.run(30 * ms);
  CHECK(found(n) != first);
  n.net.restore(start);
  n.net.run(30 * ms);
  CHECK(found(n) == first);
}

TEST_CASE("spikes under way are restored, again and again", "[snapshot]") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<source>(2, "cells");
  auto synapses = net.connect<onto_twice>(cells(0, 1), cells(1, 2), all_to_all(), 2 * ms);
  synapses.delay_of("late") = 3 * ms;
  cells[source::v] = std::vector<double>{1, 0};
  net.run(1 * ms);
  nernst::snapshot const sent = net.store();
  for (int k = 0; k < 3; ++k) {
    net.run(1.5 * ms);
    CHECK(cells[source::v].get()[1] == 0.125);
    net.run(2 * ms);
    CHECK(cells[source::v].get()[1] == 0.25);
    net.restore(sent);
    CHECK(cells[source::v].get()[1] == 0);
  }
  synapses[delay] = 5 * ms;  // what is under way arrives when it would have
  nernst::snapshot const slower = net.store();
  for (int k = 0; k < 2; ++k) {
    net.run(1.5 * ms);
    CHECK(cells[source::v].get()[1] == 0.125);
    net.restore(slower);
  }
  CHECK(synapses[delay].get() == std::vector<double>{5e-3});
}

TEST_CASE("records find what they had; others begin anew", "[snapshot]") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<source>(2, "cells");
  cells[source::v] = 1;
  auto spikes = net.record_spikes(cells);
  net.run(1 * ms);
  nernst::snapshot const middle = net.store();
  auto late = net.record_spikes(cells(0, 1));
  auto values = net.record(cells, {"v"});
  cells[source::v] = 1;
  net.run(1 * ms);
  CHECK(spikes.count() == 4);
  CHECK(late.count() == 1);
  CHECK(values.steps() == 10);
  net.restore(middle);
  CHECK(spikes.count() == 2);
  CHECK(late.count() == 0);
  CHECK(values.steps() == 0);
  cells[source::v] = 1;
  net.run(1 * ms);
  CHECK(spikes.times() == std::vector<double>{0, 0, 1e-3, 1e-3});
  CHECK(late.times() == std::vector<double>{1e-3});
  CHECK(values.time(0) == 1e-3);

  nernst::network fewer({.dt = 0.1 * ms});
  auto same = fewer.population<source>(2, "cells");
  fewer.restore(net.store());
  CHECK(fewer.time() == 2e-3);
}

TEST_CASE("a file is read back", "[snapshot]") {
  folder const dir;
  std::string const file = dir / "state.nernst";
  stored::network<> first;
  first.net.run(20 * ms);
  first.net.store(file);
  CHECK(contents(file).substr(0, 8) == "\x93NERNST\n");
  CHECK_FALSE(std::filesystem::exists(file + ".part"));
  first.net.run(20 * ms);
  stored::network<> again;
  again.net.set_seed(3);
  again.net.restore(file);
  again.net.run(20 * ms);
  CHECK(found(again) == found(first));
}

TEST_CASE("what is no whole file is an error, and the network stays as it is", "[snapshot]") {
  folder const dir;
  stored::network<> n;
  n.net.run(10 * ms);
  std::string const file = dir / "state.nernst", bad = dir / "bad.nernst";
  n.net.store(file);
  n.net.run(5 * ms);
  auto const before = found(n);
  auto const check = [&](std::string const& bytes, std::string const& expected) {
    write(bad, bytes);
    CHECK_THROWS_WITH(n.net.restore(bad), Contains(bad + ": expected " + expected));
    CHECK_THROWS_AS(n.net.restore(bad), std::runtime_error);
    CHECK(found(n) == before);
  };
  std::string const whole = contents(file);
  check("", "a snapshot, which begins with \\x93NERNST, found another beginning");
  check("\x93NUMPY and more, and more, and more", "a snapshot");
  check(whole.substr(0, 20), "a head of 32 bytes, found 20 (the file is cut short)");
  for (std::size_t const size : {std::size_t{32}, whole.size() / 2, whole.size() - 1})
    check(whole.substr(0, size), std::to_string(whole.size() - 32) + " bytes of state, found " +
                                     std::to_string(size - 32) + " (the file is cut short)");
  check(whole + "x", std::to_string(whole.size() - 32) + " bytes of state, found more");
  std::string damaged = whole;
  damaged[8] = 3;
  check(damaged, "version 2 of the format, found 3");
  for (std::size_t const place : {std::size_t{40}, whole.size() / 3, whole.size() - 1}) {
    damaged = whole;
    damaged[place] = static_cast<char>(damaged[place] ^ 4);
    check(damaged, "the checksum");
  }
  CHECK_THROWS_WITH(n.net.restore(dir / "none"), Contains("expected a file that can be read"));
  CHECK_THROWS_WITH(n.net.store(dir / "no/such"), Contains(dir / "no/such"));
  if (!std::filesystem::exists("/dev/full")) return;
  std::filesystem::create_symlink("/dev/full", file + ".part");
  CHECK_THROWS_WITH(n.net.store(file), Contains(file) && Contains("No space left"));
  CHECK(contents(file) == whole);
}

TEST_CASE("the state of another network is an error that says what differs", "[snapshot][double]") {
  auto const state_of = [](std::uint32_t size, std::string const& name, auto const& connect) {
    nernst::network<> net({.dt = 0.1 * ms});
    auto cells = net.population<source>(size, name);
    connect(net, cells);
    return net.store();
  };
  auto const pairs_of = [](std::vector<int> j) {
    return [j](auto& net, auto const& cells) {
      net.template connect<onto>(cells, cells, pairs(std::vector<int>{0, 1}, j), 0 * ms, "onto");
    };
  };
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<source>(3, "cells");
  pairs_of({1, 2})(net, cells);
  net.restore(state_of(3, "cells", pairs_of({1, 2})));
  auto const check = [&](nernst::snapshot const& other, std::string const& expected,
                         std::string const& instead) {
    CHECK_THROWS_WITH(net.restore(other),
                      Contains("snapshot: expected " + expected) && Contains(", found " + instead));
  };
  check(state_of(4, "cells", pairs_of({1, 2})), "population 'cells' (object 0) of 3 neurons",
        "population 'cells' (object 0) of 4 neurons");
  check(state_of(3, "others", pairs_of({1, 2})), "population 'cells'", "population 'others'");
  check(state_of(3, "cells", [](auto&, auto const&) {}), "projection 'onto'", "nothing more");
  check(state_of(3, "cells", pairs_of({2, 1})),
        "projection 'onto' (object 1) of 2 synapses from [0, 3) of 'cells' to [0, 3) of 'cells', "
        "connections ",
        "projection 'onto' (object 1) of 2 synapses");
  check(state_of(3, "cells",
                 []<class Network>(Network& other, auto const& c) {
                   other.template connect<onto_twice>(
                       c, c, pairs(std::vector<int>{0, 1}, std::vector<int>{1, 2}), 0 * ms, "onto");
                 }),
        "nothing more", "onto.late, pathway of spike of the source");
  check(stored::network<>().net.store(), "population 'cells' (object 0) of 3 neurons",
        "population 'cells' (object 0) of 120 neurons");
}

TEST_CASE("nothing is stored in the middle of a step", "[snapshot]") {
  nernst::network net({.dt = 0.1 * ms});
  nernst::snapshot const before = net.store();
  net.every(1 * ms, [&] { net.store(); });
  CHECK_THROWS_WITH(net.run(1 * ms), "store: expected no run to be under way");
  nernst::network other({.dt = 0.1 * ms});
  other.every(1 * ms, [&] { other.restore(before); });
  CHECK_THROWS_WITH(other.run(1 * ms), "restore: expected no run to be under way");
}
