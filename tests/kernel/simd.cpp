// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/simd.hpp>

#include <catch.hpp>
#include <limits>

namespace {
namespace kernel = nernst::kernel;

template <class Real>
struct lanes {
  static constexpr std::size_t width = kernel::pack_width<Real>;
  alignas(kernel::pack<Real>) Real value[width];

  explicit lanes(kernel::pack<Real> v) { kernel::store(value, v); }
  lanes(Real first, Real step) {
    for (std::size_t k = 0; k < width; ++k) value[k] = first + static_cast<Real>(k) * step;
  }
  kernel::pack<Real> pack() const { return kernel::load<kernel::pack<Real>>(value); }
};
}  // namespace

TEMPLATE_TEST_CASE("loads and stores keep the lanes", "[kernel]", float, double) {
  lanes<TestType> const in(TestType(1), TestType(0.5));
  TestType unaligned[in.width + 1] = {};
  kernel::store_unaligned(unaligned + 1, in.pack());
  lanes<TestType> const out(kernel::load_unaligned<kernel::pack<TestType>>(unaligned + 1));
  lanes<TestType> const same(kernel::from_value<kernel::pack<TestType>>(TestType(3)));
  for (std::size_t k = 0; k < in.width; ++k) {
    CHECK(out.value[k] == in.value[k]);
    CHECK(same.value[k] == 3);
  }
  STATIC_REQUIRE(kernel::width_of<TestType> == 1);
  STATIC_REQUIRE(kernel::width_of<kernel::pack<TestType>> == in.width);
  STATIC_REQUIRE(std::is_same_v<kernel::real_of<kernel::pack<TestType>>, TestType>);
}

TEMPLATE_TEST_CASE("masks have one bit per lane, lane 0 lowest", "[kernel]", float, double) {
  using pack = kernel::pack<TestType>;
  constexpr std::size_t width = lanes<TestType>::width;
  lanes<TestType> const in(TestType(0), TestType(1));
  for (std::size_t k = 0; k < width; ++k) {
    auto const one = in.pack() == pack(static_cast<TestType>(k));
    CHECK(kernel::bits(one) == std::uint64_t{1} << k);
    CHECK(kernel::any(one));
    CHECK(kernel::all(one) == (width == 1));
  }
  auto const none = in.pack() < pack(TestType(0));
  CHECK(kernel::bits(none) == 0);
  CHECK_FALSE(kernel::any(none));
  CHECK(kernel::all(!none));
  CHECK(kernel::bits(true) == 1);
  CHECK(kernel::bits(false) == 0);
}

TEMPLATE_TEST_CASE("select takes each lane from one of two", "[kernel]", float, double) {
  using pack = kernel::pack<TestType>;
  lanes<TestType> const in(TestType(0), TestType(1));
  lanes<TestType> const out(
      kernel::select(in.pack() < pack(TestType(1)), pack(TestType(7)), in.pack()));
  for (std::size_t k = 0; k < in.width; ++k)
    CHECK(out.value[k] == (k == 0 ? TestType(7) : static_cast<TestType>(k)));
  CHECK(kernel::select(true, 1.0, 2.0) == 1);
  CHECK(kernel::select(false, 1.0, 2.0) == 2);
}

TEST_CASE("step numbers compare to the mask of a batch of real numbers", "[kernel]") {
  using pack = kernel::pack<double>;
  using steps = kernel::step_of<pack>;
  steps const large(std::int64_t{1} << 60), larger((std::int64_t{1} << 60) + 1);
  CHECK(kernel::all(large < larger));
  CHECK(kernel::all(larger - large == steps(1)));
  CHECK_FALSE(kernel::any(large >= larger));
  lanes<double> const out(kernel::select(large < larger, pack(1.0), pack(2.0)));
  CHECK(out.value[0] == 1);
}

TEST_CASE("denormal numbers count as zero for a while", "[kernel]") {
  double volatile tiny = std::numeric_limits<double>::min();
  {
    kernel::flush_denormals const guard;
#if defined(__SSE2__)
    CHECK(tiny / 4 == 0);
#endif
  }
  CHECK(tiny / 4 > 0);
}
