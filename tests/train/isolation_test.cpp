// What the linker sees. Code compiled for one instruction set must not be shared with another: every symbol that a
// kernel's object file gives away lies in its instruction set's namespace. And no result may depend on the C library's
// mathematics: of libm, only what IEEE 754 defines exactly is called. The lists come from `nm` of the tool chain that
// built the tests.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace lrtune {
namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);)
    if (!part.empty()) parts.push_back(part);
  return parts;
}

struct Symbol {
  char kind;  // nm's letter
  std::string name;
};

// The external symbols of an object file or library.
std::vector<Symbol> symbols_of(const std::string& path) {
  const std::string command = fmt::format("'{}' --extern-only '{}'", LRTUNE_NM, path);
  const auto close = [](std::FILE* file) { EXPECT_EQ(pclose(file), 0) << LRTUNE_NM; };
  const std::unique_ptr<std::FILE, decltype(close)> pipe(popen(command.c_str(), "r"), close);
  std::string output;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe.get()))
    output.append(buffer.data(), count);
  std::vector<Symbol> symbols;
  for (const std::string& line : split(output, '\n')) {
    // "0000000000000000 T name" or "                 U name"
    const std::vector<std::string> words = split(line, ' ');
    if (words.size() >= 2 && words[words.size() - 2].size() == 1)
      symbols.push_back({words[words.size() - 2][0], words.back()});
  }
  EXPECT_FALSE(symbols.empty()) << path;
  return symbols;
}

bool undefined(const Symbol& symbol) { return symbol.kind == 'U' || symbol.kind == 'w' || symbol.kind == 'v'; }

bool sanitizer(std::string_view name) {
  return name.starts_with("__asan_") || name.starts_with("__ubsan_") || name.starts_with("__odr_asan");
}

// Where code without optimization unwinds to: a pointer, and a name. No instructions.
bool unwinding(std::string_view name) { return name.ends_with("__gxx_personality_v0"); }

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

struct KernelObject {
  std::string isa;
  std::string path;
};

// "avx512=path|avx2=path|…", from CMake.
std::vector<KernelObject> kernel_objects() {
  std::vector<KernelObject> objects;
  for (const std::string& part : split(LRTUNE_KERNEL_OBJECTS, '|')) {
    const std::size_t middle = part.find('=');
    objects.push_back({part.substr(0, middle), part.substr(middle + 1)});
  }
  return objects;
}

// lrtune::avx512::…, as names are mangled.
bool in_namespace_of(const std::string& isa, const std::string& name) {
  return name.find(fmt::format("6lrtune{}{}", isa.size(), isa)) != std::string::npos;
}

TEST(Isolation, KernelsDefineNothingOutsideTheirNamespace) {
  const std::vector<KernelObject> objects = kernel_objects();
  ASSERT_FALSE(objects.empty());
  for (const KernelObject& object : objects) {
    bool entry = false;
    for (const Symbol& symbol : symbols_of(object.path)) {
      if (undefined(symbol) || unwinding(symbol.name)) continue;
      EXPECT_TRUE(in_namespace_of(object.isa, symbol.name)) << object.isa << " shares " << symbol.name;
      for (const char* name : {"kKernel", "train_solo", "curvature"})
        entry = entry || symbol.name.find(name) != std::string::npos;
    }
    EXPECT_TRUE(entry) << object.path;
  }
}

TEST(Isolation, KernelsCallNothingButMemoryAndExactMathematics) {
  for (const KernelObject& object : kernel_objects())
    for (const Symbol& symbol : symbols_of(object.path)) {
      if (!undefined(symbol) || sanitizer(symbol.name) || unwinding(symbol.name)) continue;
      const bool memory = one_of(symbol.name, {"memcpy", "memset", "memmove"});
      const bool exact =
          object.isa == "scalar" && one_of(symbol.name, {"fma", "fmaf", "sqrt", "sqrtf", "rint", "rintf"});
      const bool linking = one_of(symbol.name, {"__stack_chk_fail", "_GLOBAL_OFFSET_TABLE_"});
      const bool own = in_namespace_of(object.isa, symbol.name);  // the two kernel files call each other
      EXPECT_TRUE(memory || exact || linking || own) << object.isa << " calls " << symbol.name;
    }
}

// A name of <math.h>, for double, float or long double, or one of glibc's own doors to it.
bool of_libm(std::string name) {
  static constexpr std::string_view kNames[] = {
      "acos",      "acosh",     "asin",       "asinh",  "atan",  "atan2",     "atanh",  "cbrt",     "ceil",
      "copysign",  "cos",       "cosh",       "erf",    "erfc",  "exp",       "exp10",  "exp2",     "expm1",
      "fabs",      "fdim",      "floor",      "fma",    "fmax",  "fmin",      "fmod",   "frexp",    "gamma",
      "hypot",     "ilogb",     "j0",         "j1",     "jn",    "ldexp",     "lgamma", "lgamma_r", "llrint",
      "llround",   "log",       "log10",      "log1p",  "log2",  "logb",      "lrint",  "lround",   "modf",
      "nearbyint", "nextafter", "nexttoward", "pow",    "pow10", "remainder", "remquo", "rint",     "round",
      "roundeven", "scalb",     "scalbln",    "scalbn", "sin",   "sincos",    "sinh",   "sqrt",     "tan",
      "tanh",      "tgamma",    "trunc",      "y0",     "y1",    "yn"};
  if (name.starts_with("__")) name.erase(0, 2);
  if (name.ends_with("_finite")) name.erase(name.size() - 7);
  if (name.starts_with("_ZGV")) return true;  // libmvec's vector functions
  const auto known = [](std::string_view n) { return std::ranges::find(kNames, n) != std::end(kNames); };
  return known(name) || ((name.ends_with('f') || name.ends_with('l')) && known(name.substr(0, name.size() - 1)));
}

TEST(Isolation, TheListOfLibmNamesKnowsItsOwn) {
  for (const char* name : {"exp", "expf", "erfl", "sincosf", "__pow_finite", "_ZGVdN8v_expf", "sqrt"})
    EXPECT_TRUE(of_libm(name)) << name;
  for (const char* name : {"memcpy", "free", "_ZN6lrtune4math3expEd", "expand", "f"})
    EXPECT_FALSE(of_libm(name)) << name;
}

TEST(Isolation, LibrariesCallOnlyExactMathematicsOfLibm) {
  const std::vector<std::string> libraries = split(LRTUNE_EXACT_LIBRARIES, '|');
  ASSERT_GE(libraries.size(), 5U);
  for (const std::string& library : libraries)
    for (const Symbol& symbol : symbols_of(library))
      if (undefined(symbol) && of_libm(symbol.name)) {
        EXPECT_TRUE(one_of(symbol.name, {"sqrt", "sqrtf", "floor", "rint", "rintf", "fma", "fmaf", "fabs", "ceil",
                                         "trunc", "nearbyint", "ldexp"}))
            << library << " calls " << symbol.name;
      }
}

}  // namespace
}  // namespace lrtune
