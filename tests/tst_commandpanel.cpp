#include "support/commandbench.h"

#include <QToolButton>

using namespace eventloupe;

using Bench = CommandBench;

class TestCommandPanel : public QObject {
    Q_OBJECT

private slots:
    void emptyStatesSayWhatToDo()
    {
        Bench bench;
        auto* empty = bench.find<QLabel>("commandEmpty");
        QVERIFY(empty->isVisible());
        QVERIFY(empty->text().contains(u"No store is open"));
        bench.panel.setStore({ true, {}, {} });
        QVERIFY(empty->text().contains(u"workspace"));
        QVERIFY(bench.open());
        QVERIFY(!empty->isVisible());
        bench.panel.setStore({ true, u"the folder cannot be written"_qs, {} });
        QVERIFY(empty->isVisible());
        QVERIFY(empty->text().contains(u"the folder cannot be written"));
        QVERIFY(empty->text().contains(u"Copy it"));
        bench.panel.setStore({ true, u"it was cut short"_qs, {}, true });
        QVERIFY(empty->text().contains(u"it was cut short"));
        QVERIFY(empty->text().contains(u"Verify"));
        QVERIFY(!empty->text().contains(u"Copy it"));
    }

    void aCommandOnABranchIsNotSaidToBeStored()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.panel.setOnBranch(true);
        bench.panel.selectCommand(u"CREATE_USER"_qs);
        bench.type("field:/userId", u"42"_qs);
        bench.type("field:/name", u"Ada"_qs);
        bench.press("issueButton");
        QTRY_VERIFY2(bench.message().contains(u"USER_CREATED is on the branch as #1, user-42"),
            qPrintable(bench.message()));
    }

    void whatWasIssuedOnABranchThatIsLeftIsTypedAgain()
    {
        Bench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.createUser(u"42"_qs, u"Ada"_qs));
        bench.panel.takeBackIssued();
        QCOMPARE(bench.text("field:/name"), u"Ada"_qs);
        QCOMPARE(bench.text("field:/userId"), u"42"_qs);
        QCOMPARE(bench.offer(), QString());
        // What is typed since is worth more.
        QVERIFY(bench.createUser(u"43"_qs, u"Bob"_qs));
        bench.type("field:/name", u"Eve"_qs);
        bench.panel.takeBackIssued();
        QCOMPARE(bench.text("field:/name"), u"Eve"_qs);
    }

    void acceptedCommandIsStoredAndTheFormIsCleared()
    {
        Bench bench;
        QVERIFY(bench.open());
        QSignalSpy issued(&bench.panel, &CommandPanel::issued);
        QVERIFY(bench.createUser(u"42"_qs, u"Ada"_qs));
        QVERIFY2(bench.message().contains(u"USER_CREATED stored as #1, user-42 is at version 1"),
            qPrintable(bench.message()));
        QCOMPARE(issued.value(0).value(0).toString(), u"user-42"_qs);
        QCOMPARE(bench.text("field:/name"), QString());
        QCOMPARE(bench.log().size(), 1);
        QCOMPARE(bench.log().at(0).data, R"({"userId":"42","name":"Ada"})");
        QCOMPARE(bench.offer(), u"Use these values again"_qs);
        bench.press("formOffer");
        QCOMPARE(bench.text("field:/name"), u"Ada"_qs);
        QCOMPARE(bench.text("field:/userId"), u"42"_qs);
    }

    void previewIsWhatIsAppended()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.type("field:/userId", u"42"_qs);
        bench.type("field:/name", u"Ada"_qs);
        bench.type("field:/age", u"36"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(
            bench.preview().startsWith(u"1 event for user-42 at version 1: USER_CREATED\n"),
            CommandBench::patience);
        auto shown = bench.preview().section(u'\n', 1);
        bench.panel.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&bench.panel));
        auto* age = bench.find<QLineEdit>("field:/age");
        age->setFocus();
        QTest::keyClick(age, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(bench.message().contains(u"stored as"), CommandBench::patience);
        shown.remove(u' ').remove(u'\n');
        QCOMPARE(shown.toUtf8(), bench.log().at(0).data);
    }

    void invalidDataIsNotIssuedAndSaysWhy()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.type("field:/name", u"A"_qs);
        bench.press("issueButton");
        QVERIFY(bench.message().contains(u"Not issued"));
        QVERIFY(bench.find<QLabel>("reason:/userId")->isVisible());
        QVERIFY(bench.find<QLabel>("reason:/name")->isVisible());
        QCOMPARE(bench.preview(), QString());
        QCOMPARE(bench.log().size(), 0);
    }

    void rejectionShowsTheGuardAndKeepsWhatWasTyped()
    {
        Bench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.createUser(u"42"_qs, u"Ada"_qs));
        bench.type("field:/userId", u"42"_qs);
        bench.type("field:/name", u"Bob"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(
            bench.preview().contains(u"Would be rejected: user 42 exists already"),
            CommandBench::patience);
        bench.press("issueButton");
        QTRY_VERIFY_WITH_TIMEOUT(
            bench.message().contains(u"Rejected: user 42 exists already"), CommandBench::patience);
        QCOMPARE(bench.text("field:/userId"), u"42"_qs);
        QCOMPARE(bench.text("field:/name"), u"Bob"_qs);
        QCOMPARE(bench.log().size(), 1);
    }

    void conflictSaysWhatHappenedAndDecidesAgain()
    {
        Bench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.createUser(u"42"_qs, u"Ada"_qs));
        bench.panel.selectCommand(u"RENAME_USER"_qs);
        bench.type("field:/userId", u"42"_qs);
        bench.type("field:/name", u"Ada King"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(bench.preview().contains(u"at version 2"), CommandBench::patience);
        // The poll would show the other writer's event first; it is not to be faster than we are.
        QObject::disconnect(&bench.client, &StoreClient::headChanged, &bench.cursor, nullptr);
        QVERIFY(bench.appendElsewhere(u"user-42"_qs, R"({"name":"Countess"})"));
        bench.press("issueButton");
        QTRY_VERIFY_WITH_TIMEOUT(
            bench.message().contains(u"user-42 is at version 2 now, this was decided on version 1"),
            CommandBench::patience);
        QCOMPARE(bench.offer(), u"Decide again"_qs);
        QCOMPARE(bench.text("field:/name"), u"Ada King"_qs);
        bench.press("formOffer");
        QTRY_VERIFY_WITH_TIMEOUT(
            bench.message().contains(u"USER_RENAMED stored as #3, user-42 is at version 3"),
            CommandBench::patience);
        QCOMPARE(bench.log().size(), 3);
    }

    void appendsWhatThePreviewShows()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.panel.selectCommand(u"NOTE"_qs);
        bench.type("field:/by", u"1"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(bench.preview().contains(u"STAMPED"), CommandBench::patience);
        const auto shown = bench.preview();
        QTest::qWait(20); // Another moment.
        bench.press("issueButton");
        QTRY_VERIFY_WITH_TIMEOUT(bench.message().contains(u"stored as #1"), CommandBench::patience);
        const auto stored = bench.log().first();
        const auto data = QJsonDocument::fromJson(stored.data).object();
        QVERIFY2(shown.contains(data.value(u"at").toString()), qPrintable(shown));
        QVERIFY2(shown.contains(data.value(u"key").toString()), qPrintable(shown));
        const auto metadata = QJsonDocument::fromJson(stored.metadata).object();
        QVERIFY(!metadata.value(u"actor").toString().isEmpty());
        QVERIFY(!metadata.value(u"correlationId").toString().isEmpty());
        QVERIFY(!metadata.value(u"causationId").toString().isEmpty());
    }

    void retriesWithoutAskingWhereTheCommandMay()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.panel.selectCommand(u"STAMP"_qs);
        bench.type("field:/by", u"1"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(bench.preview().contains(u"at version 1"), CommandBench::patience);
        QVERIFY(bench.appendElsewhere(u"number-1"_qs, "{}"));
        bench.press("issueButton");
        QTRY_VERIFY_WITH_TIMEOUT(bench.message().contains(u"stored as #2"), CommandBench::patience);
        QCOMPARE(QJsonDocument::fromJson(bench.log().last().data).object().value(u"n").toInt(), 1);
    }

    void fromThePastItAsksFirst()
    {
        Bench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.createUser(u"1"_qs, u"Ada"_qs));
        QVERIFY(bench.createUser(u"2"_qs, u"Bob"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(bench.cursor.head(), Position(2), CommandBench::patience);
        bench.cursor.moveTo(1);
        auto* notice = bench.find<QLabel>("pastNotice");
        QVERIFY(notice->isVisible());
        QVERIFY(notice->text().contains(u"The window shows #1"));
        QVERIFY(notice->text().contains(u"at the head (#2)"));
        bench.type("field:/userId", u"3"_qs);
        bench.type("field:/name", u"Cy"_qs);
        bench.press("issueButton");
        QCOMPARE(bench.offer(), u"Issue at the head"_qs);
        QSignalSpy branchAsked(&bench.panel, &CommandPanel::branchAsked);
        for (auto* button : bench.panel.findChildren<QPushButton*>())
            if (button->text() == u"On a branch from #1")
                button->click();
        QCOMPARE(branchAsked.count(), 1);
        QCOMPARE(branchAsked.first().first().toLongLong(), 1);
        bench.panel.issue();
        // One button asks for one thing.
        QVERIFY(!bench.find<QPushButton>("issueButton")->isVisible());
        QTest::qWait(100);
        QCOMPARE(bench.log().size(), 2);
        bench.press("formOffer");
        QTRY_VERIFY_WITH_TIMEOUT(bench.message().contains(u"stored as #3"), CommandBench::patience);
        bench.cursor.moveToHead();
        QVERIFY(!notice->isVisible());
        QVERIFY(bench.find<QPushButton>("issueButton")->isVisible());
    }

    void whatIsSaidOfFieldsGoesWithThem()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.press("issueButton");
        QVERIFY(bench.message().contains(u"⚠"));
        bench.panel.findChild<SchemaForm*>()->editAsJson()->trigger();
        QCOMPARE(bench.message(), QString());
        bench.press("issueButton");
        QVERIFY(bench.message().contains(u"JSON"));
    }

    void shownStreamPrefillsUnlessTyped()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.panel.setPrefill(u"user-42"_qs);
        QCOMPARE(bench.text("field:/userId"), QString()); // CREATE_USER begins a stream.
        bench.panel.selectCommand(u"RENAME_USER"_qs);
        QCOMPARE(bench.text("field:/userId"), u"42"_qs);
        bench.panel.setPrefill(u"order-7"_qs);
        QCOMPARE(bench.text("field:/userId"), u"42"_qs);
        bench.panel.setPrefill(u"user-a-b"_qs);
        QCOMPARE(bench.text("field:/userId"), u"a-b"_qs);
        bench.type("field:/userId", u"9"_qs);
        bench.panel.setPrefill(u"user-43"_qs);
        QCOMPARE(bench.text("field:/userId"), u"9"_qs);
    }

    void whatIsTypedStaysForTheSameAggregate()
    {
        Bench bench;
        QVERIFY(bench.open());
        auto* notice = bench.find<QLabel>("targetNotice");
        bench.panel.selectCommand(u"RENAME_USER"_qs);
        bench.panel.setPrefill(u"user-1"_qs);
        bench.type("field:/name", u"Ada"_qs);
        QVERIFY(!notice->isVisible());
        bench.panel.setPrefill(u"user-3"_qs);
        QCOMPARE(bench.text("field:/userId"), u"1"_qs);
        QVERIFY(notice->isVisible());
        QCOMPARE(notice->text(), u"This is for user-1; the selection is user-3."_qs);
        // A stream that the command is not for is no other target.
        bench.panel.setPrefill(u"order-7"_qs);
        QVERIFY(!notice->isVisible());
        bench.panel.setPrefill({});
        QVERIFY(!notice->isVisible());
        // Also in the next session, and behind another command's form.
        const auto draft = bench.panel.saveDraft();
        bench.panel.setPrefill(u"user-3"_qs);
        bench.panel.selectCommand(u"CREATE_USER"_qs);
        QVERIFY(!notice->isVisible());
        bench.panel.selectCommand(u"RENAME_USER"_qs);
        QCOMPARE(bench.text("field:/userId"), u"1"_qs);
        QVERIFY(notice->isVisible());
        bench.panel.restoreDraft(draft);
        QCOMPARE(bench.text("field:/userId"), u"1"_qs);
        QVERIFY(notice->isVisible());
        bench.press("targetOffer");
        QCOMPARE(bench.text("field:/userId"), u"3"_qs);
        QCOMPARE(bench.text("field:/name"), u"Ada"_qs);
        QVERIFY(!notice->isVisible());
        bench.panel.setPrefill(u"user-4"_qs);
        QCOMPARE(bench.text("field:/userId"), u"3"_qs);
        QCOMPARE(notice->text(), u"This is for user-3; the selection is user-4."_qs);
    }

    void aSelectionFillsATargetThatIsStillEmpty()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.panel.selectCommand(u"RENAME_USER"_qs);
        bench.type("field:/name", u"Ada"_qs);
        bench.panel.setPrefill(u"user-1"_qs);
        QCOMPARE(bench.text("field:/userId"), u"1"_qs);
        bench.panel.setPrefill(u"user-3"_qs);
        QCOMPARE(bench.text("field:/userId"), u"1"_qs);
    }

    void afterACommandTheKeyboardIsWhereAPersonTypes()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.panel.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&bench.panel));
        bench.panel.selectCommand(u"ENLIST"_qs);
        const auto id = bench.text("field:/id");
        QVERIFY(!id.isEmpty());
        bench.type("field:/name", u"Ada"_qs);
        bench.find<QLineEdit>("field:/name")->setFocus();
        QTest::keyClick(bench.find<QLineEdit>("field:/name"), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(bench.message().contains(u"stored as"), CommandBench::patience);
        QVERIFY(bench.text("field:/id") != id);
        QCOMPARE(bench.panel.focusWidget(), bench.find<QLineEdit>("field:/name"));
        // Where nothing is left to fill in, it is still no UUID that is typed over.
        bench.press("formOffer");
        QCOMPARE(bench.text("field:/name"), u"Ada"_qs);
        QCOMPARE(bench.panel.focusWidget(), bench.find<QLineEdit>("field:/name"));
    }

    void noIdIsMadeForWhatHasToExist()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.panel.selectCommand(u"ENLIST"_qs);
        QVERIFY(bench.panel.findChild<QToolButton*>(u"generate:/id"_qs));
        bench.panel.selectCommand(u"RETIRE"_qs);
        QVERIFY(!bench.panel.findChild<QToolButton*>(u"generate:/id"_qs));
        QVERIFY(bench.panel.findChild<QToolButton*>(u"generate:/by"_qs));
    }

    void draftComesBackForEachCommand()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.type("field:/name", u"Ada"_qs);
        bench.type("field:/age", u"many"_qs);
        bench.panel.selectCommand(u"RENAME_USER"_qs);
        bench.type("field:/name", u"Bob"_qs);
        const auto draft = bench.panel.saveDraft();

        Bench next;
        next.panel.restoreDraft(draft);
        QVERIFY(next.open());
        QCOMPARE(next.find<QComboBox>("commandCombo")->currentText(), u"Rename user"_qs);
        QCOMPARE(next.text("field:/name"), u"Bob"_qs);
        next.panel.selectCommand(u"CREATE_USER"_qs);
        QCOMPARE(next.text("field:/name"), u"Ada"_qs);
        QCOMPARE(next.text("field:/age"), u"many"_qs);
        next.panel.restoreDraft("not json");
        QCOMPARE(next.text("field:/name"), u"Ada"_qs);
        // Another store, in which nothing was typed yet.
        next.panel.restoreDraft({});
        QCOMPARE(next.text("field:/name"), QString());
        next.panel.selectCommand(u"RENAME_USER"_qs);
        QCOMPARE(next.text("field:/name"), QString());
    }

    void failureIsToldAtTheForm()
    {
        Bench bench;
        QVERIFY(bench.open());
        CommandRequest request;
        request.name = u"NO_SUCH"_qs;
        QSignalSpy failed(&bench.handler, &CommandHandler::failed);
        bench.handler.issue(request);
        QVERIFY(failed.wait(CommandBench::patience));
        QCOMPARE(bench.message(), QString()); // Not the panel's own.
        bench.panel.selectCommand(u"DIVIDE"_qs);
        bench.type("field:/by", u"0"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(bench.preview().contains(u"No preview"), CommandBench::patience);
        bench.press("issueButton");
        QTRY_VERIFY_WITH_TIMEOUT(bench.message().contains(u"Not issued"), CommandBench::patience);
        QCOMPARE(bench.text("field:/by"), u"0"_qs);
        QVERIFY(bench.find<QPushButton>("issueButton")->isEnabled());
    }

    void otherStoreFreesTheForm()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.type("field:/userId", u"42"_qs);
        bench.type("field:/name", u"Ada"_qs);
        bench.press("issueButton");
        bench.client.close();
        bench.panel.setStore({});
        QVERIFY(bench.find<QLabel>("commandEmpty")->isVisible());
        QVERIFY(bench.open());
        QVERIFY(bench.find<QPushButton>("issueButton")->isEnabled());
        QCOMPARE(bench.text("field:/name"), u"Ada"_qs);
    }

    void payloadIsNeverMarkup()
    {
        Bench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.createUser(u"<b>x</b>"_qs, u"Ada"_qs));
        auto* label = bench.find<QLabel>("formMessage");
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY(label->text().contains(u"user-<b>x</b>"));
    }
};

QTEST_MAIN(TestCommandPanel)
#include "tst_commandpanel.moc"
