// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/c_abi/mechanism.h>
#include <nernst/ir/connection.hpp>
#include <nernst/ir/units.hpp>
#include <nernst/kernel/access.hpp>
#include <nernst/kernel/compiled.hpp>
#include <nernst/kernel/mechanism_currents.hpp>

#include <array>

namespace nernst::c_abi::detail {

/// Only the concentrations that a mechanism writes, by its states.
template <class Mechanism>
struct written_concentrations {
  using own_method = void;
  using functions = typename kernel::detail::written<Mechanism>::functions;
  static constexpr ir::placement placed = Mechanism::model.placed;

  friend constexpr ir::model lower(written_concentrations const&) {
    ir::model m = lower(Mechanism::model);
    ir::list<ir::assignment> concentrations;
    for (ir::assignment const& s : m.written)
      if (m.at(s.symbol).kind == ir::role::local) concentrations.push_back(s);
    m.written = concentrations;
    m.equations = {};
    m.currents = {};
    m.initial = {};
    m.on_spike = {};
    m.with_update = {};
    m.with_currents = {};
    return m;
  }
};
template <class Mechanism>
struct concentration_writer {
  static constexpr written_concentrations<Mechanism> model{};
};
/// What the spikes of a connection do, all of whose variables are its own: nobody knows the others
/// of its source.
template <class Mechanism>
struct written_connection {
  using functions = typename kernel::detail::written<Mechanism>::functions;

  friend constexpr ir::model lower(written_connection const&, ir::span<ir::symbol const>,
                                   ir::span<ir::symbol const>) {
    ir::model m = ir::connection_to(lower(Mechanism::model));
    m.per_synapse = true;
    return m;
  }
};
template <class Mechanism>
struct connection_model {
  static constexpr written_connection<Mechanism> model{};
};
template <class Mechanism>
using connection = kernel::between<connection_model<Mechanism>, Mechanism, Mechanism>;

/// The bit of the function of the C interface that a kernel belongs to.
constexpr std::uint32_t function_of(kernel::trigger when) {
  switch (when) {
  case kernel::trigger::initialise:
    return NERNST_INITIALISE;
  case kernel::trigger::current:
    return NERNST_CURRENTS;
  case kernel::trigger::ion_current:
    return NERNST_ION_CURRENTS;
  case kernel::trigger::update:
    return NERNST_ADVANCE;
  case kernel::trigger::pathway:
    return NERNST_ON_SPIKE;
  case kernel::trigger::held:
    return NERNST_BEGIN_STEP;
  default:
    return 0;
  }
}

constexpr nernst_kind kind_of(kernel::variable const& v, bool of_connection) {
  switch (v.symbol.kind) {
  case ir::role::parameter:
    return NERNST_PARAMETER;
  case ir::role::coefficient:
    return NERNST_COEFFICIENT;
  case ir::role::shared:
    return NERNST_SHARED;
  case ir::role::local:
    return NERNST_COMPARTMENT;
  case ir::role::linked:
    return NERNST_LINKED;
  default:
    return of_connection ? NERNST_CONNECTION : NERNST_STATE;
  }
}

/// What stands for a variable of a compiled model in the C interface: these are its own that have
/// an array or are shared.
constexpr bool is_exported(kernel::variable const& v) {
  bool const is_own = v.symbol.owner == ir::side::here && !ir::is_scale(v.symbol.kind);
  return is_own && (v.array != ir::none || v.symbol.kind == ir::role::shared);
}
constexpr int count_exported(kernel::compiled_model const& m) {
  int count = 0;
  for (kernel::variable const& v : m.variables) count += is_exported(v) ? 1 : 0;
  return count;
}
/// The caller's number of a variable, or none.
constexpr int number_of(kernel::compiled_model const& m, ir::string_view id) {
  int number = 0;
  for (kernel::variable const& v : m.variables) {
    if (!is_exported(v)) continue;
    if (v.symbol.id == id) return number;
    ++number;
  }
  return ir::none;
}

/// Whether what is computed once per run depends on a variable.
constexpr bool is_read_once(kernel::compiled_model const& m, int symbol) {
  ir::span<ir::node const> const all = m.operations;
  for (ir::node const& n : all)
    if (n.code == ir::op::symbol && n.which == symbol) return true;
  return false;
}
constexpr std::uint32_t readers_of(kernel::compiled_model const& m, int symbol) {
  std::uint32_t bits = is_read_once(m, symbol) ? std::uint32_t{NERNST_PREPARE} : 0;
  for (kernel::scheduled_kernel const& k : m.kernels)
    if (kernel::reads(m, k, symbol)) bits |= function_of(k.when_executed);
  return bits;
}
constexpr std::uint32_t writers_of(kernel::compiled_model const& m, int symbol) {
  bool const is_coefficient = m.variables[symbol].symbol.kind == ir::role::coefficient;
  std::uint32_t bits = is_coefficient ? std::uint32_t{NERNST_PREPARE} : 0;
  for (kernel::scheduled_kernel const& k : m.kernels)
    if (kernel::writes(m, k, symbol)) bits |= function_of(k.when_executed);
  return bits;
}

/// The variables of a compiled model as the C interface tells of them.
template <class Model, bool OfConnection = false>
struct exported_variables {
  static constexpr kernel::compiled_model const& model = kernel::compiled<Model>::value;
  static constexpr int count = count_exported(model);
  static constexpr std::size_t room = count > 0 ? static_cast<std::size_t>(count) : 1;

