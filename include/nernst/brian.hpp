// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/clauses.hpp>
#include <nernst/brian/equations.hpp>
#include <nernst/brian/expression.hpp>
#include <nernst/brian/generator.hpp>
#include <nernst/brian/line.hpp>
#include <nernst/brian/lower.hpp>
#include <nernst/brian/membrane.hpp>
#include <nernst/brian/model.hpp>
#include <nernst/brian/parse.hpp>
#include <nernst/brian/reader.hpp>
#include <nernst/brian/statements.hpp>
#include <nernst/brian/unit.hpp>
#include <nernst/brian/vocabulary.hpp>
