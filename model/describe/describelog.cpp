#include "describe/describelog.h"

#include "describe/categorychoice.h"
#include "describe/definitionfilename.h"
#include "describe/describetext.h"
#include "describe/shapesampler.h"
#include "describe/streamsample.h"
#include "domain/definitioncheck.h"
#include "domain/evolver.h"
#include "domain/workspace.h"
#include "store/maskedeventstore.h"
#include "value/event.h"
#include "value/json.h"

#include <QElapsedTimer>
#include <QSet>

#include <algorithm>

namespace eventloupe {

namespace {

constexpr qsizetype mostNamed = 10; ///< Categories that a type's description names.
constexpr int pieces = 8; ///< Of the log, each with its share of a type's sample.

JsonValue textValue(const QString& text)
{
    return JsonValue::fromString(text);
}

/// One run over a log.
class Describer {
public:
    Describer(EventStore& store, const DescribeLimits& limits, const Progress& progress,
        const CancelToken& cancel)
        : m_store(store)
        , m_limits(limits)
        , m_progress(progress)
        , m_cancel(cancel)
        , m_evolver(Workspace::empty())
    {
        m_clock.start();
    }

    Result<LogDescription> run()
    {
        const auto head = m_store.head();
        if (!head)
            return head.error();
        m_head = *head;
        const auto types = m_store.types();
        if (!types)
            return types.error();
        const auto choice = chooseCategories(m_store, m_head, m_limits, m_cancel);
        if (!choice)
            return choice.error();
        m_description.notes = choice->notes;
        m_progress.setTotal(
            choice->categories.size() + std::min<qint64>(types->size(), m_limits.mostTypes));
        if (types->isEmpty())
            note(DescribeText::tr("The log holds no events yet, so there is nothing to describe."));
        if (const auto done = describeCategories(choice->categories); !done)
            return done.error();
        if (const auto done = describeTypes(*types); !done)
            return done.error();
        m_description.eventsRead = m_seen.size();
        return m_description;
    }

private:
    [[nodiscard]] bool isLate() const { return m_clock.elapsed() > m_limits.seconds * 1000LL; }

    Result<void> tick()
    {
        m_progress.setDone(++m_done);
        m_progress.setEvents(m_seen.size());
        if (m_cancel.isCancelled())
            return Error { ErrorCode::Cancelled, DescribeText::tr("cancelled") };
        return {};
    }

    void note(const QString& text) { m_description.notes.append(text); }

    Result<void> describeCategories(const QList<CategoryAt>& categories)
    {
        for (const CategoryAt& category : categories) {
            if (const auto done = describeCategory(category); !done)
                return done;
            if (const auto going = tick(); !going)
                return going;
        }
        return {};
    }

    Result<void> describeCategory(const CategoryAt& category)
    {
        StreamSample sample;
        const qint64 perPiece = std::max(1, m_limits.streamsPerCategory / pieces);
        const qint64 step = std::max(perPiece, category.streams / pieces);
        for (qint64 skip = 0; skip < category.streams; skip += step) {
            const auto streams = m_store.streamsOfCategoryAt(
                category.id, m_head, skip, static_cast<int>(perPiece));
            if (!streams)
                return streams.error();
            for (const StreamAt& stream : *streams) {
                const auto added = sample.add(m_store, m_evolver, stream.info, m_head, m_seen);
                if (!added)
                    return added;
                if (isLate() || m_cancel.isCancelled())
                    break;
            }
            if (isLate() || m_cancel.isCancelled() || sample.bytes() > m_limits.bytesPerSubject)
                break;
        }
        m_description.files.append(fileOf(category, sample));
        return {};
    }

    DescribedFile fileOf(const CategoryAt& category, const StreamSample& sample)
    {
        const QString identity = sample.identity();
        JsonValue root = JsonValue::emptyObject();
        root.insert("category", textValue(category.name));
        root.insert("title", textValue(readableTitle(category.name)));
        if (!identity.isEmpty())
            root.insert("description",
                textValue(DescribeText::tr("Its streams are named %1-{data.%2}.")
                              .arg(category.name, identity)));
        root.insert("initialState", JsonValue::emptyObject());
        std::vector<JsonValue> headline;
        for (const QString& pointer : sample.headline())
            headline.push_back(textValue(pointer));
        if (!headline.empty())
            root.insert("headline", JsonValue::fromElements(std::move(headline)));
        const QString summary = DescribeText::tr("%1 of %2 streams looked at")
                                    .arg(sample.streams())
                                    .arg(category.streams);
        return { definitionFileName(QStringLiteral("aggregates"), category.name, m_used),
            root.toIndentedJson() + '\n', summary, false };
    }

