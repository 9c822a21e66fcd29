// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/choose.hpp>
#include <nernst/integrate/euler.hpp>
#include <nernst/integrate/exact.hpp>
#include <nernst/integrate/exponential_euler.hpp>
#include <nernst/integrate/matrix_exponential.hpp>
#include <nernst/integrate/rk2.hpp>
#include <nernst/integrate/rk4.hpp>
#include <nernst/integrate/system.hpp>
