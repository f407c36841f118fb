#include "ui/postgres/serverform.h"

#include "store/storesecrets.h"
#include "ui/base/plaintext.h"
#include "ui/postgres/tlsmodes.h"
#include "value/storelocation.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>

namespace eventloupe {

ServerForm::ServerForm(QWidget* parent)
    : QWidget(parent)
    , m_kind(new QComboBox(this))
    , m_address(new QLineEdit(this))
    , m_service(new QComboBox(this))
    , m_tls(new QComboBox(this))
    , m_promise(new PlainLabel(this))
{
    build();
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        m_fields.others.clear(); // The other kind knows none of them.
        fit();
        fieldTyped();
    });
    connect(m_address, &QLineEdit::textEdited, this, &ServerForm::addressTyped);
    connect(m_address, &QLineEdit::editingFinished, this, &ServerForm::takeSecret);
    connect(m_service, &QComboBox::editTextChanged, this, &ServerForm::fieldTyped);
    connect(m_tls, &QComboBox::currentIndexChanged, this, &ServerForm::fieldTyped);
    connect(m_tls, &QComboBox::currentIndexChanged, this, &ServerForm::showPromise);
    fit();
    fieldTyped();
}

// A field that has the keyboard finishes its editing when the form goes, of which there is no more
// than a QWidget by then.
ServerForm::~ServerForm()
{
    m_address->disconnect(this);
}

void ServerForm::build()
{
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_kind->setObjectName(QStringLiteral("serverKind"));
    m_kind->setAccessibleName(tr("Kind of server"));
    m_kind->addItem(tr("PostgreSQL"));
    m_kind->addItem(tr("MySQL or MariaDB, to read other libraries' stores"));
    form->addRow(tr("&Kind:"), m_kind);
    m_address->setObjectName(QStringLiteral("serverAddress"));
    m_address->setAccessibleName(tr("Address"));
    form->addRow(tr("&Address:"), m_address);
    m_hosts
        = addField("serverHosts", tr("&Host(s):"), tr("db1.example.org,db2.example.org"), *form);
    m_ports = addField("serverPorts", tr("&Port:"), tr("5432"), *form);
    m_database = addField("serverDatabase", tr("&Database:"), tr("as the user's name"), *form);
    m_user = addField("serverUser", tr("&User:"), tr("as you are called here"), *form);
    m_schema = addField("serverSchema", tr("S&chema:"), tr("found by itself"), *form);
    m_service->setObjectName(QStringLiteral("serverService"));
    m_service->setAccessibleName(tr("Service"));
    m_service->setToolTip(plainToolTip(
        tr("A section of pg_service.conf, which says all that the other fields leave open.")));
    m_service->setEditable(true);
    m_service->addItem(QString());
    m_service->addItems(serviceNames());
    m_service->lineEdit()->setPlaceholderText(tr("none"));
    auto* serviceLabel = new PlainLabel(tr("&Service:"), this);
    serviceLabel->setBuddy(m_service);
    form->addRow(serviceLabel, m_service);
    buildEncryption(*form);
    setFocusProxy(m_address);
}

void ServerForm::buildEncryption(QFormLayout& form)
{
    m_tls->setObjectName(QStringLiteral("serverTls"));
    m_tls->setAccessibleName(tr("Encryption"));
    form.addRow(tr("&Encryption:"), m_tls);
    m_promise->setObjectName(QStringLiteral("tlsPromise"));
    m_promise->setWordWrap(true);
    m_promise->setMinimumHeight(m_promise->fontMetrics().lineSpacing() * 2);
    m_promise->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    makeFaint(*m_promise);
    form.addRow(QString(), m_promise);
}

ServerKind ServerForm::kind() const
{
    return m_kind->currentIndex() > 0 ? ServerKind::MySql : ServerKind::PostgreSql;
}

void ServerForm::fit()
{
    const bool isMysql = kind() == ServerKind::MySql;
    auto* const form = static_cast<QFormLayout*>(layout());
    form->setRowVisible(m_schema, !isMysql);
    form->setRowVisible(m_service, !isMysql);
    m_address->setPlaceholderText(isMysql ? QStringLiteral("mysql://user@host:3306/database")
                                          : QStringLiteral("postgresql://user@host:5432/database"));
    m_hosts->setPlaceholderText(
        isMysql ? tr("db.example.org") : tr("db1.example.org,db2.example.org"));
    m_hosts->setToolTip(plainToolTip(isMysql
            ? tr("One host; a path is that of a socket of this machine.")
            : tr("Several hosts, with commas between them, are a primary and its standbys: "
                 "whichever answers is read, and the primary is written to. A folder is that "
                 "of a socket.")));
    m_ports->setPlaceholderText(isMysql ? tr("3306") : tr("5432"));
    m_database->setPlaceholderText(isMysql ? tr("all that may be read") : tr("as the user's name"));
    const QSignalBlocker blocker(m_tls);
    m_tls->clear();
    for (const TlsMode& mode : tlsModes(kind()))
        m_tls->addItem(mode.title, mode.name);
    showPromise();
}

