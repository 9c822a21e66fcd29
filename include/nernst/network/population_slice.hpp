// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/population_base.hpp>

namespace nernst::detail {

/// What populations and projections need of their network.
struct network_state {
  double dt = 0;
  std::uint64_t seed = 0;
  double time = 0;
  std::int64_t step = 0;
  std::uint64_t assignments = 0;
};

/// Some elements of a group, by number. \throws std::logic_error, wherever it is used, once their
/// network is no longer there.
template <class Real>
struct group_slice {
  handle<engine::element_group<Real>> all;
  network_state* state;
  element_set set;

  /// All synapses, of which there may be more than sets count.
  static group_slice whole(handle<engine::element_group<Real>> const& all, network_state* state) {
    constexpr std::size_t most = 0xFFFF'FFFF;
    return {all, state, {0, static_cast<std::uint32_t>(std::min(all->size(), most))}};
  }
  std::size_t size() const { return set.span() == 0xFFFF'FFFF ? all->size() : set.size(); }
  network_state& network() const {
    static_cast<void>(*all);
    return *state;
  }
};

/// Some neurons of a population. \throws std::logic_error, wherever it is used, once their network
/// is no longer there.
template <class Real>
struct population_slice {
  handle<population_base<Real>> all;
  network_state* state;
  element_set set;

  std::uint32_t size() const { return set.size(); }
  network_state& network() const {
    static_cast<void>(*all);
    return *state;
  }
  group_slice<Real> elements() const { return {all->group_handle(), state, set}; }
};

/// What can be read of elements under a name: see `is_known`. \throws std::invalid_argument
template <class Real>
ir::symbol variable_of(engine::element_group<Real> const& elements, std::string_view id);

/// Links a variable of a population with a variable of other neurons: see `population::link`.
/// `reader` is the symbol of an integer variable here that has the indices, or `none`.
template <class Real>
void link_variable(population_slice<Real> const& here, std::string_view linked,
                   population_slice<Real> const& there, std::string_view source,
                   std::vector<std::int32_t> index, int reader = ir::none);
/// The same with indices, and with those in an integer variable of this population.
template <class Real>
void link_by_list(population_slice<Real> const& here, std::string_view linked,
                  population_slice<Real> const& there, std::string_view source,
                  std::vector<std::int32_t> const& index);
template <class Real>
void link_by_variable(population_slice<Real> const& here, std::string_view linked,
                      population_slice<Real> const& there, std::string_view source,
                      std::string_view index);

/// \throws std::invalid_argument unless these are all elements, which "make" or "are" something
/// only together.
template <class Real>
void require_whole(engine::element_group<Real> const& all, element_set const& found,
                   char const* together);
/// \throws std::invalid_argument unless these are all neurons of their population.
template <class Real>
void set_active(population_slice<Real> const& of, bool active);

/// The neurons [begin, end) of some. \throws std::out_of_range
template <class Real>
population_slice<Real> slice_of(population_slice<Real> const& all, std::int64_t begin,
                                std::int64_t end);
/// Those with these numbers. \throws std::out_of_range, and std::invalid_argument where they do not
/// ascend.
template <class Real>
population_slice<Real> set_of(population_slice<Real> const& all,
                              std::vector<std::int64_t> const& numbers);

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/network/population_slice-inl.hpp>
#endif
