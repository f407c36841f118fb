#include "watch/firstwhere.h"

#include "value/jsonpointer.h"

#include <QThread>

#include <algorithm>
#include <array>
#include <atomic>
#include <system_error>
#include <thread>

namespace eventloupe {

namespace {

constexpr std::size_t mostFields = 16;
constexpr int mostParts = 8;
constexpr StreamVersion versionsWorthThreads = 20'000;

/// A field that is read, and how far its column was passed.
struct Read {
    const FieldColumn* column = nullptr; ///< Null where it never was there.
    QByteArray dotted;
    std::size_t next = 0;
    bool isThere = false;
};

class Search final : public VariableReader {
public:
    Search(const StreamColumns& columns, const WatchExpression& expression)
        : m_columns(columns)
        , m_expression(expression)
    {
    }

    /// Among the versions first..last; ends early where `isOver` is set, and then says nothing.
    std::optional<StreamVersion> run(
        StreamVersion first, StreamVersion last, const std::atomic<bool>& isOver)
    {
        if (!addReads() || !skipTo(first))
            return std::nullopt;
        for (StreamVersion version = first; version <= last; version = nextChange()) {
            if (isOver.load(std::memory_order_relaxed))
                return std::nullopt;
            if (!goTo(version))
                return std::nullopt;
            const Expression* expression = variant();
            const Verdict verdict = expression ? expression->judge(*this) : Verdict::Failed;
            if (verdict == Verdict::Holds)
                return version;
            if (verdict == Verdict::Failed)
                return std::nullopt; // Or it gave neither true nor false.
        }
        return 0;
    }

    const Value* value(std::size_t variable) override { return &m_values[variable]; }
    [[nodiscard]] std::string_view jsonText(std::size_t) const override { return {}; }

private:
    bool addReads()
    {
        const auto& fields = m_expression.fields();
        if (!fields || fields->empty() || m_columns.isTooLarge() || m_columns.hasEnded())
            return false;
        for (const Expression::Field& field : *fields) {
            const QByteArray pointer
                = JsonPointer({ field.names.begin(), field.names.end() }).toText();
            if (field.variable != WatchVariable::State || m_columns.isInner(pointer))
                return false;
            QByteArray dotted = "state";
            for (const QByteArray& name : field.names)
                dotted += '.' + name;
            const bool isKnown = std::any_of(m_reads.begin(), m_reads.end(),
                [&](const Read& read) { return read.dotted == dotted; });
            if (!isKnown)
                m_reads.push_back({ m_columns.column(pointer), dotted, 0, false });
        }
        m_values.assign(WatchVariable::names.size() + m_reads.size(),
            Value::fromJson(JsonValue::emptyObject()));
        return m_reads.size() <= mostFields;
    }

    /// Makes each field what it is before a version. False where a value before it is not kept.
    bool skipTo(StreamVersion version)
    {
        for (std::size_t i = 0; i < m_reads.size(); ++i) {
            const FieldColumn* column = m_reads[i].column;
            if (column == nullptr)
                continue;
            const auto at = std::lower_bound(column->entries.begin(), column->entries.end(),
                version, [](const FieldColumn::Entry& entry, StreamVersion wanted) {
                    return entry.version < wanted;
                });
            m_reads[i].next = static_cast<std::size_t>(at - column->entries.begin());
            if (m_reads[i].next > 0)
                --m_reads[i].next; // goTo() takes it over.
        }
        return goTo(version - 1);
    }

    /// False where a value is not kept.
    bool goTo(StreamVersion version)
    {
        for (std::size_t i = 0; i < m_reads.size(); ++i) {
            Read& read = m_reads[i];
            while (read.column != nullptr && read.next < read.column->entries.size()
                && read.column->entries[read.next].version <= version) {
                const FieldColumn::Entry& entry = read.column->entries[read.next++];
                if (entry.kind == FieldColumn::Kind::Opaque)
                    return false;
                read.isThere = entry.kind != FieldColumn::Kind::Missing;
                m_values[WatchVariable::names.size() + i] = m_columns.valueOf(entry);
            }
        }
        return true;
    }

    [[nodiscard]] StreamVersion nextChange() const
    {
        StreamVersion next = m_columns.version() + 1;
        for (const Read& read : m_reads) {
            if (read.column != nullptr && read.next < read.column->entries.size())
                next = std::min<StreamVersion>(next, read.column->entries[read.next].version);
        }
        return next;
    }

    /// The expression over the fields that are there; what is not is looked for in an empty state.
    const Expression* variant()
    {
        std::size_t there = 0;
        for (std::size_t i = 0; i < m_reads.size(); ++i)
            there |= static_cast<std::size_t>(m_reads[i].isThere) << i;
        for (const auto& [set, expression] : m_variants) {
            if (set == there)
                return &expression;
        }
        std::vector<std::string_view> names(
            WatchVariable::names.begin(), WatchVariable::names.end());
        for (const Read& read : m_reads)
            names.push_back(read.isThere ? viewOf(read.dotted) : std::string_view());
        auto expression = Expression::compile(viewOf(m_expression.source()), names);
        if (!expression)
            return nullptr;
        return &m_variants.emplace_back(there, *std::move(expression)).second;
    }

    const StreamColumns& m_columns;
    const WatchExpression& m_expression;
    std::vector<Read> m_reads;
    std::vector<Value> m_values;
    std::vector<std::pair<std::size_t, Expression>> m_variants;
};

} // namespace

std::optional<StreamVersion> firstWhere(
    const StreamColumns& columns, const WatchExpression& expression)
{
    const StreamVersion end = columns.version();
    const int parts
        = end >= versionsWorthThreads ? std::clamp(QThread::idealThreadCount(), 1, mostParts) : 1;
    std::array<std::optional<StreamVersion>, mostParts> found;
    std::array<std::atomic<bool>, mostParts> isOver {};
    const auto work = [&](int part) {
        const auto at = static_cast<std::size_t>(part);
        found.at(at) = Search(columns, expression)
                           .run(end * part / parts + 1, end * (part + 1) / parts, isOver.at(at));
        // What is behind a hit, or behind what cannot be told, is of no use.
        for (std::size_t after = at + 1; found.at(at) != 0 && after < isOver.size(); ++after)
            isOver.at(after).store(true);
    };
    std::vector<std::thread> threads;
    int part = 1;
    try {
        for (; part < parts; ++part)
            threads.emplace_back(work, part);
    } catch (const std::system_error&) {
        // Out of threads: this one does what is left, later.
    }
    work(0);
    for (; part < parts; ++part)
        work(part);
    for (std::thread& thread : threads)
        thread.join();
    for (part = 0; part < parts; ++part) {
        if (found.at(static_cast<std::size_t>(part)) != 0)
            return found.at(static_cast<std::size_t>(part));
    }
    return 0;
}

} // namespace eventloupe
