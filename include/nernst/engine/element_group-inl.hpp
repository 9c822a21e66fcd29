// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/clock.hpp>
#include <nernst/engine/element_group.hpp>
#include <nernst/engine/lost_equation.hpp>
#include <nernst/integrate/matrix_exponential.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace nernst::engine {

template <class Real>
element_group<Real>::element_group(group_outline<Real> const& outline, executor const& run)
    : model_(outline.model), launches_(outline.launches), device_launches_(outline.device_launches),
      preparation_(outline.prepare), beside_(outline.beside), storage_(model_.arrays),
      kernel_array_(model_.arrays), kernel_link_(model_.arrays), array_(model_.variables.size()),
      value_(model_.variables.size()), leaves_(leaves_of({.here = &model_})),
      link_(model_.variables.size()), scalar_(model_.scalars.results.count),
      constants_(outline.constants), run_(run), name_(outline.name), object_(outline.object),
      linked_(model_.variables.size()), given_(model_.variables.size()),
      table_(model_.variables.size()), handles_(*this, name_) {
  for (int s = 0; s < value_.size(); ++s) value_[s] = model_.variables[s].symbol.initial;
}

template <class Real>
element_group<Real>::~element_group() = default;

template <class Real>
int element_group<Real>::owner(std::size_t place) const {
  auto const is_before = [](std::uint32_t x, extent_t const& e) { return x < e.end; };
  auto const e = std::upper_bound(extents_.begin(), extents_.end(), place, is_before);
  return static_cast<int>(e - extents_.begin());
}

template <class Real>
std::vector<std::uint32_t> element_group<Real>::partition_bounds(bool as_one) const {
  std::vector<std::uint32_t> bounds{0};
  auto const add = [&](std::size_t place) { bounds.push_back(static_cast<std::uint32_t>(place)); };
  for (int p = 0; p + 1 < partitions() && !as_one; ++p) add(begin(p + 1));
  add(end(partitions() - 1));
  return bounds;
}

template <class Real>
void element_group<Real>::require_listable(char const* what) const {
  constexpr std::size_t most = 0xFFFF'FFFF;
  if (extents_.back().end > most)
    detail::refuse<std::length_error>({name_, ": expected at most ", most, " ", element_word(),
                                       "s for ", what, ", found ", size_});
}

/// Whether a place holds an element: some between two partitions do not.
template <class Real>
bool element_group<Real>::is_element(std::size_t place) const {
  for (extent_t const& e : extents_)
    if (place < e.end) return place >= e.begin;
  return false;
}

template <class Real>
std::vector<std::uint32_t> element_group<Real>::places() const {
  require_listable("a list of their places");
  std::vector<std::uint32_t> all(size_);
  engine::numbering const number = numbering();
  for (extent_t const& e : extents_)
    for (std::size_t place = e.begin; place < e.end; ++place)
      all[number(place)] = static_cast<std::uint32_t>(place);
  return all;
}

template <class Real>
void element_group<Real>::allocate(std::size_t size, std::vector<extent_t> extents) {
  size_ = size;
  extents_ = std::move(extents);
  // Packs are read as a whole, whatever their width.
  std::size_t const padded = detail::host_array<Real>::whole_lines(extents_.back().end);
  ir::list<int> own_arrays;
  for (int s = 0; s < model_.variables.size(); ++s) {
    kernel::variable const& v = model_.variables[s];
    bool const own = v.symbol.owner == ir::side::here && !ir::is_elsewhere(v.symbol.kind);
    if (v.array == ir::none || !own) continue;
    auto const number = static_cast<std::size_t>(own_arrays.size());
    storage_[v.array] = detail::host_array<Real>(padded, number);
    array_[s] = storage_[v.array].data();
    kernel_array_[v.array] = array_[s];
    own_arrays.push_back(v.array);
  }
  // Each partition is written first by the thread that will own it.
  run_.for_each("nernst::elements::clear", partitions(), [&](std::int64_t k) {
    int const p = static_cast<int>(k);
    std::size_t const last = p + 1 == partitions() ? padded : begin(p + 1);
    for (int const array : own_arrays) {
      Real* const a = storage_[array].data();
      std::fill(a + begin(p), a + last, initial(array));
    }
  });
}

