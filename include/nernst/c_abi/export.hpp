// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/c_abi/exported_kernels.hpp>
#include <nernst/c_abi/run_values.hpp>
#include <nernst/engine/lost_equation.hpp>
#include <nernst/ir/errors.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <initializer_list>

/// Makes a mechanism a function of this library, `nernst_mechanism_<name>`, which gives it as C
/// functions over plain arrays (<nernst/c_abi/mechanism.h>): `NERNST_EXPORT_MECHANISM(mod::hh, hh)`
/// in a source file, outside of namespaces. In CMake `nernst_export_mechanisms` makes libraries.
#define NERNST_EXPORT_MECHANISM(mechanism, name)                                                   \
  extern "C" [[gnu::visibility("default")]] NERNST_MECHANISM(name);                                \
  extern "C" NERNST_MECHANISM(name) {                                                              \
    return nernst::c_abi::exported<mechanism>(#name);                                              \
  }

namespace nernst::c_abi {

namespace detail {

/// The ions whose currents, potentials or concentrations a mechanism names.
constexpr ir::list<ir::identifier> ions_of(kernel::compiled_model const& m) {
  ir::list<ir::identifier> all;
  for (kernel::variable const& v : m.variables) {
    ir::string_view const id = v.symbol.id;
    std::size_t const dot = id.find('.');
    if (v.symbol.kind != ir::role::local || dot == ir::string_view::npos) continue;
    ir::identifier const ion = id.substr(0, dot);
    if (std::ranges::find(all, ion) == all.end()) all.push_back(ion);
  }
  return all;
}

/// Why a mechanism cannot be exported, if it cannot.
constexpr ir::diagnosis misfit(kernel::compiled_model const& m) {
  auto const is_refused = [](ir::string_view what, ir::string_view instead) {
    return ir::diagnosis{ir::mistake::not_supported, what, instead, {}};
  };
  using kernel::trigger;
  if (m.placed == ir::placement::artificial)
    return is_refused("ARTIFICIAL_CELL in the C interface", "a population");
  if (!m.diffusions.empty())
    return is_refused("diffusion in the C interface", "states that stay where they are");
  if (m.own_events.any) return is_refused("own events in the C interface", "on_spike");
  for (kernel::tabulated const& t : m.tables)
    if (t.pieces != ir::none)
      return is_refused("within() in the C interface", "a number of pieces");
  if (m.variables.size() > NERNST_MOST_VARIABLES)
    return is_refused("more than 512 variables", "fewer of them");
  if (ions_of(m).size() > NERNST_MOST_IONS) return is_refused("more than 16 ions", "fewer of them");
  bool const fires = m.kernels[m.find(trigger::update)].spike != ir::none;
  if (fires || m.has(trigger::threshold) || m.has_refractory())
    return is_refused("a threshold in the C interface", "cells.detect");
  if (m.has(trigger::check) || m.has(trigger::timed))
    return is_refused("an event in the C interface", "equations and on_spike");
  if (m.has(trigger::attempt))
    return is_refused("adaptive steps in the C interface", "a method with fixed steps");
  if (!m.distributions.empty())
    return is_refused("poisson() in the C interface", "uniform() and randn()");
  for (kernel::scheduled_kernel const& k : m.kernels)
    if (k.for_all) return is_refused("shared states in the C interface", "a state per element");
  for (int s = 0; s < m.variables.size(); ++s)
    for (kernel::scheduled_kernel const& k : m.kernels)
      if (m.variables[s].symbol.kind == ir::role::linked && kernel::writes(m, k, s))
        return is_refused("a written link in the C interface", "let the other one read this");
  for (kernel::variable const& v : m.variables) {
    bool is_made = v.symbol.kind != ir::role::table;
    for (kernel::tabulated const& t : m.tables)
      is_made = is_made || m.variables[t.table].symbol.id == v.symbol.id;
    if (!is_made) return is_refused("timed arrays in the C interface", "parameters");
    if (v.symbol.kind == ir::role::count)
      return is_refused("N in the C interface", "a shared variable");
  }
  return {};
}
/// The same of what its spikes do.
constexpr ir::diagnosis misfit_of_spikes(kernel::compiled_model const& m) {
  for (kernel::scheduled_kernel const& k : m.kernels)
    for (kernel::instruction const& s : m.code(k)) {
      bool const is_beside = s.from == kernel::origin::neighbour || s.from == kernel::origin::index;
      if (ir::is_random(s.code) || is_beside)
        return {ir::mistake::not_supported, "uniform() or i in a C on_spike", "variables", {}};
    }
  for (kernel::variable const& v : m.variables)
    if (v.symbol.kind == ir::role::local)
      return {ir::mistake::not_supported, v.symbol.id.view(), "it outside of on_spike(...)", {}};
  return {};
}

/// What was wrong in the last call of a thread.
inline thread_local char last_message[256] = "";
inline nernst_status fail(nernst_status what, std::initializer_list<ir::string_view> parts) {
  std::size_t size = 0;
  for (ir::string_view const part : parts)
    for (char const c : part)
      if (size + 1 < sizeof last_message) last_message[size++] = c;
  last_message[size] = '\0';
  return what;
}
inline char const* message() {
  return last_message;
}

/// The functions of the C interface for a mechanism.
template <class Mechanism>
class exported_mechanism {
  static constexpr kernel::compiled_model const& model = kernel::compiled<Mechanism>::value;
  static constexpr bool is_point = model.placed == ir::placement::point;
  using writer = concentration_writer<Mechanism>;
  using pathway = exported_pathway<Mechanism>;

  static constexpr bool is_active(kernel::trigger when) {
    int const k = model.find(when);
    return k != ir::none && !model.kernels[k].is_empty();
  }
  /// A model without anything, for what a mechanism has not got.
  static constexpr kernel::compiled_model nothing{};
  static constexpr kernel::compiled_model const& connections = []() -> auto const& {
    if constexpr (is_point)
      return kernel::compiled<connection<Mechanism>>::value;
    else
      return nothing;
  }();
  static constexpr bool writes_ions = [] {
    for (kernel::variable const& v : model.variables) {
      ir::string_view const id = v.symbol.id;
      bool const is_ion = id.ends_with(".inside") || id.ends_with(".outside");
      bool const is_local = v.symbol.kind == ir::role::local;
      if (is_ion && is_local &&
          kernel::writes(model, model.kernels[model.find(kernel::trigger::update)], model.find(id)))
        return true;
    }
    return false;
  }();
  static constexpr kernel::compiled_model const& written = []() -> auto const& {
    if constexpr (writes_ions)
      return kernel::compiled<writer>::value;
    else
      return nothing;
  }();

  static constexpr auto variables = variables_with_users<Mechanism>(connections, written);

  /// The parts of `work`: the dt that it was made for; scalars, tables; scalars for writing
  /// concentrations, and of connections.
  static constexpr int tables_at = 1 + model.scalars.results.count;
  static constexpr int written_at = [] {
    int at = tables_at;
    for (kernel::tabulated const& t : model.tables) at += t.count + 1;
    return at;
  }();
  static constexpr int connections_at = written_at + written.scalars.results.count;
  static constexpr int work_size = connections_at + connections.scalars.results.count;

  static constexpr auto ion_count = static_cast<std::uint32_t>(ions_of(model).size());
  static constexpr auto ion_names = [] {
    std::array<ir::identifier, ion_count> all{};
    std::ranges::copy(ions_of(model), all.begin());
    return all;
  }();
  static constexpr auto ions = [] {
    std::array<nernst_ion, ion_count> all{};
    for (std::size_t k = 0; k < ion_count; ++k) {
      auto const number = [&](ir::string_view what) {
        ir::identifier id = ion_names[k];
        id += what;
        return number_of(model, id);
      };
      all[k] = {.name = ion_names[k].data,
                .reversal = number(".reversal"),
                .inside = number(".inside"),
                .outside = number(".outside"),
                .current = number(".current"),
                .conductance = number(".conductance")};
    }
    return all;
  }();

  static nernst_status require(nernst_elements const& e, std::uint32_t function) {
    if (e.begin > e.end) return fail(NERNST_BAD_ARGUMENT, {"expected begin <= end"});
    for (std::size_t k = 0; k < static_cast<std::size_t>(exported_variables<Mechanism>::count); ++k)
      if (((variables[k].read_by | variables[k].written_by) & function) != 0 &&
          e.variables[k] == nullptr)
        return fail(NERNST_MISSING_ARRAY,
                    {"expected an array for the variable '", variables[k].name, "', found NULL"});
    if (e.work == nullptr)
      return fail(NERNST_MISSING_ARRAY, {"expected an array `work`, found NULL"});
    bool const is_prepared = function == NERNST_PREPARE || e.work[0] == e.dt;
    if (!is_prepared)
      return fail(NERNST_NOT_PREPARED, {"expected a call of `prepare` with this dt before"});
    return NERNST_OK;
  }
  static prepared found(nernst_elements const& e) { return {e.work + 1, e.work + tables_at}; }

  static nernst_status prepare(nernst_elements const* of) {
    nernst_elements const& e = *of;
    if (!(e.dt > 0)) return fail(NERNST_BAD_ARGUMENT, {"expected dt > 0"});
    nernst_status const status = require(e, NERNST_PREPARE);
    if (status != NERNST_OK) return status;
    try {
      run_values values(model, exported_variables<Mechanism>::number.data(), e);
      values.fill_tables(e.work + tables_at);
      unusable_equation lost = values.propagate();
      if (lost.symbol == ir::none) {
        ir::list<double> const scalars = values.scalars();
        std::copy(scalars.begin(), scalars.end(), e.work + 1);
        lost.symbol = engine::find_lost_equation(model, scalars).state;
      }
      if (lost.symbol != ir::none)
        return fail(NERNST_NOT_FINITE, {"expected finite coefficients of the equation of '",
                                        model.variables[model.shown(lost.symbol)].symbol.id, "'"});
      prepare_others(e);
    } catch (std::exception const& x) {
      return fail(NERNST_FAILURE, {x.what()});
    }
    e.work[0] = e.dt;
    return NERNST_OK;
  }
  static void prepare_others(nernst_elements const& e) {
    if constexpr (writes_ions) {
      run_values const values(written, arrays_of<writer, Mechanism>::of_symbol.data(), e);
      ir::list<double> const scalars = values.scalars();
      std::copy(scalars.begin(), scalars.end(), e.work + written_at);
    }
    if constexpr (is_point) {
      using arrays = arrays_of<connection<Mechanism>, Mechanism>;
      run_values const values(connections, arrays::of_symbol.data(), e);
      ir::list<double> const scalars = values.scalars();
      std::copy(scalars.begin(), scalars.end(), e.work + connections_at);
    }
  }

  template <kernel::trigger When>
  static nernst_status act(nernst_elements const* of) {
    nernst_status const status = require(*of, function_of(When));
    if (status == NERNST_OK)
      exported_kernel<Mechanism, model.find(When), Mechanism>::sweep(*of, found(*of));
    return status;
  }
  template <int Kernel>
  static void hold(nernst_elements const& e) {
    if constexpr (Kernel < model.kernels.size()) {
      if constexpr (model.kernels[Kernel].when_executed == kernel::trigger::held)
        exported_kernel<Mechanism, Kernel, Mechanism>::sweep(e, found(e));
      hold<Kernel + 1>(e);
    }
  }
  static nernst_status begin_step(nernst_elements const* of) {
    nernst_status const status = require(*of, NERNST_BEGIN_STEP);
    if (status == NERNST_OK) hold<0>(*of);
    return status;
  }
  static nernst_status write_ions(nernst_elements const* of) {
    nernst_status const status = require(*of, NERNST_WRITE_IONS);
    if constexpr (writes_ions)
      if (status == NERNST_OK)
        exported_kernel<writer, written.find(kernel::trigger::update), Mechanism>::sweep(
            *of, {of->work + written_at, nullptr});
    return status;
  }
  template <int Kernel>
  static bool add_current(nernst_elements const& e, ir::string_view ion) {
    if constexpr (Kernel < model.kernels.size()) {
      if constexpr (model.kernels[Kernel].when_executed == kernel::trigger::ion_current) {
        constexpr int symbol = kernel::written_by(model, model.kernels[Kernel]);
        if (model.variables[symbol].symbol.id.view().starts_with(ion) &&
            model.variables[symbol].symbol.id.view()[ion.size()] == '.') {
          exported_kernel<Mechanism, Kernel, Mechanism>::sweep(e, found(e));
          return true;
        }
      }
      return add_current<Kernel + 1>(e, ion);
    } else {
      return false;
    }
  }
  static nernst_status ion_currents(nernst_elements const* of, std::uint32_t ion) {
    if (ion >= ion_count)
      return fail(NERNST_BAD_ARGUMENT, {"expected the number of an ion of the mechanism"});
    nernst_status const status = require(*of, NERNST_ION_CURRENTS);
    if (status == NERNST_OK) add_current<0>(*of, ion_names[ion]);
    return status;
  }
  static nernst_status on_spike(nernst_elements const* of, nernst_spikes const* spikes) {
    nernst_status const status = require(*of, NERNST_ON_SPIKE);
    if (status != NERNST_OK) return status;
    if constexpr (is_point) {
      for (std::size_t k = 0; k < connection_count; ++k)
        if (spikes->variables[k] == nullptr)
          return fail(NERNST_MISSING_ARRAY,
                      {"expected an array for the variable '", connection_table()[k].name,
                       "' of connections, found NULL"});
      pathway::deliver(*of, *spikes, of->work + connections_at);
    }
    return NERNST_OK;
  }
  static constexpr std::size_t connection_count =
      static_cast<std::size_t>(count_exported(connections));
  static constexpr nernst_variable const* connection_table() {
    if constexpr (connection_count > 0)
      return exported_variables<connection<Mechanism>, true>::table.data();
    else
      return nullptr;
  }

  struct finding {
    static constexpr ir::diagnosis get() {
      ir::diagnosis const d = misfit(model);
      return d.ok() && is_point ? misfit_of_spikes(connections) : d;
    }
  };
  static constexpr bool draws = [] {
    for (kernel::instruction const& s : model.instructions)
      if (ir::is_random(s.code) || s.from == kernel::origin::index) return true;
    return false;
  }();
  static constexpr bool has_ion_currents = model.has(kernel::trigger::ion_current);
  static constexpr bool receives = [] {
    int const k = connections.find(kernel::trigger::pathway);
    return k != ir::none && !connections.kernels[k].is_empty();
  }();

 public:
  static constexpr bool valid = [] {
    if constexpr (kernel::compiled<Mechanism>::valid) {
      nernst::detail::report<finding, Mechanism>();
      return finding::get().ok();
    } else {
      return false;
    }
  }();

  static nernst_mechanism description(char const* name) {
    nernst_mechanism m{};
    m.version = NERNST_MECHANISM_VERSION;
    m.name = name;
    m.placement = is_point ? NERNST_POINT : NERNST_DENSITY;
    m.properties = (model.is_steady ? std::uint32_t{NERNST_IS_STEADY} : 0) |
                   (draws ? std::uint32_t{NERNST_NUMBERS_MATTER} : 0) |
                   (model.is_electrode ? std::uint32_t{NERNST_IS_ELECTRODE} : 0);
    m.variable_count = static_cast<std::uint32_t>(exported_variables<Mechanism>::count);
    m.variables = variables.data();
    m.connection_variable_count = static_cast<std::uint32_t>(connection_count);
    m.connection_variables = connection_table();
    m.ion_count = ion_count;
    m.ions = ions.data();
    m.work_size = static_cast<std::uint32_t>(work_size);
    m.voltage = number_of(model, kernel::membrane_voltage);
    m.current = number_of(model, kernel::total_current);
    m.conductance = number_of(model, kernel::total_conductance);
    m.prepare = &prepare;
    if constexpr (is_active(kernel::trigger::initialise))
      m.initialise = &act<kernel::trigger::initialise>;
    if constexpr (is_active(kernel::trigger::held)) m.begin_step = &begin_step;
    if constexpr (is_active(kernel::trigger::current)) m.currents = &act<kernel::trigger::current>;
    if constexpr (has_ion_currents) m.ion_currents = &ion_currents;
    if constexpr (is_active(kernel::trigger::update)) m.advance = &act<kernel::trigger::update>;
    if constexpr (writes_ions) m.write_ions = &write_ions;
    if constexpr (receives) m.on_spike = &on_spike;
    m.message = &message;
    return m;
  }
};

}  // namespace detail

/// A mechanism by the C interface, under a name. \throws nothing.
template <class Mechanism>
nernst_mechanism const* exported(char const* name) {
  if constexpr (detail::exported_mechanism<Mechanism>::valid) {
    static nernst_mechanism const all = detail::exported_mechanism<Mechanism>::description(name);
    return &all;
  } else {
    return nullptr;
  }
}

}  // namespace nernst::c_abi
