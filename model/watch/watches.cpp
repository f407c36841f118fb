#include "watch/watches.h"

#include "value/json.h"
#include "watch/watchtext.h"

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

constexpr std::array<const char*, 3> scopeNames { "all", "category", "stream" };

QString memberText(const JsonValue& value, std::string_view key)
{
    const JsonValue* member = value.find(key);
    return member ? member->toString() : QString();
}

JsonValue toJson(const WatchSetting& setting)
{
    auto json = JsonValue::emptyObject();
    json.insert("name", JsonValue::fromString(setting.name));
    json.insert("expression", JsonValue::fromString(setting.expression));
    if (setting.scope.kind != WatchScope::Kind::All)
        json.insert(scopeNames.at(static_cast<std::size_t>(setting.scope.kind)),
            JsonValue::fromString(setting.scope.name));
    return json;
}

WatchSetting fromJson(const JsonValue& json)
{
    WatchSetting setting { memberText(json, "name"), memberText(json, "expression"), {} };
    for (const auto kind : { WatchScope::Kind::Category, WatchScope::Kind::Stream }) {
        const QString name = memberText(json, scopeNames.at(static_cast<std::size_t>(kind)));
        if (!name.isEmpty())
            setting.scope = { kind, name };
    }
    return setting;
}

} // namespace

QString scopeText(const WatchScope& scope)
{
    switch (scope.kind) {
    case WatchScope::Kind::Category:
        return WatchText::tr("category %1").arg(scope.name);
    case WatchScope::Kind::Stream:
        return scope.name;
    case WatchScope::Kind::All:
        break;
    }
    return WatchText::tr("all streams");
}

Watches::Watches(StoreClient& client, QObject* parent)
    : QAbstractTableModel(parent)
    , m_client(client)
    , m_workspace(Workspace::empty())
{
    connect(&client, &StoreClient::closed, this, [this] {
        beginResetModel();
        m_runners.clear();
        endResetModel();
    });
}

Watches::~Watches() = default;

void Watches::setWorkspace(const std::shared_ptr<const Workspace>& workspace)
{
    m_workspace = workspace;
    for (const auto& runner : m_runners)
        (void)runner->prepare(WatchSetting(runner->setting()), workspace); // It compiled before.
    beginNext();
}

WatchRunner* Watches::add()
{
    auto& runner = m_runners.emplace_back(std::make_unique<WatchRunner>(m_client));
    connect(runner.get(), &WatchRunner::changed, this, [this, at = runner.get()] { tell(at); });
    return runner.get();
}

void Watches::tell(const WatchRunner* runner)
{
    if (const int row = rowOf(runner); row >= 0)
        emit dataChanged(index(row, 0), index(row, columnCount() - 1));
    // Not from within what a runner does.
    if (runner->state() != WatchRunner::State::Running)
        QMetaObject::invokeMethod(this, &Watches::beginNext, Qt::QueuedConnection);
}

Result<int> Watches::start(const WatchSetting& setting)
{
    WatchSetting unkept = setting;
    unkept.name.clear();
    const bool isThere = !m_runners.empty() && m_runners.back()->setting().name.isEmpty();
    if (isThere) {
        const auto started = m_runners.back()->start(unkept, m_workspace);
        if (!started)
            return started.error();
        return static_cast<int>(m_runners.size()) - 1;
    }
    auto runner = std::make_unique<WatchRunner>(m_client);
    const auto started = runner->start(unkept, m_workspace);
    if (!started)
        return started.error();
    const int row = static_cast<int>(m_runners.size());
    beginInsertRows({}, row, row);
    connect(runner.get(), &WatchRunner::changed, this, [this, at = runner.get()] { tell(at); });
    m_runners.push_back(std::move(runner));
    endInsertRows();
    return row;
}

bool Watches::keep(const QString& name)
{
    if (m_runners.empty() || name.trimmed().isEmpty() || m_runners.size() > mostKept
        || !m_runners.back()->setting().name.isEmpty())
        return false;
    m_runners.back()->setName(name.trimmed());
    tell(m_runners.back().get());
    emit keptChanged();
    return true;
}

void Watches::remove(int row)
{
    if (runner(row) == nullptr)
        return;
    const bool wasKept = !runner(row)->setting().name.isEmpty();
    beginRemoveRows({}, row, row);
    // Who shows it lets go of it first.
    const auto gone = std::move(m_runners[static_cast<std::size_t>(row)]);
    m_runners.erase(m_runners.begin() + row);
    endRemoveRows();
    if (wasKept)
        emit keptChanged();
}

WatchRunner* Watches::runner(int row) const
{
    return row >= 0 && row < static_cast<int>(m_runners.size())
        ? m_runners[static_cast<std::size_t>(row)].get()
        : nullptr;
}

int Watches::rowOf(const WatchRunner* runner) const
{
    const auto found = std::find_if(m_runners.begin(), m_runners.end(),
        [runner](const auto& own) { return own.get() == runner; });
    return found == m_runners.end() ? -1 : static_cast<int>(found - m_runners.begin());
}

QByteArray Watches::save() const
{
    auto list = JsonValue::emptyArray();
    for (const auto& runner : m_runners) {
        if (!runner->setting().name.isEmpty())
            list.append(toJson(runner->setting()));
    }
    return list.size() == 0 ? QByteArray() : list.toJson();
}

void Watches::restore(const QByteArray& json)
{
    beginResetModel();
    m_runners.clear();
    const auto list = parseJson(viewOf(json));
    if (list && list->isArray()) {
        for (const JsonValue& element : list->elements()) {
            const WatchSetting setting = fromJson(element);
            if (setting.name.isEmpty() || m_runners.size() == mostKept)
                continue;
            if (!add()->prepare(setting, m_workspace))
                m_runners.pop_back();
        }
    }
    endResetModel();
    beginNext();
}

void Watches::beginNext()
{
    using State = WatchRunner::State;
    const auto isIn = [](State state) {
        return [state](const auto& runner) { return runner->state() == state; };
    };
    if (!m_client.isOpen() || std::any_of(m_runners.begin(), m_runners.end(), isIn(State::Running)))
        return;
    const auto next = std::find_if(m_runners.begin(), m_runners.end(), isIn(State::Idle));
    if (next != m_runners.end())
        (*next)->begin();
}

int Watches::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runners.size());
}

int Watches::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(WatchColumn::COUNT);
}

QVariant Watches::data(const QModelIndex& index, int role) const
{
    const WatchRunner* shown = runner(index.row());
    if (!index.isValid() || shown == nullptr)
        return {};
    const WatchSetting& setting = shown->setting();
    switch (role) {
    case Qt::DisplayRole:
        if (static_cast<WatchColumn>(index.column()) == WatchColumn::Count)
            return shown->count();
        return setting.name.isEmpty() ? setting.expression : setting.name;
    case Qt::ToolTipRole:
        return setting.expression + u'\n' + scopeText(setting.scope);
    case IsKeptRole:
        return !setting.name.isEmpty();
    default:
        return {};
    }
}

QVariant Watches::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return static_cast<WatchColumn>(section) == WatchColumn::Name ? WatchText::tr("Watch")
                                                                  : WatchText::tr("Points");
}

} // namespace eventloupe
