// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/element_group.hpp>
#include <nernst/engine/executor.hpp>
#include <nernst/engine/pathway.hpp>
#include <nernst/engine/population_base.hpp>
#include <nernst/engine/projection_base.hpp>
#include <nernst/engine/runtime.hpp>
#include <nernst/engine/schedule.hpp>
#include <nernst/engine/step_loop.hpp>
