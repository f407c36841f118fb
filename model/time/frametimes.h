#pragma once

#include <QElapsedTimer>

#include <vector>

namespace eventloupe {

/// How long the last frames took, from the request to the paint, in milliseconds. A request that a
/// newer one replaced before it was shown counts from when it was made. One thread.
class FrameTimes {
public:
    static constexpr std::size_t framesKept = 256;

    void requested();
    /// What was asked for is ready to be painted.
    void shown();
    /// The window was painted; counts what was shown since.
    void painted();

    [[nodiscard]] std::size_t count() const { return m_times.size(); }
    [[nodiscard]] double last() const;
    /// Of the kept ones, the time that this share of them (0 to 1) does not exceed; 0 for none.
    [[nodiscard]] double quantile(double share) const;

private:
    std::vector<double> m_times; ///< A ring.
    std::size_t m_next = 0;
    QElapsedTimer m_clock; ///< Valid from the request to the paint.
    bool m_isShown = false;
};

} // namespace eventloupe
