#include "ui/log/filtercompleter.h"

#include "value/event.h"
#include "value/json.h"
#include "value/visibletext.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLineEdit>

namespace eventloupe {

namespace {

const QStringList& names()
{
    static const QStringList list { QStringLiteral("category"), QStringLiteral("data."),
        QStringLiteral("has("), QStringLiteral("id"), QStringLiteral("metadata."),
        QStringLiteral("position"), QStringLiteral("size("), QStringLiteral("stream"),
        QStringLiteral("time"), QStringLiteral("type"), QStringLiteral("version") };
    return list;
}

bool isWordPart(QChar character)
{
    return character.isLetterOrNumber() || character == u'_' || character == u'.';
}

} // namespace

FilterCompleter::FilterCompleter(QLineEdit& edit)
    : QObject(&edit)
    , m_edit(edit)
    , m_names(names())
    , m_words(m_names)
    , m_completer(new QCompleter(&m_words, this))
{
    // Set as the edit's widget and not by setCompleter(), which would replace the whole text.
    m_completer->setWidget(&edit);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setMaxVisibleItems(12);
    connect(&edit, &QLineEdit::textEdited, this, &FilterCompleter::complete);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this,
        &FilterCompleter::insert);
}

void FilterCompleter::setNames(const QStringList& names)
{
    m_names = names;
    fill();
}

void FilterCompleter::setTypes(const QStringList& types)
{
    m_types.clear();
    for (const auto& type : types) {
        QByteArray literal;
        appendJsonString(literal, viewOf(type.toUtf8()));
        m_types.append(visibleExpression(QString::fromUtf8(literal)));
    }
    fill();
}

void FilterCompleter::fill()
{
    m_words.setStringList(m_names + m_types);
}

int FilterCompleter::wordStart(const QString& text, int cursor)
{
    const auto before = QStringView(text).left(cursor);
    if (before.count(u'"') % 2 == 1)
        return static_cast<int>(before.lastIndexOf(u'"'));
    int start = cursor;
    while (start > 0 && isWordPart(text.at(start - 1)))
        --start;
    return start;
}

void FilterCompleter::complete()
{
    const int cursor = m_edit.cursorPosition();
    const int start = wordStart(m_edit.text(), cursor);
    const auto word = m_edit.text().mid(start, cursor - start);
    m_completer->setCompletionPrefix(word);
    const bool isDone = m_completer->completionCount() == 1
        && m_completer->currentCompletion().compare(word, Qt::CaseInsensitive) == 0;
    if (word.isEmpty() || m_completer->completionCount() == 0 || isDone) {
        m_completer->popup()->hide();
        return;
    }
    auto place = m_edit.inputMethodQuery(Qt::ImCursorRectangle).toRect();
    place.setWidth(std::min(m_edit.width(), 320));
    m_completer->complete(place);
}

void FilterCompleter::insert(const QString& word)
{
    const int cursor = m_edit.cursorPosition();
    const int start = wordStart(m_edit.text(), cursor);
    m_edit.setSelection(start, cursor - start);
    m_edit.insert(word);
}

} // namespace eventloupe
