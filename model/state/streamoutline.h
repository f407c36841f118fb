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
    /// `expanded` in order of their categories.
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

    friend bool operator==(const StreamOutline&, const StreamOutline&) = default;

private:
    [[nodiscard]] qint64 headerRow(qint64 category) const;

    Group m_group = Headers;
    qint64 m_count = 0;
    std::vector<Expanded> m_expanded;
    std::vector<qint64> m_streamsBefore; ///< Rows of streams before each expanded category's.
};

} // namespace eventloupe
