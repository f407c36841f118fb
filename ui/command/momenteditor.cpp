#include "ui/command/momenteditor.h"

#include "value/event.h"

#include <QCalendarWidget>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QWidgetAction>

namespace eventloupe {

namespace {

/// RFC 3339 to the second: nobody picks microseconds from a calendar.
QString spelled(const QDateTime& moment)
{
    return moment.toUTC().toString(u"yyyy-MM-ddTHH:mm:ssZ"_qs);
}

/// Local time as people write it, without an offset.
QDateTime fromLocalText(const QString& text)
{
    for (const auto& format :
        { u"yyyy-MM-dd HH:mm:ss"_qs, u"yyyy-MM-dd HH:mm"_qs, u"yyyy-MM-dd"_qs }) {
        const auto moment = QDateTime::fromString(text, format);
        if (moment.isValid())
            return moment;
    }
    return {};
}

} // namespace

MomentEditor::MomentEditor(const FieldSpec& spec, QWidget* parent)
    : LeafEditor(spec, parent)
    , m_line(new QLineEdit(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(4);
    row->addWidget(m_line, 1);
    m_now = makeNowButton();
    row->addWidget(m_now);
    if (!isTimeOnly())
        row->addWidget(makeMenuButton());
    m_line->setPlaceholderText(placeholder());
    m_line->setClearButtonEnabled(true);
    connect(m_line, &QLineEdit::textEdited, this, [this] { noteEdit(); });
    adopt(m_line);
}

bool MomentEditor::isDateOnly() const
{
    return spec().format() == u"date";
}

bool MomentEditor::isTimeOnly() const
{
    return spec().format() == u"time";
}

QString MomentEditor::placeholder() const
{
    if (const auto example = spec().example(); !example.isEmpty())
        return tr("for example %1").arg(example);
    if (isTimeOnly())
        return tr("not set, or 14:03:22Z");
    return isDateOnly() ? tr("not set, or 2026-03-01") : tr("not set, or 2026-03-01 14:03");
}

QString MomentEditor::present() const
{
    const auto now = QDateTime::currentDateTime();
    if (isDateOnly())
        return now.date().toString(Qt::ISODate);
    return isTimeOnly() ? now.toUTC().toString(u"HH:mm:ssZ"_qs) : spelled(now);
}

QToolButton* MomentEditor::makeNowButton()
{
    auto* button = new QToolButton(this);
    button->setText(isDateOnly() ? tr("Today") : tr("Now"));
    button->setToolTip(
        isDateOnly() ? tr("Put today's date here") : tr("Put the present time here"));
    button->setAccessibleName(isDateOnly() ? tr("Today as %1").arg(spec().title)
                                           : tr("The present time as %1").arg(spec().title));
    button->setObjectName(objectNameFor(QLatin1StringView("now:")));
    connect(button, &QToolButton::clicked, this, [this] { take(present()); });
    return button;
}

QWidget* MomentEditor::makeMenuButton()
{
    auto* button = new QToolButton(this);
    button->setText(tr("Pick"));
    button->setToolTip(tr("Pick a day"));
    button->setAccessibleName(tr("Pick a time for %1").arg(spec().title));
    button->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(button);
    button->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillMenu(menu); });
    return button;
}

void MomentEditor::fillMenu(QMenu* menu)
{
    menu->clear();
    menu->addAction(isDateOnly() ? tr("Today") : tr("Now"), this, [this] { take(present()); });
    menu->addAction(tr("Not set"), this, [this] { take({}); });
    auto* calendar = new QCalendarWidget(menu);
    auto* action = new QWidgetAction(menu);
    action->setDefaultWidget(calendar);
    menu->addAction(action);
    const auto pick = [this, menu](QDate day) {
        take(isDateOnly() ? day.toString(Qt::ISODate) : spelled(day.startOfDay()));
        menu->close();
    };
    connect(calendar, &QCalendarWidget::clicked, this, pick);
    connect(calendar, &QCalendarWidget::activated, this, pick); // by the keyboard
}

void MomentEditor::take(const QString& text)
{
    m_line->setText(text);
    m_line->setFocus();
    noteEdit();
}

QString MomentEditor::text() const
{
    return m_line->text().trimmed();
}

void MomentEditor::setText(const QString& text)
{
    if (m_line->text() != text)
        m_line->setText(text);
}

QWidget* MomentEditor::focusTarget()
{
    return m_line;
}

void MomentEditor::setPlace(const JsonPointer& place)
{
    LeafEditor::setPlace(place);
    m_now->setObjectName(objectNameFor(QLatin1StringView("now:")));
}

Result<JsonValue> MomentEditor::parse(const QString& text) const
{
    // A time of no day has no local time to be taken from; the schema says what is wrong with it.
    if (isTimeOnly())
        return JsonValue::fromString(text);
    if (isDateOnly()) {
        if (QDate::fromString(text, u"yyyy-MM-dd"_qs).isValid())
            return JsonValue::fromString(text);
        return Error { ErrorCode::InvalidInput, tr("is not a date; write it like 2026-03-01") };
    }
    const auto typed = text.toUtf8();
    if (Timestamp::fromRfc3339(viewOf(typed)))
        return JsonValue::fromString(typed);
    const auto local = fromLocalText(text);
    if (local.isValid())
        return JsonValue::fromString(spelled(local));
    return Error { ErrorCode::InvalidInput,
        tr("is not a time; write it like 2026-03-01 14:03 or 2026-03-01T14:03:22Z") };
}

} // namespace eventloupe
