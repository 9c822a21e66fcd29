// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What elementary functions cost, and how far they are off: those of the library, those of xsimd
// and, where there are such, the vector functions of glibc (libmvec). Nanoseconds are those of a
// value, 1024 of which are in the first cache; errors are in units in the last place.
//   elementary [ARGUMENTS_OF_A_KIND]
#include <nernst/ir/evaluation.hpp>
#include <nernst/kernel/pack.hpp>

#include "../tests/ir/elementary/arguments.hpp"
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <string>
#include <type_traits>

namespace {
namespace elementary = nernst::ir::elementary;

constexpr std::size_t size = 1024;
alignas(64) std::array<double, size> in, out;

template <std::size_t Bytes>
using vector = typename elementary::vector<double, Bytes>::type;
constexpr double exponent = 2.7;

// What passes through it is computed one by one.
#if defined(__x86_64__)
#define NERNST_REGISTER(x) "+x"(x)
#else
#define NERNST_REGISTER(x) "+w"(x)
#endif

/// Nanoseconds for a value: the best of many turns.
template <class Value, class Function>
__attribute__((noinline)) double nanoseconds(Function f) {
  constexpr int turns = 60, repeats = 60;
  double best = 1e9;
  for (int turn = 0; turn < turns; ++turn) {
    auto const start = std::chrono::steady_clock::now();
    for (int repeat = 0; repeat < repeats; ++repeat) {
      for (std::size_t k = 0; k < size; k += sizeof(Value) / sizeof(double)) {
        Value x;
        std::memcpy(&x, in.data() + k, sizeof x);
        if constexpr (std::is_same_v<Value, double>) asm volatile("" : NERNST_REGISTER(x));
        Value const y = f(x);
        std::memcpy(out.data() + k, &y, sizeof y);
      }
      asm volatile("" ::: "memory");
    }
    std::chrono::duration<double, std::nano> const taken = std::chrono::steady_clock::now() - start;
    best = std::min(best, taken.count() / (repeats * double{size}));
  }
  return best;
}

/// The largest error of the first lane.
template <class Value, class Function, class Exact>
double largest_error(Function f, Exact exact, std::vector<double> const& arguments) {
  double largest = 0;
  for (double const x : arguments) {
    Value const y = f(Value{} + x);
    double first = 0;
    std::memcpy(&first, &y, sizeof first);
    largest = std::max(largest, test::units_in_last_place(first, exact(x)));
  }
  return largest;
}

template <class Value, class Function, class Exact>
void print(char const* who, Function f, Exact exact, std::vector<double> const& arguments) {
  double const error = largest_error<Value>(f, exact, arguments);
  std::printf(" | %s %d: %.2f ns, %.2f", who, static_cast<int>(8 * sizeof(Value)),
              nanoseconds<Value>(f), error);
}

/// A function of libmvec for vectors of some width, if there is such.
template <class Value>
struct vector_function {
  void* found;
  bool raises;

  explicit vector_function(std::string const& name) : raises(name == "pow") {
    static void* const library = dlopen("libmvec.so.1", RTLD_NOW);
    char const* const width = sizeof(Value) == 16 ? "bN2" : sizeof(Value) == 32 ? "dN4" : "eN8";
    std::string const symbol = std::string("_ZGV") + width + (raises ? "vv_" : "v_") + name;
    found = library == nullptr ? nullptr : dlsym(library, symbol.c_str());
  }
  Value operator()(Value x) const {
    if (raises)
      return reinterpret_cast<Value (*)(Value, Value)>(found)(x, elementary::all<Value>(exponent));
    return reinterpret_cast<Value (*)(Value)>(found)(x);
  }
};

template <class Value, class Own, class Exact>
void print_width(std::string const& name, Own own, Exact exact,
                 std::vector<double> const& arguments) {
  print<Value>("own", own, exact, arguments);
  vector_function<Value> const theirs(name);
  if (theirs.found != nullptr) print<Value>("libmvec", theirs, exact, arguments);
}

template <class Own, class Theirs, class Exact>
void row(std::string const& name, Own own, Theirs theirs, Exact exact, std::array<double, 2> timed,
         std::vector<double> const& arguments) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> between(timed[0], timed[1]);
  for (double& x : in) x = between(random);
  std::printf("%s", name.c_str());
  print<double>("own", own, exact, arguments);
  print_width<vector<16>>(name, own, exact, arguments);
#if defined(__AVX__)
  print_width<vector<32>>(name, own, exact, arguments);
#endif
#if defined(__AVX512F__)
  print_width<vector<64>>(name, own, exact, arguments);
#endif
  print<xsimd::batch<double>>("xsimd", theirs, exact, arguments);
  std::printf("\n");
}

#define ROW(name, theirs, exact, ...)                                                              \
  row(                                                                                             \
      #name, [](auto x) { return elementary::name(x); }, [](auto const& x) { return theirs; },     \
      [](long double x) -> long double { return exact; }, __VA_ARGS__)

/// Of all sizes, and evenly distributed between two numbers.
std::vector<double> arguments(int count, double low, double high, double log_size) {
  test::arguments<double> all(count);
  all.even(low, high).even(low / 100, high / 100).of_any_size(-40, log_size);
  return all.values;
}
}  // namespace

int main(int argc, char** argv) {
  int const count = argc > 1 ? std::atoi(argv[1]) : 1 << 20;
  auto const exponents = arguments(count, -708, 709, 0);
  ROW(exp, xsimd::exp(x), std::exp(x), {-4, 4}, exponents);
  ROW(expm1, xsimd::expm1(x), std::expm1(x), {-4, 4}, exponents);
  ROW(exprel, xsimd::expm1(x) / x,
      x == 0          ? 1
      : std::isinf(x) ? std::max(x, 0.0L)
                      : std::expm1(x) / x,
      {-4, 4}, exponents);
  ROW(exprelr, x / xsimd::expm1(x),
      x == 0          ? 1
      : std::isinf(x) ? std::max(-x, 0.0L)
                      : x / std::expm1(x),
      {-4, 4}, exponents);
  ROW(log, xsimd::log(x), std::log(x), {0.1, 10}, arguments(count, 0, 10, 700));
  ROW(log1p, xsimd::log1p(x), std::log1p(x), {-0.5, 4}, arguments(count, -1, 10, 700));
  ROW(sin, xsimd::sin(x), std::sin(x), {-4, 4}, arguments(count, -1000, 1000, 40));
  ROW(cos, xsimd::cos(x), std::cos(x), {-4, 4}, arguments(count, -1000, 1000, 40));
  ROW(tanh, xsimd::tanh(x), std::tanh(x), {-4, 4}, arguments(count, -20, 20, 0));
  auto const to = [](auto x) { return elementary::pow(x, elementary::all<decltype(x)>(exponent)); };
  row(
      "pow", to, [](auto const& x) { return xsimd::pow(x, std::decay_t<decltype(x)>(exponent)); },
      [](long double x) { return std::pow(x, static_cast<long double>(exponent)); }, {0.1, 10},
      arguments(count, 0, 10, 260));
}
