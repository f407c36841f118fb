#include "ui/domain/definitioneditor.h"

#include "ui/base/plaintext.h"
#include "ui/base/theme.h"
#include "ui/domain/completionpopup.h"
#include "ui/domain/definitionhighlighter.h"
#include "ui/domain/editorgutter.h"

#include <QAction>
#include <QFontDatabase>
#include <QHelpEvent>
#include <QMenu>
#include <QTextBlock>
#include <QTextEdit>
#include <QTimer>
#include <QToolTip>

namespace eventloupe {

DefinitionEditor::DefinitionEditor(const QString& path, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new DefinitionHighlighter(document(), definitionKindOf(path), *this))
    , m_popup(new CompletionPopup(*this))
    , m_gutter(new EditorGutter(*this))
{
    setObjectName(QStringLiteral("definitionEditor"));
    setAccessibleName(tr("Text of %1").arg(path));
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setLineWrapMode(NoWrap);
    setTabStopDistance(fontMetrics().horizontalAdvance(u' ') * 2);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &DefinitionEditor::layOutGutter);
    connect(this, &QPlainTextEdit::updateRequest, m_gutter, [this](const QRect& rect, int by) {
        if (by != 0)
            m_gutter->scroll(0, by);
        else
            m_gutter->update(0, rect.y(), m_gutter->width(), rect.height());
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &DefinitionEditor::markProblems);
    auto* mend = new QAction(tr("Mend…"), this);
    mend->setShortcut(Qt::ALT | Qt::Key_Return);
    mend->setShortcutContext(Qt::WidgetShortcut);
    connect(mend, &QAction::triggered, this, &DefinitionEditor::showFixes);
    addAction(mend);
    layOutGutter();
}

DefinitionEditor::~DefinitionEditor() = default;

QString DefinitionEditor::text() const
{
    // Not toPlainText(), which makes spaces of no-break spaces.
    QString raw = document()->toRawText();
    raw.replace(QChar::ParagraphSeparator, u'\n');
    return raw;
}

void DefinitionEditor::replaceText(const QString& text)
{
    const int at = textCursor().position();
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    goTo(at);
}

void DefinitionEditor::setProblems(const QList<DefinitionProblem>& problems)
{
    m_problems = problems;
    markProblems();
    m_gutter->update();
}

void DefinitionEditor::markProblems()
{
    QList<QTextEdit::ExtraSelection> selections;
    const auto colours = coloursOf(palette());
    for (const DefinitionProblem& problem : m_problems) {
        const int last = std::max(0, document()->characterCount() - 1);
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document());
        mark.cursor.setPosition(std::min(problem.start, last));
        mark.cursor.setPosition(
            std::min(problem.start + problem.length, last), QTextCursor::KeepAnchor);
        const bool isFault = problem.level == DefinitionProblem::Level::Fault;
        mark.format.setUnderlineStyle(
            isFault ? QTextCharFormat::WaveUnderline : QTextCharFormat::DotLine);
        mark.format.setUnderlineColor(isFault ? colours.error : palette().color(QPalette::Text));
        selections.append(mark);
    }
    setExtraSelections(selections);
    m_gutter->update();
}

const DefinitionProblem* DefinitionEditor::problemOfLine(int line) const
{
    const DefinitionProblem* found = nullptr;
    for (const DefinitionProblem& problem : m_problems) {
        if (problem.line == line && (!found || problem.level < found->level))
            found = &problem;
    }
    return found;
}

const DefinitionProblem* DefinitionEditor::problemAt(int offset) const
{
    for (const DefinitionProblem& problem : m_problems) {
        if (problem.start <= offset && offset <= problem.start + std::max(problem.length, 1))
            return &problem;
    }
    return nullptr;
}

void DefinitionEditor::goTo(int offset)
{
    auto cursor = textCursor();
    cursor.setPosition(std::clamp(offset, 0, document()->characterCount() - 1));
    setTextCursor(cursor);
    centerCursor();
}

void DefinitionEditor::apply(const DefinitionFix& fix)
{
    QTextCursor cursor(document());
    cursor.setPosition(std::min(fix.start, document()->characterCount() - 1));
    cursor.setPosition(std::min(fix.start + fix.length, document()->characterCount() - 1),
        QTextCursor::KeepAnchor);
    cursor.insertText(fix.text);
    setTextCursor(cursor);
}

