#include "foreign/mappingproposal.h"

#include "encoding/payloaddecoder.h"
#include "foreign/foreignsql.h"
#include "foreign/foreigntime.h"

#include <QSet>

#include <algorithm>

namespace eventloupe {

namespace {

constexpr int rowsLookedAt = 100;

/// Names that columns of a part have, the most telling first. Compared without case and '_'.
const QStringList orderNames { QStringLiteral("globalposition"), QStringLiteral("position"),
    QStringLiteral("globalindex"), QStringLiteral("ordering"), QStringLiteral("seqid"),
    QStringLiteral("sequence"), QStringLiteral("seq"), QStringLiteral("no"), QStringLiteral("id"),
    QStringLiteral("rowid") };
const QStringList streamNames { QStringLiteral("streamname"), QStringLiteral("streamid"),
    QStringLiteral("stream"), QStringLiteral("aggregateid"), QStringLiteral("aggregateuuid"),
    QStringLiteral("aggregaterootid"), QStringLiteral("aggregateidentifier"),
    QStringLiteral("entityid"), QStringLiteral("persistenceid"), QStringLiteral("originatorid"),
    QStringLiteral("sourceid"), QStringLiteral("subject"), QStringLiteral("aggregate"),
    QStringLiteral("entity"), QStringLiteral("key") };
const QStringList versionNames { QStringLiteral("streamversion"), QStringLiteral("version"),
    QStringLiteral("aggregateversion"), QStringLiteral("streamposition"),
    QStringLiteral("sequencenumber"), QStringLiteral("seqnr"), QStringLiteral("playhead"),
    QStringLiteral("revision"), QStringLiteral("sequence"), QStringLiteral("position") };
const QStringList typeNames { QStringLiteral("eventtype"), QStringLiteral("type"),
    QStringLiteral("eventname"), QStringLiteral("messagetype"), QStringLiteral("eventclass"),
    QStringLiteral("topic"), QStringLiteral("name"), QStringLiteral("kind"),
    QStringLiteral("action"), QStringLiteral("event") };
const QStringList dataNames { QStringLiteral("data"), QStringLiteral("payload"),
    QStringLiteral("eventdata"), QStringLiteral("body"), QStringLiteral("content"),
    QStringLiteral("jsondata"), QStringLiteral("messagedata"), QStringLiteral("eventpayload"),
    QStringLiteral("properties"), QStringLiteral("event"), QStringLiteral("state"),
    QStringLiteral("json"), QStringLiteral("message"), QStringLiteral("details") };
const QStringList metadataNames { QStringLiteral("metadata"), QStringLiteral("meta"),
    QStringLiteral("headers"), QStringLiteral("jsonmetadata"), QStringLiteral("context") };
const QStringList timeNames { QStringLiteral("createdat"), QStringLiteral("created"),
    QStringLiteral("timestamp"), QStringLiteral("time"), QStringLiteral("occurredat"),
    QStringLiteral("occurredon"), QStringLiteral("recordedat"), QStringLiteral("recordedon"),
    QStringLiteral("insertedat"), QStringLiteral("date"), QStringLiteral("ts") };
const QStringList idNames { QStringLiteral("eventid"), QStringLiteral("messageid"),
    QStringLiteral("uuid"), QStringLiteral("guid"), QStringLiteral("id") };

/// What some rows of a table hold in each column.
struct Sample {
    RowPage page;
    QStringList columns;

    [[nodiscard]] int indexOf(const QString& column) const
    {
        return static_cast<int>(columns.indexOf(column));
    }
    [[nodiscard]] bool isInteger(int column) const
    {
        for (std::size_t row = 0; row < page.rows(); ++row)
            if (page.kind(row, column) != RowPage::Kind::Integer)
                return false;
        return page.rows() > 0;
    }
    /// Whether each row has a value of its own.
    [[nodiscard]] bool isUnique(int column) const
    {
        QSet<QByteArray> seen;
        std::string buffer;
        for (std::size_t row = 0; row < page.rows(); ++row)
            seen.insert(QByteArray::fromStdString(std::string(page.text(row, column, buffer))));
        return page.rows() > 0 && static_cast<std::size_t>(seen.size()) == page.rows();
    }
    /// Whether most rows hold an object or a list, in whatever encoding.
    [[nodiscard]] bool isDocument(int column) const
    {
        const PayloadDecoder decoder;
        std::size_t documents = 0;
        for (std::size_t row = 0; row < page.rows(); ++row) {
            const auto kind = page.kind(row, column);
            if (kind != RowPage::Kind::Text && kind != RowPage::Kind::Blob)
                continue;
            const Decoded decoded = decoder.decode(page.bytes(row, column));
            const QByteArray json = decoded.json.trimmed();
            documents += decoded.readable && (json.startsWith('{') || json.startsWith('[')) ? 1 : 0;
        }
        return documents * 2 > page.rows();
    }
};

QString folded(const QString& name)
{
    return name.toLower().remove(u'_').remove(u'-');
}

class Proposer {
public:
    Proposer(const ForeignTable& table, const Sample& sample)
        : m_table(table)
        , m_sample(sample)
    {
    }

