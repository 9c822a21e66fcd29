// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/kernel/draw_in_pairs.hpp>

#include "catch.hpp"
#include <cmath>
#include <cstdint>
#include <limits>

using namespace nernst::kernel;
using nernst::ir::op;

namespace {
constexpr draw_key key{0xFEDCBA9876543210, 0x8765, 0xABCD'0000'1234};

/// The cosine is small where the product is, so that the bound is absolute.
template <class Real>
bool agree(Real a, Real b) {
  return std::abs(a - b) <= 16 * std::numeric_limits<Real>::epsilon();
}

/// Whether packs of `Value` draw what their elements draw by themselves.
template <class Value>
void check() {
  using real = real_of<Value>;
  real u[drawn_at_once], n[drawn_at_once];
  // Numbers of elements are whole up to the largest.
  for (std::uint32_t const first : {0U, 64U, 4096U, 0x7FFFFFC0U, 0xFFFFFFE0U}) {
    for (std::uint32_t draw = 0; draw < 64; ++draw) {
      draw_in_pairs<op::uniform, Value>(key, first, draw, u);
      draw_in_pairs<op::normal, Value>(key, first, draw, n);
      for (std::uint32_t k = 0; k < drawn_at_once; ++k) {
        CAPTURE(width_of<Value>, first, draw, k);
        REQUIRE(u[k] == uniform<real>(key, first + k, draw));
        REQUIRE(agree(n[k], normal<real>(key, first + k, draw)));
      }
    }
  }
}
}  // namespace

TEST_CASE("elements that draw side by side draw what each draws by itself", "[kernel]") {
  check<double>();
  check<float>();
  check<pack<double>>();
  check<pack<float>>();
}

#if NERNST_HAS_PACKS
// Whatever this machine and the options of the compiler allow, not the widest alone.
TEST_CASE("elements draw the same in packs of any width", "[kernel]") {
  xsimd::supported_architectures::for_each([](auto arch) {
    using architecture = decltype(arch);
    check<xsimd::batch<double, architecture>>();
    check<xsimd::batch<float, architecture>>();
  });
}
#endif

TEST_CASE("numbers are drawn ahead from any element on", "[kernel]") {
  constexpr draw_site sites[] = {{op::normal, 3}, {op::uniform, 4}, {op::normal, 7}};
  std::size_t const first = GENERATE(0u, 8u, 13u, 32u, 45u, 63u);
  draws_ahead<pack<double>, 3> ahead(sites, key);
  for (std::size_t at = first; at < first + 4 * drawn_at_once; at += drawn_at_once) {
    double const* const drawn = ahead(at);
    for (std::uint32_t k = 0; k < drawn_at_once; ++k) {
      auto const element = static_cast<std::uint32_t>(at) + k;
      CAPTURE(first, element);
      CHECK(agree(drawn[k], normal<double>(key, element, 3)));
      CHECK(drawn[drawn_stride + k] == uniform<double>(key, element, 4));
      CHECK(agree(drawn[2 * drawn_stride + k], normal<double>(key, element, 7)));
    }
  }
}