void DefinitionEditor::showFixes()
{
    const auto* problem = problemAt(textCursor().position());
    if (!problem)
        problem = problemOfLine(textCursor().blockNumber() + 1);
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("fixMenu"));
    if (!problem || problem->fixes.isEmpty()) {
        menu.addAction(problem ? tr("No mend is known for this") : tr("Nothing is wrong here"))
            ->setEnabled(false);
    } else {
        for (const DefinitionFix& fix : problem->fixes)
            menu.addAction(buttonText(fix.title), this, [this, fix] { emit fixAsked(fix); });
    }
    // Return takes the first.
    QTimer::singleShot(0, &menu, [&menu] { menu.setActiveAction(menu.actions().constFirst()); });
    menu.exec(viewport()->mapToGlobal(cursorRect().bottomLeft()));
}

void DefinitionEditor::showCompletions(const Completions& completions)
{
    m_popup->show(completions);
}

void DefinitionEditor::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    const bool isTaking = key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Tab
        || key == Qt::Key_Escape || key == Qt::Key_Backtab;
    if (m_popup->isShown() && isTaking) {
        event->ignore(); // For the list.
        return;
    }
    if (key == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        emit completionsAsked(textCursor().position());
        return;
    }
    if (isReadOnly()) {
        QPlainTextEdit::keyPressEvent(event);
    } else if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        newLine();
    } else if (key == Qt::Key_Tab && event->modifiers() == Qt::NoModifier) {
        insertPlainText(QStringLiteral("  "));
    } else {
        QPlainTextEdit::keyPressEvent(event);
        completeAfter(*event);
    }
}

void DefinitionEditor::completeAfter(const QKeyEvent& event)
{
    const QString typed = event.text();
    const bool isErasing = event.key() == Qt::Key_Backspace;
    const bool isWord = !typed.isEmpty()
        && (typed.at(0).isLetterOrNumber() || QStringView(u"_\"./").contains(typed.at(0)));
    const bool isShown = m_popup->isShown();
    if (isWord || (isErasing && isShown))
        emit completionsAsked(textCursor().position());
    else if (isShown && !typed.isEmpty())
        m_popup->hide();
}

void DefinitionEditor::newLine()
{
    auto cursor = textCursor();
    const QString line = cursor.block().text();
    const QString before = line.left(cursor.positionInBlock());
    qsizetype depth = 0;
    while (depth < before.size() && before.at(depth) == u' ')
        ++depth;
    const QString trimmed = before.trimmed();
    const bool opens = trimmed.endsWith(u'{') || trimmed.endsWith(u'[');
    const QString after = line.mid(cursor.positionInBlock()).trimmed();
    const bool closes = opens && (after.startsWith(u'}') || after.startsWith(u']'));
    const QString indent(depth, u' ');
    cursor.beginEditBlock();
    cursor.insertText(u'\n' + indent + (opens ? QStringLiteral("  ") : QString()));
    const int at = cursor.position();
    if (closes)
        cursor.insertText(u'\n' + indent);
    cursor.setPosition(at);
    cursor.endEditBlock();
    setTextCursor(cursor);
}

QList<DefinitionEditor::Line> DefinitionEditor::visibleLines(const QRect& rect) const
{
    QList<Line> lines;
    const int current = textCursor().blockNumber();
    for (auto block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const auto place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > rect.bottom())
            break;
        if (place.bottom() >= rect.top())
            lines.append({ block.blockNumber() + 1, static_cast<int>(place.top()),
                static_cast<int>(place.height()), block.blockNumber() == current });
    }
    return lines;
}

int DefinitionEditor::lineAt(int y) const
{
    return cursorForPosition(QPoint(0, y)).blockNumber() + 1;
}

void DefinitionEditor::layOutGutter()
{
    const int width = m_gutter->widthFor(blockCount());
    setViewportMargins(width, 0, 0, 0);
    const QRect inside = contentsRect();
    m_gutter->setGeometry(inside.left(), inside.top(), width, inside.height());
}

void DefinitionEditor::resizeEvent(QResizeEvent* event)
{
    // Who writes sees where, too, when the list of problems below takes room.
    const bool wasInView = QRect(QPoint(), event->oldSize()).intersects(cursorRect());
    QPlainTextEdit::resizeEvent(event);
    layOutGutter();
    if (wasInView)
        ensureCursorVisible();
}

void DefinitionEditor::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_highlighter) {
        m_highlighter->rehighlight();
        markProblems();
    }
}

bool DefinitionEditor::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QPlainTextEdit::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QPoint at = viewport()->mapFrom(this, help->pos());
    const auto* problem = problemAt(cursorForPosition(at).position());
    QToolTip::showText(
        help->globalPos(), problem ? plainToolTip(problem->message) : QString(), viewport());
    return true;
}

} // namespace eventloupe
