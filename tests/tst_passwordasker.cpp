#include "support/memorykeyring.h"
#include "ui/postgres/passwordasker.h"
#include "ui/postgres/passworddialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <atomic>
#include <future>
#include <memory>

using namespace eventloupe;

namespace {

const QString place = QStringLiteral("postgresql://ada@db/shop");

PasswordRequest request(bool wasRefused = false)
{
    return { place, QStringLiteral("user ada on db, database shop"), wasRefused };
}

/// The dialog that is open; null where none is.
PasswordDialog* dialog()
{
    for (auto* widget : QApplication::topLevelWidgets())
        if (auto* found = qobject_cast<PasswordDialog*>(widget); found && found->isVisible())
            return found;
    return nullptr;
}

PasswordDialog* awaitDialog()
{
    PasswordDialog* shown = nullptr;
    [[maybe_unused]] const bool isThere
        = QTest::qWaitFor([&shown] { return (shown = dialog()) != nullptr; }, 10'000);
    return shown;
}

void type(PasswordDialog& shown, const QString& secret)
{
    shown.findChild<QLineEdit*>(QStringLiteral("passwordField"))->setText(secret);
}

} // namespace

/// A connection asks on its own thread; a person answers in the window, or the keyring does.
class PasswordAskerTest final : public QObject {
    Q_OBJECT

private:
    using Answer = std::optional<QByteArray>;

    static std::future<Answer> ask(const PasswordAsker& asker, const PasswordRequest& about)
    {
        return std::async(std::launch::async, asker.prompt(), about);
    }

