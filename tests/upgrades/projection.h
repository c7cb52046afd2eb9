// projection.h: what of a result is promised to stay the same to the bit: its fields that version 0.1.0 had, but for
// those that say where, when and by which version it was made, the config's id, whose definition has changed, and the
// words of notices.
#pragma once

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace lrtune {

class Projection {
 public:
  // Onto the schemas in `folder`.
  explicit Projection(const std::filesystem::path& folder)
      : result_(schema(folder / "result.schema.json")), config_(schema(folder / "config.schema.json")) {}

  // Of the result of a search.
  nlohmann::json of(const std::string& text) const {
    nlohmann::json result = nlohmann::json::parse(text);
    const nlohmann::json config = kept(config_, config_, result.at("config"));
    result = kept(result_, result_, result);
    result["config"] = config;
    result.erase("run");
    result.erase("config_id");
    result.at("tool").erase("version");
    leave_out_words(result);
    return result;
  }

 private:
  using Json = nlohmann::json;

  static Json schema(const std::filesystem::path& path) {
    std::ifstream file(path);
    return Json::parse(file);
  }

  // Whether an alternative of "anyOf" is the one that speaks of the value's fields.
  static bool suits(const Json& schema, const Json& root, const Json& value) {
    if (schema.contains("$ref"))
      return suits(root.at(Json::json_pointer(schema["$ref"].get<std::string>().substr(1))), root, value);
    if (!schema.contains("properties")) return schema.contains("items") && value.is_array();
    const Json& properties = schema["properties"];
    const bool is_named = properties.contains("name") && properties["name"].contains("const");
    return value.is_object() && (!is_named || properties["name"]["const"] == value.at("name"));
  }

  // The value without the fields that its schema does not have.
  static Json kept(const Json& schema, const Json& root, const Json& value) {
    if (schema.contains("$ref"))
      return kept(root.at(Json::json_pointer(schema["$ref"].get<std::string>().substr(1))), root, value);
    if (schema.contains("anyOf")) {
      for (const Json& alternative : schema["anyOf"])
        if (suits(alternative, root, value)) return kept(alternative, root, value);
      return value;
    }
    Json out = value;
    if (value.is_array() && schema.contains("items"))
      for (Json& item : out) item = kept(schema["items"], root, item);
    if (!value.is_object() || !schema.contains("properties")) return out;
    for (const auto& [key, member] : value.items()) {
      if (schema["properties"].contains(key))
        out[key] = kept(schema["properties"][key], root, member);
      else
        out.erase(key);
    }
    return out;
  }

  static void leave_out_words(Json& value) {
    if (value.is_object() && value.contains("notices"))
      for (Json& notice : value["notices"])
        for (const char* words : {"text", "remedy"}) notice.erase(words);
    if (value.is_structured())
      for (Json& item : value) leave_out_words(item);
  }

  Json result_;
  Json config_;
};

}  // namespace lrtune
