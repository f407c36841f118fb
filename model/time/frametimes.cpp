#include "time/frametimes.h"

#include <algorithm>

namespace eventloupe {

void FrameTimes::requested()
{
    if (!m_clock.isValid())
        m_clock.start();
}

void FrameTimes::shown()
{
    m_isShown = m_clock.isValid();
}

void FrameTimes::painted()
{
    if (!m_isShown)
        return;
    const double time = static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
    if (m_times.size() < framesKept)
        m_times.push_back(time);
    else
        m_times[m_next] = time;
    m_next = (m_next + 1) % framesKept;
    m_isShown = false;
    m_clock.invalidate();
}

double FrameTimes::last() const
{
    return m_times.empty() ? 0 : m_times[(m_next + framesKept - 1) % framesKept];
}

double FrameTimes::quantile(double share) const
{
    if (m_times.empty())
        return 0;
    auto sorted = m_times;
    const auto place = sorted.begin()
        + static_cast<std::ptrdiff_t>(share * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), place, sorted.end());
    return *place;
}

} // namespace eventloupe
