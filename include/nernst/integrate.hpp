// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/backward_euler.hpp>
#include <nernst/integrate/choose.hpp>
#include <nernst/integrate/elimination.hpp>
#include <nernst/integrate/euler.hpp>
#include <nernst/integrate/exact.hpp>
#include <nernst/integrate/exponential_euler.hpp>
#include <nernst/integrate/exponential_step.hpp>
#include <nernst/integrate/heun.hpp>
#include <nernst/integrate/jacobian.hpp>
#include <nernst/integrate/linear_equations.hpp>
#include <nernst/integrate/matrix_exponential.hpp>
#include <nernst/integrate/methods.hpp>
#include <nernst/integrate/milstein.hpp>
#include <nernst/integrate/plan.hpp>
#include <nernst/integrate/rk2.hpp>
#include <nernst/integrate/rk4.hpp>
#include <nernst/integrate/rk45.hpp>
#include <nernst/integrate/rosenbrock.hpp>
#include <nernst/integrate/scheme.hpp>
#include <nernst/integrate/scheme_text.hpp>
#include <nernst/integrate/stage.hpp>
#include <nernst/integrate/system.hpp>
#include <nernst/integrate/verdict.hpp>
#include <nernst/integrate/wiener_increments.hpp>
