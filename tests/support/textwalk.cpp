#include "support/textwalk.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QGroupBox>
#include <QHeaderView>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPointer>
#include <QProgressBar>
#include <QStyledItemDelegate>
#include <QTabBar>
#include <QTableView>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextDocument>
#include <QToolTip>
#include <QTreeView>

#include <algorithm>

namespace eventloupe {

namespace {

constexpr int mostRows = 60; ///< Of a view that are looked at.

QString nameOf(const QWidget* widget)
{
    if (!widget)
        return QStringLiteral("action");
    QString name = widget->objectName();
    for (const auto* at = widget; name.isEmpty() && (at = at->parentWidget());)
        name = at->objectName();
    return QString::fromLatin1(widget->metaObject()->className()) + u' ' + name;
}

/// Links and pictures that the markup would give; empty where it is harmless.
QString renderedIn(const QTextDocument& document)
{
    for (auto block = document.begin(); block.isValid(); block = block.next()) {
        for (auto at = block.begin(); !at.atEnd(); ++at) {
            const auto format = at.fragment().charFormat();
            if (format.isAnchor())
                return QStringLiteral("link to ") + format.anchorHref();
            if (format.isImageFormat())
                return QStringLiteral("picture of ") + format.toImageFormat().name();
        }
    }
    return {};
}

QList<QModelIndex> indexesOf(const QAbstractItemView& view)
{
    QList<QModelIndex> found;
    const auto* model = view.model();
    QList<QModelIndex> parents { view.rootIndex() };
    while (model && !parents.isEmpty() && found.size() < mostRows * model->columnCount()) {
        const auto parent = parents.takeFirst();
        for (int row = 0; row < std::min(model->rowCount(parent), mostRows); ++row) {
            for (int column = 0; column < model->columnCount(parent); ++column)
                found.append(model->index(row, column, parent));
            if (model->hasChildren(model->index(row, 0, parent)))
                parents.append(model->index(row, 0, parent));
        }
    }
    return found;
}

} // namespace

bool isUnseenCharacter(char16_t unit)
{
    return unit < 0x20 || (unit >= 0x7F && unit < 0xA0) || unit == 0xAD || unit == 0x61C
        || (unit >= 0x200B && unit <= 0x200F) || (unit >= 0x2028 && unit <= 0x202E)
        || (unit >= 0x2060 && unit <= 0x206F) || unit == 0xFEFF;
}

void TextWalk::look()
{
    // A tool tip that goes takes its label with it.
    QList<QPointer<QWidget>> all;
    for (auto* widget : QApplication::allWidgets())
        all.append(widget);
    for (const auto& widget : all) {
        if (widget)
            lookAt(*widget);
    }
}

qsizetype TextWalk::texts(const QString& word) const
{
    return std::count_if(
        m_texts.begin(), m_texts.end(), [&](const QString& text) { return text.contains(word); });
}

QStringList TextWalk::windows() const
{
    QStringList names(m_windows.begin(), m_windows.end());
    names.sort();
    return names;
}

void TextWalk::lookAt(QWidget& widget)
{
    if (widget.inherits("QTipLabel"))
        return; // What it shows is looked at where it is made.
    tip(&widget, "tool tip", widget.toolTip());
    tip(&widget, "status tip", widget.statusTip());
    tip(&widget, "what's this", widget.whatsThis());
    if (widget.isWindow() || qobject_cast<QDockWidget*>(&widget)) {
        if (widget.isVisible())
            m_windows.insert(widget.objectName().isEmpty()
                    ? QString::fromLatin1(widget.metaObject()->className())
                    : widget.objectName());
        seen(&widget, "window title", widget.windowTitle());
        if (QString(widget.windowTitle()).remove(QStringLiteral("[*][*]")).contains(u"[*]"))
            note(&widget, QStringLiteral("place holder in the title"), widget.windowTitle());
        // A tab bar of docks makes a tool tip of it.
        if (qobject_cast<QDockWidget*>(&widget))
            tip(&widget, "dock title", widget.windowTitle());
    }
    lookAtLabels(widget);
    lookAtButtons(widget);
    lookAtEditors(widget);
    if (auto* view = qobject_cast<QAbstractItemView*>(&widget);
        view && view->model() && !qobject_cast<QHeaderView*>(&widget))
        lookAtItems(*view);
    for (const auto* action : widget.actions())
        lookAtAction(*action);
}

void TextWalk::lookAtLabels(const QWidget& widget)
{
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
        const auto text = label->text();
        const bool isMarkup = label->textFormat() != Qt::PlainText
            && (label->textFormat() != Qt::AutoText || Qt::mightBeRichText(text));
        if (isMarkup)
            note(label, QStringLiteral("label of rich text"), text);
        if (label->openExternalLinks() && label->textFormat() != Qt::PlainText
            && Qt::mightBeRichText(text))
            note(label, QStringLiteral("label that opens links"), text);
        if (label->buddy())
            marked(label, "label", text);
        else
            seen(label, "label", text);
        if (!label->buddy() && text.contains(u"a&&b"))
            note(label, QStringLiteral("two ampersands are shown"), text);
    }
    if (const auto* group = qobject_cast<const QGroupBox*>(&widget))
        marked(group, "group", group->title());
    if (const auto* bar = qobject_cast<const QProgressBar*>(&widget))
        seen(bar, "progress", bar->text());
}