    static bool awaitAnswer(std::future<Answer>& answer)
    {
        return QTest::qWaitFor(
            [&answer] {
                return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
            },
            10'000);
    }

private slots:
    void givesWhatIsTypedToTheThreadThatAsked()
    {
        PasswordAsker asker(std::make_shared<MemoryKeyring>());
        auto answer = ask(asker, request());
        auto* shown = awaitDialog();
        QVERIFY(shown);
        type(*shown, QStringLiteral("söcret"));
        shown->accept();
        QVERIFY(awaitAnswer(answer));
        QCOMPARE(answer.get(), Answer("söcret"));
    }

    void neverWaitsOnTheThreadOfTheWindow()
    {
        PasswordAsker asker(std::make_shared<MemoryKeyring>());
        QCOMPARE(asker.prompt()(request()), Answer());
    }

    void takesWhatTheKeyringHasWithoutAsking()
    {
        const auto keyring = std::make_shared<MemoryKeyring>();
        keyring->kept.insert(place, "kept");
        PasswordAsker asker(keyring);
        auto answer = ask(asker, request());
        QVERIFY(awaitAnswer(answer));
        QCOMPARE(answer.get(), Answer("kept"));
        QVERIFY(!dialog());
    }

    void asksAgainWhereTheServerRefusedAndSaysSo()
    {
        const auto keyring = std::make_shared<MemoryKeyring>();
        keyring->kept.insert(place, "stale");
        PasswordAsker asker(keyring);
        auto answer = ask(asker, request(true));
        auto* shown = awaitDialog();
        QVERIFY(shown);
        QVERIFY(shown->findChild<QWidget*>(QStringLiteral("passwordRefused"))->isVisible());
        shown->reject();
        QVERIFY(awaitAnswer(answer));
        QCOMPARE(answer.get(), Answer());
    }

    void keepsOnlyWhatTheServerTook()
    {
        const auto keyring = std::make_shared<MemoryKeyring>();
        PasswordAsker asker(keyring);
        auto answer = ask(asker, request());
        auto* shown = awaitDialog();
        QVERIFY(shown);
        auto* keep = shown->findChild<QCheckBox*>(QStringLiteral("keepPassword"));
        QVERIFY(keep->isEnabled());
        QVERIFY(!keep->isChecked());
        keep->setChecked(true);
        type(*shown, QStringLiteral("right"));
        shown->accept();
        QVERIFY(awaitAnswer(answer));
        QVERIFY(keyring->kept.isEmpty());
        asker.keepWhatWorked();
        QCOMPARE(keyring->kept.value(place), QByteArray("right"));
    }

    void doesNotKeepWhatWasRefused()
    {
        const auto keyring = std::make_shared<MemoryKeyring>();
        PasswordAsker asker(keyring);
        auto first = ask(asker, request());
        auto* shown = awaitDialog();
        QVERIFY(shown);
        shown->findChild<QCheckBox*>(QStringLiteral("keepPassword"))->setChecked(true);
        type(*shown, QStringLiteral("wrong"));
        shown->accept();
        QVERIFY(awaitAnswer(first));
        auto second = ask(asker, request(true));
        QVERIFY(QTest::qWaitFor([] { return dialog() != nullptr; }, 10'000));
        dialog()->reject();
        QVERIFY(awaitAnswer(second));
        asker.keepWhatWorked();
        QVERIFY(keyring->kept.isEmpty());
    }

    void saysWhyNothingCanBeKept()
    {
        const auto keyring = std::make_shared<MemoryKeyring>();
        keyring->missing = QStringLiteral("There is no keyring here.");
        PasswordAsker asker(keyring);
        auto answer = ask(asker, request());
        auto* shown = awaitDialog();
        QVERIFY(shown);
        QVERIFY(!shown->findChild<QCheckBox*>(QStringLiteral("keepPassword"))->isEnabled());
        QCOMPARE(
            shown->findChild<QLabel*>(QStringLiteral("keyringNote"))->text(), keyring->missing);
        QVERIFY(!shown->findChild<QPushButton*>(QStringLiteral("forgetPassword"))->isVisible());
        shown->reject();
        QVERIFY(awaitAnswer(answer));
    }

    void forgetsWhatIsKept()
    {
        const auto keyring = std::make_shared<MemoryKeyring>();
        keyring->kept.insert(place, "old");
        PasswordAsker asker(keyring);
        auto answer = ask(asker, request(true));
        auto* shown = awaitDialog();
        QVERIFY(shown);
        auto* forget = shown->findChild<QPushButton*>(QStringLiteral("forgetPassword"));
        QVERIFY(forget->isVisible());
        forget->click();
        QVERIFY(QTest::qWaitFor([forget] { return !forget->isEnabled(); }, 10'000));
        QVERIFY(keyring->kept.isEmpty());
        shown->reject();
        QVERIFY(awaitAnswer(answer));
    }

    void asksNoMoreOnceItWasDeclinedUntilThatIsWanted()
    {
        PasswordAsker asker(std::make_shared<MemoryKeyring>());
        auto first = ask(asker, request());
        auto* shown = awaitDialog();
        QVERIFY(shown);
        shown->reject();
        QVERIFY(awaitAnswer(first));
        auto second = ask(asker, request());
        QVERIFY(awaitAnswer(second));
        QCOMPARE(second.get(), Answer());
        asker.cancel();
        auto third = ask(asker, request());
        QVERIFY(awaitDialog());
        dialog()->reject();
        QVERIFY(awaitAnswer(third));
    }

    void letsWhoWaitsGoWhenItIsClosed()
    {
        PasswordAsker asker(std::make_shared<MemoryKeyring>());
        auto answer = ask(asker, request());
        QVERIFY(awaitDialog());
        asker.cancel();
        QVERIFY(!dialog());
        QVERIFY(awaitAnswer(answer));
        QCOMPARE(answer.get(), Answer());
    }

    // Whoever joins the thread next would wait for ever. No event is handled in between.
    void letsWhoWaitsGoWhenTheProgramEnds()
    {
        auto asker = std::make_unique<PasswordAsker>(std::make_shared<MemoryKeyring>());
        const PasswordPrompt prompt = asker->prompt();
        auto answer = ask(*asker, request());
        QVERIFY(awaitDialog());
        asker.reset();
        QCOMPARE(answer.get(), Answer());
        QCOMPARE(std::async(std::launch::async, prompt, request()).get(), Answer());
    }

    void showsWhatIsTypedNowhere()
    {
        const QString secret = QStringLiteral("hunter2-in-view");
        PasswordAsker asker(std::make_shared<MemoryKeyring>());
        auto answer = ask(asker, request());
        auto* shown = awaitDialog();
        QVERIFY(shown);
        type(*shown, secret);
        auto* field = shown->findChild<QLineEdit*>(QStringLiteral("passwordField"));
        QVERIFY(!field->displayText().contains(secret));
        for (const auto* label : shown->findChildren<QLabel*>())
            QVERIFY(!label->text().contains(secret));
        QVERIFY(!shown->windowTitle().contains(secret));
        shown->accept();
        QVERIFY(awaitAnswer(answer));
        QVERIFY(QTest::qWaitFor([] { return dialog() == nullptr; }, 10'000));
    }
};

QTEST_MAIN(PasswordAskerTest)
#include "tst_passwordasker.moc"
