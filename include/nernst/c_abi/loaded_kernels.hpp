// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/c_abi/loaded_model.hpp>
#include <nernst/cable/mechanism_group.hpp>
#include <nernst/engine/projection_base.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

namespace nernst::c_abi::detail {

/// A mechanism of a library, as long as the program runs.
struct loaded_mechanism {
  std::string path;
  nernst_mechanism const& of;
  kernel::derivation own, of_connections;
  kernel::compiled_model model, connection_model;
  std::vector<nernst::detail::kernel_launch<double>> launches, connection_launches;

  loaded_mechanism(std::string from, nernst_mechanism const& m)
      : path(std::move(from)), of(m), own(model_maker(m).mechanism()),
        of_connections(model_maker(m).connections()), model(own.view()),
        connection_model(of_connections.view()) {}
  loaded_mechanism(loaded_mechanism const&) = delete;

  /// "hh (lib/libhh.so)".
  std::string label() const { return nernst::detail::message({of.name, " (", path, ")"}); }
  /// The symbol of a variable that can be given a value. \throws std::invalid_argument
  int settable(std::string_view id) const {
    std::string known;
    for (int s = 0; s < model.variables.size(); ++s) {
      ir::symbol const& v = model.variables[s].symbol;
      if (!ir::is_stored(v.kind) && !ir::is_shared(v.kind)) continue;
      if (v.id == id) return s;
      known += (known.empty() ? "" : ", ") + std::string(v.id.view());
    }
    nernst::detail::refuse<std::invalid_argument>(
        {label(), ": expected one of the variables ", known, ", found '", id, "'"});
  }
  void require_unit(int symbol, ir::dimension found) const {
    ir::symbol const& s = model.variables[symbol].symbol;
    if (!(found == s.unit))
      nernst::detail::refuse<std::invalid_argument>(
          {nernst::detail::label(label(), s.id), ": expected a value in ",
           ir::to_text(s.unit).view(), ", found one in ", ir::to_text(found).view()});
  }
  void require_placed(ir::placement as) const {
    constexpr std::string_view expected[] = {
        "a density mechanism, which `paint` spreads, found a point mechanism",
        "a point mechanism, which `place` takes, found a density mechanism"};
    if (model.placed != as)
      nernst::detail::refuse<std::invalid_argument>(
          {label(), ": expected ", expected[as == ir::placement::density ? 0 : 1]});
  }
};

/// Elements of such a mechanism in a network: what its functions need beside arrays.
struct loaded_elements {
  loaded_mechanism const& mechanism;
  std::vector<double> work;
  std::vector<std::int32_t> zeros;  ///< where all are linked to one value
  double* const* arrays = nullptr;  ///< by symbol
  double* values = nullptr;         ///< by symbol: shared ones
  double dt = 0;

  explicit loaded_elements(loaded_mechanism const& m) : mechanism(m), work(m.of.work_size) {}
};

/// What a function of a library is called with.
class call {
 public:
  call(loaded_elements& of, std::uint32_t begin, std::uint32_t end,
       kernel::step_context const& now) {
    elements_.begin = begin;
    elements_.end = end;
    elements_.variables = variables_;
    elements_.linked = linked_;
    elements_.work = of.work.data();
    elements_.dt = of.dt;
    elements_.time = now.time;
    elements_.seed = now.key.seed;
    elements_.object = now.key.object;
    elements_.step = now.key.step;
    kernel::compiled_model const& model = of.mechanism.model;
    for (int s = 0; s < model.variables.size(); ++s) {
      variables_[s] = model.variables[s].array == ir::none ? of.values + s : of.arrays[s];
      linked_[s] = nullptr;
    }
  }
  call(call const&) = delete;

  /// As kernels find the arrays.
  void find(loaded_elements const& of, nernst::detail::kernel_arguments<double> const& a) {
    kernel::compiled_model const& model = of.mechanism.model;
    for (int s = 0; s < model.variables.size(); ++s) {
      int const array = model.variables[s].array;
      if (array == ir::none) continue;
      variables_[s] = a.arrays[array];
      if (model.variables[s].symbol.kind == ir::role::linked) link(of, s, a.around.links[array]);
    }
  }
  void link(loaded_elements const& of, int symbol, kernel::link const& to) {
    linked_[symbol] = to.value != nullptr ? of.zeros.data() : to.index;
    if (to.value != nullptr) variables_[symbol] = const_cast<double*>(to.value);
  }
  nernst_elements& elements() { return elements_; }

