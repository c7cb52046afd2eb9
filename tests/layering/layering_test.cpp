// The layers of docs/architecture.md, held to: who may include whom, where a foreign library may be used, who may
// print, and whose mathematics is called. Reads every source under src/ and include/; a fault is told with file and
// line.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lrtune {
namespace {

using Names = std::vector<std::string_view>;

struct Folder {
  std::string_view name;
  Names may_include;  // folders, or single headers of a folder; itself and include/lrtune go without saying
};

// docs/architecture.md shows this table; TheTableIsTheDocumentedOne compares them.
const std::vector<Folder>& folders() {
  static const std::vector<Folder> kFolders = {
      {"base", {}},
      {"stats", {"base"}},
      {"data", {"base"}},
      {"nn", {"base"}},
      {"optim", {"base"}},
      {"schedule", {"base"}},
      {"train", {"base", "stats", "data", "nn", "optim", "schedule"}},
      {"config",
       {"base", "data/synthetic.h", "nn/nn_cards.h", "optim/optimizer_cards.h", "schedule/schedule.h",
        "stats/objective.h"}},
      {"suggest", {"base", "stats"}},
      {"plan", {"base", "stats"}},
      {"check", {"base", "stats"}},
      {"report", {"base", "stats"}},
      {"record", {"base", "stats", "report/notice_words.h"}},
      {"sweep", {"base", "stats", "plan"}},
      {"library", {"base", "stats", "data", "train", "config", "record", "sweep"}},
      {"cli",
       {"base", "stats", "data", "nn", "optim", "schedule", "train", "suggest", "config", "plan", "check", "record",
        "report", "sweep", "library"}},
  };
  return kFolders;
}

// Headers that only some folders or files may include; a prefix stands for all that begin so. Whatever is not listed
// here (the standard library, fmt) is at home everywhere but in include/lrtune.
struct Restricted {
  std::string_view header;
  Names places;  // "cli/": the folder; "base/json": every file that begins so
};

const std::vector<Restricted>& restricted_headers() {
  static const std::vector<Restricted> kRestricted = {
      {"CLI/", {"cli/"}},
      {"nlohmann/", {"base/json", "config/", "record/"}},
      {"base/json.h", {"base/json", "config/", "record/"}},
      {"csv.h", {"data/csv.cpp"}},
      {"zlib.h", {"data/gzip.cpp"}},
      {"openssl/", {"base/files.cpp"}},
      {"immintrin.h", {"base/lanes.h"}},
      {"arm_neon.h", {"base/lanes.h"}},
      {"gtest/", {}},
      {"Eigen/", {}},
      {"iostream", {}},
      {"random", {}},                        // its distributions differ between standard libraries; base/random.h
      {"unordered_map", {"base/json.cpp"}},  // looked up in, never gone through: its order differs between libraries
      {"unordered_set", {}},
  };
  return kRestricted;
}

// Names that print or end the program, and the only files that may use them.
const Names kPrinters = {"cout",   "cerr",  "clog",    "printf",     "fprintf", "vprintf", "vfprintf",
                         "puts",   "fputs", "putchar", "putc",       "fputc",   "fwrite",  "stdout",
                         "stderr", "exit",  "_exit",   "quick_exit", "abort"};
const Names kPrinterFiles = {"cli/output.cpp", "base/require.cpp"};

// Of <cmath>, what IEEE 754 does not define to the last bit.
const Names kTranscendental = {"exp",   "exp2",  "expm1", "log",  "log2", "log10",  "log1p",  "pow",  "sin",
                               "cos",   "tan",   "asin",  "acos", "atan", "atan2",  "sinh",   "cosh", "tanh",
                               "asinh", "acosh", "atanh", "erf",  "erfc", "tgamma", "lgamma", "cbrt", "hypot"};

bool contains(const Names& names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }

bool begins_with_any(std::string_view text, const Names& prefixes) {
  return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return text.starts_with(prefix); });
}

bool in_name(char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The text with comments and literals blanked; line breaks stay.
std::string code_of(std::string_view text) {
  std::string code(text);
  const auto blank = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to && i < code.size(); ++i)
      if (code[i] != '\n') code[i] = ' ';
  };
  for (std::size_t i = 0; i < code.size();) {
    const std::string_view rest = std::string_view(text).substr(i);
    std::size_t end = i + 1;
    if (rest.starts_with("//")) {
      end = std::min(text.find('\n', i), text.size());
      blank(i, end);
    } else if (rest.starts_with("/*")) {
      end = std::min(text.find("*/", i + 2), text.size() - 2) + 2;
      blank(i, end);
    } else if (rest.starts_with("R\"")) {
      const std::size_t open = std::min(text.find('(', i), text.size());
      const std::string close = fmt::format("){}\"", text.substr(i + 2, open - i - 2));
      end = std::min(text.find(close, open), text.size() - close.size()) + close.size();
      blank(i, end);
    } else if (rest[0] == '"' || (rest[0] == '\'' && (i == 0 || !in_name(text[i - 1])))) {  // 1'000 is a number
      while (end < text.size() && text[end] != rest[0] && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
      blank(i, ++end);
    }
    i = end;
  }
  return code;
}

