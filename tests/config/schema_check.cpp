// The only file that includes valijson, for its warnings.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wrestrict"  // GCC 12 sees an overlap in "text" + std::string() where there is none
#endif

#include "config/schema_check.h"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace lrtune {

std::string misfit(const std::string& schema_text, const std::string& text) {
  const auto schema_json = nlohmann::json::parse(schema_text);
  const auto document = nlohmann::json::parse(text);
  valijson::Schema schema;
  valijson::SchemaParser(valijson::SchemaParser::kDraft7)
      .populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_json), schema);
  valijson::ValidationResults results;
  valijson::Validator validator;
  if (validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(document), &results)) return {};
  std::string out = "does not fit:";
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    out += "\n ";
    for (const std::string& part : error.context) out += part;
    out += " " + error.description;
  }
  return out;
}

}  // namespace lrtune