 private:
  double* variables_[most_variables];
  std::int32_t const* linked_[most_variables];
  nernst_elements elements_{};
};

/// Called before each run.
inline void prepare(engine::element_group<double>& group, void* beside) {
  loaded_elements& of = *static_cast<loaded_elements*>(beside);
  auto const& there = static_cast<cable::mechanism_group<double> const&>(group);
  kernel::compiled_model const& model = of.mechanism.model;
  of.dt = group.dt();
  of.arrays = group.arrays().data();
  of.values = group.values().data();
  of.zeros.resize(group.end(group.partitions() - 1));
  for (int p = 0; p < group.partitions(); ++p) {
    call with(of, there.begin(p), there.end(p), {});
    with.elements().compartment = there.where().compartment_place().data();
    for (int s = 0; s < model.variables.size(); ++s)
      if (model.variables[s].symbol.kind == ir::role::linked)
        with.link(of, s, group.linked()[s].where());
    if (of.mechanism.of.prepare(&with.elements()) != NERNST_OK)
      nernst::detail::refuse<std::invalid_argument>(
          {group.name(), ", ", of.mechanism.label(), ": ", of.mechanism.of.message()});
  }
}

/// A function over elements. It has been prepared for these arrays and this dt, so it does not
/// fail.
template <nernst_status (*nernst_mechanism::*Function)(nernst_elements const*)>
std::uint32_t* sweep(nernst::detail::kernel_arguments<double> const& a, std::uint32_t begin,
                     std::uint32_t end, std::uint32_t* fired) {
  loaded_elements& of = *static_cast<loaded_elements*>(a.beside);
  call with(of, begin, end, a.now);
  with.find(of, a);
  static_cast<void>((of.mechanism.of.*Function)(&with.elements()));
  return fired;
}
template <std::uint32_t Ion>
std::uint32_t* sweep_ion(nernst::detail::kernel_arguments<double> const& a, std::uint32_t begin,
                         std::uint32_t end, std::uint32_t* fired) {
  loaded_elements& of = *static_cast<loaded_elements*>(a.beside);
  call with(of, begin, end, a.now);
  with.find(of, a);
  static_cast<void>(of.mechanism.of.ion_currents(&with.elements(), Ion));
  return fired;
}

/// What connections find: their arrays, and the elements that their spikes act on.
class spike_call {
 public:
  spike_call(nernst::detail::kernel_arguments<double> const& a)
      : of_(*static_cast<loaded_elements*>(a.beside)), with_(of_, 0, 0, a.now), a_(a) {
    spikes_.variables = variables_;
  }
  /// Spikes at `count` elements by the connections from `first` on, or by those of a list.
  void act(std::uint32_t const* element, std::uint32_t const* list, std::uint32_t first,
           std::uint32_t count) {
    spikes_.element = element;
    spikes_.connection = list;
    spikes_.count = count;
    auto const own = static_cast<int>(of_.mechanism.of.connection_variable_count);
    for (int k = 0; k < own; ++k)
      variables_[k] = a_.arrays[of_.mechanism.connection_model.variables[k].array] +
                      (list == nullptr ? first : 0);
    static_cast<void>(of_.mechanism.of.on_spike(&with_.elements(), &spikes_));
  }

 private:
  loaded_elements& of_;
  call with_;
  nernst::detail::kernel_arguments<double> const& a_;
  double* variables_[most_variables];
  nernst_spikes spikes_{};
};

/// Connections of a list, or from `first` on: where spikes have been under way.
inline void visit(nernst::detail::kernel_arguments<double> const& a, std::uint32_t const* list,
                  std::uint32_t first, std::uint32_t count) {
  auto const& model = static_cast<loaded_elements*>(a.beside)->mechanism.connection_model;
  std::int32_t const* index = nullptr;
  for (kernel::variable const& v : model.variables)
    if (v.symbol.owner == ir::side::post) index = a.around.links[v.array].index;
  spike_call with(a);
  for (std::uint32_t k = 0; k < count; ++k) {
    std::uint32_t const connection = list != nullptr ? list[k] : first + k;
    auto const element = index == nullptr ? 0U : static_cast<std::uint32_t>(index[connection]);
    with.act(&element, &connection, 0, 1);
  }
}

template <class Index>
void deliver(engine::arrival<double> const& a) {
  nernst::detail::kernel_arguments<double> const here = a.all.arguments(a.now, a.partition);
  spike_call with(here);
  synapse_rows const& rows = a.all.rows();
  Index const* const target = rows.template targets<Index>();
  auto const p = static_cast<std::uint32_t>(a.partition);
  std::uint32_t const first = rows.bounds()[p];
  constexpr std::uint32_t room = 256;
  std::uint32_t element[room];
  for (engine::reached_row const& row : a.rows) {
    auto const last = static_cast<std::uint32_t>(row.last);
    for (auto k = static_cast<std::uint32_t>(row.first); k < last;) {
      std::uint32_t const count = std::min(room, last - k);
      for (std::uint32_t n = 0; n < count; ++n) element[n] = first + target[k + n];
      with.act(element, nullptr, k, count);
      k += count;
    }
  }
}
inline void deliver_spikes(engine::arrival<double> const& a) {
  a.all.rows().narrow() ? deliver<std::uint16_t>(a) : deliver<std::uint32_t>(a);
}

}  // namespace nernst::c_abi::detail
