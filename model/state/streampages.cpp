#include "state/streampages.h"

namespace eventloupe {

namespace {

constexpr int pagesKept = 256;

} // namespace

StreamPages::StreamPages()
    : m_pages(pagesKept)
{
}

void StreamPages::insert(const QList<StreamListPage>& pages)
{
    for (const StreamListPage& page : pages)
        m_pages.insert({ page.group, page.page }, new StreamListPage(page));
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
