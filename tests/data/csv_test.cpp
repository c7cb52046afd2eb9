// The CSV loader: the same table however it is written, and one clear line for what is no table.
#include <gtest/gtest.h>

#include "data/loaders.h"
#include "data_helpers.h"

namespace lrtune {
namespace {

using Csv = DataTest;

TextTable parse(std::string_view bytes, Header header = Header::automatic, char delimiter = ',',
                std::optional<std::size_t> max_rows = std::nullopt) {
  DataConfig config;
  config.header = header;
  config.delimiter = delimiter;
  const Source source{"t.csv", std::string(bytes)};
  return std::get<TextTable>(load_csv(std::span(&source, 1), config, max_rows));
}

std::vector<std::string> cells(const TextTable& table) {
  std::vector<std::string> all;
  for (std::size_t row = 0; row < table.rows; ++row)
    for (std::size_t column = 0; column < table.columns(); ++column) all.emplace_back(table.cell(row, column));
  return all;
}

TEST(CsvParse, QuotesHoldDelimitersLineBreaksAndDoubledQuotes) {
  const TextTable table = parse("name,say\n\"a,b\",\"one\ntwo\"\n\"\",\"he said \"\"no\"\"\"\n");
  EXPECT_EQ(table.names, (std::vector<std::string>{"name", "say"}));
  EXPECT_EQ(cells(table), (std::vector<std::string>{"a,b", "one\ntwo", "", "he said \"no\""}));
}

TEST(CsvParse, RowNumbersCountHeaderAndBlankLines) {
  for (const char* text : {"a,b\n\n1,2\n\n\n3,4", "a,b\r\n\r\n1,2\r\n\r\n\r\n3,4\r\n", "a,b\r\r1,2\r\r\r3,4\r"})
    EXPECT_EQ(parse(text).row_numbers, (std::vector<std::size_t>{3, 6})) << text;
}

TEST(CsvParse, AutomaticHeaderIsOneWithoutAnyNumber) {
  EXPECT_TRUE(parse("a,,c\n1,2,3\n").named);
  EXPECT_EQ(parse("a,,c\n1,2,3\n").names[1], "column 1");
  EXPECT_FALSE(parse("a,1\nb,2\n").named);
  EXPECT_EQ(parse("a,1\nb,2\n").names, (std::vector<std::string>{"0", "1"}));
  EXPECT_EQ(parse("a,1\nb,2\n", Header::present).names, (std::vector<std::string>{"a", "1"}));
  EXPECT_EQ(parse("a,b\nc,d\n", Header::absent).rows, 2U);
}

TEST(CsvParse, BlanksAroundACellGoButNotTheDelimiter) {
  EXPECT_EQ(cells(parse("a,b\n 1 ,  2\n")), (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(cells(parse("a\tb\n1\t\n", Header::automatic, '\t')), (std::vector<std::string>{"1", ""}));
  EXPECT_EQ(cells(parse("a;b\n1;2,5\n", Header::automatic, ';')), (std::vector<std::string>{"1", "2,5"}));
}

TEST(CsvParse, MaxRowsTakesTheFirstDataRowsAndReadsNoFurther) {
  EXPECT_EQ(cells(parse("a,b\n1,2\n3,4\n5,6\n", Header::automatic, ',', 2)),
            (std::vector<std::string>{"1", "2", "3", "4"}));
  EXPECT_EQ(parse("1,2\n3,4\n5,\"", Header::automatic, ',', 2).rows, 2U);
}

TEST(CsvParse, CellsLongerThanAChunkArriveWhole) {
  const std::string big(200000, 'x');
  const TextTable table = parse("a,b\n\"" + big + "\",1\n" + big + ",2\n");
  EXPECT_EQ(table.cell(0, 0), big);
  EXPECT_EQ(table.cell(1, 0), big);
  EXPECT_EQ(table.cell(1, 1), "2");
}

TEST_F(Csv, LineEndsBomQuotesAndGzipChangeNeitherNumbersNorHash) {
  const Task plain = load(kSmall);
  std::string crlf;
  std::string quoted;
  for (char c : kSmall) {
    crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    quoted += c == '\n' ? std::string("\"\n\"") : c == ',' ? std::string("\",\"") : std::string(1, c);
  }
  quoted = "\"" + quoted.substr(0, quoted.size() - 1);
  const std::string no_last_break(kSmall.substr(0, kSmall.size() - 1));
  const std::string first_half(kSmall.substr(0, 40));
  for (const std::string& same : {crlf, "\xEF\xBB\xBF" + crlf, quoted, no_last_break, gzipped(kSmall), gzipped(crlf),
                                  gzipped(first_half) + gzipped(kSmall.substr(40))}) {
    const Task task = load(same);
    EXPECT_EQ(task.summary, plain.summary);
    EXPECT_EQ(task.sha256, plain.sha256);
    EXPECT_EQ(task.notices, plain.notices);
    EXPECT_EQ(task.train.features, plain.train.features);
    EXPECT_EQ(task.validation.labels, plain.validation.labels);
  }
}

TEST_F(Csv, HashSeesEveryCellNameAndTheValidationTable) {
  const std::string plain = load(kSmall).sha256;
  std::string other_cell(kSmall);
  other_cell.replace(other_cell.find("9,90"), 4, "9,91");
  EXPECT_NE(load(other_cell).sha256, plain);
  std::string other_name(kSmall);
  other_name.replace(0, 6, "Length");
  EXPECT_NE(load(other_name).sha256, plain);
  write("v.csv", "length,width,kind\n1,1,a\n2,3,b\n");
  config.validation = "v.csv";
  EXPECT_NE(load(kSmall).sha256, plain);
}

TEST_F(Csv, HashIsTheOneOfTheDocumentedForm) {
  // sha256 of "text 4 2 named\n" "1:x,1:y," and the cells "1:1,1:a," …, then of "lrtune table 1\n<that>\nnone\n".
  config.target = "y";
  config.validation_fraction = 0.5;
  EXPECT_EQ(load("x,y\n1,a\n2,b\n3,a\n4,b\n").sha256,
            "934690a3daf6e1f6236b06fd4693f3b2c126d94bd0689733bf7f2a05a8f3c512");
}

TEST_F(Csv, MissingFileNamesTheNearestOne) {
  write("train.csv", kSmall);
  config.train = "trian.csv";
  expect_problem(problems(), "trian.csv", "no such file", "did you mean \"train.csv\"?");
}

TEST_F(Csv, FolderAndDeviceAreNoFiles) {
  config.train = ".";
  expect_problem(problems(), ".", "is a folder", "");
  config.train = "/dev/zero";
  expect_problem(problems(), "/dev/zero", "is a device", "");
}

TEST_F(Csv, HugeFileIsRefusedUnread) {
  write("t.csv", "");
  std::filesystem::resize_file(folder / "t.csv", std::uintmax_t{1} << 42U);  // sparse: 4 TB of nothing
  expect_problem(problems(), "t.csv", "more than half of this machine's memory", "");
}

TEST_F(Csv, EmptyFileIsEmpty) {
  for (const char* text : {"", "\n\n", "\xEF\xBB\xBF", "  \r\n"})
    expect_problem(problems_of(text), "t.csv", "is empty", "");
}

TEST_F(Csv, HeaderWithoutRowsIsNoData) {
  expect_problem(problems_of("length,width,kind\n"), "t.csv", "has a header and no rows",
                 "\"data.header\": \"absent\"");
}

TEST_F(Csv, BinaryAndForeignEncodingsAreNamedWithTheirRow) {
  expect_problem(problems_of(std::string("a,kind\n1,x\n2,\0y\n", 16)), "t.csv, row 3", "NUL byte", "\"idx\"");
  expect_problem(problems_of(std::string("\xFF\xFE"
                                         "a\0,\0",
                                         6)),
                 "t.csv", "UTF-16", "UTF-8");
  expect_problem(problems_of("a,kind\n1,x\n2,gr\xFCn\n"), "t.csv, row 3", "\"\\xfc\" is not UTF-8", "as UTF-8");
  for (const char* bad : {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"})
    expect_problem(problems_of(std::string("a,kind\n1,") + bad), "t.csv, row 2", "is not UTF-8", "as UTF-8");
}

TEST_F(Csv, Utf8LabelsAreKept) {
  const Task task = load("a,kind\n1,grün\n2,日本\n3,grün\n4,日本\n5,grün\n6,日本\n");
  EXPECT_EQ(task.summary.classes, (std::vector<std::string>{"grün", "日本"}));
}

TEST_F(Csv, RaggedRowsAreCountedAndTheFirstNamed) {
  expect_problem(problems_of("a,kind\n1,x\n2,y,z\n3\n"), "t.csv, row 3",
                 "has 3 cells, the first row has 2 (2 such rows)", "\"data.delimiter\"");
}

TEST_F(Csv, BrokenQuotesNameTheRow) {
  expect_problem(problems_of("a,kind\n1,x\n2,y\"z\n"), "t.csv, row 3", "broken quotes in cell 2", "doubled");
  expect_problem(problems_of("a,kind\n1,\"x\"y\n"), "t.csv, row 2", "broken quotes in cell 2", "doubled");
  expect_problem(problems_of("a,kind\n1,x\n2,\"y\n3,z\n"), "t.csv, row 3", "never closed", "");
}

TEST_F(Csv, OneColumnGuessesTheDelimiter) {
  expect_problem(problems_of("a;kind\n1;x\n"), "t.csv", "single column", "\"data.delimiter\": \";\"");
  config.delimiter = ';';
  expect_problem(problems_of("a,kind\n1,x\n"), "t.csv", "single column", "\"data.delimiter\": \",\"");
  config.delimiter = '"';
  expect_problem(problems(), "t.csv", "the delimiter is a quote", "\"data.delimiter\"");
}

TEST_F(Csv, DuplicateNamesAreAllListed) {
  const auto problems = problems_of("a,b,a,kind,b,a\n1,2,3,x,5,6\n");
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].what, "the header names 3 columns \"a\" (0, 2, 5)");
  EXPECT_EQ(problems[1].what, "the header names 2 columns \"b\" (1, 4)");
}

TEST_F(Csv, OfManyColumnsOfOneNameTenAreListed) {
  std::string header = "a";
  std::string row = "1";
  for (int i = 1; i < 300; ++i) {
    header += ",a";
    row += ",1";
  }
  expect_problem(problems_of(header + "\n" + row + "\n"), "t.csv",
                 "300 columns \"a\" (0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 290 more)", "a name of its own");
}

TEST_F(Csv, DamagedGzipIsToldFromTruncated) {
  const std::string good = gzipped(kSmall);
  for (std::size_t size : {std::size_t{2}, std::size_t{9}, std::size_t{20}, good.size() - 9, good.size() - 1})
    expect_problem(problems_of(good.substr(0, size)), "t.csv", "truncated", "again");
  std::string damaged = good;
  damaged[damaged.size() - 6] = static_cast<char>(damaged[damaged.size() - 6] ^ 1);  // the checksum
  expect_problem(problems_of(damaged), "t.csv", "damaged", "again");
  expect_problem(problems_of(good + "abc"), "t.csv", "foreign bytes", "again");
}

}  // namespace
}  // namespace lrtune
