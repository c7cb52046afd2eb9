// check_words.h: what every way of telling a CheckReport says.
#pragma once

#include <string>

#include "lrtune/check.h"

namespace lrtune {

const char* verdict_word(Verdict verdict);
// Of an optimizer: "not compared" where its figures are for information.
const char* label_word(Verdict verdict);

// "the rate is 1.2 decades lower, where 0.167 are allowed"; of all reasons, joined by "; ".
std::string reasons_text(const LabelCheck& check, const Tolerances& tolerances);

// "another config: training.epochs is 20 in the baseline, now 30"
std::string obstacle_fact(const Obstacle& obstacle);
// The same, and what can be done about it.
std::string obstacle_text(const Obstacle& obstacle);

// What it is about: a field, a label, or which of the two.
std::string obstacle_name(const Obstacle& obstacle);

// "/data/train_rows: 120, now 121"
std::string difference_text(const Difference& difference);

std::string decades_text(const LabelCheck& check);
std::string change_text(const LabelCheck& check);
std::string status_text(const LabelCheck& check);
// "rate 0.1, now 0.12; loss 0.5 ± 0.003, now 0.51 ± 0.003; status ok"
std::string figures_text(const LabelCheck& check);

// The verdict in one sentence, with what was compared and how.
std::string conclusion(const CheckReport& report);

}  // namespace lrtune
