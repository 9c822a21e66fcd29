// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/archive.hpp>
#include <nernst/engine/own_events.hpp>

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

namespace nernst::engine {

/// What net_move would move is marked.
template <class Real>
std::vector<own_event> own_events<Real>::collect() {
  std::vector<own_event> all;
  for (partition_events& p : shelves_) {
    own_event next;
    std::uint32_t slot = 0;
    while (p.pending.take(std::numeric_limits<double>::infinity(), next, slot)) {
      next.is_movable = has_moving_[place_[next.element]] == slot;
      if (next.is_movable) has_moving_[place_[next.element]] = own_event::none;
      all.push_back(next);
    }
  }
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    return all[x].element != all[y].element ? all[x].element < all[y].element : x < y;
  });
  std::vector<own_event> sorted;
  for (std::size_t const k : order) sorted.push_back(all[k]);
  return sorted;
}

template <class Real>
void own_events<Real>::distribute(std::vector<own_event> const& all) {
  for (own_event e : all) {
    bool const moves = e.is_movable;
    e.is_movable = e.flag == 1;
    std::uint32_t const place = place_[e.element];
    std::uint32_t const slot = of_partition(of_.owner(place)).pending.put(e);
    if (moves) has_moving_[place] = slot;
  }
}

template <class Real>
void own_events<Real>::renumber(projection_base<Real> const& connections,
                                std::vector<std::uint32_t> const& before) {
  std::uint32_t const number = number_of(connections);
  if (number == incoming_.size()) return;
  std::vector<own_event> const pending = collect();
  std::vector<std::uint32_t> now(incoming_[number].place.size(), own_event::none);
  std::uint32_t begun = 0;
  for (std::uint32_t k = 0; k < before.size(); ++k) {
    if (before[k] >= now.size()) continue;
    now[before[k]] = k;
    begun += before[k] < begun_[number] ? 1 : 0;
  }
  begun_[number] = begun;
  std::vector<own_event> left;
  for (own_event e : pending) {
    if (e.projection == number) e.connection = now[e.connection];
    if (e.projection != number || e.connection != own_event::none) left.push_back(e);
  }
  distribute(left);
}

template <class Real>
void own_events<Real>::keep(archive& through) {
  place_ = of_.places();
  std::vector<own_event> const pending = collect();
  std::vector<double> time, flag;
  std::vector<std::uint32_t> element, projection, connection, fired;
  std::vector<std::uint8_t> moves;
  for (own_event const& e : pending) {
    time.push_back(e.time);
    flag.push_back(e.flag);
    element.push_back(e.element);
    projection.push_back(e.projection);
    connection.push_back(e.connection);
    moves.push_back(e.is_movable ? 1 : 0);
  }
  for (partition_events const& p : shelves_)
    fired.insert(fired.end(), p.fired.begin(), p.fired.end());
  std::sort(fired.begin(), fired.end());
  std::string const label = of_.name() + " events";
  through.keep(label + " are new", is_new_);
  through.keep(label + " begun", begun_);
  std::size_t count = pending.size();
  auto const keep_each = [&](char const* what, auto& values, std::size_t size) {
    auto read = through.list(label + what, values, size);
    if (!through.writes()) values = std::move(read);
  };
  std::vector<double> const at = through.list(label + " at", time);
  if (!through.writes()) {
    count = at.size();
    time = at;
  }
  keep_each(" flag", flag, count);
  keep_each(" of", element, count);
  keep_each(" projection", projection, count);
  keep_each(" connection", connection, count);
  keep_each(" movable", moves, count);
  std::vector<std::uint32_t> const read = through.list(label + " fired", fired);
  if (!through.restores()) return distribute(pending);
  std::vector<own_event> all;
  for (std::size_t k = 0; k < count; ++k)
    all.push_back({.time = time[k],
                   .flag = flag[k],
                   .element = element[k],
                   .projection = projection[k],
                   .connection = connection[k],
                   .is_movable = moves[k] != 0});
  for (partition_events& p : shelves_) p = {};
  distribute(all);
  for (std::uint32_t const n : read) of_partition(of_.owner(place_[n])).fired.push_back(n);
}

}  // namespace nernst::engine
