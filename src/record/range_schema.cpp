// The schema of a range result, as text but for the parts that it shares with the schema of a result.
#include "record/parts.h"
#include "record/range_json.h"
#include "record/study_json.h"

namespace lrtune {
namespace {

constexpr std::string_view kSchema = R"schema({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "lrtune range result",
  "description": "What lrtune range -o writes. No NaN, no Infinity; the same bytes everywhere except tool and run.",
  "type": "object",
  "required": ["schema_version", "tool", "config", "config_id", "data", "range", "optimizers", "run"],
  "properties": {
    "schema_version": {"const": 1},
    "tool": null,
    "config": null,
    "config_id": null,
    "data": null,
    "range": {
      "type": "object",
      "required": ["updates", "from", "to", "growth", "loss", "smoothing", "stop_factor"],
      "properties": {
        "updates": {"type": "integer", "minimum": 2},
        "from": {"$ref": "#/definitions/rate"},
        "to": {"$ref": "#/definitions/rate"},
        "growth": {"enum": ["exponential", "linear"]},
        "loss": {"enum": ["batch", "train", "validation"]},
        "smoothing": {"type": "number", "minimum": 0, "exclusiveMaximum": 1},
        "stop_factor": {"type": "number", "exclusiveMinimum": 1}
      },
      "additionalProperties": false
    },
    "optimizers": {"type": "array", "items": {"$ref": "#/definitions/entry"}},
    "run": null
  },
  "additionalProperties": false,
  "definitions": {
    "count": null,
    "rate": null,
    "numbers": null,
    "notices": null,
    "rate_or_null": {"anyOf": [{"type": "null"}, {"$ref": "#/definitions/rate"}]},
    "entry": {
      "type": "object",
      "required": ["label", "name", "hyperparameters", "suggestions", "runs"],
      "properties": {
        "label": {"type": "string", "minLength": 1},
        "name": {"type": "string", "minLength": 1},
        "hyperparameters": {
          "type": "object",
          "description": "every parameter of the optimizer; a switch is 0 or 1",
          "additionalProperties": {"type": "number"}
        },
        "suggestions": {
          "type": "object",
          "description": "by heuristic, over all seeds",
          "additionalProperties": {
            "type": "object",
            "required": ["learning_rate", "spread_decades", "abstained"],
            "properties": {
              "learning_rate": {"description": "median; null if every seed abstained", "$ref": "#/definitions/rate_or_null"},
              "lowest_rate": {"description": "smith: where a cycle begins, median", "$ref": "#/definitions/rate"},
              "spread_decades": {
                "type": ["number", "null"],
                "minimum": 0,
                "description": "log10 of the highest / the lowest seed's; null with fewer than two"
              },
              "abstained": {"description": "seeds without a suggestion", "$ref": "#/definitions/count"}
            },
            "additionalProperties": false
          }
        },
        "runs": {"type": "array", "items": {"$ref": "#/definitions/run"}}
      },
      "additionalProperties": false
    },
    "run": {
      "type": "object",
      "required": ["seed", "status", "ended_at_update", "curve", "suggestions"],
      "properties": {
        "seed": {"$ref": "#/definitions/count"},
        "status": {"enum": ["completed", "stopped", "non_finite", "too_short"]},
        "ended_at_update": {"type": ["integer", "null"], "minimum": 1, "description": "counted from 1; null if all updates were made"},
        "curve": {
          "type": "object",
          "description": "lists of equal length, one number per update",
          "required": ["learning_rate", "loss", "smoothed_loss"],
          "properties": {
            "learning_rate": {"type": "array", "items": {"$ref": "#/definitions/rate"}},
            "loss": {"$ref": "#/definitions/numbers"},
            "smoothed_loss": {"$ref": "#/definitions/numbers"}
          },
          "additionalProperties": false
        },
        "suggestions": {
          "type": "object",
          "description": "by heuristic",
          "additionalProperties": {
            "type": "object",
            "required": ["learning_rate", "why"],
            "properties": {
              "learning_rate": {"description": "null: it abstains", "$ref": "#/definitions/rate_or_null"},
              "lowest_rate": {"description": "smith: where a cycle begins", "$ref": "#/definitions/rate"},
              "why": {"type": "string", "minLength": 1}
            },
            "additionalProperties": false
          }
        }
      },
      "additionalProperties": false
    }
  }
}
)schema";

}  // namespace

std::string range_result_schema() { return schema_with_parts(kSchema, result_schema()); }

}  // namespace lrtune
