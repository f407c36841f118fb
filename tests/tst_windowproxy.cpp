#include "log/windowproxy.h"

#include "support/modelpicture.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QStringListModel>
#include <QTest>

using namespace eventloupe;
using namespace Qt::Literals::StringLiterals;

namespace {

/// A long table that counts what is asked of it.
class LongModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : rows;
    }
    int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : 3;
    }
    QVariant data(const QModelIndex& index, int role) const override
    {
        ++reads;
        return role == Qt::DisplayRole ? QVariant(index.row()) : QVariant();
    }
    void grow(int by)
    {
        beginInsertRows({}, rows, rows + by - 1);
        rows += by;
        endInsertRows();
    }

    int rows = 200'000'000;
    mutable qint64 reads = 0;
};

QStringList letters()
{
    return { u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s, u"f"_s, u"g"_s };
}

} // namespace

class TestWindowProxy final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void showsTheWindowOnly();
    void movesByDataChanged();
    void clampsTheFirstRow();
    void growsAndShrinksTheWindow();
    void mapsBothWays();
    void followsChangesInTheWindow();
    void leavesTheWindowWhenRowsComeAfter();
    void fillsUpAShortWindow();
    void isPushedByRowsBefore();
    void isPushedFromTheVeryTop();
    void takesRowsInTheMiddle();
    void losesRows();
    void followsAReset();
    void followsALayoutChange();
    void changesAndLosesItsSource();
    void costsTheWindow();
    void hasHeadersWhenEmpty();
    void agreesWithItsSourceAfterAnyChanges();

private:
    void checkPicture(const QString& rows);

    std::unique_ptr<QStringListModel> m_source;
    std::unique_ptr<WindowProxy> m_proxy;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestWindowProxy::init()
{
    m_tester.reset();
    m_proxy = std::make_unique<WindowProxy>();
    m_source = std::make_unique<QStringListModel>(letters());
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_proxy.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_proxy->setSourceModel(m_source.get());
    m_proxy->setVisibleRows(3);
}

void TestWindowProxy::checkPicture(const QString& rows)
{
    QCOMPARE(pictureOf(*m_proxy).join(QString()), rows);
}

void TestWindowProxy::showsTheWindowOnly()
{
    checkPicture(u"abc"_s);
    QCOMPARE(m_proxy->totalRows(), 7);
    m_proxy->setFirstRow(2);
    checkPicture(u"cde"_s);
    QCOMPARE(m_proxy->headerData(0, Qt::Vertical, Qt::DisplayRole).toInt(), 3);
}

void TestWindowProxy::movesByDataChanged()
{
    QSignalSpy reset(m_proxy.get(), &QAbstractItemModel::modelReset);
    QSignalSpy inserted(m_proxy.get(), &QAbstractItemModel::rowsInserted);
    QSignalSpy changed(m_proxy.get(), &QAbstractItemModel::dataChanged);
    QSignalSpy header(m_proxy.get(), &QAbstractItemModel::headerDataChanged);
    QSignalSpy window(m_proxy.get(), &WindowProxy::windowChanged);
    m_proxy->setFirstRow(4);
    m_proxy->setFirstRow(4);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().at(1).toModelIndex().row(), 2);
    QCOMPARE(header.count(), 1);
    QCOMPARE(window.count(), 1);
    QCOMPARE(reset.count() + inserted.count(), 0);
}

void TestWindowProxy::clampsTheFirstRow()
{
    m_proxy->setFirstRow(100);
    QCOMPARE(m_proxy->firstRow(), 4);
    checkPicture(u"efg"_s);
    m_proxy->setFirstRow(-1);
    QCOMPARE(m_proxy->firstRow(), 0);
}

void TestWindowProxy::growsAndShrinksTheWindow()
{
    m_proxy->setFirstRow(3);
    m_proxy->setVisibleRows(6);
    QCOMPARE(m_proxy->firstRow(), 1);
    checkPicture(u"bcdefg"_s);
    m_proxy->setVisibleRows(100);
    checkPicture(u"abcdefg"_s);
    QCOMPARE(m_proxy->visibleRows(), 100);
    m_proxy->setVisibleRows(2);
    checkPicture(u"ab"_s);
    m_proxy->setVisibleRows(0);
    checkPicture(QString());
}

void TestWindowProxy::mapsBothWays()
{
    m_proxy->setFirstRow(2);
    QCOMPARE(m_proxy->mapToSource(m_proxy->index(1, 0)).row(), 3);
    QCOMPARE(m_proxy->mapFromSource(m_source->index(4)).row(), 2);
    QVERIFY(!m_proxy->mapFromSource(m_source->index(5)).isValid());
    QVERIFY(!m_proxy->mapFromSource(m_source->index(1)).isValid());
}

void TestWindowProxy::followsChangesInTheWindow()
{
    m_proxy->setFirstRow(2);
    QSignalSpy changed(m_proxy.get(), &QAbstractItemModel::dataChanged);
    m_source->setData(m_source->index(0), u"A"_s);
    m_source->setData(m_source->index(5), u"F"_s);
    QCOMPARE(changed.count(), 0);
    m_source->setData(m_source->index(4), u"E"_s);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().toModelIndex().row(), 2);
    checkPicture(u"cdE"_s);
}

