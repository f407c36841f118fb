#include "foreign/mappingproposal.h"

#include "foreign/mappingnames.h"
#include "foreign/mappingsample.h"
#include "value/jsonpointer.h"

#include <algorithm>
#include <functional>

namespace eventloupe {

namespace {

constexpr int forName = 12; ///< Of the certainty.
constexpr int forContent = 8;

bool hasZero(const SampledField& field)
{
    return std::ranges::any_of(field.values, [](const JsonValue& value) {
        return value.isInteger() && value.toInt() == 0;
    });
}

QString folded(const QString& name)
{
    return name.toLower().remove(u'_').remove(u'-');
}

class Proposer {
public:
    Proposer(const ForeignTable& table, const MappingSample& sample)
        : m_table(table)
        , m_sample(sample)
    {
    }

    std::optional<MappingProposal> run()
    {
        StoreProfile& profile = m_proposal.profile;
        takeDocuments();
        if (!profile.data.isGiven())
            return std::nullopt;
        profile.type = take(typeNames, [](const SampledField& field) { return !field.isWhole(); });
        const ProfileField order = take(orderNames,
            [](const SampledField& field) { return field.isWhole() && field.isUnique(); });
        const ProfileField stream = take(streamNames, [](const SampledField&) { return true; });
        profile.version = take(versionNames, &SampledField::isWhole);
        profile.time = take(
            timeNames, [](const SampledField& field) { return field.timeUnit().has_value(); });
        profile.id = take(idNames, &SampledField::isUnique);
        profile.stream = { stream };
        takeOrder(order);
        if (profile.order.isEmpty())
            return std::nullopt;
        takeByContent();
        complete();
        return m_proposal;
    }

private:
    /// The first column by these names that is not taken yet and that `fits`.
    template <class Fits> ProfileField take(const QStringList& names, Fits fits)
    {
        for (const QString& name : names)
            for (const SampledField& column : m_sample.columns)
                if (folded(column.name) == name && !isTaken(column)
                    && std::invoke(fits, column)) {
                    m_proposal.certainty += forName;
                    return taken(column);
                }
        return {};
    }

    void takeDocuments()
    {
        const auto isDocument
            = [this](const SampledField& field) { return m_sample.documents.contains(field.name); };
        StoreProfile& profile = m_proposal.profile;
        profile.data = take(dataNames, isDocument);
        if (!profile.data.isGiven() && !m_sample.documents.isEmpty())
            profile.data = taken(*m_sample.column(m_sample.documents.first()));
        profile.metadata = take(metadataNames, isDocument);
    }

    void takeOrder(const ProfileField& order)
    {
        StoreProfile& profile = m_proposal.profile;
        const auto counts = [](const SampledField& field) {
            return field.isWhole() && field.isUnique()
                && std::ranges::is_sorted(field.values, {}, &JsonValue::toInt);
        };
        if (order.isGiven()) {
            profile.order = { order.column };
            return;
        }
        const SampledField* const onlyKey = m_table.primaryKey.size() == 1
            ? m_sample.column(m_table.primaryKey.first())
            : nullptr;
        if (onlyKey != nullptr && !isTaken(*onlyKey) && counts(*onlyKey)) {
            profile.order = { taken(*onlyKey).column };
            return;
        }
        if (m_table.hasRowId) {
            profile.order = { { {}, QStringLiteral("rowid") } };
            return;
        }
        const auto found = std::ranges::find_if(m_sample.columns,
            [&](const SampledField& field) { return !isTaken(field) && counts(field); });
        if (found != m_sample.columns.end())
            profile.order = { taken(*found).column };
        else
            for (const QString& key : m_table.primaryKey)
                profile.order.append({ {}, key });
    }

    /// What no column's name told: by what is in the columns, then in the documents.
    void takeByContent()
    {
        StoreProfile& profile = m_proposal.profile;
        find(profile.time, QStringLiteral("time"), [](const SampledField& field, bool) {
            return field.evidentTimeUnit() ? 50 + named(field, timeNames) : 0;
        });
        find(profile.type, QStringLiteral("type"), [](const SampledField& field, bool isMember) {
            const int likeness = field.likenessToTypes();
            const bool isNamed = isMember && named(field, memberTypeNames) > 0 && field.isThere()
                && !field.isUnique() && field.values.front().isString();
            return likeness > 0 || isNamed ? likeness + named(field, typeNames) + 1 : 0;
        });
        find(profile.stream.first(), QStringLiteral("stream"),
            [this](const SampledField& field, bool) {
                const int likeness = field.likenessToStreams();
                if (likeness == 0)
                    return 0;
                return likeness + named(field, streamNames) + (isCounted(field) ? 40 : 0);
            });
        const SampledField* const stream = sampled(profile.stream.first());
        find(profile.version, QStringLiteral("version"), [&](const SampledField& field, bool) {
            return stream != nullptr && field.countsIn(*stream)
                ? 50 + named(field, versionNames)
                : 0;
        });
        find(profile.id, QStringLiteral("id"), [](const SampledField& field, bool isMember) {
            const int name = named(field, isMember ? memberIdNames : idNames);
            return field.isIds() && (!isMember || name > 0) ? 50 + name : 0;
        });
    }

