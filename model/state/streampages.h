#pragma once

#include "state/streamlistreader.h"

#include <QCache>

namespace eventloupe {

/// Pages of the stream list that were read, a bounded number of them. A page of another position
/// still shows while the right one is read: the rows are the same, only versions differ.
class StreamPages {
public:
    StreamPages();

    /// Returns the places whose rows differ from what was known of them.
    QList<StreamOutline::Place> insert(const QList<StreamListPage>& pages);
    /// The page that a place is on, or nullptr.
    [[nodiscard]] const StreamListPage* pageOf(StreamOutline::Place place) const;
    /// The row at a place, or nullptr.
    [[nodiscard]] const StreamListRow* find(StreamOutline::Place place) const;
    void clear() { m_pages.clear(); }
    /// Forgets pages of a search: all, or those that found streams may be added to.
    void dropFound(bool onlyPartial);

private:
    QCache<std::pair<qint64, qint64>, StreamListPage> m_pages; ///< By group and page.
};

} // namespace eventloupe
