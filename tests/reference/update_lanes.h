// update_lanes.h: Kernel::update alone, on lanes whose gradients the test gives. Slots, scalars and groups are laid out
// as train/cohort.cpp does it, but by a second hand.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "train/cohort.h"

namespace lrtune::reference {

class UpdateLanes {
 public:
  // One lane per optimizer, sorted by rule; all lanes start from w0.
  UpdateLanes(const Kernel& kernel, std::vector<LaneOptimizer> lanes, std::span<const float> w0)
      : kernel_(kernel),
        lanes_(std::move(lanes)),
        count_(w0.size()),
        parameters_(w0.size() * kLanes),
        gradients_(w0.size() * kLanes),
        memory_(lanes_.size(), {1, 1, 1}) {
    for (std::size_t p = 0; p < count_; ++p) std::fill_n(parameters_.data() + p * kLanes, kLanes, w0[p]);
    for (std::size_t s = 0; s < kMostSlots; ++s) {
      slots_.emplace_back(count_ * kLanes);
      for (std::size_t t = 0; t < lanes_.size(); ++t)
        for (std::size_t p = 0; p < count_; ++p)
          slots_[s].data()[p * kLanes + t] =
              static_cast<float>(rules()[lanes_[t].rule].initial_slot(lanes_[t].parameters));
      view_.slots[s] = slots_[s].data();
    }
    for (std::size_t t = 0; t < lanes_.size(); ++t) {
      if (t == 0 || lanes_[t].rule != lanes_[t - 1].rule) groups_.push_back({lanes_[t].rule, t, t});
      groups_.back().last = t + 1;
    }
    view_.parameters = parameters_.data();
    view_.parameter_count = count_;
    view_.groups = groups_.data();
    view_.group_count = groups_.size();
  }
  UpdateLanes(const UpdateLanes&) = delete;
  UpdateLanes& operator=(const UpdateLanes&) = delete;

  float w(std::size_t p, std::size_t lane) const { return parameters_.data()[p * kLanes + lane]; }
  float slot(std::size_t s, std::size_t p, std::size_t lane) const { return slots_[s].data()[p * kLanes + lane]; }

  // gradient(p, lane), rates per lane.
  template <class Gradient>
  void update(const Gradient& gradient, std::span<const double> rates) {
    ++updates_;
    std::array<double, kMostScalars> scalars{};
    for (std::size_t t = 0; t < lanes_.size(); ++t) {
      const Rule& rule = rules()[lanes_[t].rule];
      rule.begin_update(lanes_[t].parameters, {updates_, rates[t], memory_[t]}, scalars.data());
      for (std::size_t s = 0; s < rule.scalars; ++s) view_.scalars[s][t] = static_cast<float>(scalars[s]);
      for (std::size_t p = 0; p < count_; ++p) gradients_.data()[p * kLanes + t] = gradient(p, t);
    }
    kernel_.update(view_, gradients_.data(), 0, count_);
  }

 private:
  const Kernel& kernel_;
  std::vector<LaneOptimizer> lanes_;
  std::size_t count_;
  Slab parameters_;
  Slab gradients_;
  std::vector<Slab> slots_;
  std::vector<LaneGroup> groups_;
  std::vector<std::array<double, kMemory>> memory_;
  std::size_t updates_ = 0;
  CohortView view_{};
};

}  // namespace lrtune::reference