// A name as it stands in code: "std::exp" is {exp, "std"}; "::exp" is {exp, ""}; "exp" has no qualifier.
struct Name {
  std::string_view text;
  std::optional<std::string_view> qualifier;
  std::size_t line;
};

std::vector<Name> names_of(std::string_view code) {
  std::vector<Name> names;
  std::size_t line = 1;
  for (std::size_t i = 0; i < code.size();) {
    if (code[i] == '\n') ++line;
    std::size_t end = i;
    while (end < code.size() && in_name(code[end])) ++end;
    if (end > i) {
      Name name{code.substr(i, end - i), std::nullopt, line};
      if (i >= 2 && code.substr(i - 2, 2) == "::") {
        const std::size_t after = i - 2;
        std::size_t begin = after;
        while (begin > 0 && in_name(code[begin - 1])) --begin;
        name.qualifier = code.substr(begin, after - begin);
      }
      names.push_back(name);
    }
    i = end > i ? end : i + 1;
  }
  return names;
}

struct Include {
  std::string_view header;
  bool quoted;
  std::size_t line;
};

std::vector<Include> includes_of(std::string_view text) {
  std::vector<Include> includes;
  std::size_t line = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view rest = text.substr(begin, end - begin);
    ++line;
    begin = end + 1;
    const auto skip_blanks = [&] { rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size())); };
    skip_blanks();
    if (!rest.starts_with('#')) continue;
    rest.remove_prefix(1);
    skip_blanks();
    if (!rest.starts_with("include")) continue;
    rest.remove_prefix(7);
    skip_blanks();
    if (rest.empty() || (rest[0] != '"' && rest[0] != '<')) continue;
    const bool quoted = rest[0] == '"';
    const std::size_t close = rest.find(quoted ? '"' : '>', 1);
    includes.push_back({rest.substr(1, std::min(close, rest.size()) - 1), quoted, line});
  }
  return includes;
}

std::string_view folder_of(std::string_view path) { return path.substr(0, path.find('/')); }

// What is wrong with one include of the file, or nothing.
std::optional<std::string> include_fault(std::string_view file, const Include& include) {
  for (const Restricted& r : restricted_headers()) {
    const bool meant = r.header.ends_with('/') ? include.header.starts_with(r.header) : include.header == r.header;
    if (!meant || begins_with_any(file, r.places)) continue;
    if (r.places.empty()) return fmt::format("nobody may include {}", include.header);
    return fmt::format("only {} may include {}", fmt::join(r.places, ", "), include.header);
  }
  const std::string_view from = folder_of(file);
  if (!include.quoted) {
    const bool foreign = include.header.find('/') != std::string_view::npos || include.header.ends_with(".h");
    if (from == "lrtune" && foreign) return "public headers include the standard library only";
    return std::nullopt;
  }
  const std::string_view to = folder_of(include.header);
  if (include.header.find('/') == std::string_view::npos || include.header.find("..") != std::string_view::npos)
    return "headers are named from src/ or include/ on";
  if (to == "lrtune" || to == from) return std::nullopt;
  const auto row = std::ranges::find(folders(), from, &Folder::name);
  if (row != folders().end() && (contains(row->may_include, to) || contains(row->may_include, include.header)))
    return std::nullopt;
  return fmt::format("{}/ may not include {}", from, include.header);
}

std::optional<std::string> name_fault(std::string_view file, const Name& name) {
  const bool of_library = !name.qualifier || name.qualifier->empty() || *name.qualifier == "std";
  if (of_library && contains(kPrinters, name.text) && !contains(kPrinterFiles, file))
    return fmt::format("{}: only {} may print or end the program", name.text, fmt::join(kPrinterFiles, ", "));
  // Our own are math::exp and the like, or plain names that the compiler finds in our namespace.
  std::string_view function = name.text;
  bool of_libm = name.qualifier && (name.qualifier->empty() || *name.qualifier == "std");
  if (function.starts_with("__builtin_")) {
    function.remove_prefix(10);
    of_libm = true;
  }
  const bool plain_float = (function.ends_with('f') || function.ends_with('l')) && function.size() > 1 &&
                           contains(kTranscendental, function.substr(0, function.size() - 1)) && function != "erf";
  if ((of_libm && contains(kTranscendental, function)) || (plain_float && (of_libm || !name.qualifier)))
    return fmt::format("{}: the C library's result is not the same everywhere; see base/math.h and nn/lane_math.h",
                       name.text);
  if (name.text == "print" && name.qualifier == "fmt") return "fmt::print: library code returns text";
  return std::nullopt;
}

