// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/description.hpp>
#include <nernst/inspection/dot.hpp>
#include <nernst/inspection/json.hpp>
#include <nernst/inspection/report.hpp>
#include <nernst/inspection/text.hpp>