void TextWalk::lookAtButtons(const QWidget& widget)
{
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        marked(button, "button", button->text());
    if (const auto* tabs = qobject_cast<const QTabBar*>(&widget)) {
        for (int i = 0; i < tabs->count(); ++i) {
            marked(tabs, "tab", tabs->tabText(i));
            tip(tabs, "tool tip of a tab", tabs->tabToolTip(i));
        }
    }
    if (const auto* combo = qobject_cast<const QComboBox*>(&widget)) {
        // What is chosen in one that can be edited is its text, which stays true.
        const auto* list = qobject_cast<const QStyledItemDelegate*>(combo->view()->itemDelegate());
        for (int i = 0; i < combo->count(); ++i) {
            seen(combo, "choice",
                combo->isEditable() && list ? list->displayText(combo->itemText(i), QLocale())
                                            : combo->itemText(i));
            tip(combo, "tool tip of a choice", combo->itemData(i, Qt::ToolTipRole).toString());
        }
    }
    if (const auto* menu = qobject_cast<const QMenu*>(&widget))
        marked(menu, "menu", menu->title());
}

void TextWalk::lookAtEditors(const QWidget& widget)
{
    if (const auto* edit = qobject_cast<const QLineEdit*>(&widget)) {
        seen(edit, "place holder", edit->placeholderText());
        if (edit->isReadOnly())
            seen(edit, "line", edit->text());
    }
    if (const auto* edit = qobject_cast<const QPlainTextEdit*>(&widget)) {
        if (edit->isReadOnly())
            seen(edit, "text", edit->toPlainText());
        if (const auto rendered = renderedIn(*edit->document()); !rendered.isEmpty())
            note(edit, rendered, edit->toPlainText());
    }
    if (const auto* edit = qobject_cast<const QTextEdit*>(&widget)) {
        const auto rendered = renderedIn(*edit->document());
        if (!rendered.isEmpty() && !rendered.startsWith(u"link to #"))
            note(edit, rendered, edit->toPlainText());
    }
}

void TextWalk::lookAtItems(QAbstractItemView& view)
{
    const auto* model = view.model();
    const auto lookAtHeader = [&](const QHeaderView* header, Qt::Orientation orientation) {
        for (int i = 0; header && i < std::min(header->count(), mostRows); ++i) {
            seen(&view, "header", model->headerData(i, orientation).toString());
            tip(&view, "tool tip of a header",
                model->headerData(i, orientation, Qt::ToolTipRole).toString());
        }
    };
    if (const auto* table = qobject_cast<QTableView*>(&view)) {
        lookAtHeader(table->horizontalHeader(), Qt::Horizontal);
        lookAtHeader(table->verticalHeader(), Qt::Vertical);
    }
    if (const auto* tree = qobject_cast<QTreeView*>(&view))
        lookAtHeader(tree->header(), Qt::Horizontal);
    for (const auto& index : indexesOf(view)) {
        const auto value = index.data();
        const auto* delegate
            = qobject_cast<const QStyledItemDelegate*>(view.itemDelegateForIndex(index));
        seen(&view, "cell", delegate ? delegate->displayText(value, QLocale()) : value.toString());
        // What a pointer that rests there gets, by the delegate.
        const auto place = view.visualRect(index).center();
        if (view.isVisible() && view.viewport()->rect().contains(place)) {
            QToolTip::hideText();
            QHelpEvent help(QEvent::ToolTip, place, view.viewport()->mapToGlobal(place));
            QApplication::sendEvent(view.viewport(), &help);
            tip(&view, "tool tip of a cell", QToolTip::text());
        }
    }
    QToolTip::hideText();
}

void TextWalk::lookAtAction(const QAction& action)
{
    marked(nullptr, "menu entry", action.text());
    tip(nullptr, "status tip of an entry", action.statusTip());
    if (action.menu() && action.menu()->toolTipsVisible())
        tip(nullptr, "tool tip of an entry", action.toolTip());
}

void TextWalk::seen(const QWidget* at, const char* what, const QString& text)
{
    if (text.isEmpty())
        return;
    m_texts.insert(text.left(4000));
    for (const QChar character : text) {
        if (character != u'\n' && isUnseenCharacter(character.unicode())) {
            note(at,
                QString::fromLatin1(what) + QStringLiteral(" with U+")
                    + QString::number(character.unicode(), 16),
                text);
            return;
        }
    }
}

void TextWalk::marked(const QWidget* at, const char* what, const QString& text)
{
    seen(at, what, text);
    if (text.contains(u"a&b"))
        note(at, QString::fromLatin1(what) + QStringLiteral(" with a key by accident"), text);
}

void TextWalk::tip(const QWidget* at, const char* what, const QString& text)
{
    if (text.isEmpty())
        return;
    QString shown = text;
    if (Qt::mightBeRichText(text)) {
        QTextDocument document;
        // The program's own places to break a line: a text that is shown cannot have one, since its
        // "&" is escaped.
        document.setHtml(QString(text).remove(QStringLiteral("&#8203;")));
        if (const auto rendered = renderedIn(document); !rendered.isEmpty())
            note(at, QString::fromLatin1(what) + u' ' + rendered, text);
        shown = document.toPlainText();
    }
    seen(at, what, shown);
    // What became of markup that was not escaped.
    if (text.contains(u"<img") || text.contains(u"<b>"))
        note(at, QString::fromLatin1(what) + QStringLiteral(" with markup"), text);
}

void TextWalk::note(const QWidget* at, const QString& what, const QString& text)
{
    auto fault = nameOf(at) + QStringLiteral(": ") + what + QStringLiteral(": ")
        + text.left(200).toHtmlEscaped();
    if (!m_faults.contains(fault))
        m_faults.append(fault);
}

} // namespace eventloupe
