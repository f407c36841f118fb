// Live reload: a definition is saved while a store is open, and what the window shows is folded
// anew.
//     bench_reload FOLDER [SAVES] [EVENTS]
// Writes the shop sample and a store of EVENTS events (100,000) into a scratch folder below FOLDER,
// opens the window on it, and saves events/ITEM_ADDED.json SAVES times (50) with another rule, by
// turns in place and by a rename. A figure is from before the write until the state panel has
// painted the state that the new rule gives.

#include "benchfigures.h"
#include "windowdriver.h"

#include "domain/workspacetemplate.h"
#include "state/stateloader.h"
#include "state/subject.h"
#include "store/openstore.h"
#include "ui/state/statepanel.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QSaveFile>
#include <QTemporaryDir>

using namespace eventloupe;

namespace {

constexpr int shortCart = 10; ///< Events.
constexpr int longCart = 2000;

/// Counts what the state panel paints.
class PaintCounter final : public QObject {
public:
    explicit PaintCounter(const QWidget& panel)
    {
        for (auto* view : panel.findChildren<QAbstractItemView*>())
            view->viewport()->installEventFilter(this);
    }
    [[nodiscard]] int count() const { return m_count; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        m_count += event->type() == QEvent::Paint ? 1 : 0;
        return QObject::eventFilter(watched, event);
    }

private:
    int m_count = 0;
};

Result<void> fillStore(const QString& file, int events)
{
    const auto store = openStore(file, OpenMode::Create);
    if (!store)
        return store.error();
    auto bulk = (*store)->beginBulk();
    if (!bulk)
        return bulk.error();
    Timestamp time { 1'772'373'802'000'000 };
    int inCart = 0;
    int cart = 1;
    for (int i = 0; i < events; ++i) {
        time.microseconds += 1'000'000;
        const bool isFirst = inCart == 0;
        const NewEvent event { isFirst ? QStringLiteral("CART_OPENED")
                                       : QStringLiteral("ITEM_ADDED"),
            isFirst ? QByteArray(R"({"currency":"EUR","gift":false})")
                    : R"({"sku":"A)" + QByteArray::number(inCart % 7)
                    + R"(","title":"Thing","qty":2,"unitPrice":9.5})",
            "{}", time, {} };
        const auto added = (*bulk)->add(QStringLiteral("cart-%1").arg(cart), event);
        if (!added)
            return added.error();
        if (++inCart == (cart == 1 ? longCart : shortCart)) {
            inCart = 0;
            ++cart;
        }
    }
    const auto committed = (*bulk)->commit({});
    return committed ? Result<void>() : committed.error();
}

/// The definition with a rule that tells the rounds apart.
QByteArray definition(int round)
{
    return R"({"type": "ITEM_ADDED", "evolve": {"/items/{data.sku}/qty": "data.qty", "/round": ")"
        + QByteArray::number(round) + "\"}}\n";
}

bool write(const QString& name, const QByteArray& text, bool inPlace)
{
    if (inPlace) {
        QFile file(name);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }
    QSaveFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
}

std::vector<double> measure(
    WindowDriver& driver, const QString& folder, const QString& stream, int saves, int& round)
{
    auto parts = driver.parts();
    parts.subject.pin(stream);
    driver.settle();
    const PaintCounter paints(*driver.window().findChild<StatePanel*>());
    const auto name = folder + QStringLiteral("/events/ITEM_ADDED.json");
    std::vector<double> times;
    for (int i = 0; i < saves; ++i) {
        ++round;
        int before = -1; // Of paints, when the state was there.
        const auto noted = QObject::connect(&parts.state, &StateLoader::stateChanged,
            [&](const std::shared_ptr<const StateView>& view) {
                const auto* shown = view->now.find("round");
                if (before < 0 && shown && shown->toInt() == round)
                    before = paints.count();
            });
        QElapsedTimer timer;
        timer.start();
        if (!write(name, definition(round), i % 2 == 0))
            return {};
        driver.waitFor([&] { return before >= 0 && paints.count() > before; }, 10'000);
        QObject::disconnect(noted);
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        // A person does not save again at once.
        QElapsedTimer pause;
        pause.start();
        driver.waitFor([&] { return pause.hasExpired(400); }, 400);
    }
    return times;
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const auto arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("usage: bench_reload FOLDER [SAVES] [EVENTS]\n", stderr);
        return 2;
    }
    const int saves = arguments.size() > 2 ? arguments[2].toInt() : 50;
    const int events = arguments.size() > 3 ? arguments[3].toInt() : 100'000;
    const QTemporaryDir configuration;
    qputenv("EVENTLOUPE_CONFIG_DIR", configuration.path().toUtf8());
    const QTemporaryDir scratch(arguments[1] + QStringLiteral("/reload-XXXXXX"));
    const auto folder = scratch.filePath(QStringLiteral("shop"));
    const auto written = writeWorkspace(QStringLiteral("shop"), folder);
    const auto filled = written ? fillStore(folder + QStringLiteral("/events.eventlog"), events)
                                : Result<void>(written.error());
    WindowDriver driver;
    if (!filled || !driver.open(folder)) {
        std::fputs("bench_reload: cannot make the workspace\n", stderr);
        return 1;
    }
    driver.settle();
    int round = 0;
    report("reload_saved_to_painted", "ms",
        measure(driver, folder, QStringLiteral("cart-1000"), saves, round));
    report("reload_saved_to_painted_long_stream", "ms",
        measure(driver, folder, QStringLiteral("cart-1"), saves, round));
    return 0;
}
