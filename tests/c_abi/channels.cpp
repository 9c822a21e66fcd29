// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/c_abi/export.hpp>
#include <nernst/mechanisms.hpp>

#include "mechanisms.hpp"

NERNST_EXPORT_MECHANISM(nernst::mechanisms::hh, hh)
NERNST_EXPORT_MECHANISM(nernst::mechanisms::tabulated_hh, tabulated_hh)
NERNST_EXPORT_MECHANISM(nernst::mechanisms::stochastic_hh, stochastic_hh)
NERNST_EXPORT_MECHANISM(nernst::mechanisms::passive, passive)
NERNST_EXPORT_MECHANISM(nernst::mechanisms::exp2_synapse, exp2_synapse)
NERNST_EXPORT_MECHANISM(nernst::mechanisms::gap_junction, gap_junction)
NERNST_EXPORT_MECHANISM(test::depressing_synapse, depressing_synapse)
NERNST_EXPORT_MECHANISM(test::buffer, buffer)
NERNST_EXPORT_MECHANISM(test::slow_potassium, slow_potassium)
