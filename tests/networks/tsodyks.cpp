// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Tsodyks, Uziel and Markram (2000): synapses that tire and recover make a network burst.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/reference.hpp"

using namespace nernst::dsl;

namespace {

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto I_ee = state<"I_ee">(volt);
  static constexpr auto I_ei = state<"I_ei">(volt);
  static constexpr auto I_ie = state<"I_ie">(volt);
  static constexpr auto I_ii = state<"I_ii">(volt);
  static constexpr auto I_b = parameter<"I_b">(volt);
  static constexpr auto period = shared<"period">(second);
  static constexpr auto tau = 30 * ms;
  static constexpr auto model = neuron(
      d(v) / dt = -v / tau + (I_ee + I_ei + I_ie + I_ii) / tau + I_b / tau | unless_refractory,
      threshold(v > 15 * mV), reset(v = 13.5 * mV), refractory(period), method(exact, v));
};

struct tiring {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto u = state<"u">(one);
  static constexpr auto A = parameter<"A">(volt);
  static constexpr auto U = parameter<"U">(one);
  static constexpr auto tau_rec = parameter<"tau_rec">(second);
  static constexpr auto tau_facil = parameter<"tau_facil">(second);
  static constexpr auto tau_I = 3 * ms;
};
constexpr auto depressing(auto const& current) {
  using s = tiring;
  return synapse(d(s::x) / dt = (1 - s::x - s::y) / s::tau_rec, d(s::y) / dt = -s::y / s::tau_I,
                 summed(post(current) = s::A * s::y),
                 on_pre(s::y += s::U * s::x, s::x += -s::U * s::x), method(exact));
}
constexpr auto facilitating(auto const& current) {
  using s = tiring;
  return synapse(d(s::x) / dt = (1 - s::x - s::y) / s::tau_rec, d(s::y) / dt = -s::y / s::tau_I,
                 d(s::u) / dt = -s::u / s::tau_facil, summed(post(current) = s::A * s::y),
                 on_pre(s::u += s::U * (1 - s::u), s::y += s::u * s::x, s::x += -s::u * s::x),
                 method(exact));
}
struct ee {
  static constexpr auto model = depressing(neurons::I_ee);
};
struct ei {
  static constexpr auto model = facilitating(neurons::I_ei);
};
struct ie {
  static constexpr auto model = depressing(neurons::I_ie);
};
struct ii {
  static constexpr auto model = facilitating(neurons::I_ii);
};

std::vector<double> numbers(std::string const& file, double unit) {
  return test::read_times<float>("networks/tsodyks/" + file, unit);
}
template <class Synapse>
auto connect(nernst::network<>& net, auto const& from, auto const& to, std::string const& name) {
  auto const index = [&](char const* side) {
    return test::read<std::uint8_t>("networks/tsodyks/" + name + side);
  };
  auto made = net.connect<Synapse>(from, to, pairs(index("_pre.npy"), index("_post.npy")));
  made[tiring::A] = numbers(name + "_A.npy", 1e-3);
  made[tiring::U] = numbers(name + "_U.npy", 1);
  made[tiring::tau_rec] = numbers(name + "_rec.npy", 1e-3);
  made[tiring::x] = 1;
  return made;
}
void check_spikes(nernst::spike_record const& ours, std::string const& name) {
  auto const read = [&](char const* what) {
    return test::read<std::uint16_t>("networks/tsodyks/" + name + what);
  };
  auto const step = read("_step.npy");
  auto const same = test::compare(ours, step, read("_neuron.npy"));
  INFO(name << ": the first difference is in step " << same.steps);
  CHECK(same.spikes == step.size());
  CHECK(ours.count() == step.size());
}

}  // namespace

TEST_CASE("short-term plasticity agrees with Brian 2 spike for spike", "[double]") {
  nernst::network net({.dt = 1 * ms});
  auto excitatory = net.population<neurons>(80), inhibitory = net.population<neurons>(20);
  excitatory[neurons::period] = 3 * ms;
  inhibitory[neurons::period] = 2 * ms;
  excitatory[neurons::I_b] = numbers("b_e.npy", 1e-3);
  inhibitory[neurons::I_b] = numbers("b_i.npy", 1e-3);
  auto from_e_to_e = connect<ee>(net, excitatory, excitatory, "ee");
  auto from_e_to_i = connect<ei>(net, excitatory, inhibitory, "ei");
  connect<ie>(net, inhibitory, excitatory, "ie");
  auto from_i_to_i = connect<ii>(net, inhibitory, inhibitory, "ii");
  from_e_to_i[tiring::tau_facil] = numbers("ei_facil.npy", 1e-3);
  from_i_to_i[tiring::tau_facil] = numbers("ii_facil.npy", 1e-3);
  auto const of_e = net.record_spikes(excitatory), of_i = net.record_spikes(inhibitory);
  net.run(1 * second);

  check_spikes(of_e, "exc");
  check_spikes(of_i, "inh");
  CHECK(test::worst_relative(from_e_to_e[tiring::x].get(),
                             test::read<double>("networks/tsodyks/x_end.npy")) < 1e-9);
}
