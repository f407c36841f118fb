#pragma once

#include <QtGlobal>

#include <optional>

namespace eventloupe {

/// Notices that keys come round again, as where rows that a damaged table holds out of order lead
/// back to themselves, without end. One key is remembered, a later one each time their number has
/// doubled (Brent, An improved Monte Carlo factorization algorithm, BIT 20, 1980), so that a good
/// log costs a comparison a key. A cycle is noticed within three times its length and what came
/// before it.
template <class Key> class CycleWatch {
public:
    /// Whether the next key is one that came before.
    bool comesRound(const Key& next)
    {
        if (m_remembered == next)
            return true;
        if (++m_behind >= m_untilNext) {
            m_remembered = next;
            m_untilNext *= 2;
            m_behind = 0;
        }
        return false;
    }

private:
    std::optional<Key> m_remembered;
    qint64 m_behind = 0; ///< Keys since then.
    qint64 m_untilNext = 1;
};

} // namespace eventloupe
