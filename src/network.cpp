// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/archive-inl.hpp>
#include <nernst/engine/bitmap_rows-inl.hpp>
#include <nernst/engine/bound_expression-inl.hpp>
#include <nernst/engine/clock-inl.hpp>
#include <nernst/engine/due_steps-inl.hpp>
#include <nernst/engine/element_group-inl.hpp>
#include <nernst/engine/element_set-inl.hpp>
#include <nernst/engine/given_spikes-inl.hpp>
#include <nernst/engine/interrupt-inl.hpp>
#include <nernst/engine/inversion-inl.hpp>
#include <nernst/engine/linkage-inl.hpp>
#include <nernst/engine/listed_synapses-inl.hpp>
#include <nernst/engine/lost_equation-inl.hpp>
#include <nernst/engine/outline-inl.hpp>
#include <nernst/engine/pathway-inl.hpp>
#include <nernst/engine/pathway_delivery-inl.hpp>
#include <nernst/engine/population_base-inl.hpp>
#include <nernst/engine/projection_base-inl.hpp>
#include <nernst/engine/projection_ends-inl.hpp>
#include <nernst/engine/projection_sums-inl.hpp>
#include <nernst/engine/projection_traces-inl.hpp>
#include <nernst/engine/record_store-inl.hpp>
#include <nernst/engine/row_starts-inl.hpp>
#include <nernst/engine/scaled_states-inl.hpp>
#include <nernst/engine/schedule-inl.hpp>
#include <nernst/engine/spike_log-inl.hpp>
#include <nernst/engine/spike_source-inl.hpp>
#include <nernst/engine/state_pass-inl.hpp>
#include <nernst/engine/synapse_delays-inl.hpp>
#include <nernst/engine/synapse_rows-inl.hpp>
#include <nernst/engine/synapse_rows_listed-inl.hpp>
#include <nernst/engine/synapse_rows_made-inl.hpp>
#include <nernst/engine/team_size-inl.hpp>
#include <nernst/engine/value_table-inl.hpp>
#include <nernst/ir/evaluate_block-inl.hpp>
#include <nernst/kernel/draw_blocks-inl.hpp>
#include <nernst/network/memory-inl.hpp>
#include <nernst/network/network_base-inl.hpp>
#include <nernst/network/population_slice-inl.hpp>
#include <nernst/network/profile-inl.hpp>
#include <nernst/network/record-inl.hpp>
#include <nernst/network/record/new_record-inl.hpp>
#include <nernst/network/record/rate_curve-inl.hpp>
#include <nernst/network/record/rate_record-inl.hpp>
#include <nernst/network/record/spike_record-inl.hpp>
#include <nernst/network/record/spike_sampler-inl.hpp>
#include <nernst/network/record/state_record-inl.hpp>
#include <nernst/network/report-inl.hpp>
#include <nernst/network/runs-inl.hpp>
#include <nernst/network/snapshot-inl.hpp>
#include <nernst/network/store-inl.hpp>
#include <nernst/network/structure-inl.hpp>
#include <nernst/refuse-inl.hpp>

#define NERNST_REAL(Real)                                                                          \
  template class linkage<Real>;                                                                    \
  template class engine::element_group<Real>;                                                      \
  template class engine::pathway<Real>;                                                            \
  template class population_base<Real>;                                                            \
  template class projection_base<Real>;                                                            \
  template class network_base<Real>;                                                               \
  template class state_record<Real>;                                                               \
  template class engine::named_value<Real>;                                                        \
  template ir::symbol detail::variable_of(engine::element_group<Real> const&, std::string_view);   \
  template detail::population_slice<Real> detail::slice_of(detail::population_slice<Real> const&,  \
                                                           std::int64_t, std::int64_t);            \
  template detail::population_slice<Real> detail::set_of(detail::population_slice<Real> const&,    \
                                                         std::vector<std::int64_t> const&);        \
  template void detail::set_active(detail::population_slice<Real> const&, bool);                   \
  template void detail::link_variable(detail::population_slice<Real> const&, std::string_view,     \
                                      detail::population_slice<Real> const&, std::string_view,     \
                                      std::vector<std::int32_t>, int);                             \
  template void detail::link_by_list(detail::population_slice<Real> const&, std::string_view,      \
                                     detail::population_slice<Real> const&, std::string_view,      \
                                     std::vector<std::int32_t> const&);                            \
  template void detail::link_by_variable(detail::population_slice<Real> const&, std::string_view,  \
                                         detail::population_slice<Real> const&, std::string_view,  \
                                         std::string_view);

namespace nernst {
NERNST_REAL(float)
NERNST_REAL(double)
}  // namespace nernst
