#pragma once

namespace eventloupe::TimelineGeometry {

/// Of the timeline's slider, in pixels.
constexpr double margin = 8; ///< Left and right of the track, for half of the handle.
constexpr double top = 10; ///< Above the track, for marks and the handle's head.
constexpr double bottom = 3;

} // namespace eventloupe::TimelineGeometry
