// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

// Shapes of neurons and their compartments: what of `cable/` needs no Kokkos.
#include <nernst/cable/branch.hpp>
#include <nernst/cable/cell_layout.hpp>
#include <nernst/cable/chains.hpp>
#include <nernst/cable/compartments.hpp>
#include <nernst/cable/diffusion_tree.hpp>
#include <nernst/cable/discretisation.hpp>
#include <nernst/cable/division.hpp>
#include <nernst/cable/elimination.hpp>
#include <nernst/cable/field.hpp>
#include <nernst/cable/line_source.hpp>
#include <nernst/cable/morphology.hpp>
#include <nernst/cable/part.hpp>
#include <nernst/cable/places.hpp>
#include <nernst/cable/region.hpp>
#include <nernst/cable/shape_file.hpp>
#include <nernst/cable/solve.hpp>
#include <nernst/cable/solve_chains.hpp>
#include <nernst/cable/solve_diffusion.hpp>
#include <nernst/cable/stretch.hpp>
#include <nernst/cable/swc.hpp>
#include <nernst/cable/swc_samples.hpp>
