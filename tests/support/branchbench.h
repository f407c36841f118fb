#pragma once

#include "branch/brancheventstore.h"
#include "store/openstore.h"
#include "support/samplestore.h"

#include <memory>

namespace eventloupe {

/// A branch of a sample, at its head or before.
class BranchBench {
public:
    explicit BranchBench(const QList<SampleEvent>& events, Position at = 0)
        : m_sample(events)
    {
        addBranchKind();
        const auto base = openStore(m_sample.location(), OpenMode::ReadOnly);
        m_at = at > 0 ? at : *(*base)->head();
        m_branch = Branch(m_sample.location(), m_at, (*base)->readAt({ m_at })->value(0).id);
    }

    [[nodiscard]] SampleStore& sample() { return m_sample; }
    [[nodiscard]] const Branch& branch() const { return m_branch; }

    BranchBench& skip(const QList<Position>& positions)
    {
        BranchEdit edit { BranchEdit::Kind::Skip, {}, {} };
        for (const Position each : positions)
            edit.places.append({ each, 0 });
        (void)m_branch.add(edit);
        return *this;
    }
    BranchBench& change(Position position, const char* type, const char* data)
    {
        (void)m_branch.add({ BranchEdit::Kind::Change, { { position, 0 } },
            { makeEvent(QString(), type, data) } });
        return *this;
    }
    BranchBench& insert(Position behind, const char* stream, const char* type, const char* data)
    {
        (void)m_branch.add({ BranchEdit::Kind::Insert, { { behind, 0 } },
            { makeEvent(QString::fromUtf8(stream), type, data) } });
        return *this;
    }
    BranchBench& append(const char* stream, const char* type, const char* data = "{}")
    {
        (void)m_branch.add({ BranchEdit::Kind::Append, {},
            { makeEvent(QString::fromUtf8(stream), type, data) } });
        return *this;
    }

    /// The branch as a store; it lives as long as the bench.
    [[nodiscard]] std::unique_ptr<BranchEventStore> open()
    {
        m_shared = std::make_shared<SharedBranch>(m_branch);
        auto store = openStore(offerBranch(m_shared), OpenMode::ReadWrite);
        if (!store)
            qFatal("%s", qPrintable(store.error().message));
        return std::unique_ptr<BranchEventStore>(
            static_cast<BranchEventStore*>(store->release()));
    }

private:
    static BranchEvent makeEvent(const QString& stream, const char* type, const char* data)
    {
        static int made = 0;
        return { stream,
            { QString::fromUtf8(type), QByteArray(data), "{}", { 1'772'373'800'000'000 },
                QStringLiteral("branch-%1").arg(++made) } };
    }

    SampleStore m_sample;
    Position m_at = 0;
    Branch m_branch;
    std::shared_ptr<SharedBranch> m_shared;
};

} // namespace eventloupe