QLineEdit* ServerForm::addField(
    const char* name, const QString& label, const QString& hint, QFormLayout& form)
{
    auto* field = new QLineEdit(this);
    field->setObjectName(QLatin1String(name));
    field->setAccessibleName(QString(label).remove(u'&').remove(u':'));
    field->setPlaceholderText(hint);
    form.addRow(label, field);
    connect(field, &QLineEdit::textEdited, this, &ServerForm::fieldTyped);
    return field;
}

void ServerForm::setLocation(const QString& location)
{
    m_address->setText(admitLocation(location));
    addressTyped(m_address->text());
}

QString ServerForm::location() const
{
    if (!m_problem.isEmpty())
        return {};
    const QString location = admitLocation(m_address->text().trimmed());
    // What was taken out of the address is for this server and user, whatever else was changed. As
    // it is typed, the host comes after it.
    const auto secret = secretOf(m_secretFrom);
    const auto from = ServerPlace::fromLocation(m_secretFrom);
    const bool isSame = from && from->fields.user == m_fields.user
        && (from->fields.hosts.isEmpty() || from->fields.hosts == m_fields.hosts);
    if (secret && isSame) {
        if (!secretOf(location))
            rememberSecret(location, *secret);
        m_secretFrom = location;
    }
    return location;
}

void ServerForm::addressTyped(const QString& text)
{
    // A password that is pasted, or ends with its '@', is on the screen no longer than this.
    const bool isPasted = text.size() - m_before.size() > 1;
    m_before = text;
    if (isPasted || text.endsWith(u'@'))
        takeSecret();
    const QString location = StoreLocation::split(m_address->text().trimmed()).text;
    const auto place = ServerPlace::fromLocation(location);
    if (place)
        fill(*place);
    setProblem(location.isEmpty() ? tr("Type an address, or fill in the fields.")
            : place               ? QString()
                                  : firstLine(place.error().message));
}

void ServerForm::takeSecret()
{
    const QString text = m_address->text();
    if (StoreLocation::split(text).secret.isEmpty())
        return;
    const QString admitted = admitLocation(text.trimmed());
    m_secretFrom = admitted;
    const auto cursor = std::min<qsizetype>(m_address->cursorPosition(), admitted.size());
    m_address->setText(admitted);
    m_address->setCursorPosition(
        text.endsWith(u'@') ? static_cast<int>(admitted.size()) : static_cast<int>(cursor));
    m_before = admitted;
    emit edited();
}

ServerFields ServerForm::typed() const
{
    ServerFields fields = m_fields;
    fields.hosts = m_hosts->text().trimmed();
    fields.ports = m_ports->text().trimmed();
    fields.database = m_database->text().trimmed();
    fields.user = m_user->text().trimmed();
    const bool isMysql = kind() == ServerKind::MySql;
    fields.schema = isMysql ? QString() : m_schema->text().trimmed();
    fields.service = isMysql ? QString() : m_service->currentText().trimmed();
    fields.sslMode = m_tls->currentData().toString();
    return fields;
}

void ServerForm::fieldTyped()
{
    m_fields = typed();
    m_before = ServerPlace { kind(), m_fields }.toLocation();
    if (m_fields == ServerFields())
        m_before.clear();
    m_address->setText(m_before);
    const auto read = ServerPlace::fromLocation(m_before);
    setProblem(m_before.isEmpty() ? tr("Type an address, or fill in the fields.")
            : read                ? QString()
                                  : firstLine(read.error().message));
}

void ServerForm::fill(const ServerPlace& place)
{
    const ServerFields& fields = place.fields;
    m_fields = fields;
    const QSignalBlocker kinds(m_kind);
    m_kind->setCurrentIndex(place.kind == ServerKind::MySql ? 1 : 0);
    fit();
    const QSignalBlocker service(m_service);
    const QSignalBlocker tls(m_tls);
    m_hosts->setText(fields.hosts);
    m_ports->setText(fields.ports);
    m_database->setText(fields.database);
    m_user->setText(fields.user);
    m_schema->setText(fields.schema);
    m_service->setEditText(fields.service);
    m_tls->setCurrentIndex(std::max(0, m_tls->findData(fields.sslMode)));
    showPromise();
}

void ServerForm::showPromise()
{
    m_promise->setText(tlsModes(kind()).value(m_tls->currentIndex()).promise);
}

void ServerForm::setProblem(const QString& problem)
{
    m_problem = problem;
    emit edited();
}

} // namespace eventloupe
