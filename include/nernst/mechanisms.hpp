// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/mechanisms/calcium.hpp>
#include <nernst/mechanisms/concentrations.hpp>
#include <nernst/mechanisms/electrodes.hpp>
#include <nernst/mechanisms/exp2_synapse.hpp>
#include <nernst/mechanisms/exp_synapse.hpp>
#include <nernst/mechanisms/gap_junction.hpp>
#include <nernst/mechanisms/hh.hpp>
#include <nernst/mechanisms/ih.hpp>
#include <nernst/mechanisms/nmda_synapse.hpp>
#include <nernst/mechanisms/passive.hpp>
#include <nernst/mechanisms/potassium.hpp>
#include <nernst/mechanisms/sodium.hpp>
#include <nernst/mechanisms/stochastic_hh.hpp>