  static constexpr std::array<ir::phrase, room> units = [] {
    std::array<ir::phrase, room> all{};
    std::size_t next = 0;
    for (kernel::variable const& v : model.variables)
      if (is_exported(v)) all[next++] = ir::to_text(v.symbol.unit);
    return all;
  }();
  /// Of each symbol: its number, or none.
  static constexpr auto number = [] {
    std::array<int, static_cast<std::size_t>(model.variables.size() + 1)> all{};
    int next = 0;
    for (int s = 0; s < model.variables.size(); ++s)
      all[static_cast<std::size_t>(s)] = is_exported(model.variables[s]) ? next++ : ir::none;
    return all;
  }();
  static constexpr std::array<nernst_variable, room> table = [] {
    std::array<nernst_variable, room> all{};
    std::size_t next = 0;
    for (int s = 0; s < model.variables.size(); ++s) {
      kernel::variable const& v = model.variables[s];
      if (!is_exported(v)) continue;
      nernst_variable& x = all[next];
      x.name = v.symbol.id.data;
      x.unit = units[next++].data;
      for (int k = 0; k < ir::dimension::bases; ++k) {
        x.numerator[k] = static_cast<std::int8_t>(v.symbol.unit.exponent(k).numerator);
        x.denominator[k] = static_cast<std::uint8_t>(v.symbol.unit.exponent(k).denominator);
      }
      x.kind = kind_of(v, OfConnection);
      x.initial = v.symbol.initial;
      x.read_by = readers_of(model, s);
      x.written_by = writers_of(model, s);
    }
    return all;
  }();
};

/// The number among the variables of `Mechanism` of each array of another model that belongs to
/// it: one that writes concentrations, or connections, whose own arrays have none.
template <class Model, class Mechanism>
struct arrays_of {
  static constexpr kernel::compiled_model const& model = kernel::compiled<Model>::value;
  static constexpr std::size_t count = static_cast<std::size_t>(model.arrays);
  static constexpr auto number = [] {
    std::array<int, count + 1> all{};
    all.fill(ir::none);
    for (kernel::variable const& v : model.variables) {
      bool const is_of_mechanism = !model.of_synapses || v.symbol.owner == ir::side::post;
      if (v.array != ir::none && is_of_mechanism)
        all[static_cast<std::size_t>(v.array)] =
            number_of(kernel::compiled<Mechanism>::value, v.symbol.id);
    }
    return all;
  }();
  /// Of each array: its place among a connection's own variables, or none.
  static constexpr auto own = [] {
    std::array<int, count + 1> all{};
    all.fill(ir::none);
    for (kernel::variable const& v : model.variables)
      if (v.array != ir::none && is_exported(v))
        all[static_cast<std::size_t>(v.array)] = number_of(model, v.symbol.id);
    return all;
  }();
  /// Of each symbol: the number among the variables of the mechanism, or none.
  static constexpr auto of_symbol = [] {
    std::array<int, static_cast<std::size_t>(model.variables.size() + 1)> all{};
    for (int s = 0; s < model.variables.size(); ++s)
      all[static_cast<std::size_t>(s)] =
          number_of(kernel::compiled<Mechanism>::value, model.variables[s].symbol.id);
    return all;
  }();
};

/// The variables of a mechanism, with what connections and the writing of concentrations read and
/// write.
template <class Mechanism>
constexpr auto variables_with_users(kernel::compiled_model const& connections,
                                    kernel::compiled_model const& writer) {
  auto all = exported_variables<Mechanism>::table;
  kernel::compiled_model const& own = kernel::compiled<Mechanism>::value;
  for (int s = 0; s < connections.variables.size(); ++s) {
    ir::symbol const& v = connections.variables[s].symbol;
    int const n = v.owner == ir::side::post ? number_of(own, v.id) : ir::none;
    if (n == ir::none) continue;
    all[static_cast<std::size_t>(n)].read_by |= readers_of(connections, s);
    all[static_cast<std::size_t>(n)].written_by |= writers_of(connections, s);
  }
  for (int s = 0; s < writer.variables.size(); ++s) {
    int const n = number_of(own, writer.variables[s].symbol.id);
    if (n == ir::none) continue;
    auto const renamed = [](std::uint32_t bits) {
      return (bits & ~std::uint32_t{NERNST_ADVANCE}) |
             ((bits & NERNST_ADVANCE) != 0 ? std::uint32_t{NERNST_WRITE_IONS} : 0);
    };
    all[static_cast<std::size_t>(n)].read_by |= renamed(readers_of(writer, s));
    all[static_cast<std::size_t>(n)].written_by |= renamed(writers_of(writer, s));
  }
  return all;
}

}  // namespace nernst::c_abi::detail
