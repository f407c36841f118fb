#include "ui/time/timelinepanel.h"

#include "time/timecursor.h"
#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/base/stillframe.h"
#include "ui/base/theme.h"
#include "ui/time/timelineslider.h"
#include "ui/time/transportbar.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QToolButton>

namespace eventloupe {

namespace {

constexpr int endsDelay = 200; ///< Milliseconds.

/// To the second: "2026-03-01 14:03:22".
QString secondsText(Timestamp time)
{
    return time.toLocalText().section(u'.', 0, 0);
}

} // namespace

TimelinePanel::TimelinePanel(
    StoreClient& client, TimeCursor& cursor, Playback& playback, Density& density, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_cursor(cursor)
    , m_caption(new PlainLabel(this))
    , m_live(new QToolButton(this))
    , m_slider(new TimelineSlider(cursor, density, this))
    , m_start(new PlainLabel(this))
    , m_end(new PlainLabel(this))
{
    setObjectName(QStringLiteral("timelinePanel"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* transport = new TransportBar(cursor, playback, this);
    m_playbackMenu = transport->menu();
    layOut(transport);
    m_endsDue.setSingleShot(true);
    m_endsDue.setInterval(endsDelay);
    connect(&m_endsDue, &QTimer::timeout, this, &TimelinePanel::readEnds);
    connect(m_live, &QToolButton::clicked, this, [this] {
        if (m_cursor.isLive())
            m_cursor.setLive(false);
        else
            m_cursor.moveToHead();
        showLive();
    });
    connect(&cursor, &TimeCursor::liveChanged, this, &TimelinePanel::showLive);
    connect(&cursor, &TimeCursor::headChanged, this, [this] {
        showCaption();
        showLive();
        if (!m_endsDue.isActive())
            m_endsDue.start();
    });
    showCaption();
    showLive();
    readEnds();
}

void TimelinePanel::layOut(QWidget* transport)
{
    m_caption->setObjectName(QStringLiteral("cursorCaption"));
    m_caption->setAccessibleName(tr("Where the cursor is"));
    m_caption->setElided(true);
    m_live->setObjectName(QStringLiteral("liveButton"));
    m_live->setText(tr("Live"));
    m_live->setIcon(icon(Symbol::Live));
    m_live->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_live->setCheckable(true);
    m_live->setFocusPolicy(Qt::TabFocus);
    for (auto* label : { m_start, m_end })
        makeFaint(*label);
    m_start->setAlignment(Qt::AlignRight);

    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(transport);
    row->addWidget(new StillFrame(*m_caption, this), 1);
    row->addWidget(m_live);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(8, 4, 8, 4);
    grid->setVerticalSpacing(3);
    grid->addLayout(row, 0, 0, 1, 3);
    grid->addWidget(m_start, 1, 0, Qt::AlignRight | Qt::AlignBottom);
    grid->addWidget(m_slider, 1, 1);
    grid->addWidget(m_end, 1, 2, Qt::AlignLeft | Qt::AlignBottom);
    grid->setColumnStretch(1, 1);
}

void TimelinePanel::setShown(Position position, const std::optional<Event>& event)
{
    m_shown = position;
    m_event = event;
    showCaption();
}

void TimelinePanel::showCaption()
{
    const auto position = m_shown;
    const auto head = countText(m_cursor.head());
    QString caption;
    QString hint;
    if (m_cursor.head() == 0) {
        caption = tr("no events yet");
    } else if (position == 0) {
        caption = tr("before the first of %1").arg(eventsText(m_cursor.head()));
    } else if (m_event && m_event->position == position) {
        caption = tr("event %1 of %2, %3, %4")
                      .arg(countText(position), head, visibleText(m_event->type),
                          secondsText(m_event->time));
        hint = tr("%1 local, %2")
                   .arg(m_event->time.toLocalText(), QString::fromUtf8(m_event->time.toRfc3339()));
    } else {
        caption = tr("event %1 of %2").arg(countText(position), head);
    }
    m_caption->setText(caption);
    m_caption->setToolTip(plainToolTip(hint));
}

void TimelinePanel::showLive()
{
    const bool live = m_cursor.isLive();
    m_live->setChecked(live);
    m_live->setAccessibleName(live ? tr("Live: the cursor follows the log") : tr("Go live"));
    m_live->setToolTip(live ? tr("The cursor follows the log as it grows")
                            : tr("Go to the last event and follow the log as it grows"));
}

void TimelinePanel::readEnds()
{
    m_endsToken.cancel();
    const auto head = m_cursor.head();
    if (head == 0 || !m_client.isOpen()) {
        showEnds({});
        return;
    }
    m_endsToken = m_client.run<QList<Event>>(
        StoreClient::Lane::Interactive, this,
        [head](EventStore& store, const CancelToken&) {
            return store.readAt({ 1, head });
        },
        [this](const Result<QList<Event>>& answer) {
            showEnds(answer.ok() ? *answer : QList<Event>());
        });
}

void TimelinePanel::showEnds(const QList<Event>& ends)
{
    const auto show = [](PlainLabel& label, const Event* event) {
        label.setText(event ? secondsText(event->time).replace(u' ', u'\n') : QString());
        label.setToolTip(
            event ? plainToolTip(QString::fromUtf8(event->time.toRfc3339())) : QString());
    };
    show(*m_start, ends.isEmpty() ? nullptr : &ends.first());
    show(*m_end, ends.isEmpty() ? nullptr : &ends.last());
}

} // namespace eventloupe
