#include "hostile/childrun.h"

#include <QFile>

#include <chrono>
#include <csignal>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace eventloupe {

namespace {

constexpr rlim_t mostProcessorSeconds = 120;
constexpr rlim_t mostAddresses = rlim_t(8) << 30U;

void limit(__rlimit_resource resource, rlim_t most)
{
    const rlimit limits { most, most };
    ::setrlimit(resource, &limits);
}

/// Between fork() and exec(): only what is safe there.
[[noreturn]] void become(char* const* words, int input, const char* folder)
{
    if (::chdir(folder) != 0)
        ::_exit(126);
    ::dup2(input, STDIN_FILENO);
    constexpr int mode = O_WRONLY | O_CREAT | O_TRUNC;
    ::dup2(::open("stdout", mode, 0600), STDOUT_FILENO);
    ::dup2(::open("stderr", mode, 0600), STDERR_FILENO);
    limit(RLIMIT_CPU, mostProcessorSeconds);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    limit(RLIMIT_AS, mostAddresses);
#endif
    limit(RLIMIT_CORE, 0);
    std::signal(SIGPIPE, SIG_DFL);
    ::execv(words[0], words);
    ::_exit(127);
}

QByteArray beginningOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(4096) : QByteArray();
}

void feed(int pipe, const std::function<void(const Feed&)>& input)
{
    std::signal(SIGPIPE, SIG_IGN);
    if (input) {
        input([pipe](std::string_view piece) {
            while (!piece.empty()) {
                const auto written = ::write(pipe, piece.data(), piece.size());
                if (written <= 0)
                    return false;
                piece.remove_prefix(static_cast<std::size_t>(written));
            }
            return true;
        });
    }
    ::close(pipe);
}

double secondsOf(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

} // namespace

ChildRun runChild(const QString& folder, const QStringList& words,
    const std::function<void(const Feed&)>& input)
{
    std::vector<std::string> texts { EVENTLOUPE_PROGRAM };
    for (const QString& word : words)
        texts.push_back(word.toStdString());
    std::vector<char*> pointers;
    for (std::string& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    const std::string place = folder.toStdString();
    int pipe[2];
    if (::pipe2(pipe, O_CLOEXEC) != 0)
        qFatal("no pipe");

    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child == 0)
        become(pointers.data(), pipe[0], place.c_str());
    ::close(pipe[0]);
    feed(pipe[1], input);
    int status = 0;
    rusage usage {};
    ::wait4(child, &status, 0, &usage);

    ChildRun run;
    run.seconds
        = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    run.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    run.out = beginningOf(folder + QStringLiteral("/stdout"));
    run.err = beginningOf(folder + QStringLiteral("/stderr"));
    run.processorSeconds = secondsOf(usage.ru_utime) + secondsOf(usage.ru_stime);
    run.megabytes = static_cast<double>(usage.ru_maxrss) / 1024;
    return run;
}

} // namespace eventloupe
