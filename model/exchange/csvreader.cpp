#include "exchange/csvreader.h"

#include "exchange/csvguard.h"
#include "exchange/exchangetext.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace eventloupe {

const QStringList& ownCsvColumns()
{
    static const QStringList columns { QStringLiteral("position"), QStringLiteral("stream"),
        QStringLiteral("version"), QStringLiteral("type"), QStringLiteral("time"),
        QStringLiteral("id"), QStringLiteral("data"), QStringLiteral("metadata") };
    return columns;
}

CsvReader::CsvReader(std::unique_ptr<ByteSource> source)
    : m_source(std::move(source))
{
}

Result<std::unique_ptr<CsvReader>> CsvReader::open(
    std::unique_ptr<ByteSource> source, char delimiter)
{
    constexpr std::size_t sampleBytes = std::size_t(64) * 1024;
    std::unique_ptr<CsvReader> reader(new CsvReader(std::move(source)));
    ByteSource& bytes = *reader->m_source;
    while (bytes.window().size() < sampleBytes && !bytes.atEnd()) {
        if (const Result<bool> more = bytes.more(); !more)
            return more.error();
    }
    if (bytes.window().substr(0, 2) == "\xFF\xFE" || bytes.window().substr(0, 2) == "\xFE\xFF")
        return faultAt(
            bytes.name(), 1, 1, ExchangeText::tr("the text is UTF-16; convert it to UTF-8 first"));
    const std::string_view sample = bytes.window().substr(0, sampleBytes);
    const bool complete = bytes.atEnd() && sample.size() == bytes.window().size();
    reader->m_dialect = CsvDialect::detect(sample, complete, delimiter);
    if (const Result<void> header = reader->readHeader(); !header)
        return header.error();
    return reader;
}

Error CsvReader::fault(std::size_t offset, const QString& reason) const
{
    // A row may hold line feeds: the place is that of the offset's own line.
    const std::string_view before = m_source->window().substr(0, offset);
    const std::size_t lineStart = before.rfind('\n') + 1;
    return faultAt(m_source->name(), m_line + std::count(before.begin(), before.end(), '\n'),
        static_cast<qint64>(offset - lineStart) + 1, reason);
}

Result<bool> CsvReader::nextRow()
{
    for (;;) {
        m_source->consume(std::exchange(m_taken, 0));
        m_line += std::exchange(m_linesTaken, 0);
        CsvRow::Outcome outcome = CsvRow::Outcome::Incomplete;
        while (outcome == CsvRow::Outcome::Incomplete) {
            if (m_source->window().empty() && m_source->atEnd())
                return false;
            outcome = m_row.scan(m_source->window(), m_dialect.delimiter, m_source->atEnd());
            if (outcome == CsvRow::Outcome::Fault)
                return fault(m_row.faultOffset, m_row.reason);
            if (outcome == CsvRow::Outcome::Row)
                break;
            if (m_source->window().size() > static_cast<std::size_t>(maximumRecordBytes))
                return fault(0,
                    ExchangeText::tr("the row is over %1 MB; is a quote not closed?")
                        .arg(maximumRecordBytes / 1024 / 1024));
            if (const Result<bool> more = m_source->more(); !more)
                return more.error();
        }
        const std::string_view text = m_source->window().substr(0, m_row.length);
        m_taken = static_cast<qsizetype>(m_row.length);
        m_linesTaken = std::count(text.begin(), text.end(), '\n');
        if (const auto bad = findUtf8Fault(text))
            return fault(*bad,
                ExchangeText::tr("the text is not UTF-8; convert it first, for "
                                 "example with iconv -f LATIN1 -t UTF-8"));
        if (m_row.cells.size() > 1 || !m_row.cells[0].text.empty() || m_row.cells[0].quoted)
            return true;
    }
}

Result<void> CsvReader::readHeader()
{
    const Result<bool> first = nextRow();
    if (!first)
        return first.error();
    if (!*first)
        return {};
    m_rowWaits = !m_dialect.hasHeader;
    QStringList names;
    QSet<QString> known;
    QHash<QString, int> comings;
    for (const CsvCell& cell : m_row.cells) {
        QString name = QString::fromUtf8(cell.text.data(), static_cast<qsizetype>(cell.text.size()))
                           .trimmed();
        if (m_rowWaits || name.isEmpty())
            name = QStringLiteral("column%1").arg(names.size() + 1);
        QString unique = name;
        // The count goes on where it was: a name that comes ten thousand times is no square of it.
        for (int& n = comings[name]; known.contains(unique);)
            unique = QStringLiteral("%1 (%2)").arg(name).arg(++n + 1);
        known.insert(unique);
        names.append(unique);
    }
    m_ownTable = names == ownCsvColumns();
    for (const QString& name : names)
        m_columns.push_back(name.toStdString());
    return {};
}

Result<bool> CsvReader::next(Record& record)
{
    if (!std::exchange(m_rowWaits, false)) {
        const Result<bool> found = nextRow();
        if (!found || !*found)
            return found;
    }
    if (m_row.cells.size() != m_columns.size())
        return fault(0,
            ExchangeText::tr("the row has %1 cells where the first has %2")
                .arg(m_row.cells.size())
                .arg(m_columns.size()));
    record.line = m_line;
    record.members.clear();
    record.owned.clear();
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const CsvCell& cell = m_row.cells[i];
        const std::string_view text = m_ownTable ? withoutGuard(cell.text) : cell.text;
        record.members.push_back({ m_columns[i], text, cell.offset });
    }
    return true;
}

} // namespace eventloupe
