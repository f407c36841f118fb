#include "support/textfile.h"
#include "ui/exchange/copydialog.h"

#include <QCheckBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTest>

using namespace eventloupe;

/// What the copy dialog's choices mean.
class CopyDialogTest final : public QObject {
    Q_OBJECT

private:
    TextFiles m_files;

    template <class Widget> static Widget& find(const QWidget& dialog, const char* name)
    {
        auto* widget = dialog.findChild<Widget*>(QString::fromLatin1(name));
        if (!widget)
            qFatal("no %s", name);
        return *widget;
    }
    static bool canCopy(const QWidget& dialog)
    {
        return find<QPushButton>(dialog, "copyButton").isEnabled();
    }
    static QString note(const QWidget& dialog) { return find<QLabel>(dialog, "copyNote").text(); }

private slots:
    void proposesAFileBesideTheStore()
    {
        const QString store = m_files.write(QStringLiteral("shop.eventlog"), "x");
        const QString folder = m_files.path(QString());
        CopyDialog first(store, folder);
        QCOMPARE(QFileInfo(first.request().to).fileName(), QStringLiteral("shop-copy.eventlog"));
        QVERIFY(canCopy(first));
        QVERIFY(note(first).startsWith(QStringLiteral("The file is made.")));
        // The note takes no room from the rest.
        first.show();
        for (const auto* edit : first.findChildren<QLineEdit*>())
            QVERIFY(edit->height() >= edit->minimumSizeHint().height());
        QVERIFY2(note(first).contains(QStringLiteral("first 1,000,000 events are stored as one")),
            qPrintable(note(first)));
        QVERIFY(!first.request().checksAll);
        m_files.write(QStringLiteral("shop-copy.eventlog"), "x");
        const CopyDialog second(store, folder);
        QCOMPARE(QFileInfo(second.request().to).fileName(), QStringLiteral("shop-copy-2.eventlog"));
        find<QCheckBox>(second, "copyCheck").setChecked(true);
        QVERIFY(second.request().checksAll);
    }

    void saysWhatIsWrong()
    {
        const QString store = m_files.write(QStringLiteral("a.eventlog"), "x");
        const CopyDialog dialog(store, m_files.path(QString()));
        auto& file = find<QLineEdit>(dialog, "copyFile");
        const auto isRefused = [&](const QString& path, const char* part) {
            file.setText(path);
            return !canCopy(dialog) && note(dialog).contains(QLatin1String(part));
        };
        QVERIFY(isRefused(QString(), "Name the file"));
        QVERIFY(isRefused(m_files.path(QString()), "This is a folder"));
        QVERIFY(isRefused(store, "This is the log itself"));
        QVERIFY(isRefused(m_files.path(QStringLiteral("none/b.eventlog")), "does not exist"));
        // What is there may be the beginning of a copy.
        file.setText(m_files.write(QStringLiteral("b.eventlog"), "x"));
        QVERIFY(canCopy(dialog));
        QVERIFY(note(dialog).startsWith(QStringLiteral("What is there has to be the beginning")));
    }

    void takesAUri()
    {
        const CopyDialog dialog(QStringLiteral("postgresql://a/b"), m_files.path(QString()));
        QCOMPARE(QFileInfo(dialog.request().to).fileName(), QStringLiteral("events-copy.eventlog"));
        find<QRadioButton>(dialog, "copyToUri").setChecked(true);
        QVERIFY(!find<QLineEdit>(dialog, "copyFile").isEnabled());
        QVERIFY(!canCopy(dialog));
        find<QLineEdit>(dialog, "copyUri").setText(QStringLiteral(" postgresql://db/shop "));
        QVERIFY(canCopy(dialog));
        QCOMPARE(dialog.request().to, QStringLiteral("postgresql://db/shop"));
    }

    void everyControlHasAName()
    {
        const CopyDialog dialog(QString(), m_files.path(QString()));
        for (const auto* edit : dialog.findChildren<QLineEdit*>())
            QVERIFY2(!edit->accessibleName().isEmpty(), qPrintable(edit->objectName()));
    }
};

QTEST_MAIN(CopyDialogTest)
#include "tst_copydialog.moc"
