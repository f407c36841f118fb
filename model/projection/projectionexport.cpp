#include "projection/projectionexport.h"

#include "exchange/csvguard.h"
#include "exchange/outputfile.h"
#include "projection/projectiontext.h"
#include "value/json.h"

namespace eventloupe {

namespace {

constexpr qint64 rowsAtOnce = 2048;
constexpr std::chrono::milliseconds sliceOfASearch { 50 };

void appendCsvCell(std::string& out, std::string_view text)
{
    const bool isGuarded = needsGuard(text);
    if (!isGuarded && text.find_first_of(",\"\r\n") == std::string_view::npos) {
        out.append(text);
        return;
    }
    out += '"';
    if (isGuarded)
        out += '\'';
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    out += '"';
}

/// Writes rows in one of the formats.
class RowWriter {
public:
    RowWriter(const ProjectionDefinition& definition, ExchangeFormat format)
        : m_format(format)
        , m_names { "key" }
    {
        for (const ProjectionColumn& column : definition.columns)
            m_names.push_back(column.name.toUtf8());
    }

    void begin()
    {
        if (m_format == ExchangeFormat::Json)
            m_out += "[\n";
        for (std::size_t i = 0; m_format == ExchangeFormat::Csv && i < m_names.size(); ++i)
            m_out.append(i > 0 ? "," : "").append(viewOf(m_names[i]));
        if (m_format == ExchangeFormat::Csv)
            m_out += "\r\n";
    }

    void write(const ProjectionTable& table, RowNumber row)
    {
        if (m_format == ExchangeFormat::Csv) {
            writeCsv(table, row);
            return;
        }
        if (m_format == ExchangeFormat::Json && m_rows > 0)
            m_out += ",\n";
        m_out += '{';
        for (std::size_t i = 0; i < m_names.size(); ++i) {
            m_out.append(i > 0 ? ",\"" : "\"").append(viewOf(m_names[i])).append("\":");
            table.cell(row, i).appendJson(m_out);
        }
        m_out += m_format == ExchangeFormat::Ndjson ? "}\n" : "}";
        ++m_rows;
    }

    void end()
    {
        if (m_format == ExchangeFormat::Json)
            m_out += m_rows > 0 ? "\n]\n" : "]\n";
    }

    /// What was written since the last call.
    QByteArray take()
    {
        QByteArray bytes(m_out.data(), static_cast<qsizetype>(m_out.size()));
        m_out.clear();
        return bytes;
    }

private:
    void writeCsv(const ProjectionTable& table, RowNumber row)
    {
        for (std::size_t i = 0; i < m_names.size(); ++i) {
            if (i > 0)
                m_out += ',';
            m_cell.clear();
            table.cell(row, i).appendPlain(m_cell);
            appendCsvCell(m_out, m_cell);
        }
        m_out += "\r\n";
    }

    ExchangeFormat m_format;
    std::vector<QByteArray> m_names;
    std::string m_out;
    std::string m_cell;
    qint64 m_rows = 0;
};

Error cancelled()
{
    return { ErrorCode::Cancelled, ProjectionText::tr("The export was cancelled.") };
}

} // namespace

Result<qint64> exportProjection(ProjectionView& view, const ProjectionQuery& query,
    const ProjectionDefinition& definition, const ProjectionExport& target,
    const Progress& progress, const CancelToken& cancel, const CancelToken& orCancel)
{
    if (const auto checked = OutputFile::check(target.file, target.store); !checked)
        return checked.error();
    const auto isCancelled = [&] { return cancel.isCancelled() || orCancel.isCancelled(); };
    auto file = OutputFile::open(target.file);
    if (!file)
        return file.error();
    while (!view.ask(query, sliceOfASearch, cancel)) {
        if (isCancelled())
            return cancelled();
    }
    if (!view.sortAll(isCancelled))
        return cancelled();
    const qint64 count = view.count();
    progress.setTotal(count);
    RowWriter writer(definition, target.format);
    writer.begin();
    for (qint64 first = 0; first < count; first += rowsAtOnce) {
        if (isCancelled())
            return cancelled();
        for (const RowNumber row : view.rows(first, rowsAtOnce))
            writer.write(view.table(), row);
        const auto written = (*file)->write(writer.take());
        if (!written)
            return written.error();
        progress.setDone(std::min(first + rowsAtOnce, count));
    }
    writer.end();
    const auto written = (*file)->write(writer.take());
    if (!written)
        return written.error();
    if (isCancelled())
        return cancelled();
    const auto done = (*file)->commit();
    if (!done)
        return done.error();
    return count;
}

} // namespace eventloupe