/// What the model says, which is 0 where it says nothing.
template <class Real>
Real element_group<Real>::initial(int array) const {
  for (kernel::variable const& v : model_.variables)
    if (v.array == array) return static_cast<Real>(v.symbol.initial);
  return 0;
}

template <class Real>
void element_group<Real>::point(int symbol, Real* array, kernel::link const& where) {
  array_[symbol] = array;
  link_[symbol] = where;
  int const slot = model_.variables[symbol].array;
  if (slot == ir::none) return;
  kernel_array_[slot] = array;
  kernel_link_[slot] = where;
}

template <class Real>
std::string element_group<Real>::label(int symbol) const {
  return detail::label(name_, model_.variables[symbol].symbol.id);
}

// ---- before a run

template <class Real>
void element_group<Real>::prepare(double dt) {
  set_dt(dt);
  require_given();
  require_held(dt_);
  require_bounds();
  if (preparation_.follow_links != nullptr) (this->*preparation_.follow_links)();
  if (preparation_.find_due_steps != nullptr) (this->*preparation_.find_due_steps)(dt_);
  if (preparation_.fill_tables != nullptr) (this->*preparation_.fill_tables)();
  if (preparation_.propagate != nullptr) (this->*preparation_.propagate)();
  ir::list<double> const scalar = scalars_of_run();
  for (int k = 0; k < scalar.size(); ++k) scalar_[k] = static_cast<Real>(scalar[k]);
  if (preparation_.tabulate != nullptr) (this->*preparation_.tabulate)(scalar);
  lost_equation const lost = find_lost_equation(model_, scalar);
  if (lost.exists() && size_ > 0)
    refuse_coefficients(lost.state, model_.methods[lost.method].name, lost.found, "");
  if (preparation_.beside != nullptr) preparation_.beside(*this, beside_.get());
}

/// The tables of random numbers whose parameters stay the same in the run.
template <class Real>
void element_group<Real>::make_inversions(ir::list<double> const& scalars) {
  inversions_.clear();
  inversion_table_.clear();
  for (kernel::distribution const& d : model_.distributions) {
    double const a = scalars[d.a];
    inversions_.push_back(d.code == ir::op::binomial ? inversion::binomial(a, scalars[d.b])
                                                     : inversion::poisson(a));
  }
  for (inversion const& made : inversions_) inversion_table_.push_back(made.table());
}

template <class Real>
bool element_group<Real>::is_tabulated(int symbol) const {
  for (kernel::tabulated const& t : model_.tables)
    if (t.table == symbol) return true;
  return false;
}

template <class Real>
ir::list<double> element_group<Real>::scalars_of_run() const {
  return evaluate_once(model_.tape(model_.scalars), at(0, 0));
}

template <class Real>
void element_group<Real>::set_dt(double dt) {
  network_dt_ = dt;
  stride_ = own_dt_ > 0 ? std::max<std::int64_t>(1, std::llround(own_dt_ / dt)) : 1;
  dt_ = own_dt_ > 0 ? own_dt_ : dt;
  for (int s = 0; s < given_.size(); ++s) table_[s] = given_[s].at_steps_of(dt_);
}

template <class Real>
void element_group<Real>::set_own_dt(double dt, std::int64_t) {
  own_dt_ = dt;
  set_dt(network_dt_);
}

template <class Real>
bool element_group<Real>::can_make_steps(double own, double network) {
  return own == 0 || (detail::is_multiple(own, network) && own / network < 0x1p53);
}

template <class Real>
void element_group<Real>::require_own_dt(double own, double network) const {
  if (!can_make_steps(own, network))
    detail::refuse<std::invalid_argument>(
        {name_, ": expected steps that are a multiple of those of the network, ", network,
         " s, found ", own, " s"});
}

template <class Real>
void element_group<Real>::require_given() const {
  for (int s = 0; s < model_.variables.size(); ++s) {
    ir::role const kind = model_.variables[s].symbol.kind;
    if (kind == ir::role::linked && !linked_[s].given())
      detail::refuse<std::logic_error>(
          {label(s), ": expected to be linked to another variable before a run"});
    if (kind == ir::role::table && given_[s].values.empty() && !is_tabulated(s))
      detail::refuse<std::logic_error>(
          {label(s), ": expected the values of the timed array before a run"});
  }
}

