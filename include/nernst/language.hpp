// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/boost_units.hpp>
#include <nernst/language/constants.hpp>
#include <nernst/language/equation.hpp>
#include <nernst/language/event.hpp>
#include <nernst/language/expression.hpp>
#include <nernst/language/function.hpp>
#include <nernst/language/functions.hpp>
#include <nernst/language/lower.hpp>
#include <nernst/language/mechanism.hpp>
#include <nernst/language/method.hpp>
#include <nernst/language/model.hpp>
#include <nernst/language/operators.hpp>
#include <nernst/language/pathway.hpp>
#include <nernst/language/subexpression.hpp>
#include <nernst/language/summed.hpp>
#include <nernst/language/timed_array.hpp>
#include <nernst/language/units.hpp>
#include <nernst/language/variable.hpp>
#include <nernst/language/written_expression.hpp>

/// What a model is written with: `using namespace nernst::dsl`.
namespace nernst::dsl {
using namespace nernst::language;
using ir::functions;
using ir::quantity;
}  // namespace nernst::dsl
