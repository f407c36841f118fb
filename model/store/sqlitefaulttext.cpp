#include "store/sqlitefaulttext.h"

#include <QCoreApplication>
#include <QList>
#include <QRegularExpression>

#include <array>
#include <optional>
#include <utility>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SqliteVerifier", text);
}

/// A form of SQLite's, and what it means; %1 and %2 are what the form captures.
struct Form {
    const char* pattern;
    const char* meaning;
};

constexpr std::array forms {
    Form { "^row (\\d+) missing from index (\\w+)",
        QT_TRANSLATE_NOOP("SqliteVerifier", "Row %1 of a table is not in its index %2") },
    Form { "^row (\\d+) values? differs? from index (\\w+)",
        QT_TRANSLATE_NOOP("SqliteVerifier", "Row %1 differs from its entry in the index %2") },
    Form { "^rowid not at end-of-record for row (\\d+) of index (\\w+)",
        QT_TRANSLATE_NOOP("SqliteVerifier", "The entry of row %1 in the index %2 is damaged") },
    Form { "^wrong # of entries in index (\\w+)",
        QT_TRANSLATE_NOOP("SqliteVerifier",
            "The index %1 does not have as many entries as its table has rows") },
    Form { "^non-unique entry in index (\\w+)",
        QT_TRANSLATE_NOOP("SqliteVerifier", "The index %1 has an entry twice") },
    Form { "value (?:missing )?in (\\w+)\\.(\\w+)$",
        QT_TRANSLATE_NOOP(
            "SqliteVerifier", "Table %1 has a value in its column %2 that cannot stand there") },
    Form { "^(?:Main )?[Ff]reelist",
        QT_TRANSLATE_NOOP("SqliteVerifier", "The list of the file's free pages is damaged") },
    Form { "[Pp]age (\\d+)",
        QT_TRANSLATE_NOOP("SqliteVerifier", "Page %1 of the file is damaged") },
};

QString sentenceOf(const QString& line)
{
    static const auto expressions = [] {
        QList<QRegularExpression> made;
        for (const Form& form : forms)
            made.append(QRegularExpression(QLatin1String(form.pattern)));
        return made;
    }();
    for (qsizetype i = 0; i < expressions.size(); ++i) {
        const auto match = expressions.at(i).match(line);
        if (!match.hasMatch())
            continue;
        QString meaning = tr(forms.at(static_cast<std::size_t>(i)).meaning);
        for (int group = 1; group <= match.lastCapturedIndex(); ++group)
            meaning = meaning.arg(match.captured(group));
        return tr("%1. SQLite says: %2").arg(meaning, line);
    }
    return tr("The file is damaged. SQLite says: %1").arg(line);
}

/// Pages that no table and no index leads to, one after the other.
class UnusedPages {
public:
    /// False where a line says something else.
    bool take(const QString& line, QStringList& texts)
    {
        static const QRegularExpression unused(
            QStringLiteral("^Page (\\d+):? (?:is )?never used$"));
        const auto match = unused.match(line);
        if (!match.hasMatch())
            return false;
        const qint64 page = match.captured(1).toLongLong();
        if (m_last && page != *m_last + 1)
            tell(texts);
        if (!m_last)
            m_first = page;
        m_last = page;
        return true;
    }
    void tell(QStringList& texts)
    {
        if (const auto last = std::exchange(m_last, std::nullopt); last)
            texts.append(*last == m_first
                    ? tr("Page %1 of the file belongs to no table and no index.").arg(m_first)
                    : tr("Pages %1 to %2 of the file belong to no table and no index.")
                          .arg(m_first)
                          .arg(*last));
    }

private:
    qint64 m_first = 0;
    std::optional<qint64> m_last;
};

} // namespace

QStringList sqliteFaultTexts(const QStringList& rows)
{
    QStringList texts;
    UnusedPages unused;
    for (const QString& row : rows) {
        for (const QString& each : row.split(u'\n', Qt::SkipEmptyParts)) {
            const QString line = each.trimmed();
            if (line.isEmpty() || line.startsWith(QStringLiteral("*** in database ")))
                continue;
            if (unused.take(line, texts))
                continue;
            unused.tell(texts);
            texts.append(sentenceOf(line));
        }
    }
    unused.tell(texts);
    return texts;
}

} // namespace eventloupe
