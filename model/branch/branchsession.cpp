#include "branch/branchsession.h"

#include "branch/appendbranch.h"
#include "branch/branchediting.h"
#include "branch/brancheventstore.h"
#include "store/maskedeventstore.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace eventloupe {

namespace {

using namespace std::chrono_literals;
constexpr auto lookInterval = 2s;

} // namespace

BranchSession::BranchSession(StoreClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client)
{
    connect(&client, &StoreClient::opened, this, [this] {
        m_isLooking = false; // A job that was dropped is not answered.
        readOverlay();
        if (!m_shared)
            emit changed();
        // Once whoever shows the store has done so.
        if (const auto failure = std::exchange(m_failure, std::nullopt))
            QTimer::singleShot(0, this, [this, error = *failure] { emit failed(error); });
    });
    connect(&client, &StoreClient::headChanged, this, &BranchSession::readOverlay);
    connect(&client, &StoreClient::closed, this, [this] { m_overlay.reset(); });
    m_look.setInterval(lookInterval);
    connect(&m_look, &QTimer::timeout, this, &BranchSession::lookAtMain);
}

void BranchSession::open(
    const QString& location, OpenMode mode, const std::optional<Branch>& kept)
{
    m_main = location;
    m_mode = mode;
    m_left.reset();
    if (kept) {
        m_shared.reset();
        adopt(*kept);
    } else {
        openMain();
    }
}

void BranchSession::openMain()
{
    m_shared.reset();
    m_overlay.reset();
    m_look.stop();
    m_client.open(m_main, m_mode);
}

void BranchSession::close()
{
    m_shared.reset();
    m_left.reset();
    m_overlay.reset();
    m_look.stop();
    m_client.close();
    m_main.clear();
    emit changed();
}

bool BranchSession::fallBack(const Error& error)
{
    if (!m_shared || m_client.isOpen())
        return false;
    m_failure = error;
    // What can be over soon is tried again by hand; another log is another log.
    m_left = error.code == ErrorCode::NotFound ? nullptr : m_shared;
    openMain();
    return true;
}

Branch BranchSession::branch() const
{
    return m_shared ? m_shared->branch() : Branch();
}

void BranchSession::adopt(const Branch& branch)
{
    emit reopening();
    m_overlay.reset();
    m_mainSince = 0;
    m_shared = std::make_shared<SharedBranch>(branch);
    m_client.open(offerBranch(m_shared), OpenMode::ReadWrite);
    m_look.start();
}

/// Makes an edit where the log can be read; a branch is begun for it where there is none.
void BranchSession::run(const Edit& edit)
{
    m_client.run<Edited>(
        StoreClient::Lane::Interactive, this,
        [edit, main = m_main](EventStore& given, const CancelToken&) -> Result<Edited> {
            EventStore& store = trueStore(given);
            // What a command appended just now is kept.
            if (const auto* open = dynamic_cast<BranchEventStore*>(&store)) {
                const auto [now, revision] = open->shared().snapshot();
                auto made = edit(store, now);
                return made ? Result(Edited { std::move(*made), revision }) : made.error();
            }
            const auto head = store.head();
            if (!head)
                return head.error();
            auto begun = branchOf(store, main, *head);
            auto made = begun ? edit(store, std::move(*begun)) : begun;
            return made ? Result(Edited { std::move(*made), 0 }) : made.error();
        },
        [this, edit](const Result<Edited>& made) {
            if (!made) {
                emit failed(made.error());
            } else if (m_shared && m_shared->revision() != made->revision) {
                run(edit); // Somebody appended meanwhile.
            } else {
                m_left.reset();
                adopt(made->branch);
            }
        });
}

void BranchSession::beginAt(Position at)
{
    const bool isNew = !m_shared;
    run([at, isNew, main = m_main](EventStore& store, Branch branch) -> Result<Branch> {
        if (isNew)
            return branchOf(store, main, at);
        const auto cut = cutBehind(store, at);
        if (!cut || cut->places.isEmpty())
            return cut ? Result(branch) : cut.error();
        return withEdit(store, std::move(branch), *cut);
    });
}

void BranchSession::skip(const QList<Position>& positions)
{
    run([positions](EventStore& store, Branch branch) -> Result<Branch> {
        const auto places = placesOf(store, positions);
        if (!places)
            return places.error();
        return withEdit(store, std::move(branch), { BranchEdit::Kind::Skip, *places, {} });
    });
}

