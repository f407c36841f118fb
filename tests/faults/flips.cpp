// Alters stores byte by byte, and holds what verify() says against what was altered:
//     flips bits ROUNDS [SEED]    one bit of a store's file is the other way round
//     flips bit BIT               this one of them, as a round names it
//     flips tails ROUNDS [SEED]   the -wal file, the log's end, or, in as many rounds, the file's
// end
//                                 beside a -wal file is cut off, before it is opened
// Prints the figures as JSON; ends with 1 where an altered event was not named, one that was not
// altered was, or a cut was not noticed at open, or what was none was taken for one.

#include "faults/losttails.h"
#include "faults/readings.h"
#include "store/openstore.h"
#include "support/storefiles.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <random>
#include <vector>

using namespace eventloupe;

namespace {

constexpr int events = 400;

/// The events that a verification's faults name.
struct Named {
    QSet<qint64> events; ///< As altered, in whatever way.
    QSet<qint64> unproven; ///< As those that were changed, or are behind one that was.
    QStringList texts;
    bool isRefused = false; ///< The store cannot be opened at all.
};

Named verified(const QString& path)
{
    Named named;
    const auto store = openStore(path, OpenMode::ReadOnly);
    if (!store) {
        named.isRefused = true;
        named.texts.append(store.error().message);
        return named;
    }
    static const QRegularExpression missing(
        QStringLiteral("^Events (-?\\d+) to (-?\\d+) are miss"));
    static const QRegularExpression single(QStringLiteral(
        "^(?:Event|The data of event|The metadata of event|The store's last event,) (-?\\d+)"));
    const auto note = [&named](const StoreFault& fault) {
        named.texts.append(QStringLiteral("#%1: %2").arg(fault.position).arg(fault.message));
        if (const auto gap = missing.match(fault.message); gap.hasMatch()) {
            const qint64 last = std::min<qint64>(gap.captured(2).toLongLong(), events);
            for (qint64 i = std::max<qint64>(gap.captured(1).toLongLong(), 1); i <= last; ++i)
                named.events.insert(i);
        } else if (const auto one = single.match(fault.message); one.hasMatch()) {
            const bool isUnproven = fault.message.contains(QStringLiteral("cannot be proven"))
                || fault.message.contains(QStringLiteral("together with its hash"));
            (isUnproven ? named.unproven : named.events).insert(one.captured(1).toLongLong());
        } else if (fault.message.startsWith(QStringLiteral("The end of the log was lost"))) {
            for (qint64 i = fault.position; i <= events; ++i)
                named.events.insert(i);
        }
    };
    const auto read = (*store)->verify({}, {}, note);
    if (!read)
        named.texts.append(read.error().message);
    return named;
}

class Figures {
public:
    qint64 rounds = 0;
    qint64 altered = 0; ///< Events.
    qint64 unnamed = 0;
    qint64 falseAlarms = 0;
    qint64 unproven = 0; ///< Events that were not altered, named as those behind one that is lost.
    qint64 unnoticed = 0; ///< Rounds that altered something else, and in which no fault was found.
    qint64 harmful = 0; ///< Rounds that altered an event.
    qint64 refused = 0; ///< Rounds in which the store could not be opened.
    qint64 damage = 0; ///< Rounds in which no event was altered, but a fault of the file found.
    qint64 silent = 0; ///< Rounds without any effect: free bytes.
};

/// Holds what was named against what was altered.
void compare(const Named& named, const QSet<qint64>& altered, std::uint64_t bit, Figures& figures)
{
    const auto tell = [&](const char* what, qint64 position) {
        std::fprintf(stderr, "bit %llu: event %lld %s\n", static_cast<unsigned long long>(bit),
            position, what);
        for (const QString& text : named.texts.mid(0, 6))
            std::fprintf(stderr, "    %s\n", qPrintable(text.left(200)));
    };
    for (const qint64 each : altered)
        if (!named.events.contains(each) && !named.unproven.contains(each)
            && ++figures.unnamed < 10)
            tell("was altered and is not named", each);
    for (const qint64 each : named.events)
        if (!altered.contains(each) && each >= 1 && each <= events && ++figures.falseAlarms < 10)
            tell("is named and was not altered", each);
    for (const qint64 each : named.unproven) {
        if (altered.contains(each) || each < 1 || each > events)
            continue;
        if (altered.contains(each - 1))
            ++figures.unproven;
        else if (++figures.falseAlarms < 10)
            tell("is said to be unproven, and the one before it is there", each);
    }
}

void flip(const QString& path, const QByteArray& whole, const Readings& before, std::uint64_t bit,
    Figures& figures)
{
    QByteArray bytes = whole;
    const auto at = static_cast<qsizetype>(bit / 8);
    bytes[at] = static_cast<char>(bytes.at(at) ^ (1 << (bit % 8)));
    writeContent(path, bytes);
    const Named named = verified(path);
    ++figures.rounds;
    const auto now = Readings::of(path, events, &before);
    const auto altered = now.alteredSince(before);
    figures.altered += altered.size();
    figures.harmful += altered.isEmpty() ? 0 : 1;
    if (named.isRefused) {
        ++figures.refused;
        return;
    }
    if (altered.isEmpty())
        ++(named.texts.isEmpty() ? figures.silent : figures.damage);
    if (!now.hasSameTables(before) && named.texts.isEmpty() && ++figures.unnoticed < 10)
        std::fprintf(stderr, "bit %llu: a table was altered, and no fault is named\n",
            static_cast<unsigned long long>(bit));
    compare(named, altered, bit, figures);
}

/// One bit, where it is named; else by chance.
int flipBits(qint64 rounds, std::uint64_t seed, std::optional<std::uint64_t> named)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("s"));
    makeStoreFile(path, events);
    const QByteArray whole = contentOf(path);
    const auto before = Readings::of(path, events);
    const auto bits = static_cast<std::uint64_t>(whole.size()) * 8;
    std::mt19937_64 random(seed);
    Figures figures;
    QElapsedTimer timer;
    timer.start();
    for (qint64 i = 0; i < rounds; ++i)
        flip(path, whole, before, named ? *named % bits : random() % bits, figures);
    std::printf("{\"test\":\"bit flips\",\"rounds\":%lld,\"bytes\":%lld,\"harmful\":%lld,"
                "\"altered_events\":%lld,\"unnamed\":%lld,\"false_alarms\":%lld,"
                "\"unproven\":%lld,\"refused\":%lld,\"unnoticed\":%lld,"
                "\"file_faults_only\":%lld,\"no_effect\":%lld,\"seed\":%llu,"
                "\"seconds\":%.1f}\n",
        figures.rounds, static_cast<qint64>(whole.size()), figures.harmful, figures.altered,
        figures.unnamed, figures.falseAlarms, figures.unproven, figures.refused,
        figures.unnoticed, figures.damage, figures.silent, static_cast<unsigned long long>(seed),
        static_cast<double>(timer.elapsed()) / 1000);
    return figures.unnamed + figures.falseAlarms + figures.unnoticed == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList words = application.arguments();
    const QString what = words.value(1);
    const quint64 number = words.value(2).toULongLong();
    const quint64 seed = words.value(3, QStringLiteral("1")).toULongLong();
    if (words.size() > 2 && what == QLatin1String("bits"))
        return flipBits(static_cast<qint64>(number), seed, {});
    if (words.size() > 2 && what == QLatin1String("bit"))
        return flipBits(1, seed, number);
    if (words.size() > 2 && what == QLatin1String("tails"))
        return cutTails(static_cast<qint64>(number), seed);
    std::fprintf(stderr, "flips bits|tails ROUNDS [SEED], flips bit BIT\n");
    return 2;
}
