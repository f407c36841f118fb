#include "ui/command/fieldcell.h"

#include "ui/base/plaintext.h"
#include "ui/base/theme.h"

#include <QEvent>
#include <QGroupBox>
#include <QLabel>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

bool isGroup(EditorKind kind)
{
    return kind == EditorKind::Object || kind == EditorKind::Array || kind == EditorKind::Tuple
        || kind == EditorKind::Map || kind == EditorKind::Alternatives;
}

bool isWide(EditorKind kind)
{
    return isGroup(kind) || kind == EditorKind::LongText || kind == EditorKind::Json;
}

const QString requiredMark = u" *"_qs;

QString captionOf(const FieldSpec& spec)
{
    const auto caption = buttonText(spec.title);
    return spec.required && spec.kind != EditorKind::Boolean ? caption + requiredMark : caption;
}

/// The same caption, its mnemonic included, with the mark or without.
QString markedAs(bool required, QString caption)
{
    if (caption.endsWith(requiredMark) && !required)
        caption.chop(requiredMark.size());
    else if (!caption.endsWith(requiredMark) && required)
        caption += requiredMark;
    return caption;
}

} // namespace

FieldCell::FieldCell(const FieldSpec& spec, Caption caption, QWidget* parent)
    : QWidget(parent)
    , m_editor(makeFieldEditor(spec, this))
    , m_hint(makeSmallLabel())
    , m_reasonLabel(makeSmallLabel())
{
    setProperty("wide", isWide(spec.kind));
    // A UUID can be read as a whole, with its button beside it.
    setProperty("columns", spec.kind == EditorKind::Uuid ? 2 : 1);
    auto* column = makeFrame(caption);
    // What a whole group is for stands above its fields.
    if (isGroup(spec.kind))
        column->addWidget(m_hint);
    column->addWidget(m_editor);
    if (!isGroup(spec.kind))
        column->addWidget(m_hint);
    column->addWidget(m_reasonLabel);
    const bool hinted = !spec.description.isEmpty() && caption == Caption::Shown;
    m_hint->setText(hinted ? spec.description : QString());
    m_hint->setVisible(hinted);
    makeFaint(*m_hint);
    m_reasonLabel->hide();
    if (!spec.description.isEmpty() && m_editor->focusTarget() != nullptr)
        m_editor->focusTarget()->setToolTip(plainToolTip(spec.description));
    rename();
    colour();
}

QLayout* FieldCell::makeFrame(Caption caption)
{
    const auto& spec = m_editor->spec();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(2);
    if (isGroup(spec.kind) && caption == Caption::Shown) {
        m_group = new QGroupBox(captionOf(spec), this);
        column->addWidget(m_group);
        return new QVBoxLayout(m_group);
    }
    if (caption == Caption::Shown && spec.kind != EditorKind::Boolean) {
        m_label = new PlainLabel(captionOf(spec), this);
        m_label->setWordWrap(true);
        m_label->setBuddy(m_editor->focusTarget());
        column->addWidget(m_label);
    } else if (caption == Caption::Shown) {
        // A check box stands beside fields with a label above; level with their editors.
        column->addSpacing(fontMetrics().lineSpacing() + column->spacing());
    }
    return column;
}

PlainLabel* FieldCell::makeSmallLabel()
{
    auto* label = new PlainLabel(this);
    label->setWordWrap(true);
    auto smaller = label->font();
    if (smaller.pointSizeF() > 0)
        smaller.setPointSizeF(smaller.pointSizeF() * 0.9);
    label->setFont(smaller);
    return label;
}

void FieldCell::setReason(const QString& reason)
{
    if (reason == m_reason)
        return;
    m_reason = reason;
    m_reasonLabel->setText(reason.isEmpty() ? QString() : tr("⚠ %1").arg(reason));
    m_reasonLabel->setVisible(!reason.isEmpty());
    m_hint->setVisible(reason.isEmpty() && !m_hint->text().isEmpty());
    const auto& description = m_editor->spec().description;
    if (auto* target = m_editor->focusTarget()) {
        target->setAccessibleDescription(
            reason.isEmpty() ? description : tr("%1. %2").arg(reason, description));
    }
}

void FieldCell::rename()
{
    m_reasonLabel->setObjectName(
        u"reason:"_qs + QString::fromUtf8(m_editor->spec().place.toText()));
}

void FieldCell::setRequired(bool required)
{
    if (m_editor->spec().required == required)
        return;
    m_editor->setRequired(required);
    if (m_label != nullptr)
        m_label->setText(markedAs(required, m_label->text()));
    if (m_group != nullptr)
        m_group->setTitle(markedAs(required, m_group->title()));
}

void FieldCell::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    QWidget::changeEvent(event);
}

void FieldCell::colour()
{
    if (m_reasonLabel == nullptr)
        return;
    auto errors = m_reasonLabel->palette();
    const auto colour = coloursOf(palette()).error;
    if (errors.color(QPalette::WindowText) == colour)
        return;
    errors.setColor(QPalette::WindowText, colour);
    m_reasonLabel->setPalette(errors);
}

} // namespace eventloupe