    /// The most likely column for a part that has none; where there is none, the most likely
    /// member of a document.
    template <class Likeness> void find(ProfileField& part, const QString& name, Likeness likeness)
    {
        for (const bool isMember : { false, true }) {
            const SampledField* best = nullptr;
            int most = 0;
            for (const SampledField& field : isMember ? m_sample.members : m_sample.columns) {
                const int own = part.isGiven() || isTaken(field) ? 0 : likeness(field, isMember);
                best = own > most ? &field : best;
                most = std::max(most, own);
            }
            if (best != nullptr) {
                part = taken(*best);
                m_proposal.byContent.append(name);
                m_proposal.certainty += forContent;
            }
        }
    }

    [[nodiscard]] static int named(const SampledField& field, const QStringList& names)
    {
        return names.contains(folded(field.name)) ? 30 : 0;
    }
    /// Whether some column or member counts the events of each of these streams.
    [[nodiscard]] bool isCounted(const SampledField& stream) const
    {
        const auto counts = [&](const SampledField& field) { return field.countsIn(stream); };
        return std::ranges::any_of(m_sample.columns, counts)
            || std::ranges::any_of(m_sample.members, counts);
    }
    [[nodiscard]] bool isTaken(const SampledField& field) const
    {
        return std::ranges::find(m_taken, field.field) != m_taken.end();
    }
    ProfileField taken(const SampledField& field)
    {
        m_taken.push_back(field.field);
        return field.field;
    }
    [[nodiscard]] const SampledField* sampled(const ProfileField& field) const
    {
        for (const auto* fields : { &m_sample.columns, &m_sample.members }) {
            const auto found = std::ranges::find(*fields, field, &SampledField::field);
            if (found != fields->end())
                return &*found;
        }
        return nullptr;
    }

    void complete()
    {
        StoreProfile& profile = m_proposal.profile;
        profile.name = folded(m_table.name);
        if (profile.name.isEmpty())
            profile.name = QStringLiteral("mapping");
        profile.title = m_table.name;
        profile.streamless = QStringLiteral("(none)");
        completeTable();
        if (!profile.type.isGiven()) {
            profile.typeName = QStringLiteral("event");
            m_proposal.missing.append(QStringLiteral("type"));
        }
        if (!profile.stream.first().isGiven()) {
            profile.stream.clear();
            m_proposal.missing.append(QStringLiteral("stream"));
        }
        if (const SampledField* const time = sampled(profile.time))
            profile.timeUnit = time->timeUnit().value_or(TimeUnit::Text);
        else
            m_proposal.missing.append(QStringLiteral("time"));
        if (const SampledField* const version = sampled(profile.version))
            profile.versionBase = hasZero(*version) ? 0 : 1;
        else
            m_proposal.missing.append(QStringLiteral("version"));
        m_proposal.certainty = std::clamp(m_proposal.certainty, 1, 100);
    }

    void completeTable()
    {
        ProfileTable table;
        table.schema = m_table.schema;
        table.name = m_table.name;
        for (const SampledField& column : m_sample.columns) {
            const bool isRead = std::ranges::any_of(m_taken, [&](const ProfileField& field) {
                return field.column == column.field.column;
            });
            if (isRead && column.name != u"rowid")
                table.columns.append(column.name);
        }
        m_proposal.profile.tables = { table };
        m_proposal.documents = m_sample.documents;
        for (const SampledField& member : m_sample.members)
            m_proposal.members[member.field.column.name].append(
                QString::fromUtf8(JsonPointer(member.field.pointer).toText()));
    }

    const ForeignTable& m_table;
    const MappingSample& m_sample;
    std::vector<ProfileField> m_taken;
    MappingProposal m_proposal;
};

} // namespace

Result<std::vector<MappingProposal>> proposeMappings(
    ForeignDatabase& database, const ForeignCatalog& catalog)
{
    std::vector<MappingProposal> proposals;
    for (const ForeignTable& table : catalog.tables) {
        const auto sample = sampleOf(database, table);
        if (!sample)
            return sample.error();
        if (auto proposal = Proposer(table, *sample).run()) {
            proposal->profile.engines = { database.engine() };
            proposals.push_back(std::move(*proposal));
        }
    }
    std::ranges::stable_sort(proposals, std::greater(), &MappingProposal::certainty);
    return proposals;
}

} // namespace eventloupe
