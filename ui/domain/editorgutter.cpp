#include "ui/domain/editorgutter.h"

#include "ui/base/plaintext.h"
#include "ui/base/theme.h"
#include "ui/domain/definitioneditor.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace eventloupe {

EditorGutter::EditorGutter(DefinitionEditor& editor)
    : QWidget(&editor)
    , m_editor(editor)
{
    setCursor(Qt::ArrowCursor);
}

int EditorGutter::widthFor(int lines) const
{
    const int digits = std::max(3, static_cast<int>(QString::number(lines).size()));
    return fontMetrics().horizontalAdvance(u'9') * (digits + 3);
}

QSize EditorGutter::sizeHint() const
{
    return { widthFor(m_editor.blockCount()), 0 };
}

void EditorGutter::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    const auto colours = coloursOf(palette());
    painter.fillRect(event->rect(), palette().color(QPalette::Window));
    const int unit = fontMetrics().horizontalAdvance(u'9');
    for (const auto& line : m_editor.visibleLines(event->rect())) {
        const auto* problem = m_editor.problemOfLine(line.number);
        const QRect row(0, line.top, width() - unit, line.height);
        if (problem) {
            const bool isFault = problem->level == DefinitionProblem::Level::Fault;
            painter.setPen(isFault ? colours.error : palette().color(QPalette::Text));
            painter.drawText(row.adjusted(unit / 2, 0, 0, 0), Qt::AlignLeft,
                isFault ? QStringLiteral("✕") : QStringLiteral("i"));
        }
        painter.setPen(line.isCurrent ? palette().color(QPalette::Text) : colours.dimmed);
        painter.drawText(row, Qt::AlignRight, QString::number(line.number));
    }
}

void EditorGutter::mousePressEvent(QMouseEvent* event)
{
    const int line = m_editor.lineAt(event->pos().y());
    if (const auto* problem = m_editor.problemOfLine(line)) {
        m_editor.goTo(problem->start);
        m_editor.showFixes();
    }
}

bool EditorGutter::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto* problem = m_editor.problemOfLine(m_editor.lineAt(help->pos().y()));
    QToolTip::showText(
        help->globalPos(), problem ? plainToolTip(problem->message) : QString(), this);
    return true;
}

} // namespace eventloupe