template <class Real>
void element_group<Real>::require_bound(int symbol, double value, std::string_view where) const {
  ir::symbol const& s = model_.variables[symbol].symbol;
  if (s.owner == ir::side::here && !ir::is_within(s.bound, value))
    detail::refuse<std::invalid_argument>(
        {label(symbol), ": expected ", ir::to_text(s.bound), where, ", found ", value});
}

template <class Real>
void element_group<Real>::require_bounds_of(int symbol, Real const* before) const {
  ir::symbol const& s = model_.variables[symbol].symbol;
  Real const* const values = array_[symbol];
  bool const is_free = s.bound == ir::lower_bound::unbounded || s.owner != ir::side::here;
  if (is_free || values == nullptr) return;
  for (extent_t const& e : extents_)
    for (std::size_t place = e.begin; place < e.end; ++place) {
      auto const value = static_cast<double>(values[place]);
      bool const is_old = before != nullptr && values[place] == before[place];
      if (!is_old && !ir::is_within(s.bound, value))
        require_bound(symbol, value,
                      detail::message({" for ", element_word(), " ", numbering()(place)}));
    }
}

template <class Real>
void element_group<Real>::require_bounds() const {
  for (int k = 0; k < model_.variables.size(); ++k) {
    if (ir::is_shared(model_.variables[k].symbol.kind)) require_bound(k, value_[k]);
    require_bounds_of(k, nullptr);
  }
}

/// The exact method takes a timed array as constant over a step, which it must be.
template <class Real>
void element_group<Real>::require_held(double dt) const {
  for (int s = 0; s < model_.variables.size(); ++s) {
    if (!model_.variables[s].held) continue;
    if (!detail::is_multiple(given_[s].dt, dt))
      detail::refuse<std::invalid_argument>(
          {label(s), ": expected values with a step that is a multiple of dt = ", dt,
           " s, which the exact method relies on"});
  }
}

template <class Real>
void element_group<Real>::follow_links() {
  for (int s = 0; s < model_.variables.size(); ++s) {
    if (!linked_[s].given()) continue;
    linked_[s].read_index();
    point(s, linked_[s].array(), linked_[s].where());
  }
}

template <class Real>
void element_group<Real>::find_due_steps(double dt) {
  due_.clear();
  ir::list<double> const named = evaluate_once(model_.tape(model_.named), at(0, 0));
  for (kernel::timing const& t : model_.timings)
    due_.push_back(t.period == ir::none ? due_steps::at(model_.times_of(t), dt, name_)
                                        : due_steps::every(named[t.period], dt, name_));
}

template <class Real>
void element_group<Real>::compute_propagators() {
  for (auto const& p : model_.propagators) compute_propagator(p);
}

/// exp(A dt), once for the group or for each of its elements.
template <class Real>
void element_group<Real>::compute_propagator(kernel::propagator const& of) {
  constexpr std::size_t share = 256;
  std::size_t const elements = of.per_element ? extents_.back().end : 1;
  auto const chunks = static_cast<std::int64_t>((elements + share - 1) / share);
  ir::tape_view const matrix = model_.tape(of.matrix);
  ir::span<int const> const coefficients = model_.coefficients_of(of);
  run_.for_each("nernst::propagate", chunks, [&](std::int64_t chunk) {
    ir::interpreter<environment<Real>> entries(matrix);
    ir::list<double> a(matrix.results.size());
    environment<Real> here = at(0, 0);
    std::size_t const first = static_cast<std::size_t>(chunk) * share;
    std::size_t const last = std::min(first + share, elements);
    for (here.element = first; here.element < last; ++here.element) {
      if (!is_element(here.element)) continue;
      entries(here, a);
      require_finite(of, a, here.element);
      for (double& x : a) x *= dt_;
      ir::list<double> const p = integrate::matrix_exponential<double>(a, of.order);
      for (int c = 0; c < coefficients.size(); ++c) {
        if (coefficients[c] == ir::none) continue;
        int const s = coefficients[c];
        if (of.per_element)
          array_[s][here.element] = static_cast<Real>(p[c]);
        else
          value_[s] = p[c];
      }
    }
  });
}

template <class Real>
void element_group<Real>::require_finite(kernel::propagator const& of,
                                         ir::span<double const> matrix, std::size_t element) const {
  for (int k = 0; k < matrix.size(); ++k) {
    if (std::isfinite(matrix[k])) continue;
    int const equation = model_.states_of(of)[k / of.order];
    std::string const where =
        of.per_element ? detail::message({" for ", element_word(), " ", numbering()(element)}) : "";
    refuse_coefficients(equation, "exact", matrix[k], where);
  }
}

