// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian.hpp>
#include <nernst/inspection.hpp>
#include <nernst/io.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>
