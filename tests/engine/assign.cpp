// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/assign.hpp>
#include <nernst/engine/population_base.hpp>
#include <nernst/language.hpp>
#include <nernst/language/lower.hpp>

#include <Kokkos_Core.hpp>

#include "catch.hpp"
#include <numeric>

using namespace nernst::dsl;

namespace {

constexpr auto x = state<"x">(one);
constexpr auto a = parameter<"a">(one);
constexpr auto s = shared<"s">(one);

/// Elements whose numbers rise from that of the first one, and have no ends.
struct plain_elements {
  std::size_t number_of_first = 0;

  void read_numbers(std::size_t first, std::size_t last, std::size_t* to) const {
    std::iota(to, to + (last - first), number_of_first + first);
  }
  void read_ends(nernst::ir::side, std::size_t, std::size_t, std::int32_t*) const {}
};

/// What the expression gives for the elements [begin, end) of an array that held 0 before. `a`
/// counts from 0 in steps of 2, `s` is 10.
template <class Real = double, class T>
std::vector<Real> assigned(T const& expression, std::size_t size, std::size_t begin,
                           std::size_t end, std::uint64_t assignment = 0,
                           plain_elements const& elements = {}) {
  auto const written = flatten(expression);
  std::vector<Real> target(size, 0), known(size);
  for (std::size_t k = 0; k < size; ++k) known[k] = static_cast<Real>(2 * k);
  std::vector<nernst::engine::leaf> leaves;
  std::vector<Real*> array;
  std::vector<double> value;
  for (auto const& symbol : written.variables) {
    leaves.push_back({symbol.kind, static_cast<int>(leaves.size())});
    array.push_back(symbol.id.view() == "a"   ? known.data()
                    : symbol.id.view() == "x" ? target.data()
                                              : nullptr);
    value.push_back(symbol.id.view() == "s" ? 10 : 0);
  }
  nernst::engine::environment<Real> here;
  auto& memory = here.of(nernst::ir::side::here);
  here.leaves = leaves.data();
  memory.arrays = array.data();
  memory.values = value.data();
  memory.numbers.first = static_cast<std::uint32_t>(begin);
  here.key = {5, 3, nernst::engine::assignment_steps + assignment};
  auto const host = nernst::executor::of<Kokkos::DefaultHostExecutionSpace>();
  nernst::engine::assign<Real>(host, written.code, here, {begin, end}, {target.data()}, elements);
  return target;
}

}  // namespace

TEST_CASE("every element gets the value of the expression") {
  auto const got = assigned(a * s + 1, 5000, 0, 5000);
  for (std::size_t k = 0; k < got.size(); ++k) REQUIRE(got[k] == 20.0 * static_cast<double>(k) + 1);
}

TEST_CASE("only the range is written, and i counts from its start") {
  auto const got = assigned(i + 100, 4000, 1500, 3900);
  for (std::size_t k = 0; k < got.size(); ++k)
    REQUIRE(got[k] == (k < 1500 || k >= 3900 ? 0 : 100 + static_cast<double>(k - 1500)));
}

TEST_CASE("an empty range changes nothing") {
  auto const got = assigned(i + 1, 10, 4, 4);
  CHECK(std::count(got.begin(), got.end(), 0.0) == 10);
}

TEST_CASE("a variable may be set from its own values") {
  auto const got = assigned(x + a, 100, 10, 20);
  CHECK(got[9] == 0);
  CHECK(got[10] == 20);
  CHECK(got[19] == 38);
}

TEST_CASE("random values are those of the element, wherever the range begins") {
  auto const all = assigned(uniform(), 5000, 0, 5000), part = assigned(uniform(), 5000, 1000, 4000);
  for (std::size_t k = 1000; k < 4000; ++k) REQUIRE(all[k] == part[k]);
  nernst::kernel::draw_key const key{5, 3, nernst::engine::assignment_steps};
  for (std::uint32_t k = 0; k < 5000; ++k)
    REQUIRE(all[k] == nernst::kernel::uniform<double>(key, k, 0));
  CHECK(std::accumulate(all.begin(), all.end(), 0.0) / 5000 == Approx(0.5).margin(0.02));
}

TEST_CASE("every draw and every assignment has numbers of its own") {
  auto const difference = assigned(uniform() - uniform(), 100, 0, 100);
  CHECK(std::count(difference.begin(), difference.end(), 0.0) == 0);
  auto const first = assigned(randn(), 100, 0, 100, 0), other = assigned(randn(), 100, 0, 100, 1);
  for (std::size_t k = 0; k < 100; ++k) CHECK(first[k] != other[k]);
}

TEST_CASE("elements have random numbers of their own where 32 bits do not number them") {
  std::size_t const number_of_first = (std::size_t{1} << 32) - 700;
  auto const all = assigned(uniform(), 1400, 0, 1400, 3, {number_of_first});
  nernst::kernel::draw_key const low{5, 3, nernst::engine::assignment_steps + 3};
  nernst::kernel::draw_key const high{5, 3, low.step + (std::uint64_t{1} << 32)};
  for (std::uint32_t k = 0; k < 700; ++k) {
    REQUIRE(all[k] == nernst::kernel::uniform<double>(low, 0xFFFF'FFFFu - 699 + k, 0));
    REQUIRE(all[700 + k] == nernst::kernel::uniform<double>(high, k, 0));
  }
}

TEST_CASE("single precision holds the rounded value") {
  auto const got = assigned<float>(i / 3, 10, 0, 10);
  CHECK(got[1] == static_cast<float>(1.0 / 3));
}

TEST_CASE("a variable keeps what its type can hold") {
  using nernst::engine::as_type;
  using nernst::ir::value_type;
  CHECK(as_type(value_type::real, -2.7) == -2.7);
  CHECK(as_type(value_type::integer, -2.7) == -2);
  CHECK(as_type(value_type::integer, 2.7) == 2);
  CHECK(as_type(value_type::boolean, 0.5) == 1);
  CHECK(as_type(value_type::boolean, 0) == 0);
}
