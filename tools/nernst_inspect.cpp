// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// nernst-inspect: what Nernst derives from a model in Brian's equation language.
#include <nernst/inspection/dot.hpp>
#include <nernst/inspection/json.hpp>
#include <nernst/inspection/text.hpp>
#include <nernst/kernel/derive.hpp>

#include "model_file.hpp"
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

namespace ir = nernst::ir;
namespace kernel = nernst::kernel;
namespace inspection = nernst::inspection;

constexpr char const* usage = R"(usage: nernst-inspect FILE [options]

Prints what Nernst derives from the neuron or synapse model in FILE ('-' is the standard input):
equations, variables, methods, and the statements, costs, reads and writes of every kernel.

  --json                 as JSON
  --dot                  the expression graph in the language of Graphviz
  --threshold CONDITION  instead of what FILE says; likewise
  --reset STATEMENTS
  --refractory TIME_OR_CONDITION
  --method NAME
  --constant NAME=VALUE  beside those in FILE
  --source FILE          the neurons before and after a synapse
  --target FILE

A file has lines of equations, and lines such as
  threshold: v > -50*mV
  constant: tau = 20*ms

Exit status: 0, 1 if the model has a mistake, 2 if the command has one.
)";

struct command {
  std::string file, source, target;
  enum { text, json, dot } form = text;
  std::vector<model_file::clause> clauses;
};

[[noreturn]] void refuse(std::string const& what) {
  std::cerr << "nernst-inspect: " << what << "\n\n" << usage;
  std::exit(2);
}

command read_command(int argc, char** argv) {
  command c;
  for (int k = 1; k < argc; ++k) {
    std::string const option = argv[k];
    auto value = [&] {
      if (++k == argc) refuse(option + " needs a value");
      return std::string(argv[k]);
    };
    if (option == "--help" || option == "-h") {
      std::cout << usage;
      std::exit(0);
    }
    if (option == "--json")
      c.form = command::json;
    else if (option == "--dot")
      c.form = command::dot;
    else if (option == "--source")
      c.source = value();
    else if (option == "--target")
      c.target = value();
    else if (option == "--threshold" || option == "--reset" || option == "--refractory" ||
             option == "--method" || option == "--constant")
      c.clauses.push_back({option.substr(2), {}, value(), 0, 1});
    else if (option.size() > 1 && option[0] == '-')
      refuse("unknown option " + option);
    else if (c.file.empty())
      c.file = option;
    else
      refuse("more than one file");
  }
  if (c.file.empty()) refuse("no file");
  return c;
}

model_file::document read_file(std::string const& path) {
  std::ifstream file;
  if (path != "-") {
    file.open(path, std::ios::binary);
    if (!file) {
      std::cerr << "nernst-inspect: cannot read " << path << '\n';
      std::exit(2);
    }
  }
  std::istream& in = path == "-" ? std::cin : file;
  return model_file::split(std::string(std::istreambuf_iterator<char>(in), {}));
}

/// Clauses of the command come behind the lines of the file, and replace those of the same kind.
model_file::document with_options(model_file::document d,
                                  std::vector<model_file::clause>& options) {
  int line = d.lines + 1;
  for (auto& option : options) {
    if (option.key != "constant")
      std::erase_if(d.clauses,
                    [&](auto const& c) { return c.key == option.key && c.name.empty(); });
    option.line = line;
    line += 1 + static_cast<int>(std::ranges::count(option.value, '\n'));
    d.clauses.push_back(option);
  }
  return d;
}

/// FILE:LINE:COLUMN: what is wrong. Places behind the end of the file are those of options.
int say(ir::diagnosis d, std::string const& file, std::vector<model_file::clause> const& options) {
  std::string place = file == "-" ? "standard input" : file;
  int line = d.line;
  for (auto const& option : options) {
    if (d.line < option.line) break;
    place = "--" + option.key;
    line = d.line - option.line + 1;
  }
  if (line > 0) place += ":" + std::to_string(line) + ":" + std::to_string(d.column);
  d.line = 0;
  std::cerr << place << ": " << ir::to_text(d).view() << '\n';
  return 1;
}

void print(ir::model const& written, kernel::compiled_model const& compiled, command const& c) {
  if (c.form == command::dot)
    std::cout << inspection::to_dot(compiled);
  else if (c.form == command::json)
    std::cout << inspection::to_json(inspection::describe(written, compiled));
  else
    std::cout << inspection::to_text(inspection::describe(written, compiled));
}

/// The variables of a neuron, for the synapses that name them.
ir::list<ir::symbol> variables_of(std::string const& path) {
  if (path.empty()) return {};
  auto const file = read_file(path);
  model_file::reader const r(file);
  ir::model const m = r.neuron();
  if (!m.mistake.ok()) std::exit(say(m.mistake, path, {}));
  ir::list<ir::symbol> all = m.symbols;
  if (m.has_refractory())
    for (ir::role const kind : {ir::role::not_refractory, ir::role::last_spike})
      all.push_back(ir::builtin(kind));
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  command c = read_command(argc, argv);
  auto const file = read_file(c.file);
  model_file::reader const r(with_options(file, c.clauses));
  auto finish = [&](ir::model const& written, kernel::compiled_model const& compiled) {
    if (!compiled.is_valid()) return say(r.located(compiled.mistake), c.file, c.clauses);
    print(written, compiled, c);
    return 0;
  };
  if (file.is_synapse()) {
    auto const target = variables_of(c.target),
               source = c.source.empty() ? target : variables_of(c.source);
    ir::model const m = r.synapse(source, target);
    return finish(m, kernel::derive(m).view());
  }
  ir::model const m = r.neuron();
  return finish(m, kernel::derive(m).view());
}
