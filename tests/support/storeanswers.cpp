#include "support/storeanswers.h"

#include <utility>

namespace eventloupe {

namespace {

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString textOf(const EventView& event)
{
    return QStringLiteral("%1 %2:%3@%4 %5 %6 %7 ")
               .arg(event.position)
               .arg(event.streamId)
               .arg(textOf(event.stream))
               .arg(event.version)
               .arg(textOf(event.type))
               .arg(event.time.microseconds)
               .arg(textOf(event.id))
        + textOf(event.data) + textOf(event.metadata);
}

QString textOf(const QList<Event>& events)
{
    QStringList texts;
    for (const Event& each : events) {
        const QByteArray stream = each.stream.toUtf8();
        const QByteArray type = each.type.toUtf8();
        const QByteArray id = each.id.toUtf8();
        texts.append(textOf(EventView { each.position, each.streamId, viewOf(stream), each.version,
            viewOf(type), each.time, viewOf(id), viewOf(each.data), viewOf(each.metadata) }));
    }
    return texts.join(u'\n');
}

QString textOf(const StreamInfo& info)
{
    return QStringLiteral("%1 %2 %3 #%4 v%5 #%6")
        .arg(info.id)
        .arg(info.name, info.category)
        .arg(info.firstPosition)
        .arg(info.headVersion)
        .arg(info.headPosition);
}

QString textOf(const QList<StreamAt>& streams)
{
    QStringList texts;
    for (const StreamAt& each : streams)
        texts.append(QStringLiteral("%1 at %2").arg(textOf(each.info)).arg(each.version));
    return texts.join(u'\n');
}

QString textOf(const QList<CategoryAt>& categories)
{
    QStringList texts;
    for (const CategoryAt& each : categories)
        texts.append(QStringLiteral("%1 %2 %3").arg(each.id).arg(each.name).arg(each.streams));
    return texts.join(u'\n');
}

QString textOf(const std::optional<StreamInfo>& info)
{
    return info ? textOf(*info) : QStringLiteral("no stream");
}

QString textOf(const QStringList& texts)
{
    return texts.join(u'\n');
}

QString textOf(qint64 number)
{
    return QString::number(number);
}

class Asker {
public:
    Asker(EventStore& store, quint32 seed, const QStringList& names)
        : m_store(store)
        , m_random(seed)
        , m_names(names)
    {
    }

    QStringList askAll(int rounds)
    {
        m_head = *m_store.head();
        m_streams = *m_store.streamCountAt(m_head);
        note("head", m_store.head());
        note("streams", m_store.streamCountAt(m_head + 5));
        note("types", m_store.types());
        note("categories", m_store.categoriesAt(m_head, 1, 1000));
        note("names", namesOf(1, m_streams));
        for (int round = 0; round < rounds; ++round) {
            askOfTheLog();
            askOfStreams();
            askOfOneStream();
            askForSelections();
        }
        return m_answers;
    }

private:
    template <class T> void note(const char* what, const Result<T>& answer)
    {
        const QString text
            = answer ? textOf(*answer) : QStringLiteral("error %1").arg(int(answer.error().code));
        m_answers.append(QLatin1String(what) + QStringLiteral(": ") + text);
    }
    qint64 below(qint64 bound)
    {
        return bound <= 0 ? 0 : qint64(m_random.generate64() % quint64(bound));
    }
    Position somewhere() { return below(m_head + 3); }
    int some(int most) { return 1 + int(below(most)); }

    void askOfTheLog()
    {
        note("page", m_store.readLog(somewhere(), some(20)));
        note("at", m_store.readAt({ somewhere(), somewhere(), somewhere(), somewhere() }));
        const Position from = somewhere();
        note("scan", scanned([&](const auto& visitor) {
            return m_store.scanLog(from, from + 15, allScanColumns, {}, visitor);
        }));
        const auto event = m_store.readAt({ 1 + below(m_head) });
        if (event && !event->isEmpty())
            note("time",
                m_store.positionAtTime(
                    { event->first().time.microseconds + below(3) - 1 }));
    }

