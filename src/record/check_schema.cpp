// The schema of a check's report, as text but for the parts that it shares with the schema of a result.
#include "record/baseline_json.h"
#include "record/parts.h"
#include "record/study_json.h"

namespace lrtune {
namespace {

constexpr std::string_view kSchema = R"schema({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "lrtune check report",
  "description": "What lrtune check --json prints.",
  "type": "object",
  "required": ["schema_version", "tool", "baseline", "result", "verdict", "exit_code", "exact", "tolerances", "compared", "obstacles", "differences", "optimizers"],
  "properties": {
    "schema_version": {"const": 1},
    "tool": null,
    "baseline": {"type": "string", "description": "as it was named"},
    "result": {"type": "string", "description": "as it was named, or what was run"},
    "verdict": {"$ref": "#/definitions/verdict"},
    "exit_code": {"enum": [0, 3, 4, 5]},
    "exact": {"type": "boolean", "description": "whether the same bytes were demanded"},
    "tolerances": null,
    "compared": {"description": "number of optimizers", "$ref": "#/definitions/count"},
    "obstacles": {
      "type": "array",
      "description": "why the two cannot be compared",
      "items": {
        "type": "object",
        "required": ["kind", "label", "where", "before", "now"],
        "properties": {
          "kind": {"enum": ["no_baseline", "schema", "incomplete", "config", "data", "missing_label", "extra_label"]},
          "label": {"type": ["string", "null"]},
          "where": {"type": "string", "description": "a field, a label, or which of the two"},
          "before": {"type": "string"},
          "now": {"type": "string"}
        },
        "additionalProperties": false
      }
    },
    "differences": {
      "type": "array",
      "description": "of --exact",
      "items": {
        "type": "object",
        "required": ["label", "where", "before", "now"],
        "properties": {
          "label": {"type": ["string", "null"], "description": "null outside of optimizers"},
          "where": {"type": "string", "description": "JSON path"},
          "before": {"type": "string"},
          "now": {"type": "string"}
        },
        "additionalProperties": false
      }
    },
    "optimizers": {"type": "array", "items": {"$ref": "#/definitions/optimizer"}}
  },
  "additionalProperties": false,
  "definitions": {
    "count": null,
    "rate": null,
    "status": null,
    "estimate": null,
    "estimate_or_null": null,
    "rate_or_null": {"anyOf": [{"type": "null"}, {"$ref": "#/definitions/rate"}]},
    "verdict": {"enum": ["pass", "inconclusive", "regression", "not_comparable"]},
    "optimizer": {
      "type": "object",
      "required": ["label", "verdict", "reasons", "learning_rate", "objective", "status"],
      "properties": {
        "label": {"type": "string", "minLength": 1},
        "verdict": {"$ref": "#/definitions/verdict"},
        "reasons": {
          "type": "array",
          "description": "unless it passes",
          "items": {"enum": ["rate_lost", "rate_moved", "loss_lost", "loss_worse", "status_worse", "differs", "no_rate"]}
        },
        "learning_rate": {
          "type": "object",
          "required": ["before", "now", "decades", "inside_interval"],
          "properties": {
            "before": {"$ref": "#/definitions/rate_or_null"},
            "now": {"$ref": "#/definitions/rate_or_null"},
            "decades": {"type": ["number", "null"], "description": "log10(now / before)"},
            "inside_interval": {"type": "boolean", "description": "now, in the baseline's interval"}
          },
          "additionalProperties": false
        },
        "objective": {
          "type": "object",
          "required": ["before", "now", "change", "allowed"],
          "properties": {
            "before": {"$ref": "#/definitions/estimate_or_null"},
            "now": {"$ref": "#/definitions/estimate_or_null"},
            "change": {"type": ["number", "null"], "description": "now - before"},
            "allowed": {"type": ["number", "null"], "minimum": 0, "description": "the largest change that passes"}
          },
          "additionalProperties": false
        },
        "status": {
          "type": "object",
          "required": ["before", "now"],
          "properties": {"before": {"$ref": "#/definitions/status"}, "now": {"$ref": "#/definitions/status"}},
          "additionalProperties": false
        }
      },
      "additionalProperties": false
    }
  }
}
)schema";

}  // namespace

std::string check_schema() { return schema_with_parts(kSchema, result_schema()); }

}  // namespace lrtune
