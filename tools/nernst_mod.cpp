// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// nernst-mod: what .mod files contain, what is wrong with them, and how much of a folder is
// understood.
#include <nernst/nmodl/lower.hpp>
#include <nernst/nmodl/strict_units.hpp>

#include "mod_description.hpp"
#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

namespace {

namespace nmodl = nernst::nmodl;
namespace fs = std::filesystem;

constexpr char const* usage = R"(usage: nernst-mod FILE_OR_FOLDER... [options]

Reads .mod files, and those in folders. Of a file it prints what it contains, of a folder how many
files need which stage of the language (docs/mod_files.md). What is wrong, or not supported, is said
as FILE:LINE:COLUMN.

  --files           of a folder: a line for each file
  --describe        of a folder: what each file contains
  --include FOLDER  where included files are, beside the folder of the file
  --legacy-units    physical constants as in NEURON before version 8
  --no-warnings
  --strict-units    warns where units do not fit, as NEURON's modlunit

Exit status: 0, 1 if a file has a mistake or something that is not supported, 2 if the command has
a mistake.
)";

struct command {
  std::vector<fs::path> paths, include;
  bool lists_files = false, describes = false, warns = true, checks_units = false;
  nmodl::constants values = nmodl::constants::codata_2018;
};

[[noreturn]] void refuse(std::string const& what) {
  std::cerr << "nernst-mod: " << what << "\n\n" << usage;
  std::exit(2);
}

command read_command(int argc, char** argv) {
  command c;
  for (int k = 1; k < argc; ++k) {
    std::string const option = argv[k];
    if (option == "--help" || option == "-h") {
      std::cout << usage;
      std::exit(0);
    }
    if (option == "--files") {
      c.lists_files = true;
    } else if (option == "--describe") {
      c.describes = true;
    } else if (option == "--no-warnings") {
      c.warns = false;
    } else if (option == "--strict-units") {
      c.checks_units = true;
    } else if (option == "--legacy-units") {
      c.values = nmodl::constants::legacy;
    } else if (option == "--include") {
      if (++k == argc) refuse("--include needs a folder");
      c.include.emplace_back(argv[k]);
    } else if (option.size() > 1 && option[0] == '-') {
      refuse("unknown option " + option);
    } else {
      c.paths.emplace_back(option);
    }
  }
  if (c.paths.empty()) refuse("no file");
  return c;
}

