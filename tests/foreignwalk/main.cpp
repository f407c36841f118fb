// The window's part of tests/foreignwalk.sh: uses stores at random for so long.
//     foreignwalker SECONDS SEED SCRATCH STORE...
// Prints one JSON object: what was done, and which stores were refused.

#include "windowwalk.h"

#include "foreign/foreignstores.h"

#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <cstdio>

using namespace eventloupe;

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const auto words = QApplication::arguments();
    if (words.size() < 5) {
        std::fputs("usage: foreignwalker SECONDS SEED SCRATCH STORE...\n", stderr);
        return 2;
    }
    const QTemporaryDir configuration;
    qputenv("EVENTLOUPE_CONFIG_DIR", configuration.path().toUtf8());
    addForeignStores();

    WindowWalk walk(words.mid(4), words[3], words[2].toUInt());
    walk.run(static_cast<qint64>(words[1].toDouble() * 1000));
    QJsonObject done;
    int sum = 0;
    for (auto each = walk.done().cbegin(); each != walk.done().cend(); ++each) {
        done.insert(each.key(), each.value());
        sum += each.value();
    }
    const QJsonObject figures { { QStringLiteral("actions"), sum },
        { QStringLiteral("done"), done },
        { QStringLiteral("refused"), QJsonArray::fromStringList(walk.refused()) } };
    std::puts(QJsonDocument(figures).toJson(QJsonDocument::Compact).constData());
    return 0;
}
