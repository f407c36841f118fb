#include "ui/log/filterbar.h"

#include "log/logfilter.h"
#include "mask/masked.h"
#include "time/timecursor.h"
#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"
#include "ui/log/filtercompleter.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QProgressBar>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

constexpr int restMilliseconds = 400;

} // namespace

FilterBar::FilterBar(LogFilter& filter, TimeCursor& cursor, QWidget* parent)
    : QWidget(parent)
    , m_filter(filter)
    , m_cursor(cursor)
    , m_edit(new QLineEdit(this))
    , m_status(new PlainLabel(this))
    , m_progress(new QProgressBar(this))
    , m_completer(new FilterCompleter(*m_edit))
{
    setUpField();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 0, 4, 0);
    layout->addWidget(m_edit, 3);
    layout->addWidget(m_progress);
    layout->addWidget(m_status, 2);

    m_rest.setSingleShot(true);
    m_rest.setInterval(restMilliseconds);
    connect(&m_rest, &QTimer::timeout, this, &FilterBar::applyText);
    connect(&filter, &LogFilter::invalid, this, &FilterBar::showFault);
    connect(&filter, &LogFilter::matchesChanged, this, &FilterBar::showCounts);
    connect(&filter, &LogFilter::finished, this, &FilterBar::showCounts);
    connect(&filter, &LogFilter::matchesChanged, this, &FilterBar::leaveIfMatched);
    connect(&filter, &LogFilter::finished, this, &FilterBar::leaveIfMatched);
    connect(&filter, &LogFilter::failed, this,
        [this](const Error& error) { showFault(error.message, 0); });
    connect(&filter, &LogFilter::expressionChanged, this, [this](const QString& expression) {
        markField(false);
        if (!m_edit->hasFocus())
            m_edit->setText(expression);
        showCounts();
    });
    connect(&cursor, &TimeCursor::headChanged, this, &FilterBar::showCounts);
    m_edit->setText(filter.expression());
    showCounts();
}

void FilterBar::setUpField()
{
    m_edit->setObjectName(QStringLiteral("filterEdit"));
    m_edit->setAccessibleName(tr("Filter of the log"));
    m_edit->setPlaceholderText(tr("Filter: type == \"USER_CREATED\" && data.name == \"Ada\""));
    m_edit->setToolTip(plainToolTip(tr("Shows only the events that fit a condition over position, "
                                       "stream, category, version, type, time, id, data and "
                                       "metadata")));
    m_edit->setClearButtonEnabled(true);
    m_edit->addAction(icon(Symbol::Filter), QLineEdit::LeadingPosition);
    m_edit->installEventFilter(this);
    m_status->setObjectName(QStringLiteral("filterStatus"));
    m_status->setElided(true);
    m_status->setForegroundRole(QPalette::WindowText); // In a tool bar it is ButtonText.
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_status->hide();
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(80);
    m_progress->setMaximumHeight(8);
    m_progress->setAccessibleName(tr("Progress of the filter"));
    m_progress->hide();
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_isLeaving = false;
        if (text != m_filter.expression() || m_faulty)
            m_rest.start();
        if (text.isEmpty())
            applyText();
    });
}

void FilterBar::focusField()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void FilterBar::apply(const QString& expression)
{
    m_edit->setText(expression);
    applyText();
}

void FilterBar::setTypes(const QStringList& types)
{
    m_completer->setTypes(types);
}

QString FilterBar::text() const
{
    return m_edit->text();
}

void FilterBar::applyText()
{
    m_rest.stop();
    m_filter.setExpression(m_edit->text());
    // Text that is in force already is answered by nothing, but ends a fault that was shown.
    if (m_edit->text().trimmed() == m_filter.expression()) {
        markField(false);
        showCounts();
    }
}

