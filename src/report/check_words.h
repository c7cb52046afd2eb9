// check_words.h: what every way of telling a CheckReport says.
#pragma once

#include <string>

#include "lrtune/check.h"

namespace lrtune {

const char* word(Verdict verdict);

// "the rate is 1.2 decades lower, 0.17 are allowed, and outside the interval …"; of all reasons, joined by "; ".
std::string reasons_text(const LabelCheck& check, const Tolerances& tolerances);

// "training.epochs is 20 in the baseline and 30 now"
std::string obstacle_text(const Obstacle& obstacle);

// "/data/train_rows: 120, now 121"
std::string difference_text(const Difference& difference);

std::string estimate_text(const std::optional<Estimate>& estimate);
std::string rate_text(const std::optional<double>& rate);
std::string decades_text(const LabelCheck& check);
std::string change_text(const LabelCheck& check);
std::string status_text(const LabelCheck& check);

// The verdict in one sentence, with what was compared and how.
std::string conclusion(const CheckReport& report);

}  // namespace lrtune
