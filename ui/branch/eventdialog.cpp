#include "ui/branch/eventdialog.h"

#include "store/eventrules.h"
#include "ui/base/figures.h"
#include "ui/base/jsonhighlighter.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"
#include "value/json.h"
#include "value/uuid.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

/// Laid out over lines where it is short enough to be edited so; else as it came.
QString editable(const QByteArray& json)
{
    constexpr qsizetype most = 64 * 1024;
    const auto value
        = json.size() <= most ? parseStoredJson(viewOf(json)) : Result<JsonValue>(Error {});
    return QString::fromUtf8(value ? value->toIndentedJson() : json);
}

QByteArray payloadOf(const QPlainTextEdit& edit, const QByteArray& before)
{
    const QString text = exactText(edit);
    // What was not touched keeps its bytes.
    return text == editable(before) ? before : text.trimmed().toUtf8();
}

} // namespace

EventDialog::EventDialog(Purpose purpose, const Event& event, QWidget* parent)
    : QDialog(parent)
    , m_purpose(purpose)
    , m_before(event)
    , m_stream(new QLineEdit(
          purpose == Purpose::Insert ? event.stream : visibleText(event.stream), this))
    , m_type(new QLineEdit(event.type, this))
    , m_time(new QLineEdit(QString::fromUtf8(event.time.toRfc3339()), this))
    , m_data(makeText(event.data))
    , m_metadata(makeText(event.metadata))
    , m_fault(new PlainLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    const bool isNew = purpose == Purpose::Insert;
    setWindowTitle(isNew ? tr("Insert an Event behind %1").arg(positionText(event.position))
                         : tr("Edit %1 on a Branch").arg(positionText(event.position)));
    m_stream->setObjectName(QStringLiteral("eventStream"));
    m_type->setObjectName(QStringLiteral("eventType"));
    m_time->setObjectName(QStringLiteral("eventTime"));
    m_data->setObjectName(QStringLiteral("eventData"));
    m_metadata->setObjectName(QStringLiteral("eventMetadata"));
    m_stream->setReadOnly(!isNew);
    m_time->setReadOnly(!isNew);
    m_fault->setWordWrap(true);
    m_fault->setObjectName(QStringLiteral("eventFault"));
    m_buttons->button(QDialogButtonBox::Ok)->setText(isNew ? tr("Insert") : tr("Change"));

    auto* form = new QFormLayout;
    form->addRow(tr("&Stream"), m_stream);
    form->addRow(tr("&Type"), m_type);
    form->addRow(tr("T&ime (UTC)"), m_time);
    form->addRow(tr("&Data"), m_data);
    form->addRow(tr("&Metadata"), m_metadata);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(
        new PlainLabel(tr("The stored log stays as it is: this is on a branch alone."), this));
    layout->addLayout(form, 1);
    layout->addWidget(m_fault);
    layout->addWidget(m_buttons);
    resize(560, 520);

    for (auto* each : { m_stream, m_type, m_time })
        connect(each, &QLineEdit::textChanged, this, &EventDialog::check);
    for (auto* each : { m_data, m_metadata })
        connect(each, &QPlainTextEdit::textChanged, this, &EventDialog::check);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_data->setFocus();
    check();
}

QPlainTextEdit* EventDialog::makeText(const QByteArray& json)
{
    auto* edit = new QPlainTextEdit(editable(json), this);
    edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    edit->setTabChangesFocus(true);
    new JsonHighlighter(edit->document(), *edit);
    return edit;
}

BranchEvent EventDialog::event() const
{
    const auto time = Timestamp::fromRfc3339(m_time->text().trimmed().toStdString());
    return { m_purpose == Purpose::Insert ? m_stream->text() : m_before.stream,
        { m_type->text(), payloadOf(*m_data, m_before.data),
            payloadOf(*m_metadata, m_before.metadata), time ? *time : Timestamp::now(),
            m_purpose == Purpose::Insert ? makeUuidV7() : m_before.id } };
}

/// Why this is no event; empty where it is one.
QString EventDialog::fault() const
{
    if (m_purpose == Purpose::Insert) {
        if (const auto name = checkStreamName(m_stream->text()); !name)
            return name.error().message;
        const auto time = Timestamp::fromRfc3339(m_time->text().trimmed().toStdString());
        if (!time)
            return tr("Time: %1, as in 2026-03-01T14:03:22Z").arg(time.error().message);
    }
    const auto checked = checkEvent(event().event);
    return checked ? QString() : checked.error().message;
}

void EventDialog::check()
{
    const QString reason = fault();
    m_fault->setText(visibleText(reason));
    auto palette = this->palette();
    palette.setColor(QPalette::WindowText, coloursOf(palette).error);
    m_fault->setPalette(palette);
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(reason.isEmpty());
}

} // namespace eventloupe
