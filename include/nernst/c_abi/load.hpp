// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/c_abi/loaded_kernels.hpp>
#include <nernst/cable/cells.hpp>

#include <dlfcn.h>
#include <map>
#include <stdlib.h>
#include <type_traits>

namespace nernst::c_abi {

/// A variable of a mechanism that was loaded, to be given a value where that is painted or placed.
class variable {
 public:
  variable(detail::loaded_mechanism const& of, int number) : of_(&of), number_(number) {}

  /// \throws std::invalid_argument for a value of another unit.
  template <nernst::detail::Assignable T>
  cable::painted_value operator=(T const& value) const {
    return given(language::flatten(value));
  }
  cable::painted_value operator=(variable const&) const = delete;

 private:
  cable::painted_value given(language::written_expression value) const {
    ir::symbol const& s = of_->model.variables[number_].symbol;
    of_->require_unit(number_, value.unit);
    return {s.id.view(), s.unit, std::move(value)};
  }

  detail::loaded_mechanism const* of_;
  int number_;
};

/// A mechanism of a shared library, which the cells of a network are given like any other:
/// `cells.paint(hh, soma, hh["gnabar"] = 0.1 * siemens / cm2)`. A handle; the library stays loaded
/// until the program ends.
class mechanism {
 public:
  static constexpr bool is_known_at_run_time = true;
  /// Stands for the model of connections to it.
  struct connections {};

  explicit mechanism(detail::loaded_mechanism const& of) : of_(&of) {}

  std::string_view name() const { return of_->of.name; }
  std::string const& path() const { return of_->path; }
  ir::placement placed() const { return of_->model.placed; }
  /// What the library says of it, and its functions.
  nernst_mechanism const& functions() const { return of_->of; }
  kernel::compiled_model const& as_model() const { return of_->model; }

  /// A variable that can be given a value. \throws std::invalid_argument where there is none of
  /// that name.
  variable operator[](std::string_view id) const { return {*of_, of_->settable(id)}; }

  /// What its elements are made from, `placed` by paint or place, with these values. \throws
  /// std::invalid_argument where it is of the other kind, and for values that it cannot have.
  template <class Real>
  engine::group_outline<Real> outline(ir::placement placed,
                                      cable::painted_values const& given) const {
    require_double<Real>();
    of_->require_placed(placed);
    for (cable::painted_value const& one : given)
      of_->require_unit(of_->settable(one.id), one.unit);
    engine::preparation<Real> prepare;
    prepare.follow_links = &engine::element_group<Real>::follow_links;
    prepare.beside = &detail::prepare;
    return {.name = std::string(name()),
            .model = of_->model,
            .launches = of_->launches.data(),
            .constants = {},
            .object = 0,
            .prepare = prepare,
            .beside = std::make_shared<detail::loaded_elements>(*of_)};
  }
  /// What connections to its elements are made from. \throws std::invalid_argument for a mechanism
  /// that takes no spikes.
  template <class Real>
  static projection_outline<Real> connections_to(engine::element_group<Real> const& elements,
                                                 std::string name) {
    require_double<Real>();
    auto const& of = *static_cast<detail::loaded_elements const*>(elements.beside().get());
    if (of.mechanism.of.on_spike == nullptr)
      nernst::detail::refuse<std::invalid_argument>(
          {of.mechanism.label(), ": expected a mechanism on which spikes act, found one without "
                                 "on_spike"});
    projection_outline<Real> all{{.name = std::move(name),
                                  .model = of.mechanism.connection_model,
                                  .launches = of.mechanism.connection_launches.data(),
                                  .constants = {},
                                  .object = 0,
                                  .prepare = {},
                                  .beside = elements.beside()},
                                 &detail::deliver_spikes};
    return all;
  }

 private:
  template <class Real>
  static constexpr void require_double() {
    static_assert(std::is_same_v<Real, double>,
                  "mechanisms of libraries compute in double precision: network<Space, double>");
  }

