#include "ui/branch/eventdialog.h"

#include "mask/masked.h"
#include "store/eventrules.h"
#include "ui/base/figures.h"
#include "ui/base/jsonhighlighter.h"
#include "ui/base/jsontext.h"
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

/// Bytes of a payload that a text field takes without standing still.
constexpr qsizetype longestEdited = 256 * 1024;

/// Laid out over lines where it is short enough to be edited so; else as it came. Of one that is
/// too long, the beginning, with what becomes of it.
QString editable(const QByteArray& json)
{
    constexpr qsizetype most = 64 * 1024;
    if (json.size() > longestEdited)
        return EventDialog::tr("%L1 bytes are too many to be edited here: they stay as they are. "
                               "They begin:\n\n")
                   .arg(json.size())
            + textForView(json.left(4096), 1000, 4096);
    const auto value
        = json.size() <= most ? parseStoredJson(viewOf(json)) : Result<JsonValue>(Error {});
    return QString::fromUtf8(value ? value->toIndentedJson() : json);
}

QByteArray payloadOf(const QPlainTextEdit& edit, const QByteArray& before)
{
    if (edit.isReadOnly())
        return before;
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
    m_proposed = typed();
}

JsonValue EventDialog::typed() const
{
    auto typed = JsonValue::emptyObject();
    for (const auto* each : { m_stream, m_type, m_time })
        typed.insert(each->objectName().toUtf8(), JsonValue::fromString(each->text()));
    for (const auto* each : { m_data, m_metadata })
        typed.insert(each->objectName().toUtf8(), JsonValue::fromString(exactText(*each)));
    return typed;
}

QByteArray EventDialog::draft() const
{
    auto draft = typed();
    if (draft.toJson() == m_proposed.toJson())
        return {};
    draft.insert("isNew", JsonValue::fromBool(m_purpose == Purpose::Insert));
    draft.insert("position", JsonValue::fromInt(m_before.position));
    draft.insert("id", JsonValue::fromString(m_before.id));
    return draft.toJson();
}

void EventDialog::restoreDraft(const JsonValue& draft)
{
    const auto textOf = [&draft](const QWidget& field) {
        const auto* text = draft.find(field.objectName().toStdString());
        return text && text->isString() ? std::optional(text->toString()) : std::nullopt;
    };
    for (auto* each : { m_stream, m_type, m_time }) {
        if (const auto text = textOf(*each); text && !each->isReadOnly())
            each->setText(*text);
    }
    for (auto* each : { m_data, m_metadata }) {
        if (const auto text = textOf(*each))
            each->setPlainText(*text);
    }
}

std::optional<EventDialog::Subject> EventDialog::subjectOf(const JsonValue& draft)
{
    const auto* isNew = draft.find("isNew");
    const auto* position = draft.find("position");
    const auto* id = draft.find("id");
    if (!isNew || !isNew->isBool() || !position || position->type() != JsonValue::Type::Int || !id
        || !id->isString())
        return std::nullopt;
    return Subject { isNew->toBool() ? Purpose::Insert : Purpose::Change, position->toInt(),
        id->toString() };
}

QPlainTextEdit* EventDialog::makeText(const QByteArray& json)
{
    auto* edit = new QPlainTextEdit(editable(json), this);
    edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    edit->setTabChangesFocus(true);
    edit->setReadOnly(json.size() > longestEdited);
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
    // A changed event keeps what is masked; a new one has no value there.
    NewEvent candidate = event().event;
    if (m_purpose == Purpose::Insert
        && (holdsMaskSign(viewOf(candidate.data)) || holdsMaskSign(viewOf(candidate.metadata))))
        return tr("\"%1\" stands for a value that the workspace masks: type a value instead")
            .arg(maskSignText());
    // What is too long to be edited was checked when it was stored.
    if (m_data->isReadOnly())
        candidate.data.clear();
    if (m_metadata->isReadOnly())
        candidate.metadata.clear();
    const auto checked = checkEvent(candidate);
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
