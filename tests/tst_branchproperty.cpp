#include <QTest>
class tst_BranchProperty : public QObject { Q_OBJECT };
QTEST_GUILESS_MAIN(tst_BranchProperty)
#include "tst_branchproperty.moc"
