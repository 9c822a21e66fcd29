// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/calculation.hpp>
#include <nernst/nmodl/checked.hpp>
#include <nernst/nmodl/construct.hpp>
#include <nernst/nmodl/contents.hpp>
#include <nernst/nmodl/cursor.hpp>
#include <nernst/nmodl/declarations.hpp>
#include <nernst/nmodl/examine.hpp>
#include <nernst/nmodl/execution.hpp>
#include <nernst/nmodl/expression.hpp>
#include <nernst/nmodl/finding.hpp>
#include <nernst/nmodl/finding_as_error.hpp>
#include <nernst/nmodl/interface_unit.hpp>
#include <nernst/nmodl/keyword.hpp>
#include <nernst/nmodl/kinetics.hpp>
#include <nernst/nmodl/letters.hpp>
#include <nernst/nmodl/library_function.hpp>
#include <nernst/nmodl/linear_system.hpp>
#include <nernst/nmodl/lower.hpp>
#include <nernst/nmodl/meaning.hpp>
#include <nernst/nmodl/mechanism.hpp>
#include <nernst/nmodl/parse.hpp>
#include <nernst/nmodl/parts_of_step.hpp>
#include <nernst/nmodl/reactions.hpp>
#include <nernst/nmodl/slots.hpp>
#include <nernst/nmodl/solution.hpp>
#include <nernst/nmodl/solve_survey.hpp>
#include <nernst/nmodl/statements.hpp>
#include <nernst/nmodl/survey.hpp>
#include <nernst/nmodl/symbolic.hpp>
#include <nernst/nmodl/syntax.hpp>
#include <nernst/nmodl/unit_factors.hpp>
#include <nernst/nmodl/unit_names.hpp>
#include <nernst/nmodl/unit_table.hpp>
#include <nernst/nmodl/verbatim.hpp>
