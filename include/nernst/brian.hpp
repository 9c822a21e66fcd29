// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/builtin.hpp>
#include <nernst/brian/clauses.hpp>
#include <nernst/brian/equations.hpp>
#include <nernst/brian/expression.hpp>
#include <nernst/brian/lower.hpp>
#include <nernst/brian/model.hpp>
#include <nernst/brian/names.hpp>
#include <nernst/brian/number.hpp>
#include <nernst/brian/parse.hpp>
#include <nernst/brian/reader.hpp>
#include <nernst/brian/statements.hpp>
#include <nernst/brian/tokens.hpp>
#include <nernst/brian/unit_names.hpp>
