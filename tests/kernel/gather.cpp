// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/gather.hpp>

#include "catch.hpp"
#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

using namespace nernst;

namespace {
template <class Value>
using numbers = std::vector<kernel::real_of<Value>>;

template <class Value>
numbers<Value> lanes(Value const& x) {
  alignas(Value) kernel::real_of<Value> lane[kernel::width_of<Value>];
  kernel::store<Value>(lane, x);
  return {lane, lane + kernel::width_of<Value>};
}
}  // namespace

TEMPLATE_TEST_CASE("lanes stand anywhere in memory", "[kernel]", double, float,
                   kernel::pack<double>, kernel::pack<float>) {
  using value = TestType;
  using real = kernel::real_of<value>;
  constexpr std::size_t width = kernel::width_of<value>;
  numbers<value> from(3 * width + 1);
  std::iota(from.begin(), from.end(), real(1));
  std::vector<std::uint16_t> at(width);
  for (std::size_t k = 0; k < width; ++k) at[k] = static_cast<std::uint16_t>(3 * width - 2 * k);

  value const found = kernel::gather<value>(from.data(), at.data());
  for (std::size_t k = 0; k < width; ++k) CHECK(lanes(found)[k] == from[at[k]]);

  numbers<value> to(from.size(), real(-1));
  kernel::scatter(to.data(), at.data(), found);
  for (std::size_t place = 0; place < to.size(); ++place) {
    bool const is_there = std::find(at.begin(), at.end(), place) != at.end();
    CHECK(to[place] == (is_there ? from[place] : real(-1)));
  }
}

TEST_CASE("of two lanes for one place the last one stays", "[kernel]") {
  using value = kernel::pack<double>;
  std::vector<std::uint32_t> const at(kernel::pack_width<double>, 2);
  double to[3] = {};
  kernel::scatter(to, at.data(), kernel::of_lanes<value>([](std::size_t k) {
                    return 1 + static_cast<double>(k);
                  }));
  CHECK(to[2] == static_cast<double>(kernel::pack_width<double>));
}

TEMPLATE_TEST_CASE("some neighbours are loaded and stored", "[kernel]", double,
                   kernel::pack<double>, kernel::pack<float>) {
  using value = TestType;
  using real = kernel::real_of<value>;
  constexpr std::size_t width = kernel::width_of<value>;
  numbers<value> from(width + 1);
  std::iota(from.begin(), from.end(), real(1));
  for (std::size_t count = 1; count <= width; ++count) {
    value const found = kernel::load_some<value>(from.data() + 1, count);
    for (std::size_t k = 0; k < width; ++k)
      CHECK(lanes(found)[k] == from[1 + std::min(k, count - 1)]);
    numbers<value> to(width + 2, real(-1));
    kernel::store_some(to.data() + 1, count, found);
    CHECK(to[0] == -1);
    for (std::size_t k = 0; k < width; ++k) CHECK(to[1 + k] == (k < count ? from[1 + k] : -1));
  }
}
