#include "ui/command/texteditor.h"

#include "ui/base/plaintext.h"
#include "value/uuid.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

namespace eventloupe {

namespace {

QString placeholderFor(const FieldSpec& spec)
{
    if (const auto example = spec.example(); !example.isEmpty())
        return TextEditor::tr("for example %1").arg(example);
    const auto format = spec.format();
    if (format == u"email")
        return TextEditor::tr("name@example.org");
    if (format == u"uri")
        return TextEditor::tr("https://example.org/");
    if (format == u"duration")
        return TextEditor::tr("PT1H30M, or P2D");
    if (format == u"ipv4")
        return TextEditor::tr("192.0.2.1");
    if (format == u"ipv6")
        return TextEditor::tr("2001:db8::1");
    if (format == u"regex")
        return TextEditor::tr("^[a-z]+$");
    return {};
}

} // namespace

TextEditor::TextEditor(const FieldSpec& spec, QWidget* parent)
    : LeafEditor(spec, parent)
    , m_line(new QLineEdit(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(4);
    row->addWidget(m_line, 1);
    const bool isThere
        = spec.context.areNamedThere && spec.context.named.contains(spec.place.toText());
    if (spec.kind == EditorKind::Uuid && !isThere) {
        m_generate = makeGenerateButton();
        row->addWidget(m_generate);
    }
    m_line->setPlaceholderText(visibleText(placeholderFor(spec)));
    if (spec.format() == u"email")
        m_line->setInputMethodHints(Qt::ImhEmailCharactersOnly);
    connect(m_line, &QLineEdit::textEdited, this, [this] { noteEdit(); });
    adopt(m_line);
}

QWidget* TextEditor::makeGenerateButton()
{
    auto* button = new QToolButton(this);
    button->setText(tr("Generate"));
    button->setToolTip(tr("Put a new UUID here"));
    button->setAccessibleName(tr("Generate a UUID for %1").arg(spec().title));
    button->setObjectName(objectNameFor(QLatin1StringView("generate:")));
    connect(button, &QToolButton::clicked, this, [this] {
        setText(makeUuidV7());
        noteEdit();
    });
    return button;
}

QString TextEditor::text() const
{
    return m_line->text();
}

void TextEditor::setText(const QString& text)
{
    if (m_line->text() == text)
        return;
    m_line->setText(text);
    m_line->setCursorPosition(0);
}

QWidget* TextEditor::focusTarget()
{
    return m_line;
}

void TextEditor::setPlace(const JsonPointer& place)
{
    LeafEditor::setPlace(place);
    if (m_generate != nullptr)
        m_generate->setObjectName(objectNameFor(QLatin1StringView("generate:")));
}

Result<JsonValue> TextEditor::parse(const QString& text) const
{
    return JsonValue::fromString(text);
}

QString TextEditor::initialText() const
{
    const bool isNew = spec().kind == EditorKind::Uuid && spec().required
        && !spec().context.named.contains(spec().place.toText());
    return isNew ? makeUuidV7() : QString();
}

} // namespace eventloupe