    void askOfStreams()
    {
        const Position at = somewhere();
        note("count", m_store.streamCountAt(at));
        note("streams", m_store.streamsAt(at, 1 + below(m_streams), some(12)));
        note("categories", m_store.categoryCountAt(at));
        note("category page", m_store.categoriesAt(at, some(4), some(6)));
        note("of category",
            m_store.streamsOfCategoryAt(some(6), at, below(m_streams / 3 + 2), some(9)));
        note("search",
            m_store.searchStreams(QString::number(below(30)), at, below(m_streams), some(9), {}));
        const StreamId first = 1 + below(m_streams);
        note("names", namesOf(first, first + 7));
    }

    void askOfOneStream()
    {
        QString name = m_names.isEmpty() ? QString() : m_names.at(below(m_names.size()));
        StreamId id = 1 + below(m_streams + 1);
        if (m_random.bounded(2) == 0) {
            const auto found = m_store.findStream(name);
            note("find", found);
            if (found && *found)
                id = (*found)->id;
        }
        const Position at = somewhere();
        const auto version = m_store.versionAt(id, at);
        note("version", version);
        note("position", m_store.positionOf(id, version ? *version : 1));
        note("position", m_store.positionOf(id, some(5)));
        const StreamVersion after = below(version ? *version + 1 : 1);
        note("stream", m_store.readStream(id, after, at, some(9)));
        note("stream scan", scanned([&](const auto& visitor) {
            return m_store.scanStream(
                id, after, at, ScanColumns(ScanColumn::Type) | ScanColumn::Time, visitor);
        }));
    }

    void askForSelections()
    {
        LogSelection selection;
        const auto event = m_store.readAt({ 1 + below(m_head) });
        if (!event || event->isEmpty())
            return;
        const Event& some = event->first();
        if (m_random.bounded(2) == 0)
            selection.types = QStringList { some.type };
        if (m_random.bounded(3) == 0)
            selection.streams = QStringList { some.stream, m_names.value(0) };
        if (m_random.bounded(3) == 0)
            selection.categories = QStringList { categoryOf(some.stream) };
        if (m_random.bounded(4) == 0)
            selection.ids = QStringList { some.id };
        if (m_random.bounded(3) == 0)
            selection.versions = { some.version, some.version + below(3) };
        if (m_random.bounded(4) == 0)
            selection.times = { some.time.microseconds, some.time.microseconds + 86'400'000'000 };
        if (m_random.bounded(4) == 0)
            selection.positions = { below(m_head), m_head - below(m_head / 2 + 1) };
        const Position from = m_random.bounded(2) == 0 ? 1 : somewhere();
        const bool isBare = m_random.bounded(2) == 0;
        note("selected", scanned(
                             [&](const auto& visitor) {
                                 return m_store.scanSelected(selection, from, m_head,
                                     isBare ? ScanColumns() : allScanColumns, {}, visitor);
                             },
                             isBare));
    }

    /// At most so many events of a scan, which is then stopped.
    template <class Scan> Result<QStringList> scanned(Scan scan, bool isBare = false)
    {
        QStringList texts;
        const std::function<bool(const EventView&)> visitor = [&](const EventView& event) {
            texts.append(isBare ? QString::number(event.position) : textOf(event));
            return texts.size() < 200;
        };
        const Result<void> done = scan(visitor);
        return done ? Result(texts) : done.error();
    }

    Result<QStringList> namesOf(StreamId first, StreamId last)
    {
        QStringList names;
        const auto done = m_store.scanStreamNames(
            first, last, [&names](StreamId id, std::string_view name) {
                names.append(QStringLiteral("%1 %2").arg(id).arg(textOf(name)));
            });
        return done ? Result(names) : done.error();
    }

    EventStore& m_store;
    QRandomGenerator m_random;
    QStringList m_names;
    Position m_head = 0;
    qint64 m_streams = 0;
    QStringList m_answers;
};

} // namespace

QStringList answersOf(EventStore& store, quint32 seed, int rounds, const QStringList& streams)
{
    return Asker(store, seed, streams).askAll(rounds);
}

QStringList logOf(EventStore& store)
{
    QStringList lines;
    const auto done = store.scanLog(
        1, std::numeric_limits<Position>::max(), allScanColumns, {}, [&](const EventView& event) {
            lines.append(textOf(event));
            return true;
        });
    return done ? lines : QStringList { done.error().message };
}

} // namespace eventloupe