void TestWindowProxy::leavesTheWindowWhenRowsComeAfter()
{
    QSignalSpy reset(m_proxy.get(), &QAbstractItemModel::modelReset);
    QSignalSpy changed(m_proxy.get(), &QAbstractItemModel::dataChanged);
    QSignalSpy total(m_proxy.get(), &WindowProxy::totalRowsChanged);
    m_source->insertRows(7, 5);
    QCOMPARE(m_proxy->totalRows(), 12);
    QCOMPARE(total.count(), 1);
    QCOMPARE(reset.count() + changed.count(), 0);
    checkPicture(u"abc"_s);
}

void TestWindowProxy::fillsUpAShortWindow()
{
    m_source->setStringList({ u"a"_s });
    checkPicture(u"a"_s);
    QSignalSpy inserted(m_proxy.get(), &QAbstractItemModel::rowsInserted);
    m_source->insertRows(1, 4);
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(m_proxy->rowCount(), 3);
}

void TestWindowProxy::isPushedByRowsBefore()
{
    m_proxy->setFirstRow(2);
    QSignalSpy window(m_proxy.get(), &WindowProxy::windowChanged);
    m_source->insertRows(0, 2);
    checkPicture(u"cde"_s);
    QCOMPARE(m_proxy->firstRow(), 4);
    m_source->removeRows(0, 3);
    checkPicture(u"cde"_s);
    QCOMPARE(m_proxy->firstRow(), 1);
    QCOMPARE(window.count(), 2);
}

void TestWindowProxy::isPushedFromTheVeryTop()
{
    m_source->insertRows(0, 2);
    checkPicture(u"abc"_s);
    QCOMPARE(m_proxy->firstRow(), 2);
    // A short window takes them in instead.
    m_source->setStringList({ u"a"_s });
    m_source->insertRows(0, 1);
    QCOMPARE(m_proxy->firstRow(), 0);
    QCOMPARE(m_proxy->rowCount(), 2);
}

void TestWindowProxy::takesRowsInTheMiddle()
{
    m_source->insertRows(1, 1);
    m_source->setData(m_source->index(1), u"x"_s);
    checkPicture(u"axb"_s);
}

void TestWindowProxy::losesRows()
{
    m_proxy->setFirstRow(4);
    m_source->removeRows(5, 2);
    checkPicture(u"cde"_s);
    m_source->removeRows(0, 4);
    checkPicture(u"e"_s);
    m_source->removeRows(0, 1);
    checkPicture(QString());
}

void TestWindowProxy::followsAReset()
{
    m_proxy->setFirstRow(4);
    QSignalSpy total(m_proxy.get(), &WindowProxy::totalRowsChanged);
    m_source->setStringList({ u"1"_s, u"2"_s, u"3"_s, u"4"_s });
    checkPicture(u"234"_s);
    QCOMPARE(total.last().first().toLongLong(), 4);
}

void TestWindowProxy::followsALayoutChange()
{
    m_source->sort(0, Qt::DescendingOrder);
    checkPicture(u"gfe"_s);
}

void TestWindowProxy::changesAndLosesItsSource()
{
    QStringListModel other({ u"x"_s, u"y"_s });
    m_proxy->setSourceModel(&other);
    checkPicture(u"xy"_s);
    m_source->setStringList({ u"unseen"_s });
    checkPicture(u"xy"_s);
    m_proxy->setSourceModel(m_source.get());
    m_source.reset();
    checkPicture(QString());
    QCOMPARE(m_proxy->totalRows(), 0);
}

void TestWindowProxy::costsTheWindow()
{
    LongModel source;
    WindowProxy proxy;
    const QAbstractItemModelTester tester(
        &proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
    proxy.setSourceModel(&source);
    proxy.setVisibleRows(50);
    proxy.setFirstRow(150'000'000);
    QCOMPARE(proxy.index(3, 1).data().toInt(), 150'000'003);
    source.grow(1'000'000);
    QCOMPARE(proxy.totalRows(), 201'000'000);
    // The tester looks at some places of the window after each change.
    QVERIFY2(source.reads < 100'000, qPrintable(QString::number(source.reads)));
}

void TestWindowProxy::hasHeadersWhenEmpty()
{
    m_source->setStringList({});
    QCOMPARE(m_proxy->headerData(0, Qt::Horizontal, Qt::DisplayRole).toInt(), 1);
}

void TestWindowProxy::agreesWithItsSourceAfterAnyChanges()
{
    QRandomGenerator random(4711);
    int name = 0;
    for (int round = 0; round < 2000; ++round) {
        const int rows = m_source->rowCount();
        const int row = random.bounded(rows + 1);
        switch (random.bounded(5)) {
        case 0:
            m_source->insertRows(row, 1 + random.bounded(4));
            break;
        case 1:
            m_source->removeRows(row, std::min(1 + random.bounded(4), rows - row));
            break;
        case 2:
            m_source->setData(m_source->index(row), u"x%1 "_s.arg(++name));
            break;
        case 3:
            m_proxy->setFirstRow(random.bounded(-3, rows + 3));
            break;
        default:
            m_proxy->setVisibleRows(random.bounded(6));
        }
        const auto first = static_cast<qsizetype>(m_proxy->firstRow());
        QCOMPARE(m_proxy->totalRows(), m_source->rowCount());
        QCOMPARE(pictureOf(*m_proxy), m_source->stringList().mid(first, m_proxy->visibleRows()));
    }
}

QTEST_GUILESS_MAIN(TestWindowProxy)
#include "tst_windowproxy.moc"