    std::optional<MappingProposal> run()
    {
        const auto isDocument = [this](int column) { return m_sample.isDocument(column); };
        const auto isText = [this](int column) { return !m_sample.isInteger(column); };
        const auto isAny = [](int) { return true; };
        StoreProfile& profile = m_proposal.profile;
        profile.data = take(dataNames, isDocument);
        if (!profile.data.isGiven())
            profile.data = firstDocument();
        if (!profile.data.isGiven())
            return std::nullopt;
        profile.metadata = take(metadataNames, isDocument);
        profile.type = take(typeNames, isText);
        const ProfileField order = take(orderNames,
            [this](int column) { return m_sample.isInteger(column) && m_sample.isUnique(column); });
        profile.stream = { take(streamNames, isAny) };
        profile.version = take(versionNames, [this](int c) { return m_sample.isInteger(c); });
        profile.time = take(timeNames, [this](int column) { return findUnit(column); });
        profile.id = take(idNames, [this](int column) { return m_sample.isUnique(column); });
        if (order.isGiven())
            profile.order = { order.column };
        else if (m_table.hasRowId)
            profile.order = { { {}, QStringLiteral("rowid") } };
        else
            for (const QString& key : m_table.primaryKey)
                profile.order.append({ {}, key });
        if (profile.order.isEmpty())
            return std::nullopt;
        complete();
        return m_proposal;
    }

private:
    /// The first column by these names that is not taken yet and that `fits`.
    template <class Fits> ProfileField take(const QStringList& names, Fits fits)
    {
        for (const QString& name : names) {
            for (const QString& column : m_sample.columns) {
                if (folded(column) != name || m_taken.contains(column)
                    || !fits(m_sample.indexOf(column)))
                    continue;
                m_taken.insert(column);
                ProfileField field;
                field.column.name = column;
                m_proposal.certainty += 12;
                return field;
            }
        }
        return {};
    }

    ProfileField firstDocument()
    {
        for (const QString& column : m_sample.columns) {
            if (m_taken.contains(column) || !m_sample.isDocument(m_sample.indexOf(column)))
                continue;
            m_taken.insert(column);
            ProfileField field;
            field.column.name = column;
            return field;
        }
        return {};
    }

    /// Whether a column may be a time; notes of which unit.
    bool findUnit(int column)
    {
        TimeUnit unit = TimeUnit::Text;
        for (std::size_t row = 0; row < m_sample.page.rows(); ++row) {
            if (m_sample.page.isNull(row, column))
                continue;
            std::string buffer;
            if (m_sample.page.kind(row, column) == RowPage::Kind::Text
                && !foreignTime(m_sample.page.text(row, column, buffer), TimeUnit::Text))
                return false;
            if (m_sample.page.kind(row, column) != RowPage::Kind::Text)
                unit = unitOf(m_sample.page.real(row, column));
        }
        m_proposal.profile.timeUnit = unit;
        return true;
    }

    /// By what is near to the years that programs live in.
    static TimeUnit unitOf(double number)
    {
        if (number > 1e17)
            return TimeUnit::Ticks;
        if (number > 1e14)
            return TimeUnit::Microseconds;
        return number > 1e11 ? TimeUnit::Milliseconds : TimeUnit::Seconds;
    }

    void complete()
    {
        StoreProfile& profile = m_proposal.profile;
        profile.name = folded(m_table.name);
        if (profile.name.isEmpty())
            profile.name = QStringLiteral("mapping");
        profile.title = m_table.name;
        profile.streamless = QStringLiteral("(none)");
        ProfileTable table;
        table.schema = m_table.schema;
        table.name = m_table.name;
        for (const QString& column : m_sample.columns)
            if (m_taken.contains(column) && column != u"rowid")
                table.columns.append(column);
        profile.tables = { table };
        if (!profile.type.isGiven()) {
            profile.typeName = QStringLiteral("event");
            m_proposal.missing.append(QStringLiteral("type"));
        }
        if (!profile.stream.first().isGiven()) {
            profile.stream.clear();
            m_proposal.missing.append(QStringLiteral("stream"));
        }
        if (!profile.time.isGiven())
            m_proposal.missing.append(QStringLiteral("time"));
        if (!profile.version.isGiven())
            m_proposal.missing.append(QStringLiteral("version"));
        else
            profile.versionBase = leastVersion();
        m_proposal.certainty = std::clamp(m_proposal.certainty, 1, 100);
    }

    qint64 leastVersion() const
    {
        const int column = m_sample.indexOf(m_proposal.profile.version.column.name);
        for (std::size_t row = 0; row < m_sample.page.rows(); ++row)
            if (m_sample.page.integer(row, column) == 0)
                return 0;
        return 1;
    }

    const ForeignTable& m_table;
    const Sample& m_sample;
    QSet<QString> m_taken;
    MappingProposal m_proposal;
};

} // namespace

Result<std::vector<MappingProposal>> proposeMappings(
    ForeignDatabase& database, const ForeignCatalog& catalog)
{
    std::vector<MappingProposal> proposals;
    for (const ForeignTable& table : catalog.tables) {
        Sample sample;
        std::string sql;
        for (const ForeignColumn& column : table.columns) {
            sample.columns.append(column.name);
            sql += (sql.empty() ? "SELECT " : ", ") + quoted(database.engine(), column.name);
        }
        if (sample.columns.isEmpty())
            continue;
        const ForeignValue limit = qint64(rowsLookedAt);
        const auto read = database.select(sql + " FROM " + tableName(database.engine(), table)
                + " LIMIT " + placeholder(database.engine(), 1),
            std::span(&limit, 1), sample.page);
        if (!read)
            return read.error();
        if (auto proposal = Proposer(table, sample).run()) {
            proposal->profile.engines = { database.engine() };
            proposals.push_back(std::move(*proposal));
        }
    }
    std::ranges::stable_sort(proposals, std::greater(), &MappingProposal::certainty);
    return proposals;
}

} // namespace eventloupe
