#include "app/cli/storeplace.h"
#include "app/cli/verb.h"

#include <limits>

namespace eventloupe::cli {

namespace {

constexpr int pageSize = 500;

/// Prints streams as they were at a position, page by page.
class StreamLister {
public:
    StreamLister(EventStore& store, Position position, qint64 limit, Terminal& terminal)
        : m_store(store)
        , m_position(position)
        , m_left(limit)
        , m_terminal(terminal)
    {
    }

    Result<void> listAll()
    {
        StreamId first = 1;
        return list([&](int limit) {
            auto page = m_store.streamsAt(m_position, first, limit);
            first += limit;
            return page;
        });
    }

    Result<void> listCategory(const QString& name)
    {
        const auto category = findCategory(name);
        if (!category)
            return category.error();
        if (*category == 0)
            return {};
        qint64 skip = 0;
        return list([&](int limit) {
            auto page = m_store.streamsOfCategoryAt(*category, m_position, skip, limit);
            skip += limit;
            return page;
        });
    }

private:
    template <class NextPage> Result<void> list(NextPage nextPage)
    {
        while (m_left > 0 && !m_terminal.cancel().isCancelled()) {
            const int limit = int(qMin<qint64>(m_left, pageSize));
            const auto page = nextPage(limit);
            if (!page)
                return page.error();
            for (const auto& stream : *page) {
                const auto printed = print(stream);
                if (!printed)
                    return printed.error();
                if (!*printed)
                    return {};
            }
            m_left -= page->size();
            if (page->size() < limit)
                return {};
        }
        return {};
    }

    /// 0 when no stream of the category exists yet.
    Result<qint64> findCategory(const QString& name)
    {
        const auto count = m_store.categoryCountAt(m_position);
        if (!count)
            return count.error();
        for (qint64 first = 1; first <= *count; first += pageSize) {
            const auto page = m_store.categoriesAt(m_position, first, pageSize);
            if (!page)
                return page.error();
            for (const auto& category : *page) {
                if (category.name == name)
                    return category.id;
            }
        }
        return qint64(0);
    }

    /// False when nobody reads on.
    Result<bool> print(const StreamAt& stream)
    {
        auto head = stream.info.headPosition;
        if (stream.version != stream.info.headVersion) {
            const auto last = m_store.positionOf(stream.info.id, stream.version);
            if (!last)
                return last.error();
            head = *last;
        }
        auto line = JsonValue::emptyObject();
        line.insert("stream", JsonValue::fromString(stream.info.name));
        line.insert("category", JsonValue::fromString(stream.info.category));
        line.insert("version", JsonValue::fromInt(stream.version));
        line.insert("first_position", JsonValue::fromInt(stream.info.firstPosition));
        line.insert("head_position", JsonValue::fromInt(head));
        return m_terminal.writeLine(viewOf(line.toJson()));
    }

    EventStore& m_store;
    Position m_position;
    qint64 m_left;
    Terminal& m_terminal;
};

int run(const Arguments& arguments, Terminal& terminal)
{
    const auto at = arguments.number(QStringLiteral("at"), 0);
    if (!at)
        return terminal.misuse(at.error().message);
    const auto limit = arguments.number(QStringLiteral("limit"), 1);
    if (!limit)
        return terminal.misuse(limit.error().message);
    const auto store = openToRead(arguments.words().constFirst(), terminal);
    if (!store)
        return terminal.fail(store.error());
    const auto head = (*store)->head();
    if (!head)
        return terminal.fail(head.error());
    StreamLister lister(**store, qMin(at->value_or(*head), *head),
        limit->value_or(std::numeric_limits<qint64>::max()), terminal);
    const auto option = QStringLiteral("category");
    const auto listed
        = arguments.has(option) ? lister.listCategory(arguments.value(option)) : lister.listAll();
    return listed ? int(Done) : terminal.fail(listed.error());
}

} // namespace

Verb streamsVerb()
{
    Verb verb;
    verb.name = QStringLiteral("streams");
    verb.synopsis = QStringLiteral("STORE [--at P] [--category C] [--limit N]");
    verb.summary = tr("Prints streams, one JSON object a line, in order of their first event");
    verb.options = {
        { QStringLiteral("at"), QStringLiteral("P"), tr("As they were at this position") },
        { QStringLiteral("category"), QStringLiteral("C"), tr("Only streams of this category") },
        { QStringLiteral("limit"), QStringLiteral("N"), tr("At most so many streams") },
    };
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
