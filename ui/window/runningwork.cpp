#include "ui/window/runningwork.h"

#include "value/visibletext.h"

#include <utility>

namespace eventloupe {

namespace {

using namespace std::chrono_literals;
constexpr auto lookInterval = 20ms;

} // namespace

RunningWork::RunningWork(QObject* parent)
    : QObject(parent)
{
    m_look.setInterval(lookInterval);
    connect(&m_look, &QTimer::timeout, this, &RunningWork::look);
}

void RunningWork::add(const Work& work)
{
    m_works.push_back(work);
}

std::vector<const RunningWork::Work*> RunningWork::running(bool ofStore) const
{
    std::vector<const Work*> works;
    for (const auto& work : m_works) {
        if ((work.isOfStore || !ofStore) && !work.title().isEmpty())
            works.push_back(&work);
    }
    return works;
}

QStringList RunningWork::titles(bool ofStore) const
{
    QStringList titles;
    for (const auto* work : running(ofStore))
        titles.append(work->title());
    return titles;
}

QString RunningWork::outlook(bool ofStore) const
{
    QStringList sentences;
    for (const auto* work : running(ofStore)) {
        const bool keepsPart = work->keepsPart && work->keepsPart();
        sentences.append((keepsPart
                ? tr("%1 has not ended yet. Stopped now, it keeps what it has stored, and goes on "
                     "from there another time.")
                : tr("%1 has not ended yet. Stopped now, it leaves nothing behind."))
                             .arg(visibleText(work->title())));
    }
    return sentences.join(u'\n');
}

void RunningWork::stopThen(const std::function<void()>& then, bool ofStore)
{
    for (const auto* work : running(ofStore))
        work->cancel();
    m_then = then;
    m_isOfStore = ofStore;
    m_waited = 0ms;
    m_look.start();
}

void RunningWork::look()
{
    m_waited += lookInterval;
    if (!titles(m_isOfStore).isEmpty() && m_waited < patience)
        return;
    m_look.stop();
    std::exchange(m_then, nullptr)();
}

} // namespace eventloupe
