#include "app/cli/commandline.h"

#include "app/cli/terminalpassword.h"
#include "app/cli/verb.h"
#include "domain/nearname.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace eventloupe::cli {

namespace {

QList<Verb> verbs()
{
    return {
        initVerb(),
        importVerb(),
        exportVerb(),
        copyVerb(),
        logVerb(),
        streamsVerb(),
        stateVerb(),
        diffVerb(),
        blameVerb(),
        watchVerb(),
        plotVerb(),
        causationVerb(),
        exampleVerb(),
        commandVerb(),
        replayVerb(),
        projectionVerb(),
        branchVerb(),
        checkVerb(),
        describeVerb(),
        evalVerb(),
        validateVerb(),
        decodeVerb(),
        verifyVerb(),
        storesVerb(),
        reportVerb(),
        referenceVerb(),
    };
}

QStringList verbNames()
{
    QStringList names;
    for (const auto& verb : verbs())
        names.append(verb.name);
    return names;
}

/// Whether a word is one of Qt's own options, which come before the window's.
bool isOptionOfQt(const QString& word)
{
    static const QRegularExpression options(QStringLiteral(
        "^--?(platform|platformpluginpath|platformtheme|plugin|style|stylesheet|widgetcount|reverse"
        "|session|display|geometry|qwindow(geometry|icon|title)|dialogs|nograb|dograb|sync"
        "|fontengine|qmljsdebugger|title|icon|name|psn_[0-9_]+)(=.*)?$"));
    return options.match(word).hasMatch();
}

/// What is wrong with a word that is no verb, though nothing else may stand there.
QString noVerbText(const QStringList& words)
{
    const auto first = words.value(0);
    if (first.startsWith(u'-')) {
        const auto near = didYouMean(first,
            { QStringLiteral("--help"), QStringLiteral("--version"), QStringLiteral("--tour") });
        const auto verb = first.mid(first.startsWith(u"--") ? 2 : 1);
        return tr("there is no option '%1'").arg(first)
            + (near.isEmpty() ? didYouMean(verb, verbNames()) : near);
    }
    if (QFileInfo::exists(first))
        return tr("'%1' is a file or folder, and no verb; the window opens one store at a time")
            .arg(first);
    return tr("there is no verb or file '%1'").arg(first) + didYouMean(first, verbNames());
}

QString column(const QString& text)
{
    constexpr int width = 22;
    return QStringLiteral("  %1 ").arg(text, -width);
}

QString programHelp()
{
    auto help = tr("Usage: eventloupe [STORE]          the window\n"
                   "       eventloupe VERB ...         without a window\n\n"
                   "STORE is a .eventlog file, a workspace folder, whose store it then is, the\n"
                   "SQLite file of another library's event store, which is read as it is, or a\n"
                   "postgresql:// or mysql:// URI.\n\n"
                   "Verbs:\n");
    for (const auto& verb : verbs())
        help += column(verb.name) + verb.summary + u'\n';
    help += u'\n' + tr("Options:\n");
    help += column(QStringLiteral("--help")) + tr("This text; after a verb, the verb's\n");
    help += column(QStringLiteral("--version")) + tr("The program's version\n");
    help += column(QStringLiteral("--tour DIR"))
        + tr("Drives the window by itself, with a picture of each step in DIR\n");
    help += u'\n' + tr("Exit: 0 done, 1 refused or failed, 2 wrong usage.\n");
    return help;
}

QString verbHelp(const Verb& verb)
{
    auto help = tr("Usage: eventloupe %1 %2\n\n%3\n").arg(verb.name, verb.synopsis, verb.summary);
    if (!verb.details.isEmpty())
        help += u'\n' + verb.details + u'\n';
    if (!verb.options.isEmpty())
        help += u'\n' + tr("Options:\n");
    for (const auto& option : verb.options) {
        auto name = option.letter.isNull() ? QString() : QStringLiteral("-%1, ").arg(option.letter);
        name += QStringLiteral("--") + option.name;
        if (!option.value.isEmpty())
            name += u' ' + option.value;
        help += column(name) + option.help + u'\n';
    }
    return help;
}

int print(Terminal& terminal, const QString& text)
{
    const auto bytes = text.toUtf8();
    terminal.write({ bytes.constData(), size_t(bytes.size()) });
    return terminal.finish(Done);
}

int runVerb(const Verb& verb, const QStringList& words, Terminal& terminal)
{
    terminal.setVerb(verb.name);
    auto options = verb.options;
    options.append({ QStringLiteral("help"), {}, {} });
    const auto arguments = Arguments::parse(words, options, verb.handsOn);
    if (!arguments)
        return terminal.misuse(arguments.error().message);
    if (arguments->has(QStringLiteral("help")))
        return print(terminal, verbHelp(verb));
    const auto count = arguments->words().size();
    if (count < verb.least || (verb.most >= 0 && count > verb.most)) {
        return terminal.misuse((count < verb.least ? tr("something is missing: eventloupe %1 %2")
                                                   : tr("too many words: eventloupe %1 %2"))
                                   .arg(verb.name, verb.synopsis));
    }
    return terminal.finish(verb.run(*arguments, terminal));
}

} // namespace

bool isForCommandLine(const QStringList& words)
{
    const auto first = words.value(0);
    if (first == u"--help" || first == u"-h" || first == u"help" || first == u"--version")
        return true;
    // The window takes one word; more of them are a verb that is misspelt.
    if (words.size() > 1 && !first.startsWith(u'-') && !words.at(1).startsWith(u'-'))
        return true;
    // So is a word that names no file and does not look as if it did.
    static const QRegularExpression plainWord(QStringLiteral("^[a-z]+$"));
    const bool isMisspelt = first.startsWith(u'-')
        ? !isOptionOfQt(first) && (first != u"--tour" || words.size() != 2)
        : plainWord.match(first).hasMatch();
    if (isMisspelt && !QFileInfo::exists(first))
        return true;
    const auto known = verbs();
    return std::any_of(
        known.begin(), known.end(), [&](const Verb& verb) { return verb.name == first; });
}

int runInnerVerb(const QStringList& words, Terminal& terminal)
{
    for (const auto& verb : verbs())
        if (verb.name == words.value(0))
            return runVerb(verb, words.mid(1), terminal);
    return terminal.misuse(tr("there is no verb '%1'").arg(words.value(0))
        + didYouMean(words.value(0), verbNames()));
}

int runCommandLine(const QStringList& words)
{
    Terminal terminal;
    setPasswordPrompt(askOnTerminal);
    const auto first = words.value(0);
    if (first == u"--version")
        return print(terminal,
            QStringLiteral("eventloupe %1\n").arg(QCoreApplication::applicationVersion()));
    for (const auto& verb : verbs()) {
        if (verb.name == first)
            return runVerb(verb, words.mid(1), terminal);
        if (first == u"help" && verb.name == words.value(1))
            return print(terminal, verbHelp(verb));
    }
    if (first == u"--help" || first == u"-h" || first == u"help")
        return print(terminal, programHelp());
    if (first == u"--tour")
        return terminal.misuse(tr("--tour needs a folder for its pictures: eventloupe --tour DIR"));
    return terminal.misuse(noVerbText(words));
}

} // namespace eventloupe::cli
