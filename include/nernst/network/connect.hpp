// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_list.hpp>
#include <nernst/network/connect/all_to_all.hpp>
#include <nernst/network/connect/blocks.hpp>
#include <nernst/network/connect/csr.hpp>
#include <nernst/network/connect/edges_from.hpp>
#include <nernst/network/connect/fixed_in_degree.hpp>
#include <nernst/network/connect/fixed_out_degree.hpp>
#include <nernst/network/connect/fixed_probability.hpp>
#include <nernst/network/connect/fixed_total_number.hpp>
#include <nernst/network/connect/generator.hpp>
#include <nernst/network/connect/one_to_one.hpp>
#include <nernst/network/connect/pairs.hpp>
#include <nernst/network/connect/pairwise_poisson.hpp>
#include <nernst/network/connect/rule.hpp>
#include <nernst/network/connect/where.hpp>