void BranchSession::skipStream(const QString& stream)
{
    run([stream](EventStore& store, Branch branch) -> Result<Branch> {
        const auto positions = positionsOf(store, stream);
        if (!positions)
            return positions.error();
        const auto places = placesOf(store, *positions);
        if (!places)
            return places.error();
        return withEdit(store, std::move(branch), { BranchEdit::Kind::Skip, *places, {} });
    });
}

void BranchSession::restore(const QList<BranchPlace>& places)
{
    run([places](EventStore& store, Branch branch) {
        return withEdit(store, std::move(branch), { BranchEdit::Kind::Restore, places, {} });
    });
}

void BranchSession::change(Position position, const BranchEvent& to)
{
    run([position, to, masks = m_client.masks()](
            EventStore& store, Branch branch) -> Result<Branch> {
        const auto places = placesOf(store, { position });
        if (!places)
            return places.error();
        const auto unmasked = withMaskedValues(store, *masks, position, to);
        if (!unmasked)
            return unmasked.error();
        return withEdit(
            store, std::move(branch), { BranchEdit::Kind::Change, *places, { *unmasked } });
    });
}

void BranchSession::insertBehind(Position position, const QList<BranchEvent>& events)
{
    run([position, events](EventStore& store, Branch branch) -> Result<Branch> {
        const auto head = store.head();
        if (!head)
            return head.error();
        // At the end they are the branch's last ones, and can be appended.
        if (position >= *head)
            return withEdit(
                store, std::move(branch), { BranchEdit::Kind::Append, {}, events });
        const auto places = placesOf(store, { position });
        if (!places)
            return places.error();
        return withEdit(
            store, std::move(branch), { BranchEdit::Kind::Insert, *places, events });
    });
}

void BranchSession::undo()
{
    if (!m_shared || !m_shared->branch().canUndo())
        return;
    Branch branch = m_shared->branch();
    branch.undo();
    adopt(branch);
}

void BranchSession::redo()
{
    if (!m_shared || !m_shared->branch().canRedo())
        return;
    Branch branch = m_shared->branch();
    branch.redo();
    adopt(branch);
}

void BranchSession::rebase()
{
    if (!m_shared)
        return;
    run([](EventStore& store, const Branch& branch) -> Result<Branch> {
        auto* own = dynamic_cast<BranchEventStore*>(&store);
        auto other = own ? rebased(*own) : Result(branch);
        return other ? checked(store, std::move(*other)) : other;
    });
}

void BranchSession::leave()
{
    if (!m_shared)
        return;
    m_left = m_shared;
    emit reopening();
    emit left();
    openMain();
}

void BranchSession::forget()
{
    if (!m_shared)
        return;
    m_left.reset();
    emit reopening();
    emit left();
    openMain();
}

bool BranchSession::canReturn() const
{
    if (!m_left)
        return false;
    const Branch branch = m_left->branch();
    return branch.canUndo() || branch.canRedo();
}

void BranchSession::returnToLeft()
{
    if (m_shared || !canReturn())
        return;
    // Who is told of the reopening can tell it from another branch's beginning.
    adopt(m_left->branch());
    m_left.reset();
}

/// What the branch changes, for whoever marks it.
void BranchSession::readOverlay()
{
    if (!m_shared)
        return;
    using Overlay = std::shared_ptr<const BranchOverlay>;
    m_client.run<Overlay>(
        StoreClient::Lane::Interactive, this,
        [](EventStore& store, const CancelToken&) -> Result<Overlay> {
            auto* branch = dynamic_cast<BranchEventStore*>(&trueStore(store));
            return branch ? branch->overlay() : Result<Overlay>(nullptr);
        },
        [this](const Result<Overlay>& overlay) {
            if (!overlay || !m_shared)
                return;
            m_overlay = *overlay;
            emit changed();
            lookAtMain();
        });
}

void BranchSession::lookAtMain()
{
    if (!m_shared || std::exchange(m_isLooking, true))
        return;
    m_client.run<Position>(
        StoreClient::Lane::Background, this,
        [](EventStore& store, const CancelToken&) -> Result<Position> {
            auto* branch = dynamic_cast<BranchEventStore*>(&trueStore(store));
            const auto head = branch ? branch->base().head() : Result<Position>(0);
            if (!head)
                return head;
            return branch ? std::max<Position>(*head - branch->baseLog().last(), 0) : 0;
        },
        [this](const Result<Position>& since) {
            m_isLooking = false;
            if (since && m_shared && std::exchange(m_mainSince, *since) != *since)
                emit mainGrew();
        });
}

} // namespace eventloupe
