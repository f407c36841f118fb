#include "ui/window/statusarea.h"

#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"

#include <QDir>
#include <QFileInfo>
#include <QProgressBar>
#include <QStatusBar>
#include <QToolButton>

namespace eventloupe {

namespace {

constexpr int progressSteps = 1000;

} // namespace

StatusArea::StatusArea(QStatusBar& bar)
    : QObject(&bar)
    , m_message(new PlainLabel(&bar))
    , m_task(new PlainLabel(&bar))
    , m_progress(new QProgressBar(&bar))
    , m_cancel(new QToolButton(&bar))
    , m_counts(new PlainLabel(&bar))
    , m_mode(new PlainLabel(&bar))
    , m_store(new PlainLabel(&bar))
{
    m_message->setObjectName(QStringLiteral("statusMessage"));
    m_message->setElided(true);
    m_message->setContentsMargins(6, 0, 6, 0);
    m_progress->setFixedWidth(160);
    m_progress->setMaximumHeight(14);
    m_progress->setTextVisible(false);
    m_cancel->setObjectName(QStringLiteral("cancelButton"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAutoRaise(true);
    m_cancel->setIcon(icon(Symbol::Clear));
    m_cancel->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    for (auto* label : { m_counts, m_mode, m_store })
        label->setContentsMargins(6, 0, 6, 0);
    bar.addWidget(m_message, 1);
    for (QWidget* widget : { static_cast<QWidget*>(m_task), static_cast<QWidget*>(m_progress),
             static_cast<QWidget*>(m_cancel), static_cast<QWidget*>(m_counts),
             static_cast<QWidget*>(m_mode), static_cast<QWidget*>(m_store) })
        bar.addPermanentWidget(widget);
    connect(m_cancel, &QToolButton::clicked, this, &StatusArea::cancelAsked);
    hideProgress();
    showNoStore();
}

void StatusArea::say(const QString& message)
{
    // A message may quote a payload or a file name.
    m_message->setText(visibleText(message));
    m_message->setToolTip(plainToolTip(m_message->text()));
}

void StatusArea::showProgress(const QString& what, qint64 done, qint64 total)
{
    m_task->setText(what);
    m_progress->setAccessibleName(what);
    m_progress->setRange(0, total > 0 ? progressSteps : 0);
    if (total > 0)
        m_progress->setValue(static_cast<int>(
            static_cast<double>(done) / static_cast<double>(total) * progressSteps));
    for (QWidget* widget : std::initializer_list<QWidget*> { m_task, m_progress, m_cancel })
        widget->show();
}

void StatusArea::hideProgress()
{
    for (QWidget* widget : std::initializer_list<QWidget*> { m_task, m_progress, m_cancel })
        widget->hide();
}

void StatusArea::showStore(const QString& location, const QString& readOnlyReason)
{
    m_store->setText(visibleText(QFileInfo(location).fileName()));
    m_store->setToolTip(plainToolTip(QDir::toNativeSeparators(location)));
    showTrouble({}, readOnlyReason);
    for (auto* label : { m_counts, m_mode, m_store })
        label->show();
}

void StatusArea::showTrouble(const QString& trouble, const QString& readOnlyReason)
{
    m_mode->setText(!trouble.isEmpty() ? tr("reconnecting…")
            : readOnlyReason.isEmpty() ? tr("writable")
                                       : tr("read-only"));
    m_mode->setToolTip(plainToolTip(trouble.isEmpty() ? readOnlyReason : trouble));
}

void StatusArea::showNoStore()
{
    for (auto* label : { m_counts, m_mode, m_store })
        label->hide();
}

void StatusArea::showCounts(qint64 events, qint64 streams)
{
    m_counts->setText(tr("%1, %2 at the cursor").arg(eventsText(events), streamsText(streams)));
    m_counts->setToolTip(tr("Events in the log, and streams that exist at the cursor"));
}

} // namespace eventloupe
