// The schema of a result, as text: the layout changes seldom, and is read more often than it is written.
#include "record/study_json.h"

namespace lrtune {
namespace {

constexpr std::string_view kSchema = R"schema({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "lrtune result",
  "description": "What lrtune tune -o writes. No NaN, no Infinity; the same bytes everywhere except tool and run. A baseline may lack trials and run, and may have tolerances.",
  "type": "object",
  "required": ["schema_version", "tool", "complete", "config", "config_id", "data", "recommendation", "optimizers"],
  "properties": {
    "schema_version": {"const": 1},
    "tool": {
      "type": "object",
      "required": ["name", "version"],
      "properties": {"name": {"const": "lrtune"}, "version": {"type": "string"}}
    },
    "complete": {"type": "boolean", "description": "false: interrupted; what is there is whole"},
    "config": {"type": "object", "description": "fully resolved; config.schema.json"},
    "config_id": {"type": "string", "description": "SHA-256 of the configuration's canonical dump without data paths"},
    "data": {
      "type": "object",
      "required": ["kind", "train_rows", "validation_rows", "features", "classes", "class_names", "sha256", "notices"],
      "properties": {
        "kind": {"enum": ["classification", "regression"]},
        "train_rows": {"$ref": "#/definitions/count"},
        "validation_rows": {"$ref": "#/definitions/count"},
        "features": {"$ref": "#/definitions/count"},
        "classes": {"type": ["integer", "null"], "minimum": 1, "description": "null for regression"},
        "class_names": {"type": "array", "items": {"type": "string"}},
        "target": {
          "type": "object",
          "description": "regression: mean and standard deviation of the training rows",
          "required": ["mean", "sd"],
          "properties": {"mean": {"type": "number"}, "sd": {"type": "number"}},
          "additionalProperties": false
        },
        "sha256": {"type": "string", "description": "of the parsed table, not of the file"},
        "notices": {"$ref": "#/definitions/notices"}
      },
      "additionalProperties": false
    },
    "recommendation": {
      "description": "the best entry of all; null if no entry has a rate",
      "anyOf": [
        {"type": "null"},
        {
          "type": "object",
          "required": ["label", "learning_rate", "objective", "not_told_apart", "status"],
          "properties": {
            "label": {"type": "string"},
            "learning_rate": {"$ref": "#/definitions/rate"},
            "objective": {"$ref": "#/definitions/estimate"},
            "not_told_apart": {"type": "array", "items": {"type": "string"}, "description": "labels of other entries"},
            "status": {"$ref": "#/definitions/status"}
          },
          "additionalProperties": false
        }
      ]
    },
    "optimizers": {"type": "array", "items": {"$ref": "#/definitions/entry"}},
    "run": {
      "type": "object",
      "description": "where and how: differs between machines",
      "required": ["started_at", "wall_seconds", "threads", "host", "cpu", "compiler"],
      "properties": {
        "started_at": {"type": "string", "description": "UTC, ISO 8601"},
        "wall_seconds": {"type": "number", "minimum": 0},
        "threads": {"$ref": "#/definitions/count"},
        "isa": {"type": "string"},
        "host": {"type": "string"},
        "cpu": {"type": "string"},
        "compiler": {"type": "string"}
      },
      "additionalProperties": false
    },
    "tolerances": {
      "type": "object",
      "description": "of a baseline, for lrtune check: decades, loss, share of the loss, standard errors",
      "properties": {
        "rate_decades": {"type": "number", "minimum": 0},
        "loss_absolute": {"type": "number", "minimum": 0},
        "loss_relative": {"type": "number", "minimum": 0},
        "loss_se": {"type": "number", "minimum": 0}
      },
      "additionalProperties": false
    }
  },
  "additionalProperties": false,
  "definitions": {
    "count": {"type": "integer", "minimum": 0},
    "rate": {"type": "number", "exclusiveMinimum": 0},
    "numbers": {"type": "array", "items": {"type": "number"}},
    "status": {"enum": ["ok", "noisy", "flat", "edge", "stuck", "all_diverged"]},
    "estimate": {
      "type": "object",
      "description": "a mean over seeds; standard_error is null with a single seed",
      "required": ["mean", "standard_error"],
      "properties": {"mean": {"type": "number"}, "standard_error": {"type": ["number", "null"], "minimum": 0}},
      "additionalProperties": false
    },
    "estimate_or_null": {"anyOf": [{"type": "null"}, {"$ref": "#/definitions/estimate"}]},
    "notices": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["kind", "text", "remedy"],
        "properties": {
          "kind": {"type": "string"},
          "facts": {
            "type": "object",
            "description": "what was seen: numbers, texts and lists of texts",
            "additionalProperties": {
              "anyOf": [{"type": ["number", "string"]}, {"type": "array", "items": {"type": "string"}}]
            }
          },
          "option": {"type": ["string", "null"], "description": "what helps: a field of the config or an option"},
          "value": {"type": ["string", "null"], "description": "what to set the option to; null: to be chosen"},
          "text": {"type": "string"},
          "remedy": {"type": "string"}
        },
        "additionalProperties": false
      }
    },
)schema"
                                     // A string literal has an upper limit of length in some compilers.
                                     R"schema(    "entry": {
      "type": "object",
      "required": ["label", "name", "hyperparameters", "recommendation", "default", "cost"],
      "properties": {
        "label": {"type": "string", "minLength": 1},
        "name": {"type": "string", "minLength": 1},
        "hyperparameters": {
          "type": "object",
          "description": "every parameter of the optimizer; a switch is 0 or 1",
          "additionalProperties": {"type": "number"}
        },
        "recommendation": {
          "type": "object",
          "required": ["learning_rate", "interval", "range", "objective", "validation_error", "seeds", "status", "notices"],
          "properties": {
            "learning_rate": {
              "description": "null if every trial diverged",
              "anyOf": [{"type": "null"}, {"$ref": "#/definitions/rate"}]
            },
            "interval": {
              "description": "rates that cannot be told from the best at 95 %",
              "anyOf": [
                {"type": "null"},
                {"type": "array", "items": {"$ref": "#/definitions/rate"}, "minItems": 2, "maxItems": 2}
              ]
            },
            "range": {
              "description": "usable rates, for cyclical schedules",
              "anyOf": [
                {"type": "null"},
                {
                  "type": "object",
                  "required": ["min", "max"],
                  "properties": {"min": {"$ref": "#/definitions/rate"}, "max": {"$ref": "#/definitions/rate"}},
                  "additionalProperties": false
                }
              ]
            },
            "divergence_margin_decades": {
              "description": "from the rate up to the lowest at which any seed diverged; null: none did",
              "type": ["number", "null"]
            },
            "objective": {"$ref": "#/definitions/estimate_or_null"},
            "objective_in_target_units": {"$ref": "#/definitions/estimate"},
            "validation_error": {"$ref": "#/definitions/estimate_or_null"},
            "seeds": {"$ref": "#/definitions/count"},
            "status": {"$ref": "#/definitions/status"},
            "notices": {"$ref": "#/definitions/notices"}
          },
          "additionalProperties": false
        },
        "default": {
          "type": "object",
          "description": "what the framework's default rate would have cost; objective is null if a seed diverged or the budget left no run for it",
          "required": ["learning_rate", "objective", "diverged"],
          "properties": {
            "learning_rate": {"$ref": "#/definitions/rate"},
            "objective": {"$ref": "#/definitions/estimate_or_null"},
            "diverged": {"type": "boolean", "description": "on any seed"}
          },
          "additionalProperties": false
        },
        "cost": {
          "type": "object",
          "required": ["trials", "full_runs"],
          "properties": {
            "trials": {"$ref": "#/definitions/count"},
            "full_runs": {"type": "number", "minimum": 0, "description": "trained updates / updates of a full trial"}
          },
          "additionalProperties": false
        },
        "stability": {
          "type": "object",
          "description": "how sharp the training loss is, and the largest stable rate that follows; reported, never used to choose. Missing if search.sharpness is false",
          "required": ["start", "end", "lowest_diverged", "full_runs"],
          "properties": {
            "start": {"$ref": "#/definitions/stability_point"},
            "end": {
              "description": "after a full training at the recommended rate, seed 0; null without one",
              "anyOf": [{"type": "null"}, {"$ref": "#/definitions/stability_point"}]
            },
            "lowest_diverged": {
              "description": "lowest rate at which a trial of any seed diverged; null if none did",
              "anyOf": [{"type": "null"}, {"$ref": "#/definitions/rate"}]
            },
            "full_runs": {"type": "number", "minimum": 0, "description": "what this took, in full trainings; not part of cost"}
          },
          "additionalProperties": false
        },
        "trials": {"type": "array", "items": {"$ref": "#/definitions/trial"}}
      },
      "additionalProperties": false
    },
    "sharpness": {
      "type": "object",
      "description": "the largest eigenvalue of a Hessian of the mean training loss; converged: the residual is within 1 % of it",
      "required": ["value", "products", "converged"],
      "properties": {
        "value": {"type": "number"},
        "products": {"type": "integer", "minimum": 1},
        "converged": {"type": "boolean"}
      },
      "additionalProperties": false
    },
    "sharpness_or_null": {"anyOf": [{"type": "null"}, {"$ref": "#/definitions/sharpness"}]},
    "stability_point": {
      "type": "object",
      "required": ["sharpness", "preconditioned", "edge"],
      "properties": {
        "sharpness": {"$ref": "#/definitions/sharpness_or_null"},
        "preconditioned": {"$ref": "#/definitions/sharpness_or_null"},
        "edge": {
          "description": "rate from which on a quadratic of this curvature is unstable; null without a formula or without positive curvature",
          "anyOf": [{"type": "null"}, {"$ref": "#/definitions/rate"}]
        }
      },
      "additionalProperties": false
    },
    "trial": {
      "type": "object",
      "required": ["stage", "learning_rate", "seed", "status", "class", "ended_at_step", "updates", "curve", "objective",
                   "validation_error"],
      "properties": {
        "stage": {"enum": ["coarse", "extend", "fine", "confirm", "default"]},
        "learning_rate": {"$ref": "#/definitions/rate"},
        "seed": {"$ref": "#/definitions/count"},
        "status": {"enum": ["completed", "diverged", "pruned"]},
        "class": {"enum": ["learned", "slow", "stuck", null]},
        "ended_at_step": {"type": ["integer", "null"], "minimum": 0},
        "recovered": {"type": "boolean", "description": "passed 4 times the first validation loss on the way, yet completed"},
        "updates": {"$ref": "#/definitions/count"},
        "curve": {
          "type": "object",
          "description": "lists of equal length; validation_error is empty for regression",
          "required": ["step", "train_loss", "validation_loss", "validation_error"],
          "properties": {
            "step": {"type": "array", "items": {"$ref": "#/definitions/count"}},
            "train_loss": {"$ref": "#/definitions/numbers"},
            "validation_loss": {"$ref": "#/definitions/numbers"},
            "validation_error": {"$ref": "#/definitions/numbers"}
          },
          "additionalProperties": false
        },
        "objective": {"type": ["number", "null"]},
        "validation_error": {"type": ["number", "null"]}
      },
      "additionalProperties": false
    }
  }
}
)schema";

}  // namespace

std::string result_schema() { return std::string(kSchema); }

}  // namespace lrtune
