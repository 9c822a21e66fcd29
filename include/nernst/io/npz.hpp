// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/field.hpp>

/// NumPy's files of several arrays: an archive (zip, not compressed) of .npy files.
namespace nernst::io {

namespace detail {
/// The checksum of zip files, CRC-32, of some bytes behind those with the checksum `sum`.
std::uint32_t checksum(std::uint32_t sum, void const* data, std::size_t bytes);
}  // namespace detail

/// Writes each field as an array under its name, and `units`, a record with the unit of each:
/// `numpy.load(path)["units"]["v"]` is "V". The file appears whole or not at all.
/// \throws std::runtime_error when it cannot be written.
void write_npz(std::string const& path, std::vector<field> const& members);

}  // namespace nernst::io

#if NERNST_HEADER_ONLY
#include <nernst/io/npz-inl.hpp>
#endif
