#include "ui/domain/completionpopup.h"

#include "ui/base/plaintext.h"

#include <QAbstractItemView>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextCursor>

namespace eventloupe {

CompletionPopup::CompletionPopup(QPlainTextEdit& editor)
    : QCompleter(&editor)
    , m_editor(editor)
{
    setModel(&m_rows);
    setWidget(&editor);
    setCompletionMode(UnfilteredPopupCompletion);
    setMaxVisibleItems(12);
    popup()->setObjectName(QStringLiteral("definitionCompletions"));
    popup()->setAccessibleName(tr("Completions"));
    connect(this, qOverload<const QModelIndex&>(&QCompleter::activated), this,
        [this](const QModelIndex& index) { take(index.row()); });
}

void CompletionPopup::show(const Completions& completions)
{
    m_completions = completions;
    m_rows.clear();
    for (const Completion& item : completions.items) {
        auto* row = new QStandardItem(visibleText(item.name));
        row->setToolTip(plainToolTip(item.detail));
        m_rows.appendRow(row);
    }
    if (completions.items.isEmpty()) {
        hide();
        return;
    }
    auto place = m_editor.cursorRect();
    place.translate(m_editor.viewport()->pos());
    place.setWidth(popup()->sizeHintForColumn(0) + popup()->verticalScrollBar()->sizeHint().width()
        + m_editor.fontMetrics().averageCharWidth() * 4);
    complete(place);
    popup()->setCurrentIndex(completionModel()->index(0, 0));
}

void CompletionPopup::hide()
{
    popup()->hide();
}

bool CompletionPopup::isShown() const
{
    return popup()->isVisible();
}

QStringList CompletionPopup::names() const
{
    QStringList names;
    for (const Completion& item : m_completions.items)
        names.append(item.name);
    return names;
}

void CompletionPopup::take(int row)
{
    if (row < 0 || row >= m_completions.items.size())
        return;
    const Completion item = m_completions.items.at(row);
    auto cursor = m_editor.textCursor();
    cursor.setPosition(m_completions.start);
    cursor.setPosition(m_completions.start + m_completions.length, QTextCursor::KeepAnchor);
    cursor.insertText(item.text);
    // Where a value was begun, it is what is written next.
    if (item.text.endsWith(u"\"\"") || item.text.endsWith(u"[]") || item.text.endsWith(u"{}"))
        cursor.movePosition(QTextCursor::Left);
    m_editor.setTextCursor(cursor);
}

} // namespace eventloupe