std::string read_text(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || fs::is_directory(path)) refuse("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The texts that a file needs, which stay where they are.
class texts {
 public:
  texts(fs::path const& path, std::vector<fs::path> const& folders) : folders_(folders) {
    folders_.insert(folders_.begin(), path.parent_path());
    file = {keep(path.string()), keep(read_text(path))};
    include_of(file.text);
  }

  nmodl::source file;
  std::vector<nmodl::source> included;

 private:
  std::string_view keep(std::string text) { return kept_.emplace_back(std::move(text)); }

  /// Reads what stands behind INCLUDE. What cannot be found is told by the parser.
  void include_of(std::string_view text) {
    nernst::ir::name_table names;
    auto const tokens = nernst::text::scan(text, names, nmodl::letters);
    for (auto const* t = tokens.data(); t->kind != nernst::text::token_kind::end; ++t)
      if (t->kind == nernst::text::token_kind::name && names[t->name] == "INCLUDE" &&
          t[1].kind == nernst::text::token_kind::quoted)
        include(text.substr(static_cast<std::size_t>(t[1].at) + 1,
                            static_cast<std::size_t>(t[1].size) - 2));
  }
  void include(std::string_view name) {
    for (nmodl::source const& s : included)
      if (s.name == name) return;
    for (fs::path const& folder : folders_) {
      if (!fs::is_regular_file(folder / name)) continue;
      std::string_view const text = keep(read_text(folder / name));
      included.push_back({name, text});
      return include_of(text);
    }
  }

  std::vector<fs::path> folders_;
  std::deque<std::string> kept_;
};

/// How many files of each kind need which stage.
class coverage {
 public:
  void count(nmodl::syntax const& s, nmodl::contents const& c) {
    if (!s.ok()) {
      ++unreadable_;
      return;
    }
    row& r = rows_[static_cast<int>(c.kind)];
    ++r.files;
    ++(c.has_mistake() ? r.mistakes : r.stages[static_cast<int>(c.needs)]);
    for (nmodl::use const& u : c.uses) ++uses_[static_cast<int>(u.what)];
  }

  /// A file of these stages, and whether it becomes a mechanism.
  void count(nmodl::contents const& c, bool is_mechanism) {
    if (is_mechanism) ++mechanisms_[static_cast<int>(c.kind)];
  }

  void print(std::ostream& out) const {
    out << "             files   core     V1            V2            V3            refused  "
           "mistakes\n";
    row all;
    for (int k = 0; k < kinds; ++k) {
      print(out, to_text(static_cast<nmodl::mechanism_kind>(k)), rows_[k]);
      all += rows_[k];
    }
    print(out, "all", all);
    out << "mechanisms: " << mechanisms_[0] << " density, " << mechanisms_[1] << " point, "
        << mechanisms_[2] << " artificial\n";
    if (unreadable_ > 0) out << "cannot be read: " << unreadable_ << '\n';
    print_refusals(out);
  }

 private:
  static constexpr int kinds = 4, stages = 5;
  struct row {
    int files = 0, mistakes = 0;
    int stages[coverage::stages] = {};
    row& operator+=(row const& r) {
      files += r.files;
      mistakes += r.mistakes;
      for (int k = 0; k < coverage::stages; ++k) stages[k] += r.stages[k];
      return *this;
    }
  };

  static std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
  }
  /// A number of files, and how many per cent they are together with those before.
  static std::string share(int number, int so_far, int all) {
    int const tenths = (1000 * so_far + all / 2) / all;
    return padded(std::to_string(number), 5) + std::to_string(tenths / 10) + "." +
           std::to_string(tenths % 10) + " %";
  }
  static void print(std::ostream& out, std::string_view name, row const& r) {
    if (r.files == 0) return;
    out << padded(std::string(name), 13) << padded(std::to_string(r.files), 8);
    int so_far = 0;
    for (int k = 0; k + 1 < stages; ++k) {
      so_far += r.stages[k];
      out << padded(share(r.stages[k], so_far, r.files), 14);
    }
    out << padded(std::to_string(r.stages[stages - 1]), 9) << r.mistakes << '\n';
  }
  void print_refusals(std::ostream& out) const {
    std::string all;
    for (nmodl::construct_row const& r : nmodl::constructs) {
      int const uses = uses_[static_cast<int>(r.what)];
      if (r.needs != nmodl::stage::refused || uses == 0) continue;
      all += (all.empty() ? "" : "; ") + std::string(r.name) + " " + std::to_string(uses);
    }
    if (!all.empty()) out << "not supported, in how many files: " << all << '\n';
  }

  row rows_[kinds];
  int uses_[nmodl::construct_count] = {};
  int unreadable_ = 0;
  int mechanisms_[kinds] = {};
};

enum class manner { file, in_folder };

/// Reads one file and prints what there is to print; tells whether all is well.
bool read_file(fs::path const& path, command const& c, manner how, coverage& counts) {
  texts const all(path, c.include);
  nmodl::syntax s = nmodl::parse(all.file, all.included);
  nmodl::contents found = nmodl::examine(s, c.values);
  if (c.checks_units) nmodl::check_units(s, found);
  counts.count(s, found);
  bool is_fine = s.ok() && !found.has_mistake() && found.needs != nmodl::stage::refused;
  if (!s.ok()) std::cerr << to_text(s.mistake).view() << '\n';
  for (nmodl::finding const& f : found.findings)
    if (c.warns || f.weight != nmodl::grade::warning)
      std::cerr << to_text(s.located(f)).view() << '\n';
  if (!s.ok()) return false;
  nmodl::lowered lowered;
  if (is_fine) {
    lowered = nmodl::lower(s, found);
    is_fine = lowered.found.what.ok();
    if (!is_fine) std::cerr << to_text(lowered.found).view() << '\n';
    counts.count(found, is_fine);
  }
  if (how == manner::file || c.describes)
    std::cout << mod_description::describe(s, found) << mod_description::fixed(s, found)
              << (is_fine ? mod_description::derived(lowered.model) : "");
  else if (c.lists_files)
    std::cout << mod_description::headline(s, found) << '\n';
  return is_fine;
}

/// The .mod files of a folder, sorted.
std::vector<fs::path> files_in(fs::path const& folder) {
  std::vector<fs::path> all;
  for (auto const& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().extension() == ".mod" &&
        !entry.path().filename().string().starts_with("._"))  // of macOS, no text
      all.push_back(entry.path());
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  command const c = read_command(argc, argv);
  bool is_fine = true;
  for (fs::path const& path : c.paths) {
    coverage counts;
    if (!fs::is_directory(path)) {
      is_fine = read_file(path, c, manner::file, counts) && is_fine;
      continue;
    }
    std::vector<fs::path> const files = files_in(path);
    if (files.empty()) refuse("no .mod file in " + path.string());
    for (fs::path const& file : files)
      is_fine = read_file(file, c, manner::in_folder, counts) && is_fine;
    counts.print(std::cout);
  }
  return is_fine ? 0 : 1;
}
