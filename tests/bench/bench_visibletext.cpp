// bench_visibletext: what the signs for unseen characters cost, one JSON object a line: for a page
// of the log, which is painted in one frame, and by the length of a text.
#include "benchfigures.h"
#include "ui/base/plaintext.h"

#include <QGuiApplication>
#include <QStringList>

#include <chrono>

using namespace eventloupe;

namespace {

/// Calls the work as often as fills half a second; prints the time of one.
template <class Work> void measure(const char* name, const char* unit, double scale, Work work)
{
    using Clock = std::chrono::steady_clock;
    std::vector<double> times;
    const auto end = Clock::now() + std::chrono::milliseconds(500);
    while (Clock::now() < end) {
        constexpr int rounds = 16;
        const auto start = Clock::now();
        for (int i = 0; i < rounds; ++i)
            work();
        const std::chrono::duration<double> seconds = Clock::now() - start;
        times.push_back(seconds.count() / rounds * scale);
    }
    report(name, unit, times);
}

/// Fifty rows of five cells, as a tall window has.
QStringList page(const QString& type, const QString& summary)
{
    QStringList cells;
    for (int row = 0; row < 50; ++row)
        cells += { QStringLiteral("8,120"), QStringLiteral("order-%1").arg(row),
            QString::number(row), type, summary };
    return cells;
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    const QString summary
        = QStringLiteral("customer=Ada Lovelace total=99.50 items=3 note=as agreed ").repeated(3);
    const QStringList pages[] = { page(QStringLiteral("ORDER_PLACED"), summary),
        page(QStringLiteral("BESTELLUNG_GEÄNDERT"), QString(summary).replace(u'a', u'ä')),
        page(QStringLiteral("ORDER\u202E_PLACED"), QString(summary).replace(u'a', QChar(0x202E))) };
    const char* names[] = { "signs_page_ascii", "signs_page_latin", "signs_page_unseen" };
    for (int i = 0; i < 3; ++i)
        measure(names[i], "us", 1e6, [&cells = pages[i]] {
            for (const QString& cell : cells)
                (void)visibleText(cell);
        });
    const QString text = summary.repeated(6000);
    const QString japanese = QStringLiteral("注文が変更されました").repeated(100'000);
    measure("signs_million_ascii", "ms", 1e3 * 1e6 / static_cast<double>(text.size()),
        [&] { (void)visibleText(text); });
    measure("signs_million_japanese", "ms", 1e3 * 1e6 / static_cast<double>(japanese.size()),
        [&] { (void)visibleText(japanese); });
    measure("signs_tooltip_long", "us", 1e6, [&] { (void)plainToolTip(text); });
    return 0;
}
