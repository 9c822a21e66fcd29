// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/branch.hpp>
#include <nernst/cable/cell_group.hpp>
#include <nernst/cable/cell_layout.hpp>
#include <nernst/cable/cell_record.hpp>
#include <nernst/cable/cells.hpp>
#include <nernst/cable/compartment_model.hpp>
#include <nernst/cable/compartments.hpp>
#include <nernst/cable/discretisation.hpp>
#include <nernst/cable/elimination.hpp>
#include <nernst/cable/field.hpp>
#include <nernst/cable/ion_group.hpp>
#include <nernst/cable/line_source.hpp>
#include <nernst/cable/mechanism_group.hpp>
#include <nernst/cable/morphology.hpp>
#include <nernst/cable/part.hpp>
#include <nernst/cable/places.hpp>
#include <nernst/cable/potential_group.hpp>
#include <nernst/cable/region.hpp>
#include <nernst/cable/solve.hpp>
#include <nernst/cable/spatial_neuron.hpp>
#include <nernst/cable/stretch.hpp>
#include <nernst/cable/swc.hpp>
#include <nernst/cable/swc_samples.hpp>
