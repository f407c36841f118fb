#include "state/streampages.h"

namespace eventloupe {

namespace {

constexpr int pagesKept = 256;

bool looksAlike(const StreamListRow& left, const StreamListRow& right)
{
    if (left.category.has_value() != right.category.has_value())
        return false;
    if (left.category)
        return left.category->id == right.category->id
            && left.category->streams == right.category->streams;
    return left.stream.info.id == right.stream.info.id
        && left.stream.version == right.stream.version;
}

} // namespace

StreamPages::StreamPages()
    : m_pages(pagesKept)
{
}

QList<StreamOutline::Place> StreamPages::insert(const QList<StreamListPage>& pages)
{
    QList<StreamOutline::Place> changed;
    for (const StreamListPage& page : pages) {
        const StreamListPage* known = m_pages.object({ page.group, page.page });
        for (qsizetype i = 0; i < page.rows.size(); ++i)
            if (!known || i >= known->rows.size() || !looksAlike(known->rows[i], page.rows[i]))
                changed.append({ page.group, page.page * StreamListPage::rowsPerPage + i });
        m_pages.insert({ page.group, page.page }, new StreamListPage(page));
    }
    return changed;
}

const StreamListPage* StreamPages::pageOf(StreamOutline::Place place) const
{
    return m_pages.object({ place.group, place.index / StreamListPage::rowsPerPage });
}

const StreamListRow* StreamPages::find(StreamOutline::Place place) const
{
    const StreamListPage* page = pageOf(place);
    const qint64 index = place.index % StreamListPage::rowsPerPage;
    return page && index < page->rows.size() ? &page->rows.at(index) : nullptr;
}

void StreamPages::dropFound(bool onlyPartial)
{
    const auto keys = m_pages.keys();
    for (const auto& key : keys) {
        const StreamListPage* page = m_pages.object(key);
        const bool isFull = page->rows.size() == StreamListPage::rowsPerPage;
        if (page->group == StreamOutline::Found && !(onlyPartial && isFull))
            m_pages.remove(key);
    }
}

} // namespace eventloupe