template <class Real>
void element_group<Real>::refuse_coefficients(int state, std::string_view method, double found,
                                              std::string_view where) const {
  detail::refuse<std::invalid_argument>({name_,
                                         ": expected finite coefficients of the equation of '",
                                         model_.variables[model_.shown(state)].symbol.id.view(),
                                         "' (method ", method, "), found ", found, where});
}

// ---- in a step

template <class Real>
detail::kernel_arguments<Real>
element_group<Real>::arguments(kernel::step_context const& now) const {
  detail::kernel_arguments<Real> a{kernel_array_.data(), scalar_.data(), now, {}};
  a.now.step = counted(now.step) - first_step_;
  a.around.values = const_cast<double*>(value_.data());
  a.around.links = kernel_link_.data();
  a.around.tables = table_.data();
  a.around.inversions = inversion_table_.data();
  a.around.ends = ends_;
  a.around.elsewhere = elsewhere_;
  a.around.numbers = numbers_;
  a.around.open = open_.data();
  a.around.scales = scale_.empty() ? nullptr : scale_.data();
  a.around.updates = now.step - first_scaled_;
  a.beside = beside_.get();
  return a;
}

template <class Real>
void element_group<Real>::execute(int kernel, int partition, kernel::step_context const& now) {
  kernel::scheduled_kernel const& k = model_.kernels[kernel];
  detail::kernel_launch<Real> const& launch = launches_[kernel];
  constexpr std::uint32_t nobody = 0xFFFFFFFF;
  if (k.for_all) return launch.visit(arguments(now), nullptr, nobody, 1);
  detail::kernel_arguments<Real> const here = arguments(now, partition);
  bool const one_by_one = launch.sweep == nullptr;
  auto const first = static_cast<std::uint32_t>(begin(partition));
  auto const last = static_cast<std::uint32_t>(end(partition));
  if (one_by_one) return launch.visit(here, nullptr, first, last - first);
  launch.sweep(here, first, last, nullptr);
}

template <class Real>
bool element_group<Real>::is_due(int kernel, std::int64_t step) const {
  kernel::scheduled_kernel const& k = model_.kernels[kernel];
  return k.when_executed != kernel::trigger::timed || due_[k.which](step / stride_);
}

// ---- what is known

template <class Real>
Real* element_group<Real>::array(std::string_view id) const {
  int const s = model_.find(id);
  return s == ir::none ? nullptr : array_[s];
}

template <class Real>
void element_group<Real>::link(int symbol, linkage<Real> to) {
  linked_[symbol] = std::move(to);
  link_[symbol] = linked_[symbol].where();
  array_[symbol] = linked_[symbol].array();
}

template <class Real>
bool element_group<Real>::is_linked_to(element_group const& other) const {
  for (linkage<Real> const& to : linked_)
    if (to.given() && &to.source() == &other) return true;
  return false;
}

template <class Real>
void element_group<Real>::give(int symbol, given_table values) {
  given_[symbol] = std::move(values);
  table_[symbol] = given_[symbol].at_steps_of(dt_);
}

template <class Real>
scope<Real> element_group<Real>::view() const {
  scope<Real> s;
  s.arrays = array_.data();
  s.values = value_.data();
  s.links = link_.data();
  s.tables = table_.data();
  s.spikes = spikes();
  s.count = size_;
  return s;
}

template <class Real>
environment<Real> element_group<Real>::at(double time, std::int64_t step) const {
  environment<Real> e;
  e.leaves = leaves_.data();
  e.functions = model_.functions;
  e.of(ir::side::here) = view();
  if (!model_.of_synapses) e.of(ir::side::here).element_at = numbers_;
  e.numbers = numbers_;
  e.time = time;
  e.dt = dt_;
  e.step = counted(step);
  e.first_step = first_step_;
  e.settled = step - 1;
  return e;
}

template <class Real>
std::size_t element_group<Real>::memory_bytes() const {
  std::size_t bytes = 0;
  for (auto const& a : storage_) bytes += a.memory_bytes();
  return bytes;
}

}  // namespace nernst::engine
