#include "app/tour/tour.h"

#include "log/logcolumns.h"
#include "state/statecolumns.h"
#include "ui/time/timelineslider.h"

#include <QAbstractItemView>
#include <QAction>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QTimer>

namespace eventloupe {

namespace {

const QString createUser = QStringLiteral("Create user");
const QString renameUser = QStringLiteral("Rename user");

} // namespace

Tour::Tour(QWidget& window, const QDir& folder)
    : m_window(window)
    , m_driver(window, folder)
    , m_folder(folder)
{
}

int Tour::run()
{
    opensEmpty();
    createsUsers();
    renamesUser();
    dragsToEachPosition();
    rejectsCommand();
    stepsByKey();
    filters();
    exportsLog();
    changesTheme();
    return m_driver.differences();
}

void Tour::opensEmpty()
{
    m_driver.waitFor(QStringLiteral("the commands are offered"),
        [this] { return m_driver.find(QStringLiteral("commandCombo")) != nullptr; });
    m_driver.expect(QStringLiteral("events in a new store"), logTypes().join(u' '), QString());
    m_driver.picture(QStringLiteral("empty"));
}

void Tour::createsUsers()
{
    createsUser(QStringLiteral("Ada Lovelace"), QStringLiteral("ada@example.org"));
    createsUser(QStringLiteral("Grace Hopper"), QStringLiteral("grace@example.org"));
    createsUser(QStringLiteral("Barbara Liskov"), QStringLiteral("barbara@example.org"));
}

void Tour::createsUser(const QString& name, const QString& email)
{
    m_driver.choose(QStringLiteral("commandCombo"), createUser);
    auto* id = m_driver.find<QLineEdit>(QStringLiteral("field:/userId"));
    if (id == nullptr)
        return;
    m_driver.type(QStringLiteral("field:/name"), name);
    m_driver.type(QStringLiteral("field:/email"), email);
    const User user { QStringLiteral("user-") + id->text(), name, email };
    m_driver.picture(QStringLiteral("filled-") + email.section(u'@', 0, 0));
    m_driver.click(QStringLiteral("issueButton"));
    m_users.append(user);
    m_steps.append({ m_users.size() - 1, QStringLiteral("USER_CREATED"), name });
    waitForEvents(m_steps.size());
    m_driver.waitFor(QStringLiteral("the state shows ") + name,
        [&] { return stateField(QStringLiteral("name")) == name; });
    m_driver.expect(QStringLiteral("state's email"), stateField(QStringLiteral("email")), email);
    m_driver.picture(QStringLiteral("created-") + email.section(u'@', 0, 0));
}

void Tour::renamesUser()
{
    if (m_users.isEmpty())
        return;
    if (auto* streams = m_driver.find<QAbstractItemView>(QStringLiteral("streamView")))
        m_driver.clickRow(*streams, m_users.first().stream);
    m_driver.choose(QStringLiteral("commandCombo"), renameUser);
    auto* id = m_driver.find<QLineEdit>(QStringLiteral("field:/userId"));
    if (id == nullptr)
        return;
    m_driver.waitFor(QStringLiteral("the form takes the stream's user id"),
        [&] { return QStringLiteral("user-") + id->text() == m_users.first().stream; });
    const auto name = QStringLiteral("Ada King");
    m_driver.type(QStringLiteral("field:/name"), name);
    m_driver.click(QStringLiteral("issueButton"));
    m_steps.append({ 0, QStringLiteral("USER_RENAMED"), name });
    waitForEvents(m_steps.size());
    m_driver.waitFor(QStringLiteral("the state shows ") + name,
        [&] { return stateField(QStringLiteral("name")) == name; });
    m_driver.picture(QStringLiteral("renamed"));
}

void Tour::rejectsCommand()
{
    if (m_users.isEmpty())
        return;
    m_driver.choose(QStringLiteral("commandCombo"), createUser);
    const auto taken = m_users.first().stream.mid(5);
    m_driver.type(QStringLiteral("field:/userId"), taken);
    m_driver.type(QStringLiteral("field:/name"), QStringLiteral("Ada Again"));
    m_driver.type(QStringLiteral("field:/email"), QStringLiteral("again@example.org"));
    m_driver.click(QStringLiteral("issueButton"));
    auto* message = m_driver.find<QLabel>(QStringLiteral("formMessage"));
    if (message == nullptr)
        return;
    m_driver.waitFor(QStringLiteral("the form says that the user exists already"),
        [&] { return message->text().contains(QStringLiteral("exists already")); });
    if (auto* name = m_driver.find<QLineEdit>(QStringLiteral("field:/name")))
        m_driver.expect(
            QStringLiteral("what was typed stays"), name->text(), QStringLiteral("Ada Again"));
    waitForEvents(m_steps.size());
    m_driver.picture(QStringLiteral("rejected"));
}

void Tour::dragsToEachPosition()
{
    for (auto position = m_steps.size() - 1; position >= 0; --position) {
        checkPosition(position);
        m_driver.picture(QStringLiteral("at-%1").arg(position));
    }
    for (qsizetype position = 1; position <= m_steps.size(); ++position)
        checkPosition(position);
}

void Tour::checkPosition(qsizetype position)
{
    auto* slider = m_driver.find<TimelineSlider>(QStringLiteral("timelineSlider"));
    auto* caption = m_driver.find<QLabel>(QStringLiteral("cursorCaption"));
    if (slider == nullptr || caption == nullptr)
        return;
    m_driver.drag(*slider, slider->pointOf(slider->value()), slider->pointOf(position));
    const auto start = position == 0 ? QStringLiteral("before the first")
                                     : QStringLiteral("event %1 of %2, %3")
                                           .arg(position)
                                           .arg(m_steps.size())
                                           .arg(m_steps[position - 1].type);
    m_driver.waitFor(QStringLiteral("the caption reads \"%1\"").arg(start),
        [&] { return caption->text().startsWith(start, Qt::CaseInsensitive); });

    QStringList streams;
    for (qsizetype user = 0; user < m_users.size(); ++user)
        if (const auto name = nameAt(user, position); !name.isEmpty())
            streams.append(m_users[user].stream + u' ' + name);
    m_driver.waitFor(QStringLiteral("%1 streams exist at #%2").arg(streams.size()).arg(position),
        [&] { return streamsShown() == streams; });
    // The first user was picked in the stream list, so the state stays with it.
    m_driver.waitFor(QStringLiteral("the first user's name at #%1").arg(position),
        [&] { return stateField(QStringLiteral("name")) == nameAt(0, position); });
    m_driver.expect(QStringLiteral("name at #%1").arg(position), stateField(QStringLiteral("name")),
        nameAt(0, position));
}

void Tour::stepsByKey()
{
    auto* caption = m_driver.find<QLabel>(QStringLiteral("cursorCaption"));
    if (caption == nullptr)
        return;
    const auto reads = [&](qsizetype position) {
        return caption->text().startsWith(
            QStringLiteral("event %1 of").arg(position), Qt::CaseInsensitive);
    };
    m_driver.key(Qt::Key_Home, Qt::ControlModifier);
    m_driver.waitFor(QStringLiteral("Ctrl+Home goes to the first event"), [&] { return reads(1); });
    m_driver.key(Qt::Key_Down, Qt::ControlModifier);
    m_driver.waitFor(QStringLiteral("Ctrl+Down steps forward"), [&] { return reads(2); });
    m_driver.key(Qt::Key_Up, Qt::ControlModifier);
    m_driver.waitFor(QStringLiteral("Ctrl+Up steps back"), [&] { return reads(1); });
    m_driver.key(Qt::Key_End, Qt::ControlModifier);
    m_driver.waitFor(
        QStringLiteral("Ctrl+End goes to the head"), [&] { return reads(m_steps.size()); });
}

void Tour::filters()
{
    m_driver.type(QStringLiteral("filterEdit"), QStringLiteral("type == \"USER_RENAMED\""));
    m_driver.key(Qt::Key_Return);
    m_driver.waitFor(QStringLiteral("the filter leaves the renaming"),
        [this] { return logTypes() == QStringList { QStringLiteral("USER_RENAMED") }; });
    m_driver.picture(QStringLiteral("filtered"));
    m_driver.type(QStringLiteral("filterEdit"), QString());
    m_driver.key(Qt::Key_Return);
    waitForEvents(m_steps.size());
}

void Tour::exportsLog()
{
    const auto file = m_folder.absoluteFilePath(QStringLiteral("export.ndjson"));
    QFile::remove(file);
    // The dialog's part is begun before it, whether it runs an event loop of its own or not.
    QTimer::singleShot(0, &m_window, [this, file] {
        m_driver.type(QStringLiteral("exportFile"), file);
        m_driver.picture(QStringLiteral("export"));
        m_driver.click(QStringLiteral("exportButton"));
    });
    m_driver.key(Qt::Key_E, Qt::ControlModifier);
    m_driver.waitFor(
        QStringLiteral("export.ndjson is written"), [&] { return QFile::exists(file); });
    checkExport();
    m_driver.picture(QStringLiteral("exported"));
}

void Tour::checkExport()
{
    QFile file(m_folder.absoluteFilePath(QStringLiteral("export.ndjson")));
    if (!file.open(QIODevice::ReadOnly)) {
        m_driver.fail(QStringLiteral("export.ndjson cannot be read"));
        return;
    }
    qsizetype position = 0;
    while (!file.atEnd()) {
        const auto event = QJsonDocument::fromJson(file.readLine()).object();
        if (position >= m_steps.size()) {
            m_driver.fail(QStringLiteral("export.ndjson has too many lines"));
            return;
        }
        const auto& step = m_steps[position++];
        const auto text = [&](const char* key) { return event[QLatin1String(key)].toString(); };
        m_driver.expect(QStringLiteral("exported event %1").arg(position),
            QStringLiteral("%1 %2 %3")
                .arg(text("stream"), text("type"),
                    event[QLatin1String("data")].toObject()[QLatin1String("name")].toString()),
            QStringLiteral("%1 %2 %3").arg(m_users[step.user].stream, step.type, step.name));
    }
    m_driver.expect(QStringLiteral("exported lines"), QString::number(position),
        QString::number(m_steps.size()));
}

void Tour::changesTheme()
{
    for (const auto* theme : { "light", "dark" }) {
        const auto name = QStringLiteral("theme-") + QLatin1String(theme);
        if (auto* action = m_window.findChild<QAction*>(name)) {
            action->trigger();
            m_driver.picture(name);
        } else {
            m_driver.fail(QStringLiteral("there is no action ") + name);
        }
    }
}

QString Tour::nameAt(qsizetype user, qsizetype position) const
{
    QString name;
    for (qsizetype index = 0; index < position; ++index)
        if (m_steps[index].user == user)
            name = m_steps[index].name;
    return name;
}

QString Tour::stateField(const QString& field)
{
    auto* view = qobject_cast<QAbstractItemView*>(m_driver.visible(QStringLiteral("stateView")));
    if (view == nullptr)
        return {};
    const auto* model = view->model();
    const auto fieldColumn = static_cast<int>(StateColumn::Field);
    const auto valueColumn = static_cast<int>(StateColumn::Value);
    for (int row = 0; row < model->rowCount(); ++row) {
        const auto change
            = model->index(row, fieldColumn).data(FieldChangeRole).value<FieldChange>();
        if (change != FieldChange::Removed
            && model->index(row, fieldColumn).data().toString() == field)
            return model->index(row, valueColumn).data().toString();
    }
    return {};
}

QStringList Tour::streamsShown()
{
    QStringList names;
    if (auto* view
        = qobject_cast<QAbstractItemView*>(m_driver.visible(QStringLiteral("streamView")))) {
        const auto* model = view->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            const auto index = model->index(row, 0);
            const auto headline
                = index.siblingAtColumn(static_cast<int>(StreamColumn::Headline)).data();
            if (!index.data(IsCategoryRole).toBool())
                names.append(index.data(StreamNameRole).toString() + u' '
                    + headline.toString().section(QStringLiteral(" · "), 0, 0));
        }
    }
    return names;
}

QStringList Tour::logTypes()
{
    QStringList types;
    if (auto* view
        = qobject_cast<QAbstractItemView*>(m_driver.visible(QStringLiteral("logView")))) {
        const auto* model = view->model();
        for (int row = 0; row < model->rowCount(); ++row)
            types.append(model->index(row, static_cast<int>(LogColumn::Type)).data().toString());
    }
    return types;
}

void Tour::waitForEvents(qsizetype count)
{
    m_driver.waitFor(QStringLiteral("the log shows %1 events").arg(count), [&] {
        const auto types = logTypes();
        return types.size() == count && !types.contains(QString());
    });
    m_driver.expect(QStringLiteral("events in the log"), QString::number(logTypes().size()),
        QString::number(count));
}

} // namespace eventloupe