void FilterBar::showCounts()
{
    if (m_faulty)
        return;
    const bool active = m_filter.isActive();
    const bool searching = active && !m_filter.isComplete();
    m_status->setVisible(active);
    m_progress->setVisible(searching);
    if (!active) {
        m_status->clear();
        return;
    }
    const auto head = std::max<Position>(1, m_cursor.head());
    m_progress->setRange(0, 1000);
    m_progress->setValue(static_cast<int>(m_filter.scannedCount() * 1000 / head));
    QString text = searching
        ? tr("%1 found, %2 % of the log read")
              .arg(countText(m_filter.matchCount()))
              .arg(m_filter.scannedCount() * 100 / head)
        : tr("%1 of %2 match").arg(countText(m_filter.matchCount()), countText(m_cursor.head()));
    const auto& failures = m_filter.failures();
    QStringList parts { text };
    QString shown;
    if (const QString masked = m_filter.maskedRead(); !masked.isEmpty())
        parts.append(tr("%1 is masked: it is compared as “%2”")
                         .arg(visibleText(masked), maskSignText()));
    if (!searching && m_filter.lacksAll()) {
        parts.append(tr("no event has what the filter asks for (is the name right?)"));
        shown = tr("No event has such a field: is the name right?"); // Has room in a small window.
    }
    for (const auto* kind : { &failures.failed, &failures.missing }) {
        if (kind->events > 0)
            parts.append(tr("%1 could not be tested: %2 (first at %3)")
                             .arg(eventsText(kind->events), visibleText(firstLine(kind->reason)),
                                 positionText(kind->first)));
    }
    text = parts.join(QStringLiteral("; "));
    m_status->setText(shown.isEmpty() ? text : shown);
    m_status->setToolTip(parts.size() > 1 ? plainToolTip(text) : QString());
}

/// Once an event fits: in an empty log, what is typed to mend the filter would play it.
void FilterBar::leaveIfMatched()
{
    if (!m_isLeaving)
        return;
    const bool isMatched = !m_filter.isActive() || m_filter.matchCount() > 0;
    m_isLeaving = !isMatched && !m_filter.isComplete();
    if (isMatched)
        emit left();
}

bool FilterBar::isWindowShortcut(const QKeyEvent& event) const
{
    // What writes or edits text is the field's, though a space plays and J, K and L step.
    const bool writes = !event.text().isEmpty() && event.text().front().isPrint()
        && !event.modifiers().testAnyFlags(Qt::ControlModifier | Qt::AltModifier);
    constexpr std::array edits { QKeySequence::Copy, QKeySequence::Cut, QKeySequence::Paste,
        QKeySequence::SelectAll, QKeySequence::Undo, QKeySequence::Redo };
    if (writes
        || std::any_of(edits.begin(), edits.end(), [&](auto edit) { return event.matches(edit); }))
        return false;
    const QKeySequence keys(event.keyCombination());
    const auto actions = window()->findChildren<QAction*>();
    return std::any_of(actions.begin(), actions.end(), [&](const QAction* action) {
        return action->isEnabled() && action->shortcuts().contains(keys);
    });
}

void FilterBar::showFault(const QString& message, int column)
{
    markField(true);
    m_progress->hide();
    // The message may name its place by itself, as line and column.
    static const QRegularExpression place(QStringLiteral("^\\d+:\\d+: "));
    const auto reason = visibleText(firstLine(QString(message).remove(place)));
    m_status->setText(column > 0 ? tr("Column %1: %2").arg(column).arg(reason) : reason);
    m_status->setToolTip(plainToolTip(m_status->text()));
    m_status->show();
}

void FilterBar::markField(bool faulty)
{
    m_faulty = faulty;
    const auto colours = coloursOf(palette());
    auto field = palette();
    auto status = palette();
    if (faulty) {
        field.setColor(QPalette::Base, colours.errorGround);
        status.setColor(QPalette::WindowText, colours.error);
    }
    m_edit->setPalette(field);
    m_status->setPalette(status);
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event)
{
    // The field would take keys such as Ctrl+E and Ctrl+Home for its own.
    if (event->type() == QEvent::ShortcutOverride
        && isWindowShortcut(*static_cast<QKeyEvent*>(event))) {
        event->ignore();
        return true;
    }
    if (event->type() == QEvent::FocusOut)
        m_isLeaving = false;
    if (event->type() == QEvent::KeyPress) {
        const auto key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape) {
            if (m_edit->text().isEmpty())
                emit left();
            m_edit->clear();
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            applyText();
            m_isLeaving = !m_faulty;
            leaveIfMatched();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FilterBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        markField(m_faulty);
}

} // namespace eventloupe