  detail::loaded_mechanism const* of_;
};

namespace detail {

/// "hh" of "lib/libhh.so".
inline std::string stem_of(std::string_view path) {
  std::size_t const slash = path.rfind('/');
  std::string_view file = slash == std::string_view::npos ? path : path.substr(slash + 1);
  if (file.starts_with("lib")) file.remove_prefix(3);
  return std::string(file.substr(0, file.find('.')));
}
/// The path of a file that is there; others are looked for where the system keeps libraries.
inline std::string found_at(std::string const& path) {
  char* const known = ::realpath(path.c_str(), nullptr);
  std::string const all = known == nullptr ? path : known;
  ::free(known);
  return all;
}

template <std::uint32_t... Ion>
std::uint32_t* (*sweep_of_ion(std::uint32_t ion, std::integer_sequence<std::uint32_t, Ion...>))(
    nernst::detail::kernel_arguments<double> const&, std::uint32_t, std::uint32_t, std::uint32_t*) {
  constexpr decltype(&sweep_ion<0>) all[] = {&sweep_ion<Ion>...};
  return all[ion];
}
inline nernst::detail::kernel_launch<double> launch_of(kernel::scheduled_kernel const& k) {
  using kernel::trigger;
  switch (k.when_executed) {
  case trigger::update:
    return {.sweep = &sweep<&nernst_mechanism::advance>};
  case trigger::held:
    return {.sweep = &sweep<&nernst_mechanism::begin_step>};
  case trigger::initialise:
    return {.sweep = &sweep<&nernst_mechanism::initialise>};
  case trigger::current:
    return {.sweep = &sweep<&nernst_mechanism::currents>};
  case trigger::ion_current:
    return {.sweep = sweep_of_ion(static_cast<std::uint32_t>(k.which),
                                  std::make_integer_sequence<std::uint32_t, most_ions>())};
  case trigger::pathway:
    return {.visit = &visit};
  default:
    return {};
  }
}

[[noreturn]] inline void refuse_library(std::string const& path, std::string_view expected,
                                        std::string_view found) {
  nernst::detail::refuse<std::runtime_error>(
      {"load: ", path, ": expected ", expected, ", found ", found});
}
inline nernst_mechanism const& find_mechanism(std::string const& path, std::string const& name) {
  void* const library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) refuse_library(path, "a shared library", ::dlerror());
  std::string const symbol = "nernst_mechanism_" + name;
  void* const found = ::dlsym(library, symbol.c_str());
  if (found == nullptr)
    refuse_library(path, "the function '" + symbol + "' of a mechanism", "no such function");
  using entry = nernst_mechanism const* (*)();
  nernst_mechanism const& m = *reinterpret_cast<entry>(found)();
  if (m.version != NERNST_MECHANISM_VERSION)
    refuse_library(path,
                   "version " + std::to_string(NERNST_MECHANISM_VERSION) + " of the interface",
                   "version " + std::to_string(m.version));
  bool const is_large = m.variable_count > most_variables ||
                        m.connection_variable_count > most_variables || m.ion_count > most_ions;
  if (is_large) refuse_library(path, "512 variables and 16 ions at most", "more");
  return m;
}
inline loaded_mechanism const& load(std::string const& path, std::string const& name) {
  static std::map<std::string, std::unique_ptr<loaded_mechanism>> loaded;
  std::unique_ptr<loaded_mechanism>& one = loaded[path + '\n' + name];
  if (one == nullptr) {
    one = std::make_unique<loaded_mechanism>(path, find_mechanism(path, name));
    for (kernel::scheduled_kernel const& k : one->model.kernels)
      one->launches.push_back(launch_of(k));
    for (kernel::scheduled_kernel const& k : one->connection_model.kernels)
      one->connection_launches.push_back(launch_of(k));
  }
  return *one;
}

}  // namespace detail

/// The mechanism of a shared library: `load("libhh.so")` has "hh", `load("channels.so", "hh")` one
/// of several. To be called by one thread. \throws std::runtime_error for a file that is no
/// library or is not there, a library without that mechanism, and one for another version of the
/// interface.
inline mechanism load(std::string const& path, std::string name = {}) {
  if (name.empty()) name = detail::stem_of(path);
  return mechanism(detail::load(detail::found_at(path), name));
}

}  // namespace nernst::c_abi
