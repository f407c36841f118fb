#include "ui/command/commandpicker.h"

#include "ui/base/plaintext.h"
#include "ui/command/fieldspec.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QStandardItemModel>

namespace eventloupe {

namespace {

QString groupOf(const Workspace& workspace, const CommandDefinition& command)
{
    const auto* aggregate = workspace.aggregate(command.category);
    if (aggregate != nullptr && !aggregate->title.isEmpty())
        return aggregate->title;
    return command.category.isEmpty() ? CommandPicker::tr("Other") : readableName(command.category);
}

} // namespace

CommandPicker::CommandPicker(QWidget* parent)
    : QWidget(parent)
    , m_combo(new QComboBox(this))
    , m_description(new PlainLabel(this))
{
    m_combo->setObjectName(u"commandCombo"_qs);
    m_combo->setAccessibleName(tr("Command"));
    m_combo->setToolTip(tr("The command to issue"));
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_combo->setMaxVisibleItems(30);
    m_description->setObjectName(u"commandDescription"_qs);
    m_description->setElided(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->addWidget(m_combo);
    row->addWidget(m_description, 1);
    connect(m_combo, &QComboBox::currentIndexChanged, this, [this] {
        describe();
        emit picked(current());
    });
}

void CommandPicker::setWorkspace(const std::shared_ptr<const Workspace>& workspace)
{
    const auto kept = current();
    m_workspace = workspace;
    {
        const QSignalBlocker quiet(m_combo);
        fill();
        if (!select(kept) && m_combo->count() > 0)
            select(m_workspace->commands().constFirst().name);
    }
    describe();
    emit picked(current());
}

void CommandPicker::fill()
{
    m_combo->clear();
    QStringList groups;
    for (const auto& command : m_workspace->commands()) {
        const auto group = groupOf(*m_workspace, command);
        if (!groups.contains(group))
            groups.append(group);
    }
    for (const auto& group : groups) {
        if (groups.size() > 1)
            addGroup(group);
        for (const auto& command : m_workspace->commands()) {
            if (groupOf(*m_workspace, command) == group)
                m_combo->addItem(visibleText(command.title.isEmpty() ? readableName(command.name)
                                                                     : command.title),
                    command.name);
        }
    }
}

void CommandPicker::addGroup(const QString& title)
{
    m_combo->addItem(visibleText(title));
    auto* items = qobject_cast<QStandardItemModel*>(m_combo->model());
    auto* heading = items->item(m_combo->count() - 1);
    heading->setFlags(Qt::NoItemFlags);
    auto bold = m_combo->font();
    bold.setBold(true);
    heading->setFont(bold);
}

QString CommandPicker::current() const
{
    return m_combo->currentData().toString();
}

bool CommandPicker::select(const QString& name)
{
    const int row = name.isEmpty() ? -1 : m_combo->findData(name);
    if (row >= 0)
        m_combo->setCurrentIndex(row);
    return row >= 0;
}

QWidget* CommandPicker::focusTarget() const
{
    return m_combo;
}

void CommandPicker::describe()
{
    const auto* command = m_workspace ? m_workspace->command(current()) : nullptr;
    m_description->setText(command != nullptr ? command->description.simplified() : QString());
}

} // namespace eventloupe
