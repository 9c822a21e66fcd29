// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/inspection/description-inl.hpp>
#include <nernst/inspection/dot-inl.hpp>
#include <nernst/inspection/identifiers-inl.hpp>
#include <nernst/inspection/json-inl.hpp>
#include <nernst/inspection/kernel_listing-inl.hpp>
#include <nernst/inspection/kernel_names-inl.hpp>
#include <nernst/inspection/replay-inl.hpp>
#include <nernst/inspection/run_listing-inl.hpp>
#include <nernst/inspection/statements-inl.hpp>
#include <nernst/inspection/text-inl.hpp>
#include <nernst/io/file-inl.hpp>
#include <nernst/io/npy-inl.hpp>
