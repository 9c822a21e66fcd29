// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/cable/coalesced-inl.hpp>
#include <nernst/engine/connection_list-inl.hpp>
#include <nernst/network/connect/all_to_all-inl.hpp>
#include <nernst/network/connect/blocks-inl.hpp>
#include <nernst/network/connect/bound_formula-inl.hpp>
#include <nernst/network/connect/csr-inl.hpp>
#include <nernst/network/connect/edges_from-inl.hpp>
#include <nernst/network/connect/fixed_in_degree-inl.hpp>
#include <nernst/network/connect/fixed_out_degree-inl.hpp>
#include <nernst/network/connect/fixed_probability-inl.hpp>
#include <nernst/network/connect/fixed_total_number-inl.hpp>
#include <nernst/network/connect/generator-inl.hpp>
#include <nernst/network/connect/independent_trials-inl.hpp>
#include <nernst/network/connect/one_to_one-inl.hpp>
#include <nernst/network/connect/pair_formula-inl.hpp>
#include <nernst/network/connect/pairs-inl.hpp>
#include <nernst/network/connect/pairwise_poisson-inl.hpp>
#include <nernst/network/connect/random_rows-inl.hpp>
#include <nernst/network/connect/row_lists-inl.hpp>
#include <nernst/network/connect/slice_values-inl.hpp>
#include <nernst/network/connect/where-inl.hpp>

namespace nernst::detail {
template element_values values_of(group_slice<float> const&);
template element_values values_of(group_slice<double> const&);
}  // namespace nernst::detail
