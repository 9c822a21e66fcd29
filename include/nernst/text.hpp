// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/text/number.hpp>
#include <nernst/text/place.hpp>
#include <nernst/text/python.hpp>
#include <nernst/text/scanner.hpp>
#include <nernst/text/token.hpp>
