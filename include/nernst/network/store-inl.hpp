// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/schedule.hpp>
#include <nernst/engine/state_pass.hpp>
#include <nernst/network/network_base-inl.hpp>
#include <nernst/network/store.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>

namespace nernst {

namespace detail {

NERNST_INLINE std::pair<std::string, std::string> difference(std::string_view x,
                                                             std::string_view y) {
  auto const take_line = [](std::string_view& text) {
    std::string_view const line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() < text.size() ? line.size() + 1 : text.size());
    return std::string(line.empty() ? "nothing more" : line);
  };
  std::string a, b;
  while (a == b) {
    a = take_line(x);
    b = take_line(y);
  }
  return {a, b};
}

NERNST_INLINE std::string key_of(spike_store const& record) {
  return message({"spikes of ", record.name, " [", record.begin, ", ", record.end, ")\n"});
}
template <class Real>
std::string key_of(engine::watched_states<Real> const& record) {
  state_store<Real> const& s = *record.store;
  std::vector<std::uint32_t> elements;
  for (std::uint32_t const place : s.neuron) elements.push_back(record.of->number(place));
  std::string all;
  for (std::string const& id : s.ids) all += " " + id;
  std::string_view const bytes{reinterpret_cast<char const*>(elements.data()),
                               elements.size() * sizeof elements[0]};
  return message({"values of ", s.name, ":", all, " of ", elements.size(), " elements (",
                  engine::checksum(bytes), ") in ", ir::to_text(s.when.when), " ", s.when.order,
                  "\n"});
}

}  // namespace detail

template <class Real>
std::string network_base<Real>::outline() const {
  std::string all = sizeof(Real) == sizeof(double) ? "a network in double precision\n"
                                                   : "a network in single precision\n";
  for (auto const& n : parts_->populations) all += engine::outline_of(*n);
  for (auto const& s : parts_->projections) all += engine::outline_of(*s);
  return all;
}

/// Lets the clock be another one.
template <class Real>
void network_base<Real>::go_to(clock const& then) {
  if (then.dt() != clock_.dt()) {
    for (auto& c : parts_->callbacks) c->prepare(then.dt());
    for (auto& n : parts_->populations) n->set_dt(then.dt());
    for (auto& s : parts_->projections) s->set_dt(then.dt());
  }
  clock_ = then;
  state_.dt = then.dt();
  state_.step = then.step();
  state_.time = then.t();
}

/// Goes over all that a run changes.
template <class Real>
void network_base<Real>::keep_state(engine::archive& a) {
  std::string const own = outline();
  std::vector<char> const found = a.list("network", std::vector<char>(own.begin(), own.end()));
  std::string_view const other(found.data(), found.size());
  if (!a.writes() && other != own) {
    auto const [expected, instead] = detail::difference(own, other);
    a.refuse(expected, instead);
  }
  clock::reading present = clock_.read();
  clock const then(a.keep("clock", present));
  for (auto const& c : parts_->callbacks) c->require_dt(then.dt());
  if (a.restores()) go_to(then);
  a.keep("seed", state_.seed);
  a.keep("assignments", state_.assignments);
  remember_delays();
  engine::state_pass<Real> state(a, then.step());
  for (auto& n : parts_->populations) state.keep(*n);
  for (auto& s : parts_->projections) state.keep(*s);
  keep_records(a, state);
}

/// Records of the same find what they had; others begin anew.
template <class Real>
void network_base<Real>::keep_records(engine::archive& a, engine::state_pass<Real>& state) {
  std::vector<std::string> keys;
  for (auto const& s : parts_->spikes) keys.push_back(detail::key_of(*s));
  for (auto const& s : parts_->states) keys.push_back(detail::key_of(s));
  std::size_t const of_spikes = static_cast<std::size_t>(parts_->spikes.size());
  auto const keep = [&](std::size_t k) {
    if (k < of_spikes)
      state.keep(*parts_->spikes[static_cast<int>(k)]);
    else
      state.keep(*parts_->states[k - of_spikes].store);
  };
  std::string own;
  for (std::string const& key : keys) own += key;
  std::vector<char> const found = a.list("records", std::vector<char>(own.begin(), own.end()));
  if (a.writes()) {
    for (std::size_t k = 0; k < keys.size(); ++k) keep(k);
    return;
  }
  if (a.restores()) begin_records();
  std::string_view all(found.data(), found.size());
  while (!all.empty()) {
    std::string_view const key = all.substr(0, all.find('\n') + 1);
    all.remove_prefix(key.size());
    std::size_t k = 0;
    while (k < keys.size() && keys[k] != key) ++k;
    if (k < keys.size()) {
      keep(k);
      keys[k].clear();  // the next of that kind is another one
    } else if (key.starts_with("spikes")) {
      detail::spike_store nobody;
      state.keep(nobody);
    } else {
      detail::state_store<Real> nobody;
      state.keep(nobody);
    }
  }
}

/// Empties all records.
template <class Real>
void network_base<Real>::begin_records() {
  for (auto& s : parts_->spikes) {
    s->step.clear();
    s->neuron.clear();
    s->stretches.clear();
    s->change_dt(clock_.dt(), clock_.step());
  }
  for (auto& s : parts_->states) {
    s.store->data.clear();
    s.store->stretches.clear();
    s.store->change_dt(clock_.dt(), clock_.step());
  }
}

template <class Real>
snapshot network_base<Real>::store() {
  require_no_run("store");
  std::vector<char> content;
  detail::with_memory_for("snapshot", [&] {
    engine::archive a(content);
    keep_state(a);
  });
  return snapshot(std::move(content));
}

template <class Real>
void network_base<Real>::restore(snapshot const& from) {
  require_no_run("restore");
  engine::archive checked(from.content(), from.name(), engine::pass::check);
  keep_state(checked);
  if (!checked.at_end()) checked.refuse("the end", "something more");
  engine::archive a(from.content(), from.name(), engine::pass::restore);
  keep_state(a);
}

template <class Real>
void network_base<Real>::set_seed(std::uint64_t seed) {
  require_no_run("set_seed");
  state_.seed = seed;
}

}  // namespace nernst
