#include "ui/window/runningwork.h"

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

QStringList RunningWork::titles(bool ofStore) const
{
    QStringList titles;
    for (const auto& work : m_works) {
        const QString title = work.isOfStore || !ofStore ? work.title() : QString();
        if (!title.isEmpty())
            titles.append(title);
    }
    return titles;
}

void RunningWork::stopThen(const std::function<void()>& then, bool ofStore)
{
    for (const auto& work : m_works) {
        if ((work.isOfStore || !ofStore) && !work.title().isEmpty())
            work.cancel();
    }
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
