// training_revision.h: the revision of what a training gives.
#pragma once

namespace lrtune {

// Whoever changes the bits of a trial, for whatever config, raises this by one: journals of trials with other bits are
// then refused instead of gone on from (docs/determinism.md).
inline constexpr int kTrainingRevision = 2;

}  // namespace lrtune
