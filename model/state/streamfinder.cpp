#include "state/streamfinder.h"

namespace eventloupe {

namespace {

constexpr int foundPerStep = 100;

} // namespace

struct StreamFinder::Step {
    QList<StreamAt> found;
    StreamId after = 0;
    bool isAtHead = false;
};

StreamFinder::StreamFinder(StoreClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client)
{
    connect(&client, &StoreClient::headChanged, this, [this] {
        if (isActive() && !m_isRunning && m_found.size() < maximumFound)
            goOn();
    });
}

StreamFinder::~StreamFinder()
{
    m_token.cancel();
}

void StreamFinder::start(const QString& text)
{
    m_token.cancel();
    m_isRunning = false;
    m_text = text;
    m_found.clear();
    m_after = 0;
    if (isActive() && m_client.isOpen())
        goOn();
}

void StreamFinder::goOn()
{
    m_isRunning = true;
    m_token = m_client.run<Step>(
        StoreClient::Lane::Background, this,
        [text = m_text, after = m_after](
            EventStore& store, const CancelToken& cancel) -> Result<Step> {
            const auto head = store.head();
            if (!head)
                return head.error();
            const auto streams = store.streamCountAt(*head);
            if (!streams)
                return streams.error();
            auto found = store.searchStreams(text, *head, after, foundPerStep, cancel);
            if (!found)
                return found.error();
            const bool isAtHead = found->size() < foundPerStep;
            const StreamId last = isAtHead ? *streams : found->constLast().info.id;
            return Step { std::move(found).value(), last, isAtHead };
        },
        [this](const Result<Step>& answer) { take(answer); });
}

void StreamFinder::take(const Result<Step>& answer)
{
    m_isRunning = false;
    if (!answer) {
        emit failed(answer.error());
        return;
    }
    m_after = answer->after;
    for (const StreamAt& stream : answer->found)
        m_found.append(stream.info);
    const bool isFinished = answer->isAtHead || m_found.size() >= maximumFound;
    if (!isFinished)
        goOn();
    if (!answer->found.isEmpty())
        emit foundMore();
    if (isFinished)
        emit finished();
}

} // namespace eventloupe
