// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/outline.hpp>
#include <nernst/engine/schedule.hpp>
#include <nernst/engine/state_pass.hpp>
#include <nernst/network/network_base-inl.hpp>
#include <nernst/network/store.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
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

/// A record as snapshots see it, if it is of a kind that they keep.
template <class Real>
class kept_record {
 public:
  explicit kept_record(record_store& of)
      : spikes_(dynamic_cast<spike_store*>(&of)), rates_(dynamic_cast<rate_store*>(&of)),
        states_(dynamic_cast<state_store<Real>*>(&of)) {}

  /// A line that says what is recorded, and of whom, by which a snapshot finds the record again;
  /// nothing for one that is in no snapshot, as it is in a file.
  std::string key() const {
    std::string found;
    visit([&](auto& record) { found = record.key(); });
    return found;
  }
  /// Stores what was recorded, or restores it.
  void pass(engine::archive& through) const {
    visit([&](auto& record) { record.pass(through); });
  }
  /// Forgets what was recorded, and begins at a step.
  void begin_anew(double dt, std::int64_t step) const {
    visit([&](auto& record) { record.begin_anew(dt, step); });
  }

 private:
  template <class Visit>
  void visit(Visit const& one) const {
    if (spikes_ != nullptr) one(*spikes_);
    if (rates_ != nullptr) one(*rates_);
    if (states_ != nullptr) one(*states_);
  }

  spike_store* spikes_;
  rate_store* rates_;
  state_store<Real>* states_;
};

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
  engine::state_pass<Real> state(a, then.step(), then.dt());
  for (auto& n : parts_->populations) state.keep(*n);
  for (auto& s : parts_->projections) state.keep(*s);
  keep_records(a);
}

/// Records of the same find what they had; others begin anew.
template <class Real>
void network_base<Real>::keep_records(engine::archive& a) {
  std::vector<detail::kept_record<Real>> records;
  for (auto const& s : parts_->spikes) records.emplace_back(*s);
  for (auto const& s : parts_->states) records.emplace_back(*s.store);
  std::vector<std::string> keys;
  std::string own;
  for (auto const& r : records) {
    keys.push_back(r.key());
    own += keys.back();
  }
  std::vector<char> const found = a.list("records", std::vector<char>(own.begin(), own.end()));
  for (std::size_t k = 0; k < records.size() && a.writes(); ++k) {
    if (keys[k].empty()) continue;
    std::vector<char> content;
    engine::archive inner(content);
    records[k].pass(inner);
    a.list("record", content);
  }
  for (auto const& r : records)
    if (a.restores()) r.begin_anew(clock_.dt(), clock_.step());
  std::string_view all(found.data(), found.size());
  while (!all.empty()) {
    std::string_view const key = all.substr(0, all.find('\n') + 1);
    all.remove_prefix(key.size());
    std::vector<char> const content = a.list("record", std::vector<char>());
    auto const known = std::find(keys.begin(), keys.end(), key);
    if (known == keys.end()) continue;
    engine::archive inner = a.within(content);
    records[static_cast<std::size_t>(known - keys.begin())].pass(inner);
    known->clear();  // the next of that kind is another one
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
