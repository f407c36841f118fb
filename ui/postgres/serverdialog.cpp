#include "ui/postgres/serverdialog.h"

#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"
#include "ui/postgres/serverform.h"
#include "value/aside.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace eventloupe {

ServerDialog::ServerDialog(Look look, const QStringList& recent, QWidget* parent)
    : QDialog(parent)
    , m_look(std::move(look))
    , m_form(new ServerForm(this))
    , m_recent(new QComboBox(this))
    , m_problem(new InfoBar(this))
    , m_report(new QWidget(this))
{
    setObjectName(QStringLiteral("serverDialog"));
    setWindowTitle(tr("Open Database Server"));
    m_recent->setObjectName(QStringLiteral("serverRecent"));
    m_recent->setAccessibleName(tr("Recent servers"));
    m_recent->addItem(tr("Recent servers…"));
    for (const QString& location : recent)
        m_recent->addItem(visibleText(location), location);
    m_recent->setVisible(!recent.isEmpty());
    m_problem->setObjectName(QStringLiteral("serverProblem"));
    buildReport();

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_open = buttons->addButton(tr("&Open"), QDialogButtonBox::AcceptRole);
    m_open->setObjectName(QStringLiteral("openServer"));
    m_open->setDefault(true);
    m_test = buttons->addButton(tr("&Test"), QDialogButtonBox::ActionRole);
    m_test->setObjectName(QStringLiteral("testServer"));
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_recent);
    layout->addWidget(m_form);
    layout->addWidget(m_problem);
    layout->addWidget(m_report);
    layout->addStretch();
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 84, sizeHint().height());

    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_test, &QPushButton::clicked, this, &ServerDialog::test);
    connect(m_form, &ServerForm::edited, this, &ServerDialog::review);
    connect(m_recent, &QComboBox::activated, this, [this](int row) {
        if (row > 0)
            m_form->setLocation(m_recent->itemData(row).toString());
    });
    review();
    m_form->setFocus();
}

ServerDialog::~ServerDialog()
{
    m_testing.cancel();
}

void ServerDialog::buildReport()
{
    m_report->setObjectName(QStringLiteral("serverReport"));
    auto* form = new QFormLayout(m_report);
    form->setContentsMargins(0, 6, 0, 0);
    const std::array captions { tr("Server"), tr("Role"), tr("Connected as"), tr("Transport"),
        tr("Event stores") };
    static_assert(captions.size() == RowCount);
    for (std::size_t i = 0; i < captions.size(); ++i) {
        auto* value = new PlainLabel(m_report);
        value->setWordWrap(true);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        auto* caption = new PlainLabel(captions.at(i), m_report);
        makeFaint(*caption);
        form->addRow(caption, value);
        m_rows.at(i) = value;
    }
    m_report->hide();
}

QString ServerDialog::location() const
{
    return m_form->location();
}

/// What was tested is no longer what is typed.
void ServerDialog::review()
{
    m_testing.cancel();
    setTesting(false);
    m_report->hide();
    m_problem->hide();
    const QString problem = m_form->problem();
    m_open->setEnabled(problem.isEmpty());
    m_open->setToolTip(plainToolTip(visibleText(problem)));
    m_test->setEnabled(problem.isEmpty());
    if (!problem.isEmpty() && m_form->isVisible())
        m_problem->show(InfoBar::Kind::Information, visibleText(problem));
    else if (m_form->hasTakenSecret())
        m_problem->show(InfoBar::Kind::Information,
            tr("The password was taken out of the address. It is known until the program ends, and "
               "written nowhere."));
}

void ServerDialog::test()
{
    const QString location = m_form->location();
    if (m_isTesting || location.isEmpty()) {
        review();
        return;
    }
    m_testing = CancelToken();
    m_report->hide();
    setTesting(true);
    emit testBegan();
    runAside(
        this, [look = m_look, location, cancel = m_testing] { return look(location, cancel); },
        [this, cancel = m_testing](const Result<ServerReport>& report) {
            if (cancel.isCancelled())
                return;
            setTesting(false);
            if (report)
                showReport(*report);
            else
                showFailure(report.error());
        });
}

void ServerDialog::setTesting(bool isTesting)
{
    m_isTesting = isTesting;
    m_test->setText(isTesting ? tr("Stop the &Test") : tr("&Test"));
    if (isTesting)
        m_problem->show(InfoBar::Kind::Information, tr("Connecting…"));
}

void ServerDialog::setRow(int row, const QString& text)
{
    m_rows.at(static_cast<std::size_t>(row))->setText(visibleText(text));
}

void ServerDialog::showReport(const ServerReport& report)
{
    m_problem->hide();
    setRow(Server, tr("%1, %2").arg(report.server.name, report.server.version));
    setRow(Role,
        report.isOnlyRead             ? tr("other libraries' stores are read there, never written")
            : report.server.isStandby ? tr("standby: can only be read")
                                      : tr("primary: can be read and written"));
    setRow(Account, tr("%1, database %2").arg(report.user, report.database));
    setRow(Transport, report.server.transport);
    setRow(Stores,
        report.recognised.isEmpty() ? tr("none was recognised")
                                    : report.recognised.join(QStringLiteral("; ")));
    m_report->show();
    // What is said may take several lines.
    resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
    emit testWorked();
}

void ServerDialog::showFailure(const Error& error)
{
    m_problem->show(InfoBar::Kind::Failure, visibleText(error.message));
}

void ServerDialog::done(int result)
{
    m_testing.cancel();
    QDialog::done(result);
}

} // namespace eventloupe
