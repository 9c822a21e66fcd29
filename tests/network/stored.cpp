// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Simulates 300 ms and writes what came out to a folder: stored whole FOLDER. Or stores after 100
// ms, goes on and is killed: stored begin FOLDER; and ends in another process: stored end FOLDER.
// stored interrupt FOLDER gets Ctrl-C twice within a step, of which it dies.
// stored.cmake runs it with several numbers of threads and compares the files.
#include "stored_network.hpp"
#include <csignal>

using namespace nernst::dsl;

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::string const part = argv[1], folder = argv[2], file = folder + "/state.nernst";
  nernst::runtime const runtime(argc, argv);
  stored::network<> n;
  if (part == "whole") n.net.run(300 * ms);
  if (part == "begin") {
    n.net.run(100 * ms);
    n.net.store(file);
    n.net.run(50 * ms);
    std::raise(SIGKILL);
  }
  if (part == "interrupt") {
    n.net.every(1 * ms, [] {
      std::raise(SIGINT);
      std::raise(SIGINT);
    });
    n.net.run(10 * ms);
  }
  if (part == "end") {
    n.net.restore(file);
    n.net.run(200 * ms);
  }
  n.save(folder);
  return n.spikes.count() > 500 && n.more.count() > 100 && n.events.count() > 500 ? 0 : 1;
}
