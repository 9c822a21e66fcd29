// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/cable/arbor_reading-inl.hpp>
#include <nernst/cable/branch-inl.hpp>
#include <nernst/cable/brian_reading-inl.hpp>
#include <nernst/cable/cell_layout-inl.hpp>
#include <nernst/cable/chains-inl.hpp>
#include <nernst/cable/compartments-inl.hpp>
#include <nernst/cable/diffusion_tree-inl.hpp>
#include <nernst/cable/discretisation-inl.hpp>
#include <nernst/cable/division-inl.hpp>
#include <nernst/cable/elimination-inl.hpp>
#include <nernst/cable/field-inl.hpp>
#include <nernst/cable/joined_cells-inl.hpp>
#include <nernst/cable/line_source-inl.hpp>
#include <nernst/cable/morphology-inl.hpp>
#include <nernst/cable/neuron_reading-inl.hpp>
#include <nernst/cable/part-inl.hpp>
#include <nernst/cable/places-inl.hpp>
#include <nernst/cable/region-inl.hpp>
#include <nernst/cable/shape_file-inl.hpp>
#include <nernst/cable/stretch-inl.hpp>
#include <nernst/cable/swc-inl.hpp>
#include <nernst/cable/swc_samples-inl.hpp>
