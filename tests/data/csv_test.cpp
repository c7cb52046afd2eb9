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
  expect_problem(problems(), {ProblemKind::file_is_device, "/dev/zero"});
}

TEST_F(Csv, HugeFileIsRefusedUnread) {
  write("t.csv", "");
  std::filesystem::resize_file(folder / "t.csv", std::uintmax_t{1} << 42U);  // sparse: 4 TB of nothing
  expect_problem(problems(), "t.csv", "more than half of this machine's memory", "");
}

TEST_F(Csv, EmptyFileIsEmpty) {
  for (const char* text : {"", "\n\n", "\xEF\xBB\xBF", "  \r\n"})
    expect_problem(problems_of(text), {ProblemKind::file_empty, "t.csv"});
}

TEST_F(Csv, HeaderWithoutRowsIsNoData) {
  expect_problem(problems_of("length,width,kind\n"), {ProblemKind::rows_missing, "t.csv", {}, "data.header", "absent"});
}

TEST_F(Csv, BinaryAndForeignEncodingsAreNamedWithTheirRow) {
  expect_problem(problems_of(std::string("a,kind\n1,x\n2,\0y\n", 16)),
                 {ProblemKind::nul_byte, "t.csv, row 3", {}, "data.format", "idx"});
  expect_problem(problems_of(std::string("\xFF\xFE"
                                         "a\0,\0",
                                         6)),
                 {ProblemKind::utf16, "t.csv"});
  expect_problem(problems_of("a,kind\n1,x\n2,gr\xFCn\n"), {ProblemKind::not_utf8, "t.csv, row 3", {{"byte", "\374"}}});
  for (const char* bad : {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"})
    expect_problem(problems_of(std::string("a,kind\n1,") + bad), "t.csv, row 2", "is not UTF-8", "as UTF-8");
}

TEST_F(Csv, Utf8LabelsAreKept) {
  const Task task = load("a,kind\n1,grün\n2,日本\n3,grün\n4,日本\n5,grün\n6,日本\n");
  EXPECT_EQ(task.summary.classes, (std::vector<std::string>{"grün", "日本"}));
}

TEST_F(Csv, RaggedRowsAreCountedAndTheFirstNamed) {
  expect_problem(
      problems_of("a,kind\n1,x\n2,y,z\n3\n"),
      {ProblemKind::row_ragged, "t.csv, row 3", {{"cells", 3U}, {"columns", 2U}, {"rows", 2U}}, "data.delimiter"});
}

TEST_F(Csv, BrokenQuotesNameTheRow) {
  expect_problem(problems_of("a,kind\n1,x\n2,y\"z\n"), {ProblemKind::quote_broken, "t.csv, row 3", {{"cell", 2U}}});
  expect_problem(problems_of("a,kind\n1,\"x\"y\n"), {ProblemKind::quote_broken, "t.csv, row 2", {{"cell", 2U}}});
  expect_problem(problems_of("a,kind\n1,x\n2,\"y\n3,z\n"), {ProblemKind::quote_open, "t.csv, row 3"});
}

TEST_F(Csv, OneColumnGuessesTheDelimiter) {
  expect_problem(problems_of("a;kind\n1;x\n"), {ProblemKind::column_single, "t.csv", {}, "data.delimiter", "\";\""});
  config.delimiter = ';';
  expect_problem(problems_of("a,kind\n1,x\n"), {ProblemKind::column_single, "t.csv", {}, "data.delimiter", "\",\""});
  config.delimiter = '"';
  expect_problem(problems(), {ProblemKind::delimiter_impossible, "t.csv", {}, "data.delimiter"});
}

TEST_F(Csv, DuplicateNamesAreAllListed) {
  const auto problems = problems_of("a,b,a,kind,b,a\n1,2,3,x,5,6\n");
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problem_what(problems[0]), "the header has 3 columns named \"a\" (0, 2, 5)");
  EXPECT_EQ(problem_what(problems[1]), "the header has 2 columns named \"b\" (1, 4)");
}

TEST_F(Csv, OfManyColumnsOfOneNameTenAreListed) {
  std::string header = "a";
  std::string row = "1";
  for (int i = 1; i < 300; ++i) {
    header += ",a";
    row += ",1";
  }
  expect_problem(
      problems_of(header + "\n" + row + "\n"),
      {ProblemKind::column_name_twice,
       "t.csv",
       {{"name", "a"},
        {"count", 300U},
        {"columns",
         std::vector<std::string>{
             "0",   "1",   "2",   "3",   "4",   "5",   "6",   "7",   "8",   "9",   "10",  "11",  "12",  "13",
             "14",  "15",  "16",  "17",  "18",  "19",  "20",  "21",  "22",  "23",  "24",  "25",  "26",  "27",
             "28",  "29",  "30",  "31",  "32",  "33",  "34",  "35",  "36",  "37",  "38",  "39",  "40",  "41",
             "42",  "43",  "44",  "45",  "46",  "47",  "48",  "49",  "50",  "51",  "52",  "53",  "54",  "55",
             "56",  "57",  "58",  "59",  "60",  "61",  "62",  "63",  "64",  "65",  "66",  "67",  "68",  "69",
             "70",  "71",  "72",  "73",  "74",  "75",  "76",  "77",  "78",  "79",  "80",  "81",  "82",  "83",
             "84",  "85",  "86",  "87",  "88",  "89",  "90",  "91",  "92",  "93",  "94",  "95",  "96",  "97",
             "98",  "99",  "100", "101", "102", "103", "104", "105", "106", "107", "108", "109", "110", "111",
             "112", "113", "114", "115", "116", "117", "118", "119", "120", "121", "122", "123", "124", "125",
             "126", "127", "128", "129", "130", "131", "132", "133", "134", "135", "136", "137", "138", "139",
             "140", "141", "142", "143", "144", "145", "146", "147", "148", "149", "150", "151", "152", "153",
             "154", "155", "156", "157", "158", "159", "160", "161", "162", "163", "164", "165", "166", "167",
             "168", "169", "170", "171", "172", "173", "174", "175", "176", "177", "178", "179", "180", "181",
             "182", "183", "184", "185", "186", "187", "188", "189", "190", "191", "192", "193", "194", "195",
             "196", "197", "198", "199", "200", "201", "202", "203", "204", "205", "206", "207", "208", "209",
             "210", "211", "212", "213", "214", "215", "216", "217", "218", "219", "220", "221", "222", "223",
             "224", "225", "226", "227", "228", "229", "230", "231", "232", "233", "234", "235", "236", "237",
             "238", "239", "240", "241", "242", "243", "244", "245", "246", "247", "248", "249", "250", "251",
             "252", "253", "254", "255", "256", "257", "258", "259", "260", "261", "262", "263", "264", "265",
             "266", "267", "268", "269", "270", "271", "272", "273", "274", "275", "276", "277", "278", "279",
             "280", "281", "282", "283", "284", "285", "286", "287", "288", "289", "290", "291", "292", "293",
             "294", "295", "296", "297", "298", "299"}}}});
}

TEST_F(Csv, DamagedGzipIsToldFromTruncated) {
  const std::string good = gzipped(kSmall);
  for (std::size_t size : {std::size_t{2}, std::size_t{9}, std::size_t{20}, good.size() - 9, good.size() - 1})
    expect_problem(problems_of(good.substr(0, size)), {ProblemKind::gzip_truncated, "t.csv"});
  std::string damaged = good;
  damaged[damaged.size() - 6] = static_cast<char>(damaged[damaged.size() - 6] ^ 1);  // the checksum
  expect_problem(problems_of(damaged), {ProblemKind::gzip_damaged, "t.csv"});
  expect_problem(problems_of(good + "abc"), {ProblemKind::gzip_foreign_bytes, "t.csv"});
}

}  // namespace
}  // namespace lrtune