// `file`: from src/ or include/ on. One line per fault: "base/x.cpp:3: …".
std::vector<std::string> faults_of(std::string_view file, std::string_view text) {
  std::vector<std::string> faults;
  const auto add = [&](std::size_t line, const std::optional<std::string>& fault) {
    if (fault) faults.push_back(fmt::format("{}:{}: {}", file, line, *fault));
  };
  const std::string_view folder = folder_of(file);
  if (folder != "lrtune" && std::ranges::find(folders(), folder, &Folder::name) == folders().end())
    add(1, fmt::format("{}/ has no row in the table of folders", folder));
  for (const Include& include : includes_of(text)) add(include.line, include_fault(file, include));
  const std::string code = code_of(text);
  for (const Name& name : names_of(code)) add(name.line, name_fault(file, name));
  return faults;
}

std::string contents_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  EXPECT_TRUE(stream) << path;
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct Source {
  std::string file;
  std::string text;
};

std::vector<Source> sources() {
  std::vector<Source> found;
  for (const char* top : {"src", "include"}) {
    const std::filesystem::path root = std::filesystem::path(LRTUNE_SOURCE_DIR) / top;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      const auto extension = entry.path().extension();
      if (extension == ".h" || extension == ".cpp")
        found.push_back({entry.path().lexically_relative(root).generic_string(), contents_of(entry.path())});
    }
  }
  std::ranges::sort(found, {}, &Source::file);
  return found;
}

TEST(Layering, EverySourceKeepsToTheTable) {
  const std::vector<Source> all = sources();
  ASSERT_GT(all.size(), 50U);
  for (const Source& source : all)
    for (const std::string& fault : faults_of(source.file, source.text)) ADD_FAILURE() << fault;
}

TEST(Layering, EveryQuotedHeaderIsThere) {
  const std::vector<Source> all = sources();
  for (const Source& source : all)
    for (const Include& include : includes_of(source.text)) {
      if (!include.quoted) continue;
      EXPECT_EQ(std::ranges::count(all, include.header, &Source::file), 1)
          << source.file << ':' << include.line << ": " << include.header;
    }
}

TEST(Layering, NoTwoFoldersIncludeEachOther) {
  // A folder's row names only folders above it: the table itself has no circle.
  for (auto row = folders().begin(); row != folders().end(); ++row)
    for (std::string_view other : row->may_include)
      EXPECT_TRUE(std::any_of(folders().begin(), row, [&](const Folder& f) { return f.name == folder_of(other); }))
          << row->name << " includes " << other;
}

TEST(Layering, TheTableIsTheDocumentedOne) {
  const std::string page = contents_of(std::filesystem::path(LRTUNE_SOURCE_DIR) / "docs" / "architecture.md");
  for (const Folder& folder : folders()) {
    const std::string allowed =
        folder.may_include.empty() ? std::string("–") : fmt::format("{}", fmt::join(folder.may_include, ", "));
    const std::string row = fmt::format("| `{}` | {} |", folder.name, allowed);
    EXPECT_NE(page.find(row), std::string::npos) << "docs/architecture.md lacks " << row;
  }
}

// The checker itself: what it must find, and what it must let pass.

TEST(LayeringChecker, FindsAnIncludeThatTheTableForbids) {
  EXPECT_EQ(faults_of("plan/rounds.cpp", "#include <vector>\n\n#include \"train/cohort.h\"\n"),
            std::vector<std::string>{"plan/rounds.cpp:3: plan/ may not include train/cohort.h"});
  EXPECT_EQ(faults_of("stats/x.h", "  #  include \"data/task.h\"").size(), 1U);
  EXPECT_EQ(faults_of("config/x.cpp", "#include \"nn/dense.h\"").size(), 1U) << "the catalogue only";
  EXPECT_EQ(faults_of("base/x.cpp", "#include \"text.h\"").size(), 1U);
  EXPECT_EQ(faults_of("base/x.cpp", "#include \"base/../cli/output.h\"").size(), 1U);
  EXPECT_EQ(faults_of("lrtune/x.h", "#include \"base/text.h\"").size(), 1U);
  EXPECT_EQ(faults_of("lrtune/x.h", "#include <fmt/format.h>").size(), 1U);
}

