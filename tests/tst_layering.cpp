#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

// The compiler finds any header of an installed library, so a room's include rule is kept by
// reading the sources (DESIGN section 3).

namespace {

using Rooms = QHash<QString, QStringList>;

const Rooms& allowedRooms()
{
    static const QStringList domain { u"value"_qs, u"diff"_qs, u"expression"_qs,
        u"mask"_qs, u"schema"_qs };
    static const QStringList views = domain + QStringList { u"domain"_qs, u"store"_qs };
    static const Rooms rooms {
        { u"value"_qs, {} },
        { u"diff"_qs, { u"value"_qs, u"mask"_qs } },
        { u"expression"_qs, { u"value"_qs } },
        { u"mask"_qs, { u"value"_qs } },
        { u"schema"_qs, { u"value"_qs, u"expression"_qs } },
        { u"domain"_qs, domain },
        { u"encoding"_qs, { u"value"_qs } },
        { u"store"_qs, { u"value"_qs, u"mask"_qs } },
        { u"foreign"_qs, { u"value"_qs, u"encoding"_qs, u"store"_qs } },
        { u"postgres"_qs, { u"value"_qs, u"store"_qs } },
        { u"mysql"_qs, { u"value"_qs, u"store"_qs } },
        { u"server"_qs, { u"value"_qs, u"store"_qs, u"foreign"_qs, u"postgres"_qs, u"mysql"_qs } },
        { u"branch"_qs, views },
        { u"command"_qs, views },
        { u"time"_qs, views },
        { u"exchange"_qs, views },
        { u"describe"_qs, views },
        { u"causation"_qs, { u"value"_qs, u"mask"_qs, u"store"_qs } },
        { u"testcase"_qs, views },
        { u"report"_qs, views + QStringList { u"encoding"_qs, u"foreign"_qs } },
        { u"reference"_qs, domain + QStringList { u"domain"_qs } },
        { u"log"_qs, views + QStringList { u"time"_qs } },
        { u"blame"_qs, views + QStringList { u"time"_qs } },
        { u"state"_qs, views + QStringList { u"time"_qs, u"blame"_qs, u"branch"_qs } },
        { u"projection"_qs, views + QStringList { u"time"_qs, u"exchange"_qs } },
        { u"plot"_qs, views + QStringList { u"time"_qs, u"exchange"_qs, u"projection"_qs } },
        { u"watch"_qs, views + QStringList { u"time"_qs, u"plot"_qs } },
    };
    return rooms;
}

/// The headers that a file includes with quotes or brackets, with their line numbers.
QList<std::pair<int, QString>> includesOf(const QString& path)
{
    static const QRegularExpression pattern(u"^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"_qs);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<std::pair<int, QString>> includes;
    int number = 0;
    while (!file.atEnd()) {
        ++number;
        const auto match = pattern.match(QString::fromUtf8(file.readLine()));
        if (match.hasMatch())
            includes.append({ number, match.captured(1) });
    }
    return includes;
}

QStringList sourcesIn(const QString& folder)
{
    QStringList files;
    QDirIterator walk(QStringLiteral(EVENTLOUPE_SOURCE) + u'/' + folder, { u"*.h"_qs, u"*.cpp"_qs },
        QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext())
        files.append(walk.next());
    files.sort();
    return files;
}

bool namesGui(const QString& header)
{
    static const QRegularExpression gui(
        u"^(Qt(Gui|Widgets|Svg)/|Q(Widget|Application|GuiApplication|Color|Icon|Pixmap|Image|Font|"
        "Painter|Action|Brush|Pen|Palette|Dialog|Label|TableView|TreeView|AbstractItemView|"
        "StyledItemDelegate)$)"_qs);
    return gui.match(header).hasMatch();
}

} // namespace

class TestLayering : public QObject {
    Q_OBJECT

private slots:
    void modelRoomsIncludeOnlyWhatStandsBelow()
    {
        QStringList faults;
        for (auto room = allowedRooms().cbegin(); room != allowedRooms().cend(); ++room) {
            const auto files = sourcesIn(u"model/"_qs + room.key());
            QVERIFY2(!files.isEmpty(), qPrintable(room.key()));
            for (const auto& file : files) {
                for (const auto& [line, header] : includesOf(file)) {
                    const auto owner = header.section(u'/', 0, 0);
                    const bool foreign = header.contains(u'/') && allowedRooms().contains(owner)
                        && owner != room.key() && !room.value().contains(owner);
                    const bool above = owner == u"ui" || owner == u"app" || namesGui(header);
                    if (foreign || above)
                        faults.append(u"%1:%2 includes %3"_qs.arg(file).arg(line).arg(header));
                }
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    void modelHasNoRoomWithoutARule()
    {
        const QDir model(QStringLiteral(EVENTLOUPE_SOURCE "/model"));
        for (const auto& room : model.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QVERIFY2(allowedRooms().contains(room), qPrintable(room));
    }

    void viewsDoNotIncludeTheApplication()
    {
        QStringList faults;
        for (const auto& file : sourcesIn(u"ui"_qs)) {
            for (const auto& [line, header] : includesOf(file)) {
                if (header.startsWith(u"app/") || header.startsWith(u"sqlite")
                    || header.startsWith(u"simdjson") || header.startsWith(u"QSql"))
                    faults.append(u"%1:%2 includes %3"_qs.arg(file).arg(line).arg(header));
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    void commandLineNeedsNoWindow()
    {
        QStringList faults;
        for (const auto& file : sourcesIn(u"app/cli"_qs)) {
            for (const auto& [line, header] : includesOf(file)) {
                if (header.startsWith(u"ui/") || namesGui(header))
                    faults.append(u"%1:%2 includes %3"_qs.arg(file).arg(line).arg(header));
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }
};

QTEST_APPLESS_MAIN(TestLayering)
#include "tst_layering.moc"
