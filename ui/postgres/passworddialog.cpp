#include "ui/postgres/passworddialog.h"

#include "ui/base/icons.h"
#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace eventloupe {

PasswordDialog::PasswordDialog(
    const PasswordRequest& request, const QString& obstacle, bool isKept, QWidget* parent)
    : QDialog(parent)
    , m_secret(new QLineEdit(this))
    , m_keep(new QCheckBox(tr("&Keep it in the keyring"), this))
    , m_forget(new QPushButton(tr("&Forget the Kept One"), this))
    , m_note(new PlainLabel(this))
{
    setObjectName(QStringLiteral("passwordDialog"));
    setWindowTitle(tr("Password"));
    auto* refused = new InfoBar(this);
    refused->setObjectName(QStringLiteral("passwordRefused"));
    auto* server = new PlainLabel(tr("Password of %1").arg(visibleText(request.server)), this);
    server->setWordWrap(true);
    makeHeading(*server);
    m_secret->setObjectName(QStringLiteral("passwordField"));
    m_secret->setAccessibleName(tr("Password"));
    m_secret->setEchoMode(QLineEdit::Password);
    m_keep->setObjectName(QStringLiteral("keepPassword"));
    m_keep->setEnabled(obstacle.isEmpty());
    m_keep->setChecked(isKept && obstacle.isEmpty());
    m_forget->setObjectName(QStringLiteral("forgetPassword"));
    m_forget->setAutoDefault(false);
    m_note->setWordWrap(true);
    m_note->setObjectName(QStringLiteral("keyringNote"));
    m_note->setText(obstacle.isEmpty()
            ? tr("Without it, the password is known until the program ends, and written nowhere.")
            : visibleText(obstacle));
    makeFaint(*m_note);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("C&onnect"));
    buttons->addButton(m_forget, QDialogButtonBox::ActionRole);
    m_forget->setVisible(isKept); // The box has shown it.
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_forget, &QPushButton::clicked, this, &PasswordDialog::forgetAsked);

    auto* form = new QFormLayout;
    form->addRow(tr("&Password:"), m_secret);
    form->addRow(QString(), m_keep);
    form->addRow(QString(), m_note);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(refused);
    layout->addWidget(server);
    layout->addLayout(form);
    layout->addStretch();
    layout->addWidget(buttons);
    if (request.wasRefused)
        refused->show(InfoBar::Kind::Warning, tr("The server refused the password."));
    resize(fontMetrics().averageCharWidth() * 64, sizeHint().height());
    m_secret->setFocus();
}

PasswordDialog::~PasswordDialog()
{
    m_secret->setText(QString(m_secret->text().size(), u'\0'));
    m_secret->clear();
}

QByteArray PasswordDialog::secret() const
{
    return m_secret->text().toUtf8();
}

bool PasswordDialog::isToBeKept() const
{
    return m_keep->isChecked();
}

void PasswordDialog::showForgotten(const QString& fault)
{
    m_forget->setEnabled(!fault.isEmpty());
    m_keep->setChecked(false);
    m_note->setText(fault.isEmpty()
            ? tr("The keyring has forgotten it.")
            : tr("The keyring did not forget it: %1").arg(visibleText(fault)));
}

} // namespace eventloupe
