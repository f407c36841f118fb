#include "branch/branchfindings.h"

#include "branch/brancheventstore.h"
#include "branch/branchtext.h"
#include "store/maskedeventstore.h"

#include <chrono>
#include <utility>

namespace eventloupe {

namespace {

using namespace std::chrono_literals;
constexpr auto shortWhile = 100ms;

Result<BranchEventStore*> branchOf(EventStore& store)
{
    if (auto* branch = dynamic_cast<BranchEventStore*>(&trueStore(store)))
        return branch;
    return Error { ErrorCode::Unsupported, BranchText::tr("no branch is open") };
}

Result<std::shared_ptr<const BranchFindings>> findAll(
    EventStore& store, const Evolver& evolver, const CancelToken& cancel)
{
    const auto branch = branchOf(store);
    if (!branch)
        return branch.error();
    auto findings = std::make_shared<BranchFindings>();
    const auto overlay = (*branch)->overlay();
    if (!overlay)
        return overlay.error();
    findings->skipped = (*overlay)->skipped();
    auto comparison = compareWithMain(**branch);
    if (!comparison)
        return comparison.error();
    findings->comparison = std::move(*comparison);
    auto consequences = findConsequences(**branch, evolver, cancel);
    if (!consequences)
        return consequences.error();
    findings->consequences = std::move(*consequences);
    return std::shared_ptr<const BranchFindings>(std::move(findings));
}

} // namespace

BranchWatch::BranchWatch(StoreClient& client, BranchSession& session, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_session(session)
    , m_evolver(std::make_shared<const Evolver>(Workspace::empty()))
{
    m_due.setSingleShot(true);
    m_due.setInterval(shortWhile);
    connect(&m_due, &QTimer::timeout, this, &BranchWatch::update);
    connect(&session, &BranchSession::changed, this, [this] {
        if (m_session.isActive()) {
            m_due.start();
            return;
        }
        m_due.stop();
        m_token.cancel();
        m_statesToken.cancel();
        m_reasons.clear();
        if (std::exchange(m_findings, nullptr))
            emit changed();
    });
}

BranchWatch::~BranchWatch()
{
    m_token.cancel();
    m_statesToken.cancel();
}

void BranchWatch::setWorkspace(const std::shared_ptr<const Workspace>& workspace)
{
    m_evolver = std::make_shared<const Evolver>(workspace);
    if (m_session.isActive())
        m_due.start();
}

QString BranchWatch::reasonAt(Position position) const
{
    return m_reasons.value(position);
}

void BranchWatch::update()
{
    using Findings = std::shared_ptr<const BranchFindings>;
    m_token.cancel();
    m_token = m_client.run<Findings>(
        StoreClient::Lane::Background, this,
        [evolver = m_evolver](EventStore& store, const CancelToken& cancel) {
            return findAll(store, *evolver, cancel);
        },
        [this](const Result<Findings>& found) {
            if (!found) {
                emit failed(found.error());
                return;
            }
            m_findings = *found;
            m_reasons.clear();
            for (const BranchConsequence& each : m_findings->consequences.found)
                m_reasons.insert(each.position,
                    each.kind == BranchConsequence::Kind::Rejected
                        ? BranchText::tr("would be rejected: %1").arg(each.reason)
                        : BranchText::tr("could not be folded: %1").arg(each.reason));
            emit changed();
        });
}

void BranchWatch::foldBoth(const QString& stream)
{
    m_statesToken.cancel();
    if (!m_session.isActive())
        return;
    m_statesToken = m_client.run<BothStates>(
        StoreClient::Lane::Background, this,
        [evolver = m_evolver, stream](
            EventStore& store, const CancelToken& cancel) -> Result<BothStates> {
            const auto branch = branchOf(store);
            if (!branch)
                return branch.error();
            return statesOfBoth(**branch, *evolver, stream, cancel);
        },
        [this, stream](const Result<BothStates>& states) {
            if (states)
                emit statesKnown(stream, *states);
            else
                emit failed(states.error());
        });
}

} // namespace eventloupe
