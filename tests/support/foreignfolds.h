#pragma once

#include "support/foreignfiles.h"
#include "support/workspacefolder.h"

#include "domain/evolver.h"
#include "time/replayer.h"

#include <QFile>
#include <QTest>

namespace eventloupe {


/// The rule of a made-up application for a type, which may be of any spelling.
struct FoldRule {
    QString type;
    QByteArray evolve;
};

/// A workspace of these rules, and of initial states by category.
inline std::shared_ptr<const Workspace> workspaceOf(
    WorkspaceFolder& folder, const QList<FoldRule>& rules, const QMap<QString, QByteArray>& initial)
{
    int number = 0;
    for (const FoldRule& each : rules) {
        const QByteArray type = JsonValue::fromString(each.type).toJson();
        folder.write(QStringLiteral("events/e%1.json").arg(++number),
            "{\"type\":" + type + ",\"evolve\":" + each.evolve + "}");
    }
    for (auto each = initial.cbegin(); each != initial.cend(); ++each)
        folder.write(QStringLiteral("aggregates/a%1.json").arg(++number),
            "{\"category\":" + JsonValue::fromString(each.key()).toJson()
                + ",\"initialState\":" + each.value() + "}");
    return folder.load();
}

/// The state of a stream; gives why it cannot be folded, or "".
inline QString stateOf(EventStore& store, const std::shared_ptr<const Workspace>& workspace,
    const QString& stream, StreamVersion version, JsonValue& state)
{
    const auto info = store.findStream(stream);
    if (!info || !*info)
        return QStringLiteral("no stream ") + stream;
    Replayer replayer(std::make_shared<const Evolver>(workspace));
    const auto folded = replayer.stateAtVersion(store, **info, version);
    if (!folded)
        return folded.error().message;
    state = folded->value;
    return folded->failure;
}

/// What the library computed; null where the samples are not here.
inline JsonValue expectationsOf(const QString& name)
{
    QFile file(QStringLiteral(EVENTLOUPE_SHARED "/stores/%1.expected.json").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return jsonOf(file.readAll());
}

/// Counts and versions, as the library computed them.
inline void compareVersions(EventStore& store, const JsonValue& versions, const QString& prefix)
{
    for (const JsonValue::Member& member : versions.members()) {
        const QString name = prefix + QString::fromUtf8(member.key);
        const auto stream = store.findStream(name);
        QVERIFY2(stream && *stream, qPrintable(name));
        const JsonValue* const events = member.value.find("events");
        QCOMPARE((*stream)->headVersion, (events != nullptr ? *events : member.value).toInt());
    }
}

#define OPEN_SHARED(NAME)                                                                          \
    const QString path = QStringLiteral(EVENTLOUPE_SHARED "/stores/" NAME ".db");                  \
    if (!QFile::exists(path))                                                                      \
        QSKIP("the databases of ../shared/stores are not here");                                   \
    const JsonValue expected = expectationsOf(QStringLiteral(NAME));                               \
    const auto store = openCounted(path);                                                          \
    QCOMPARE(*store->head(), expected.find("events")->toInt())

} // namespace eventloupe
