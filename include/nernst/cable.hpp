// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/cell_group.hpp>
#include <nernst/cable/cell_record.hpp>
#include <nernst/cable/cells.hpp>
#include <nernst/cable/compartment_model.hpp>
#include <nernst/cable/flow_group.hpp>
#include <nernst/cable/ion_group.hpp>
#include <nernst/cable/longitudinal_diffusion.hpp>
#include <nernst/cable/make_cells.hpp>
#include <nernst/cable/mechanism_group.hpp>
#include <nernst/cable/potential_group.hpp>
#include <nernst/cable/spatial_neuron.hpp>
#include <nernst/cable/written_links.hpp>
#include <nernst/morphology.hpp>
