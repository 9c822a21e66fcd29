// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/symbol.hpp>
#include <nernst/ir/variation.hpp>

#include "catch.hpp"

using namespace nernst::ir;

namespace {

static_assert(!changes(variation::never, variation::by_element | variation::by_draw));
static_assert(changes(variation::by_element | variation::by_step, variation::by_step) &&
              !changes(variation::by_element | variation::by_step, variation::by_state) &&
              !changes(variation::by_element, variation::never));
static_assert((variation::by_step | variation::never) == variation::by_step &&
              (variation::by_step | variation::by_step) == variation::by_step);

// How often something has to be computed follows from what it changes with.
static_assert(frequency_of(variation::never) == frequency::per_run &&
              frequency_of(variation::by_step) == frequency::per_step &&
              frequency_of(variation::by_step | variation::by_state) == frequency::per_step &&
              frequency_of(variation::within_step) == frequency::per_step &&
              frequency_of(variation::by_element) == frequency::per_element &&
              frequency_of(variation::by_draw) == frequency::per_element &&
              frequency_of(variation::by_step | variation::by_element) == frequency::per_element);
static_assert(frequency::per_run < frequency::per_step &&
              frequency::per_step < frequency::per_element);

// Variables of each kind.
constexpr frequency often(role kind) {
  return frequency_of(variation_of(kind));
}
static_assert(often(role::shared) == frequency::per_run &&
              often(role::coefficient) == frequency::per_run &&
              often(role::time_step) == frequency::per_run &&
              often(role::count) == frequency::per_run && often(role::table) == frequency::per_run);
static_assert(often(role::time) == frequency::per_step &&
              often(role::step) == frequency::per_step &&
              often(role::shared_state) == frequency::per_step);
static_assert(often(role::state) == frequency::per_element &&
              often(role::parameter) == frequency::per_element &&
              often(role::linked) == frequency::per_element &&
              often(role::index) == frequency::per_element &&
              often(role::subexpression) == frequency::per_element &&
              often(role::adaptive_result) == frequency::per_element &&
              often(role::adaptive_step) == frequency::per_element &&
              often(role::elapsed) == frequency::per_element &&
              often(role::noise) == frequency::per_element &&
              often(role::not_refractory) == frequency::per_element &&
              often(role::last_spike) == frequency::per_element);
static_assert(changes(variation_of(role::state), variation::by_state) &&
              changes(variation_of(role::shared_state), variation::by_state) &&
              changes(variation_of(role::noise), variation::by_draw) &&
              !changes(variation_of(role::parameter), variation::by_state | variation::by_step) &&
              !changes(variation_of(role::state), variation::within_step) &&
              changes(variation_of(role::elapsed), variation::within_step) &&
              changes(variation_of(role::time), variation::within_step) &&
              !changes(variation_of(role::step), variation::within_step));

}  // namespace

TEST_CASE("every kind of variable has a name and its own row", "[ir][variation]") {
  for (int k = 0; k <= static_cast<int>(role::last_spike); ++k) {
    auto const kind = static_cast<role>(k);
    CHECK_FALSE(to_text(kind).empty());
    CHECK(detail::row_of(kind).kind == kind);
    CHECK(detail::row_of(kind).varies == variation_of(kind));
  }
}
