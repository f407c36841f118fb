#include "faults/faultdisk.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

namespace eventloupe {

namespace {

constexpr std::size_t sector = 512;

std::string contentOf(const std::string& path)
{
    std::string bytes;
    std::FILE* const file = std::fopen(path.c_str(), "rb");
    if (!file)
        return bytes;
    char block[65536];
    for (std::size_t got = 0; (got = std::fread(block, 1, sizeof(block), file)) > 0;)
        bytes.append(block, got);
    std::fclose(file);
    return bytes;
}

/// Nothing has the file open.
void put(const std::string& path, const std::string& bytes)
{
    if (contentOf(path) == bytes && ::access(path.c_str(), F_OK) == 0)
        return;
    if (std::FILE* const file = std::fopen(path.c_str(), "wb")) {
        std::fwrite(bytes.data(), 1, bytes.size(), file);
        std::fclose(file);
        ::chmod(path.c_str(), S_IRUSR | S_IWUSR);
    }
}

void apply(std::string& bytes, const FaultDisk::Change& change)
{
    if (change.isTruncation) {
        bytes.resize(static_cast<std::size_t>(change.offset));
        return;
    }
    const auto end = static_cast<std::size_t>(change.offset) + change.bytes.size();
    if (bytes.size() < end)
        bytes.resize(end);
    std::copy(change.bytes.begin(), change.bytes.end(),
        bytes.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

} // namespace

FaultDisk& FaultDisk::instance()
{
    static FaultDisk disk;
    return disk;
}

void FaultDisk::begin(const Plan& plan)
{
    const std::lock_guard lock(m_mutex);
    m_plan = plan;
    m_counted = 0;
    m_hasStruck = false;
    m_isDead = false;
    m_random.seed(plan.seed);
    m_names.clear();
    m_durableNames.clear();
}

void FaultDisk::mend()
{
    const std::lock_guard lock(m_mutex);
    m_plan.fault = Fault::None;
    m_isDead = false;
}

FaultDisk::Answer FaultDisk::ask(Call call)
{
    const std::lock_guard lock(m_mutex);
    if (m_isDead)
        return Answer::Dead;
    if (m_plan.fault == Fault::None || (m_plan.calls & call) == 0)
        return Answer::Go;
    ++m_counted;
    const bool strikes
        = m_counted == m_plan.at || (m_plan.isForGood && m_plan.at > 0 && m_counted > m_plan.at);
    if (!strikes)
        return Answer::Go;
    m_hasStruck = true;
    if (m_plan.fault == Fault::PowerCut || m_plan.fault == Fault::Kill) {
        m_isDead = true;
        return call == Write && m_random() % 2 == 0 ? Answer::Half : Answer::Dead;
    }
    return m_plan.fault == Fault::Full && call == Write ? Answer::Half : Answer::Fail;
}

std::shared_ptr<FaultDisk::Content> FaultDisk::opened(
    const std::string& path, bool isNew, bool isJournal)
{
    const std::lock_guard lock(m_mutex);
    auto& content = m_names[path];
    if (!content) {
        content = std::make_shared<Content>();
        content->syncsFolder = isJournal && isNew;
        if (!isNew) {
            content->durable = contentOf(path);
            m_durableNames[path] = content;
        }
    }
    return content;
}

void FaultDisk::changed(Content& content, Change change)
{
    const std::lock_guard lock(m_mutex);
    content.pending.push_back(std::move(change));
}

void FaultDisk::synced(Content& content)
{
    const std::lock_guard lock(m_mutex);
    if (!m_plan.syncs)
        return;
    for (const Change& change : content.pending)
        apply(content.durable, change);
    content.pending.clear();
    if (std::exchange(content.syncsFolder, false))
        m_durableNames = m_names;
}

void FaultDisk::removed(const std::string& path, bool syncsFolder)
{
    const std::lock_guard lock(m_mutex);
    m_names.erase(path);
    if (syncsFolder)
        m_durableNames = m_names;
}

/// What was synced, and of what was not a part: often all, none, or all up to a write, as a disk
/// that keeps to its order leaves it.
std::string FaultDisk::survivor(const Content& content)
{
    std::string bytes = content.durable;
    const auto writes = content.pending.size();
    const auto manner = m_random() % 4;
    const auto upTo = writes == 0 ? 0 : m_random() % (writes + 1);
    std::vector<Change> changes;
    for (std::size_t i = 0; i < writes; ++i) {
        const Change& change = content.pending[i];
        if (manner == 0 || (manner == 1 && i >= upTo))
            continue;
        if (change.isTruncation) {
            if (manner == 1 || m_random() % 2 == 0)
                changes.push_back(change);
            continue;
        }
        for (std::size_t at = 0; at < change.bytes.size();) {
            const auto offset = static_cast<std::size_t>(change.offset) + at;
            const auto size = std::min(sector - offset % sector, change.bytes.size() - at);
            if (manner == 1 || m_random() % 2 == 0)
                changes.push_back({ false, static_cast<std::int64_t>(offset),
                    change.bytes.substr(at, size) });
            at += size;
        }
    }
    if (manner == 3)
        std::shuffle(changes.begin(), changes.end(), m_random);
    for (const Change& change : changes)
        apply(bytes, change);
    return bytes;
}

void FaultDisk::restart()
{
    const std::lock_guard lock(m_mutex);
    Names after;
    Names both = m_names;
    both.insert(m_durableNames.begin(), m_durableNames.end());
    for (const auto& [path, any] : both) {
        const auto now = m_names.find(path);
        const auto durable = m_durableNames.find(path);
        const bool isNow = now != m_names.end();
        const bool isDurable = durable != m_durableNames.end();
        const bool takesNow
            = isNow && (!isDurable || now->second == durable->second || m_random() % 2 == 0);
        // A name that was not synced is there or not, whether it was made or removed.
        const bool isLost = isNow != isDurable && m_random() % 2 == 0;
        if (isLost) {
            std::remove(path.c_str());
            continue;
        }
        const auto& content = takesNow ? now->second : durable->second;
        put(path, survivor(*content));
    }
    m_names.clear();
    m_durableNames.clear();
    m_plan.fault = Fault::None;
    m_isDead = false;
}

} // namespace eventloupe
