#include "time/cursorframe.h"

#include "value/workpool.h"

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {
constexpr qsizetype longPayload = 1024 * 1024; ///< Bytes.
} // namespace

/// What one job read.
struct CursorFrame::Answer {
    Position position = 0;
    std::optional<Event> event;
    std::vector<FramePart::Show> shows;
};

CursorFrame::CursorFrame(StoreClient& client, TimeCursor& cursor, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_cursor(cursor)
{
    connect(&cursor, &TimeCursor::positionChanged, this, &CursorFrame::follow);
    connect(&client, &StoreClient::opened, this, &CursorFrame::refresh);
    connect(&client, &StoreClient::closed, this, &CursorFrame::clear);
    // What was asked for while the store was away is missing.
    connect(&client, &StoreClient::troubled, this, [this](const QString& trouble) {
        if (trouble.isEmpty())
            refresh();
    });
    // A live cursor may be told of the head before or after the store reports it.
    connect(&client, &StoreClient::headChanged, this, [this] {
        if (m_position != m_cursor.position())
            follow();
    });
}

CursorFrame::~CursorFrame()
{
    m_token.cancel();
}

void CursorFrame::add(FramePart& part)
{
    m_parts.push_back(&part);
    refresh();
}

void CursorFrame::remove(FramePart& part)
{
    std::erase(m_parts, &part);
    refresh();
}

bool CursorFrame::isBehind() const
{
    return m_position != m_cursor.position() || m_job.isRunning();
}

void CursorFrame::refresh()
{
    m_token.cancel();
    m_job.reset();
    follow();
}

void CursorFrame::follow()
{
    if (!m_client.isOpen())
        return;
    m_times.requested();
    // Once what else happens in this turn of the event loop has happened as well.
    if (m_job.request() && !std::exchange(m_isDue, true))
        QMetaObject::invokeMethod(this, &CursorFrame::start, Qt::QueuedConnection);
}

void CursorFrame::start()
{
    m_isDue = false;
    if (!m_client.isOpen() || !m_job.isRunning())
        return;
    const Position position = m_cursor.position();
    std::vector<FramePart::Read> reads;
    for (FramePart* part : m_parts)
        if (auto read = part->prepare(position))
            reads.push_back(std::move(read));
    m_token = m_client.run<Answer>(
        StoreClient::Lane::Interactive, this,
        [position, reads = std::move(reads)](
            EventStore& store, const CancelToken& cancel) -> Result<Answer> {
            Answer answer { position, {}, {} };
            if (const auto events = store.readAt({ position }); events.ok() && !events->isEmpty())
                answer.event = events->constFirst();
            for (const FramePart::Read& read : reads)
                if (!cancel.isCancelled())
                    answer.shows.push_back(read(store, answer.event));
            return answer;
        },
        [this](const Result<Answer>& answer) { take(*answer); });
}

void CursorFrame::take(const Answer& answer)
{
    const CancelToken token = m_token;
    m_position = answer.position;
    // The parts let go of it below, and to give back 100 MB takes long.
    auto old = std::exchange(m_event, answer.event);
    for (const FramePart::Show& show : answer.shows)
        if (show)
            show();
    if (token.isCancelled())
        return; // A part wants another frame instead.
    const bool isNewerWaiting = m_job.finish();
    m_times.shown();
    emit shown(m_position);
    if (old && old->data.size() + old->metadata.size() > longPayload)
        letGoAside(std::move(old));
    if (isNewerWaiting)
        follow();
}

/// Without a store there is nothing to read: the parts empty themselves.
void CursorFrame::clear()
{
    m_token.cancel();
    m_job.reset();
    m_position = 0;
    m_event.reset();
    emit shown(0);
}

} // namespace eventloupe
