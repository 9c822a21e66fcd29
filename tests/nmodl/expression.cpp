// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl/parse.hpp>

#include "catch.hpp"
#include <string>

using namespace nernst;

namespace {
std::string shown(ir::op code) {
  for (text::mark const& m : nmodl::marks)
    if (m.code == code) return std::string(m.text);
  return "?";
}
/// An expression with all its parentheses.
std::string shown(nmodl::syntax const& s, int i) {
  nmodl::node const& n = s.nodes[i];
  std::string const name(s.spelling(n.name));
  switch (n.kind) {
  case nmodl::node_kind::number: {
    std::string const unit = n.b == ir::none ? "" : "(" + std::string(s.unit_text(n.b)) + ")";
    return n.name == ir::none ? std::to_string(static_cast<int>(n.value)) + unit : name;
  }
  case nmodl::node_kind::name:
    return name + (n.b == ir::none ? "" : "@");
  case nmodl::node_kind::element:
    return name + "[" + shown(s, n.a) + "]";
  case nmodl::node_kind::prime:
    return name + std::string(static_cast<std::size_t>(n.value), '\'');
  case nmodl::node_kind::quoted:
    return "text";
  case nmodl::node_kind::prefix:
    return (n.code == ir::op::negate ? "(-" : "(!") + shown(s, n.a) + ")";
  case nmodl::node_kind::infix:
    return "(" + shown(s, n.a) + " " + shown(n.code) + " " + shown(s, n.b) + ")";
  case nmodl::node_kind::call: {
    std::string all = name + "(";
    for (int a = n.a; a != ir::none; a = s.nodes[a].next)
      all += (a == n.a ? "" : ", ") + shown(s, a);
    return all + ")";
  }
  default:
    return "?";
  }
}
/// What an expression is read as, or what is wrong with it.
std::string read(std::string const& text) {
  std::string const file = "DEFINE N 4 PROCEDURE p(b) { LOCAL l x =\n" + text + "\n}";
  nmodl::syntax const s = nmodl::parse({"x.mod", file});
  if (!s.ok()) return std::string(to_text(s.mistake).view());
  int last = ir::none;
  for (nmodl::node const& n : s.nodes)
    if (n.kind == nmodl::node_kind::assign && last == ir::none) last = n.b;
  return shown(s, last);
}
}  // namespace

TEST_CASE("operators bind as in NEURON", "[nmodl][expression]") {
  CHECK(read("1+2*3-4/5") == "((1 + (2 * 3)) - (4 / 5))");
  CHECK(read("-x^2") == "(-(x ^ 2))");
  CHECK(read("2^-x^y*3") == "((2 ^ (-(x ^ y))) * 3)");
  CHECK(read("2^3^4") == "(2 ^ (3 ^ 4))");
  CHECK(read("-a*c") == "((-a) * c)");
  CHECK(read("!a == c") == "((!a) == c)");
  CHECK(read("a < c && d >= e || !f != g") == "(((a < c) && (d >= e)) || ((!f) != g))");
  CHECK(read("a < c < d") == "((a < c) < d)");
  CHECK(read("a - c - d/e/f") == "((a - c) - ((d / e) / f))");
  CHECK(read("(a - (c - d))") == "(a - (c - d))");
}

TEST_CASE("operands", "[nmodl][expression]") {
  CHECK(read("3 (mV)*x") == "(3(mV) * x)");
  CHECK(read("3(/mM-ms) + 1") == "(3(/mM-ms) + 1)");
  CHECK(read("2 (1e-3 S/cm2)/x") == "(2(1e-3 S/cm2) / x)");
  CHECK(read("f(1, g(), \"t\") + a[N-1]") == "(f(1, g(), text) + a[(N - 1)])");
  CHECK(read("N*b + l") == "((N * b@) + l@)");
  CHECK(read("m''") == "m''");
  // A name before a parenthesis is a function, on whichever line.
  CHECK(read("x\n(y)") == "x(y)");
}

TEST_CASE("mistakes in expressions", "[nmodl][expression]") {
  CHECK(read("1 + ") == "x.mod:3:1: cannot read '}': expected a number, a name or (");
  CHECK(read("(1 + 2") == "x.mod:3:1: cannot read '}': expected an operator or )");
  CHECK(read("a[2") == "x.mod:3:1: cannot read '}': expected an operator or ]");
  CHECK(read("1 ** 2") == "x.mod:2:4: cannot read '* 2': expected a number, a name or (");
  CHECK(read("f(a b)") == "x.mod:2:5: cannot read 'b)': expected an operator, a comma or )");
  CHECK(read("a & b") == "x.mod:2:3: cannot read '& b': expected a statement or }");
  CHECK(read("3 (mV") ==
        "x.mod:2:3: cannot read '(mV': expected a unit, (mV), that ends on its line");
  CHECK(read("1 + STATE") == "x.mod:2:5: cannot read 'STATE': expected a number, a name or (");
  std::string const deep(100, '(');
  CHECK(read(deep).find("expected fewer blocks and parentheses") != std::string::npos);
  CHECK(read(std::string(60, '(') + "1" + std::string(60, ')')) == "1");
  CHECK(read(std::string(200, '-') + "1").find("fewer") != std::string::npos);
  std::string sum = "1", power = "1";
  for (int k = 0; k < 3000; ++k) sum += " + x";
  for (int k = 0; k < 200; ++k) power += "^x";
  CHECK(read(sum).size() > 10000);
  CHECK(read(power).find("fewer") != std::string::npos);
}
