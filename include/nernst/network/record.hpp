// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/record/rate_record.hpp>
#include <nernst/network/record/spike_record.hpp>
#include <nernst/network/record/state_record.hpp>
