// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/npy.hpp>

/// Spike trains from files.
namespace nernst::io {

/// Reads spikes, in any order: a .npy file as `write_spikes` makes it, or a .csv file with a line
/// `t,i` for each (seconds, neuron) behind a first line that names the two, as a record of spikes
/// writes it; further columns do not count. \throws std::runtime_error for a file that cannot be
/// read, naming the line, and std::invalid_argument for another ending.
std::vector<spike> read_spike_file(std::string const& path);

}  // namespace nernst::io

#if NERNST_HEADER_ONLY
#include <nernst/io/spike_file-inl.hpp>
#endif
