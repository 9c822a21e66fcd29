// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/io/csv-inl.hpp>
#include <nernst/io/field-inl.hpp>
#include <nernst/io/file-inl.hpp>
#include <nernst/io/npy-inl.hpp>
#include <nernst/io/spike_file-inl.hpp>
#include <nernst/io/npz-inl.hpp>
#include <nernst/io/table-inl.hpp>
