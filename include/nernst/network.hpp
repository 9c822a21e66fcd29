// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/affinity.hpp>
#include <nernst/network/assign.hpp>
#include <nernst/network/barrier.hpp>
#include <nernst/network/bound_expression.hpp>
#include <nernst/network/clock.hpp>
#include <nernst/network/connect.hpp>
#include <nernst/network/due_steps.hpp>
#include <nernst/network/environment.hpp>
#include <nernst/network/for_each.hpp>
#include <nernst/network/link.hpp>
#include <nernst/network/memory.hpp>
#include <nernst/network/network.hpp>
#include <nernst/network/neurons.hpp>
#include <nernst/network/neurons_of.hpp>
#include <nernst/network/population.hpp>
#include <nernst/network/projection.hpp>
#include <nernst/network/record.hpp>
#include <nernst/network/report.hpp>
#include <nernst/network/runtime.hpp>
#include <nernst/network/spike_log.hpp>
#include <nernst/network/step_loop.hpp>
#include <nernst/network/step_plan.hpp>
#include <nernst/network/synapse_rows.hpp>
#include <nernst/network/synapses.hpp>
#include <nernst/network/team.hpp>
#include <nernst/network/timed_values.hpp>
#include <nernst/network/values.hpp>
