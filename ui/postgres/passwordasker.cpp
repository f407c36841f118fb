#include "ui/postgres/passwordasker.h"

#include "ui/postgres/keyring.h"
#include "ui/postgres/passworddialog.h"
#include "value/aside.h"

#include <QThread>
#include <QWidget>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

namespace eventloupe {

struct PasswordAsker::Question {
    PasswordRequest request;
    std::optional<QByteArray> secret;
    bool isAnswered = false;
};

struct PasswordAsker::Desk {
    std::mutex mutex; ///< Guards all, and the questions.
    std::condition_variable answered;
    std::vector<std::shared_ptr<Question>> waiting;
    PasswordAsker* asker = nullptr; ///< Null once it is gone.

    bool isOpen(const Question& question)
    {
        const std::lock_guard lock(mutex);
        return !question.isAnswered;
    }
    void letGo()
    {
        const std::lock_guard lock(mutex);
        for (const auto& each : waiting)
            each->isAnswered = true;
        waiting.clear();
        answered.notify_all();
    }
};

PasswordAsker::PasswordAsker(std::shared_ptr<Keyring> keyring, QObject* parent)
    : QObject(parent)
    , m_keyring(std::move(keyring))
    , m_desk(std::make_shared<Desk>())
{
    m_desk->asker = this;
}

PasswordAsker::~PasswordAsker()
{
    {
        const std::lock_guard lock(m_desk->mutex);
        m_desk->asker = nullptr;
    }
    cancel();
}

PasswordPrompt PasswordAsker::prompt() const
{
    return [desk = m_desk](const PasswordRequest& request) -> std::optional<QByteArray> {
        const auto question = std::make_shared<Question>();
        question->request = request;
        std::unique_lock lock(desk->mutex);
        // On the GUI thread, waiting would be for ever.
        if (!desk->asker || desk->asker->thread() == QThread::currentThread())
            return std::nullopt;
        desk->waiting.push_back(question);
        QMetaObject::invokeMethod(
            desk->asker, [asker = desk->asker, question] { asker->take(question); },
            Qt::QueuedConnection);
        desk->answered.wait(lock, [&question] { return question->isAnswered; });
        return question->secret;
    };
}

void PasswordAsker::setWindow(QWidget* window)
{
    m_window = window;
}

void PasswordAsker::cancel()
{
    m_declined.clear();
    m_desk->letGo();
    closeDialog();
}

void PasswordAsker::keepWhatWorked()
{
    for (auto kept = m_toKeep.cbegin(); kept != m_toKeep.cend(); ++kept)
        m_keyring->write(kept.key(), kept.value(), this, [this](const QString& fault) {
            if (!fault.isEmpty())
                emit keepingFailed(fault);
        });
    m_toKeep.clear();
}

void PasswordAsker::take(const std::shared_ptr<Question>& question)
{
    if (!m_desk->isOpen(*question))
        return;
    m_toKeep.remove(question->request.location);
    if (m_declined.contains(question->request.location)) {
        answer(*question, {});
        return;
    }
    runAside(
        this, [keyring = m_keyring] { return keyring->obstacle(); },
        [this, question](const QString& obstacle) { lookInKeyring(question, obstacle); });
}

void PasswordAsker::lookInKeyring(
    const std::shared_ptr<Question>& question, const QString& obstacle)
{
    if (!obstacle.isEmpty()) {
        show(question, obstacle, false);
        return;
    }
    m_keyring->read(
        question->request.location, this, [this, question](const std::optional<QByteArray>& kept) {
            if (kept && !question->request.wasRefused)
                answer(*question, kept);
            else
                show(question, {}, kept.has_value());
        });
}

void PasswordAsker::show(
    const std::shared_ptr<Question>& question, const QString& obstacle, bool isKept)
{
    if (!m_desk->isOpen(*question))
        return;
    closeDialog();
    auto* dialog = new PasswordDialog(
        question->request, obstacle, isKept, m_window ? m_window->window() : nullptr);
    m_dialog = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PasswordDialog::forgetAsked, this, [this, question] {
        m_keyring->forget(question->request.location, this, [this](const QString& fault) {
            if (m_dialog)
                m_dialog->showForgotten(fault);
        });
    });
    connect(dialog, &QDialog::finished, this, [this, question, dialog](int result) {
        const bool isGiven = result == QDialog::Accepted;
        if (isGiven && dialog->isToBeKept())
            m_toKeep.insert(question->request.location, dialog->secret());
        if (!isGiven)
            m_declined.insert(question->request.location);
        answer(*question, isGiven ? std::optional(dialog->secret()) : std::nullopt);
    });
    dialog->open();
}

void PasswordAsker::answer(Question& question, const std::optional<QByteArray>& secret)
{
    const std::lock_guard lock(m_desk->mutex);
    if (question.isAnswered)
        return;
    question.secret = secret;
    question.isAnswered = true;
    std::erase_if(
        m_desk->waiting, [&question](const auto& each) { return each.get() == &question; });
    m_desk->answered.notify_all();
}

void PasswordAsker::closeDialog()
{
    if (m_dialog) {
        m_dialog->disconnect(this);
        delete m_dialog.data();
    }
}

} // namespace eventloupe
