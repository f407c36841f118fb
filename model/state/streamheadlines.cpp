#include "state/streamheadlines.h"

#include "value/workpool.h"

namespace eventloupe {

namespace {

constexpr int headlinesKept = 4096;
/// A stream with more events than these slices fold has no headline: it is not worth the wait.
constexpr int maximumSlices = 200;
constexpr qsizetype streamsPerJob = 16;
/// Headlines come after what a step of the cursor shows: while it moves on, they wait.
constexpr int restMilliseconds = 40;

} // namespace

StreamHeadlines::StreamHeadlines(StoreClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_headlines(headlinesKept)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMilliseconds);
    connect(&m_rest, &QTimer::timeout, this, &StreamHeadlines::start);
    reset(Workspace::empty());
}

StreamHeadlines::~StreamHeadlines()
{
    m_token.cancel();
}

void StreamHeadlines::reset(const std::shared_ptr<const Workspace>& workspace)
{
    m_token.cancel();
    m_job.reset();
    m_headlines.clear();
    m_wanted.clear();
    // It may keep states of 100 MB.
    if (m_folder)
        letGoAside(std::move(m_folder));
    m_folder = std::make_shared<HeadlineFolder>(workspace);
}

void StreamHeadlines::want(const QList<StreamAt>& streams)
{
    m_wanted = streams;
    m_rest.start();
}

void StreamHeadlines::pause()
{
    m_rest.stop();
    m_token.cancel();
    m_job.reset();
}

const Headline* StreamHeadlines::find(StreamId stream) const
{
    return m_headlines.object(stream);
}

bool StreamHeadlines::isMissing(const StreamAt& stream) const
{
    const Headline* known = m_headlines.object(stream.info.id);
    return !known || known->version != stream.version;
}

void StreamHeadlines::start()
{
    QList<StreamAt> missing;
    for (const StreamAt& stream : std::as_const(m_wanted))
        if (missing.size() < streamsPerJob && isMissing(stream))
            missing.append(stream);
    if (missing.isEmpty() || !m_client.isOpen() || !m_job.request())
        return;
    m_token = m_client.run<QList<Headline>>(
        StoreClient::Lane::Interactive, this,
        [folder = m_folder, missing](
            EventStore& store, const CancelToken&) { return folder->fold(store, missing); },
        [this](const Result<QList<Headline>>& answer) { take(answer); });
}

void StreamHeadlines::take(const Result<QList<Headline>>& answer)
{
    (void)m_job.finish();
    if (!answer) {
        emit failed(answer.error());
        return;
    }
    for (const Headline& headline : *answer) {
        if (!headline.isComplete) {
            m_slicesOfStream = headline.stream == m_unfinished ? m_slicesOfStream + 1 : 1;
            m_unfinished = headline.stream;
            if (m_slicesOfStream < maximumSlices)
                continue;
        }
        m_headlines.insert(headline.stream, new Headline(headline));
    }
    emit changed();
    if (!m_rest.isActive())
        start();
}

} // namespace eventloupe