    Result<void> describeTypes(const QStringList& types)
    {
        if (types.size() > m_limits.mostTypes)
            note(DescribeText::tr("Of %L1 event types, the first %2 are described.")
                     .arg(types.size())
                     .arg(m_limits.mostTypes));
        for (const QString& type : types.mid(0, m_limits.mostTypes)) {
            if (const auto done = describeType(type); !done)
                return done;
            if (const auto going = tick(); !going)
                return going;
        }
        noteValues();
        return {};
    }

    /// A person may share what is written.
    void noteValues()
    {
        const auto count = std::ranges::count_if(
            m_description.files, [](const DescribedFile& file) { return file.holdsValues; });
        if (count > 0)
            note(count == 1
                    ? DescribeText::tr("1 file lists values as they are in the log (\"enum\"), and "
                                       "is written for you alone: look at it before you share it.")
                    : DescribeText::tr("%1 files list values as they are in the log (\"enum\"), "
                                       "and are written for you alone: look at them before you "
                                       "share them.")
                          .arg(count));
    }

    Result<void> describeType(const QString& type)
    {
        ShapeSampler shape;
        QStringList categories;
        qint64 without = 0;
        const int count = isLate() ? 1 : pieces;
        for (int piece = 0; piece < count; ++piece) {
            LogSelection selection;
            selection.types = QStringList(type);
            const Position from = 1 + m_head * piece / count;
            const Position to = m_head * (piece + 1) / count;
            int left = isLate() ? 1 : std::max(1, m_limits.eventsPerType / pieces);
            qint64 bytesLeft = m_limits.bytesPerSubject / pieces;
            const auto visit = [&](const EventView& event) {
                m_seen.insert(event.position);
                bytesLeft -= static_cast<qint64>(event.data.size());
                if (event.data.empty())
                    ++without;
                else if (const auto data = parseStoredJson(event.data))
                    shape.add(*data);
                const QString category = categoryOf(QString::fromUtf8(toBytes(event.stream)));
                if (!categories.contains(category) && categories.size() <= mostNamed)
                    categories.append(category);
                return --left > 0 && bytesLeft > 0;
            };
            const auto scanned = m_store.scanSelected(
                selection, from, to, { ScanColumn::Stream, ScanColumn::Data }, m_cancel, visit);
            if (!scanned)
                return scanned;
        }
        m_description.files.append(fileOf(type, shape, without, categories));
        return {};
    }

    DescribedFile fileOf(const QString& type, const ShapeSampler& shape, qint64 without,
        const QStringList& categories)
    {
        const auto where = categories.size() > mostNamed
            ? DescribeText::tr("Seen in streams of %1 and others.")
            : DescribeText::tr("Seen in streams of %1.");
        const QString named = categories.mid(0, mostNamed).join(QStringLiteral(", "));
        JsonValue root = JsonValue::emptyObject();
        root.insert("type", textValue(type));
        root.insert("title", textValue(readableTitle(type)));
        root.insert("description", textValue(where.arg(named)));
        // An event may come without data: then nothing can be said of all of them.
        const bool hasSchema = shape.count() > 0 && without == 0;
        if (hasSchema)
            root.insert("schema", shape.schema());
        root.insert("evolve", textValue(QStringLiteral("merge")));
        const auto seen = shape.count() + without;
        return { definitionFileName(QStringLiteral("events"), type, m_used),
            root.toIndentedJson() + '\n',
            seen == 1 ? DescribeText::tr("1 event looked at")
                      : DescribeText::tr("%1 events looked at").arg(seen),
            hasSchema && shape.listsTexts() };
    }

    EventStore& m_store;
    const DescribeLimits& m_limits;
    const Progress& m_progress;
    const CancelToken& m_cancel;
    Evolver m_evolver;
    QElapsedTimer m_clock;
    Position m_head = 0;
    qint64 m_done = 0;
    QSet<QString> m_used;
    QSet<Position> m_seen; ///< Events that were looked at.
    LogDescription m_description;
};

} // namespace

Result<LogDescription> describeLog(EventStore& store, const DescribeLimits& limits,
    const Progress& progress, const CancelToken& cancel)
{
    // Shapes would be those of the signs, and the new workspace would show what this one masks.
    if (!masksOf(store)->isEmpty())
        return Error { ErrorCode::Unsupported,
            DescribeText::tr("the workspace of this log masks values, and a description has no "
                             "masks: add the definitions to that workspace instead, with its "
                             "Domain panel") };
    return Describer(store, limits, progress, cancel).run();
}

} // namespace eventloupe
