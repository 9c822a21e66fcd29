// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspect/counts.hpp>
#include <nernst/inspect/description.hpp>
#include <nernst/inspect/dot.hpp>
#include <nernst/inspect/identifiers.hpp>
#include <nernst/inspect/json.hpp>
#include <nernst/inspect/json_writer.hpp>
#include <nernst/inspect/kernel_listing.hpp>
#include <nernst/inspect/kernel_names.hpp>
#include <nernst/inspect/nodes.hpp>
#include <nernst/inspect/report.hpp>
#include <nernst/inspect/run_listing.hpp>
#include <nernst/inspect/statements.hpp>
#include <nernst/inspect/text.hpp>
