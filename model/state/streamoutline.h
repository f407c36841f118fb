#pragma once

#include <QtGlobal>

#include <vector>

namespace eventloupe {

/// Which row of the stream list is what: a header a category, and below those that are expanded
/// their streams. Costs memory for expanded categories only; looking a row up is O(log of them).
class StreamOutline {
public:
    /// Groups that are no category.
    enum Group : qint64 { Headers = 0, AllStreams = -1, Found = -2 };

    /// What a row shows: element `index` (from 0) of a group; a category's number is its group.
    struct Place {
        qint64 group = Headers;
        qint64 index = 0;
        friend bool operator==(const Place&, const Place&) = default;
    };
    struct Expanded {
        qint64 category = 0;
        qint64 streams = 0;
        friend bool operator==(const Expanded&, const Expanded&) = default;
    };

    /// One group alone, without headers.
    static StreamOutline flat(Group group, qint64 rows);
    /// `expanded` in order of their categories, each with at least one stream.
    static StreamOutline grouped(qint64 categories, std::vector<Expanded> expanded);

    [[nodiscard]] bool isFlat() const { return m_group != Headers; }
    [[nodiscard]] Group group() const { return m_group; }
    /// Headers when grouped, else the flat group's rows.
    [[nodiscard]] qint64 count() const { return m_count; }
    [[nodiscard]] const std::vector<Expanded>& expanded() const { return m_expanded; }
    [[nodiscard]] qint64 rowCount() const;
    [[nodiscard]] Place place(qint64 row) const;
    /// -1 when no row shows it.
    [[nodiscard]] qint64 rowOf(Place place) const;
    /// Rows of streams below a category's header; 0 while it is collapsed.
    [[nodiscard]] qint64 streamsShown(qint64 category) const;
    /// The same with another number of streams below a category's header.
    [[nodiscard]] StreamOutline withStreams(qint64 category, qint64 streams) const;
    /// The same with another count(); categories that go must be collapsed.
    [[nodiscard]] StreamOutline withCount(qint64 count) const;

    friend bool operator==(const StreamOutline&, const StreamOutline&) = default;

private:
    [[nodiscard]] const Expanded* expandedEntry(qint64 category) const;
    [[nodiscard]] qint64 headerRow(qint64 category) const;

    Group m_group = Headers;
    qint64 m_count = 0;
    std::vector<Expanded> m_expanded;
    std::vector<qint64> m_streamsBefore; ///< Below the headers before each entry's; then all.
};

} // namespace eventloupe