TEST(LayeringChecker, FindsAFolderWithoutARow) {
  EXPECT_EQ(faults_of("plugins/x.cpp", ""),
            std::vector<std::string>{"plugins/x.cpp:1: plugins/ has no row in the table of folders"});
}

TEST(LayeringChecker, LetsTheTableThrough) {
  EXPECT_EQ(faults_of("plan/x.cpp",
                      "#include \"plan/x.h\"\n#include <cmath>\n#include \"base/math.h\"\n"
                      "#include \"stats/smooth.h\"\n#include \"lrtune/study.h\"\n#include <fmt/format.h>\n"),
            std::vector<std::string>{});
  EXPECT_EQ(faults_of("config/x.cpp", "#include \"nn/nn_cards.h\"\n#include <nlohmann/json.hpp>\n"),
            std::vector<std::string>{});
  EXPECT_EQ(faults_of("cli/x.cpp", "#include <CLI/CLI.hpp>\n#include \"train/isa.h\"\n"), std::vector<std::string>{});
}

TEST(LayeringChecker, FindsForeignLibrariesOutsideTheirPlace) {
  EXPECT_EQ(faults_of("report/x.cpp", "#include <CLI/CLI.hpp>"),
            std::vector<std::string>{"report/x.cpp:1: only cli/ may include CLI/CLI.hpp"});
  EXPECT_EQ(faults_of("report/x.cpp", "#include <nlohmann/json.hpp>").size(), 1U);
  EXPECT_EQ(faults_of("report/x.cpp", "#include \"base/json.h\"").size(), 1U);
  EXPECT_EQ(faults_of("base/text.cpp", "#include <nlohmann/json.hpp>").size(), 1U);
  EXPECT_EQ(faults_of("base/json_x.cpp", "#include <nlohmann/json.hpp>").size(), 0U);
  EXPECT_EQ(faults_of("cli/x.cpp", "#include <iostream>"),
            std::vector<std::string>{"cli/x.cpp:1: nobody may include iostream"});
}

TEST(LayeringChecker, FindsPrintingAndExiting) {
  EXPECT_EQ(faults_of("stats/x.cpp", "void f() {\n  std::cout << 1;\n}\n").size(), 1U);
  EXPECT_EQ(faults_of("cli/tune.cpp", "void f() { printf(\"x\"); }").size(), 1U);
  EXPECT_EQ(faults_of("cli/tune.cpp", "void f() { std::fprintf(stderr, \"x\"); }").size(), 2U);
  EXPECT_EQ(faults_of("data/x.cpp", "void f() { fmt::print(\"x\"); }").size(), 1U);
  EXPECT_EQ(faults_of("data/x.cpp", "void f() { ::exit(1); }").size(), 1U);
  EXPECT_EQ(faults_of("cli/output.cpp", "void f() { std::fflush(stdout); }").size(), 0U);
  EXPECT_EQ(faults_of("data/x.cpp", "int snprintf_like, exit_code; auto f() { return code::exit; }").size(), 0U);
}

TEST(LayeringChecker, FindsTheCLibrarysMathematics) {
  EXPECT_EQ(faults_of("train/x.cpp", "double f(double x) {\n  return std::exp(x);\n}\n").at(0).substr(0, 17),
            "train/x.cpp:2: ex");
  for (const char* call :
       {"std::log(x)", "::pow(x, x)", "std::erf(x)", "expf(x)", "__builtin_cosf(x)", "std::tanhl(x)"})
    EXPECT_EQ(faults_of("nn/x.h", call).size(), 1U) << call;
  for (const char* call : {"math::exp(x)", "tanh(x)", "std::sqrt(x)", "std::floor(x)", "std::fabs(x)",
                           "__builtin_fmaf(x)", "std::format(x)", "a.erf", "erf(x)"})
    EXPECT_EQ(faults_of("nn/x.h", call).size(), 0U) << call;
}

TEST(LayeringChecker, ReadsCodeNotCommentsOrText) {
  EXPECT_EQ(faults_of("nn/x.h",
                      "// std::exp\n/* std::cout\n std::log */ const char* s = \"std::pow \\\" printf\";\n"
                      "const char* r = R\"x(std::cos)\" printf)x\"; char q = '\"'; int n = 1'000;\n"),
            std::vector<std::string>{});
  EXPECT_EQ(faults_of("nn/x.h", "int n = 1'000; double y = std::exp(n); char c = '\\'';").size(), 1U);
}

}  // namespace
}  // namespace lrtune
