// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/csv.hpp>
#include <nernst/io/npy.hpp>
#include <nernst/io/npz.hpp>
#include <nernst/io/spike_file.hpp>
#include <nernst/io/table.hpp>
