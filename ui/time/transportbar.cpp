#include "ui/time/transportbar.h"

#include "time/playback.h"
#include "time/timecursor.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

#include <array>

namespace eventloupe {

namespace {

constexpr std::array speeds { 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0 };

constexpr std::array<qint64, 6> pauses { 500, 1000, 2000, 5000, 10'000, 60'000 }; ///< Milliseconds.

QString speedText(double speed)
{
    return QStringLiteral("%1×").arg(speed);
}

} // namespace

TransportBar::TransportBar(TimeCursor& cursor, Playback& playback, QWidget* parent)
    : QWidget(parent)
    , m_cursor(cursor)
    , m_playback(playback)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1);
    const auto button
        = [this](const char* name, Symbol symbol, const QString& text, const QString& keys) {
              return addButton(name, static_cast<int>(symbol), text, keys);
          };
    m_first = button("firstButton", Symbol::First, tr("First event"), tr("Ctrl+Home"));
    m_previous = button("previousButton", Symbol::Previous, tr("Previous event"), tr("Ctrl+Up"));
    m_play = button("playButton", Symbol::Play, tr("Play"), tr("Space"));
    m_next = button("nextButton", Symbol::Next, tr("Next event"), tr("Ctrl+Down"));
    m_last = button("lastButton", Symbol::Last, tr("Last event"), tr("Ctrl+End"));
    m_speed = new QToolButton(this);
    m_menu = new QMenu(tr("Play&back"), this);
    layout->addWidget(m_speed);
    setUpSpeed();

    connect(m_first, &QToolButton::clicked, &cursor, &TimeCursor::moveToFirst);
    connect(m_previous, &QToolButton::clicked, this, [this] { m_cursor.stepBy(-1); });
    connect(m_play, &QToolButton::clicked, &playback, &Playback::toggle);
    connect(m_next, &QToolButton::clicked, this, [this] { m_cursor.stepBy(1); });
    connect(m_last, &QToolButton::clicked, &cursor, &TimeCursor::moveToHead);
    connect(&playback, &Playback::playingChanged, this, &TransportBar::showPlaying);
    connect(&playback, &Playback::speedChanged, this, &TransportBar::showSpeed);
    connect(&cursor, &TimeCursor::positionChanged, this, &TransportBar::enableSteps);
    connect(&cursor, &TimeCursor::headChanged, this, &TransportBar::enableSteps);
    showPlaying();
    showSettings();
    enableSteps();
}

QToolButton* TransportBar::addButton(
    const char* objectName, int symbol, const QString& name, const QString& keys)
{
    auto* button = new QToolButton(this);
    button->setObjectName(QLatin1String(objectName));
    button->setIcon(icon(static_cast<Symbol>(symbol)));
    button->setAutoRaise(true);
    button->setAccessibleName(name);
    button->setToolTip(plainToolTip(tr("%1 (%2)").arg(name, keys)));
    button->setFocusPolicy(Qt::TabFocus);
    layout()->addWidget(button);
    return button;
}

void TransportBar::setUpSpeed()
{
    auto* menu = m_menu;
    auto* group = new QActionGroup(menu);
    for (const double speed : speeds) {
        auto* action = menu->addAction(speedText(speed));
        action->setCheckable(true);
        action->setData(speed);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, speed] { m_playback.setSpeed(speed); });
    }
    addPaces();
    addPauses();
    m_speed->setObjectName(QStringLiteral("speedButton"));
    m_speed->setMenu(menu);
    m_speed->setPopupMode(QToolButton::InstantPopup);
    m_speed->setAutoRaise(true);
    m_speed->setFocusPolicy(Qt::TabFocus);
    m_speed->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("0.25×")) + 18);
}

void TransportBar::addPaces()
{
    m_menu->addSeparator();
    m_paces = new QActionGroup(m_menu);
    const auto add = [this](const char* name, const QString& text, Playback::Pace pace) {
        auto* action = m_menu->addAction(text, this, [this, pace] { m_playback.setPace(pace); });
        action->setObjectName(QLatin1String(name));
        action->setCheckable(true);
        m_paces->addAction(action);
    };
    add("paceEvents", tr("By &Event"), Playback::Pace::Events);
    add("paceTime", tr("By Recorded &Time"), Playback::Pace::RecordedTime);
}

void TransportBar::addPauses()
{
    auto* menu = m_menu->addMenu(tr("&Longest Pause"));
    menu->setToolTip(tr("Of recorded time, at speed 1×"));
    m_pauses = new QActionGroup(menu);
    const auto add = [this, menu](const QString& text, qint64 microseconds) {
        auto* action = menu->addAction(
            text, this, [this, microseconds] { m_playback.setLongestPause(microseconds); });
        action->setCheckable(true);
        action->setData(microseconds);
        m_pauses->addAction(action);
    };
    for (const qint64 pause : pauses)
        add(tr("%1 s").arg(static_cast<double>(pause) / 1000), pause * 1000);
    add(tr("As Recorded"), 0);
    connect(&m_playback, &Playback::settingsChanged, this, &TransportBar::showSettings);
}

void TransportBar::showSettings()
{
    const bool byTime = m_playback.pace() == Playback::Pace::RecordedTime;
    m_paces->actions().at(byTime ? 1 : 0)->setChecked(true);
    for (auto* action : m_pauses->actions()) {
        action->setEnabled(byTime);
        action->setChecked(action->data().toLongLong() == m_playback.longestPause());
    }
    showSpeed();
}

void TransportBar::showPlaying()
{
    const bool playing = m_playback.isPlaying();
    m_play->setIcon(icon(playing ? Symbol::Pause : Symbol::Play));
    m_play->setAccessibleName(playing ? tr("Pause") : tr("Play"));
    m_play->setToolTip(plainToolTip(tr("%1 (Space)").arg(m_play->accessibleName())));
}

void TransportBar::showSpeed()
{
    const auto text = speedText(m_playback.speed());
    m_speed->setText(text);
    m_speed->setAccessibleName(tr("Speed %1").arg(text));
    m_speed->setToolTip(plainToolTip(m_playback.pace() == Playback::Pace::RecordedTime
            ? tr("Speed of playing: %1 of the recorded time").arg(text)
            : tr("Speed of playing: %1 events a second")
                  .arg(m_playback.speed() * Playback::eventsPerSecond)));
    for (auto* action : m_menu->actions()) {
        if (action->data().isValid())
            action->setChecked(qFuzzyCompare(action->data().toDouble(), m_playback.speed()));
    }
}

void TransportBar::enableSteps()
{
    const auto position = m_cursor.position();
    const auto head = m_cursor.head();
    m_first->setEnabled(head > 0 && position != 1);
    m_previous->setEnabled(position > 0);
    m_play->setEnabled(head > 0);
    m_next->setEnabled(position < head);
    m_last->setEnabled(position < head);
}

} // namespace eventloupe
