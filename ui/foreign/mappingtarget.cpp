#include "ui/foreign/mappingtarget.h"

#include "foreign/foreignstores.h"
#include "foreign/mappingproposal.h"
#include "ui/base/filedialog.h"
#include "ui/base/plaintext.h"
#include "value/jsonvalue.h"
#include "value/privatefile.h"

#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QRegularExpression>
#include <QSaveFile>

#include <utility>

namespace eventloupe {

MappingTarget::MappingTarget(QString workspace, QString own, QWidget* parent)
    : QWidget(parent)
    , m_workspace(std::move(workspace))
    , m_own(std::move(own))
    , m_name(new QLineEdit(this))
    , m_where(new QComboBox(this))
{
    m_name->setObjectName(QStringLiteral("mappingName"));
    m_name->setAccessibleName(tr("Name of the mapping"));
    m_where->setObjectName(QStringLiteral("mappingWhere"));
    m_where->setAccessibleName(tr("Where the mapping is saved"));
    if (!m_workspace.isEmpty())
        m_where->addItem(
            tr("in the workspace %1").arg(visibleText(QFileInfo(m_workspace).fileName())),
            InWorkspace);
    m_where->addItem(tr("among my own mappings"), InOwn);
    m_where->addItem(tr("in a new workspace…"), InNewWorkspace);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* label = new PlainLabel(tr("&Save it as"), this);
    label->setBuddy(m_name);
    layout->addWidget(label);
    layout->addWidget(m_name, 1);
    layout->addWidget(m_where, 1);
    connect(m_name, &QLineEdit::textEdited, this, [this] {
        m_isNamed = true;
        emit edited();
    });
    connect(m_where, &QComboBox::activated, this, [this] {
        if (where() == InNewWorkspace)
            askFolder();
        emit edited();
    });
}

MappingTarget::Where MappingTarget::where() const
{
    return static_cast<Where>(m_where->currentData().toInt());
}

void MappingTarget::askFolder()
{
    const QPointer<MappingTarget> self(this);
    const QString folder = askSaveFileName(this, tr("New Workspace: a New Folder"),
        QDir::homePath() + u'/' + m_name->text(), tr("Folders (*)"),
        QFileDialog::DontConfirmOverwrite);
    if (!self)
        return;
    if (folder.isEmpty() && m_newFolder.isEmpty()) {
        m_where->setCurrentIndex(0);
        return;
    }
    if (!folder.isEmpty())
        m_newFolder = folder;
    m_where->setItemText(m_where->currentIndex(),
        tr("in a new workspace: %1").arg(visibleText(QFileInfo(m_newFolder).fileName())));
}

void MappingTarget::setName(const QString& name, const QString& title)
{
    if (m_isNamed)
        return;
    m_name->setText(name);
    m_name->setToolTip(plainToolTip(title));
}

QString MappingTarget::problem() const
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"));
    if (!plain.match(m_name->text().trimmed()).hasMatch())
        return tr("Give the mapping a name of letters, digits, '-' and '_'.");
    return {};
}

MappingTarget::Place MappingTarget::place(
    const StoreProfile& mapping, const QString& location) const
{
    Place place { mapping, m_own, {} };
    place.mapping.name = m_name->text().trimmed();
    if (where() == InWorkspace) {
        place.folder = m_workspace;
    } else if (where() == InNewWorkspace) {
        place.folder = m_newFolder;
        place.store = ForeignLocation { location, place.mapping.name }.text();
    }
    return place;
}

Result<QString> MappingTarget::save(const Place& place, const QString& location)
{
    const QString description = place.folder + QStringLiteral("/workspace.json");
    if (!place.store.isEmpty() && QFileInfo::exists(description))
        return Error { ErrorCode::AlreadyExists,
            tr("%1 is a workspace already. Choose a new folder.")
                .arg(QDir::toNativeSeparators(place.folder)) };
    const auto saved = saveMapping(place.mapping, place.folder);
    if (!saved)
        return saved.error();
    if (place.store.isEmpty())
        return ForeignLocation { location, place.mapping.name }.text();
    auto root = JsonValue::emptyObject();
    root.insert("name", JsonValue::fromString(QFileInfo(place.folder).fileName()));
    root.insert("store", JsonValue::fromString(place.store));
    QSaveFile file(description);
    if (!file.open(QIODevice::WriteOnly) || file.write(root.toIndentedJson() + '\n') < 0
        || !file.commit())
        return Error { ErrorCode::InputOutput,
            tr("%1 cannot be written: %2").arg(description, file.errorString()) };
    giveSharedMode(description);
    return place.folder;
}

} // namespace eventloupe
