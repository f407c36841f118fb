#pragma once

#include <QHash>
#include <QStringList>

namespace eventloupe {

/// Which of the theme's category colours a category has: a number of an ink. As long as no ranking
/// is known it follows from the name alone, so that it is the same at every start, and two names
/// may share one. With a ranking the most frequent categories have inks that differ, and a category
/// keeps its ink when others come or when ranks change a little.
class CategoryInks final {
public:
    /// The last ink is that of all categories without an ink of their own.
    explicit CategoryInks(int inks);

    /// The categories by their share in the log, most first; none forgets all. Tells whether any
    /// ink changed.
    bool rank(const QStringList& mostFirst);
    [[nodiscard]] int inkOf(const QString& category) const;
    /// False for those of "the rest".
    [[nodiscard]] bool hasOwn(const QString& category) const { return m_inks.contains(category); }

private:
    [[nodiscard]] int preferred(const QString& category) const;
    [[nodiscard]] int freeInk(const QStringList& mostFirst) const;
    void give(int ink, const QString& category);

    int m_own; ///< How many inks are given away; the next is that of the rest.
    QHash<QString, int> m_inks;
    QHash<int, QString> m_holders;
};

} // namespace eventloupe
