// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl/verbatim.hpp>

#include <string_view>

using namespace nernst::nmodl;

constexpr bool is_harmless(std::string_view code) {
  return effect_of(code) == verbatim_effect::none;
}
constexpr bool returns(std::string_view code) {
  return effect_of(code) == verbatim_effect::returns;
}
constexpr bool is_unknown(std::string_view code) {
  return effect_of(code) == verbatim_effect::unknown;
}

static_assert(is_harmless("") && is_harmless(" \n /* x = 1; */ // y = 2;\n ;"));
static_assert(is_harmless("#include <math.h>\n#ifdef X\n#define f(x) \\\n x = 1\n#endif\n"));
static_assert(is_harmless("extern double* vector_vec(); extern int ifarg(int);"));
static_assert(is_harmless("double nrn_random_pick(void* r);\nvoid *nrn_random_arg(int);"));
static_assert(is_harmless("static double x, y; /* ; */ const char* name;"));
static_assert(is_harmless(" cai = _ion_cai; nai=_ion_nai ;"));

static_assert(returns("return 0;") && returns("\n return(0); ") && returns("return 0.;"));
static_assert(returns("return;") && returns("cai = _ion_cai; return 0.0;"));

static_assert(is_unknown("return 1;") && is_unknown("return x;") && is_unknown("return (0;"));
static_assert(is_unknown("cai = _ion_cao;") && is_unknown("cai = _ion_cai + 1;"));
static_assert(is_unknown("x = 1;") && is_unknown("f();") && is_unknown("{ }"));
static_assert(is_harmless("printf(\"%g) ; = %g\\n\", x, (float)y[2] - 1); // told"));
static_assert(is_unknown("printf(\"%g\", x = 1);") && is_unknown("printf(\"%g\", f(1));"));
static_assert(is_unknown("printf(\"%d\", i++);") && is_unknown("printf(\"x\") + 1;"));

static_assert(effect_of("double x; if (_p_r) { if (x) { f(\"}\"); } } else {\n// told\n") ==
              verbatim_effect::otherwise);
static_assert(effect_of("if (_p_r) { x = 1; } else { if (_nt != nrn_threads) { f(); }") ==
              verbatim_effect::otherwise);
static_assert(effect_of(" } // else ") == verbatim_effect::ends && is_unknown("} x = 1;"));
static_assert(is_unknown("if (x) { y = 1; } else {") && is_unknown("if (_p_r) { x = 1; }"));
static_assert(is_unknown("if (_p_r) { x = 1; } else { y = 2;") && is_unknown("if (_p_r) {"));

static_assert(is_unknown("static double x = 1;") && is_unknown("double f() { return 1; }"));
static_assert(is_unknown("double x") && is_unknown("return") && is_unknown("cai"));
static_assert(is_unknown("/*/ */ x;") && is_harmless("/*/ x; */") && is_harmless("/* x"));
static_assert(is_unknown("\"") && is_unknown("'") && is_unknown("\xff"));
