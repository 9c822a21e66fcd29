// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/runtime.hpp>
#include <nernst/engine/watch.hpp>
#include <nernst/network/connect.hpp>
#include <nernst/network/memory.hpp>
#include <nernst/network/network.hpp>
#include <nernst/network/population.hpp>
#include <nernst/network/profile.hpp>
#include <nernst/network/projection.hpp>
#include <nernst/network/record.hpp>
#include <nernst/network/report.hpp>
#include <nernst/network/snapshot.hpp>
#include <nernst/network/timed_values.hpp>
#include <nernst/network/values.hpp>
