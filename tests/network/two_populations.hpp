// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>
#include <nernst/network.hpp>
#include <nernst/network/connect/slice_values.hpp>

#include "connections.hpp"
#include "space.hpp"

/// What tests of rules about neurons share.
namespace two_populations {

using namespace nernst::dsl;
using namespace connections;

struct squared {
  double operator()(double x) const { return x * x; }
};
/// Neurons with a number and a place, which rest after a spike.
struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto x = parameter<"x">(integer);
  static constexpr auto place = parameter<"place">(metre);
  static constexpr auto scale = shared<"scale">(metre);
  static constexpr auto leader = linked<"leader">(metre);
  static constexpr auto square = function<"square", squared>(one, one);
  static constexpr auto twice = subexpression<"twice">(2 * v);
  static constexpr auto model =
      neuron(twice, functions(square), refractory(1 * ms),
             d(v) / dt = -twice / ms + 0 * v * square(x) * place / leader / scale * metre / ms,
             threshold(v > 1 * volt));
};
struct nothing {
  static constexpr auto model = synapse(on_pre(post(cells::v) += 0 * mV));
};

/// A network of two populations, whose neurons know their numbers. The second counts on.
struct network_of {
  nernst::network<> net;
  nernst::population<cells, test::space, NERNST_DEFAULT_REAL> a, b;

  network_of(std::uint32_t sources, std::uint32_t targets, std::uint64_t seed = 1)
      : net({.seed = seed}), a(net.population<cells>(sources, "a")),
        b(net.population<cells>(targets, "b")) {
    a[cells::x] = i;
    a[cells::v] = i * volt;
    a[cells::place] = i * um;
    a[cells::scale] = 1 * um;
    b.link("leader", a, "scale");
    a.link("leader", a, "place");
    b[cells::x] = i;
    b[cells::v] = (sources + i) * volt;
  }

  /// The request that connect makes.
  template <class Source, class Target>
  static nernst::connection_request request(Source const& from, Target const& to,
                                            std::uint64_t seed = 1) {
    return {.sources = from.size(),
            .targets = to.size(),
            .seed = seed,
            .object = 2,
            .one_population = from.slice().all == to.slice().all,
            .source_set = from.slice().set,
            .target_set = to.slice().set,
            .of_sources = nernst::detail::values_of(from.slice().elements()),
            .of_targets = nernst::detail::values_of(to.slice().elements())};
  }
  template <class Source, class Target, class Rule>
  static pair_list connect(Source const& from, Target const& to, Rule const& rule) {
    return pairs_of(nernst::detail::rule_of(rule).build(host, request(from, to)));
  }
  template <class Rule>
  pair_list within_a(Rule const& rule) const {
    return connect(a, a, rule);
  }
  template <class Rule>
  pair_list a_to_b(Rule const& rule) const {
    return connect(a, b, rule);
  }
};

/// The pairs of some sources and targets for which a condition holds, by source.
template <class Condition>
pair_list pairs_where(std::uint32_t sources, std::uint32_t targets, Condition const& condition) {
  pair_list all;
  for (std::uint32_t s = 0; s < sources; ++s)
    for (std::uint32_t t = 0; t < targets; ++t)
      if (condition(static_cast<int>(s), static_cast<int>(t))) all.push_back({s, t});
  return all;
}

}  // namespace two_populations
