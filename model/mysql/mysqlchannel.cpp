#include "mysql/mysqlchannel.h"

#include "mysql/mysqlerror.h"

#include <algorithm>
#include <csignal>
#include <memory>
#include <utility>

#include <openssl/err.h>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace eventloupe {

namespace {

/// The library's calls run on a stack of their own. A handshake of TLS and a look-up of a name need
/// more than its default.
constexpr std::size_t stackBytes = std::size_t(512) * 1024;
constexpr unsigned long mostPacketBytes = 1UL << 30; ///< What the protocol knows at most.

/// What a server may ask a password by, where somebody else could listen: nothing that gives it
/// away. The others are for what is local or verified.
constexpr const char* safePlugins
    = "mysql_native_password,caching_sha2_password,sha256_password,client_ed25519,parsec,"
      "auth_gssapi_client";
constexpr const char* allPlugins
    = "mysql_native_password,caching_sha2_password,sha256_password,client_ed25519,parsec,"
      "auth_gssapi_client,unix_socket,dialog,mysql_clear_password";

thread_local MysqlChannel* current = nullptr;

} // namespace

/// While the library works: it writes to sockets through OpenSSL without MSG_NOSIGNAL, takes what
/// OpenSSL still has to say about another connection of this thread for its own, and finds its
/// channel by the thread.
class MysqlChannel::Entry {
public:
    explicit Entry(MysqlChannel& channel)
        : m_before(std::exchange(current, &channel))
    {
        sigset_t pending;
        sigpending(&pending);
        m_wasPending = sigismember(&pending, SIGPIPE) == 1;
        sigemptyset(&m_pipe);
        sigaddset(&m_pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &m_pipe, &m_mask);
        ERR_clear_error();
    }
    ~Entry()
    {
        const timespec now {};
        while (!m_wasPending && sigtimedwait(&m_pipe, nullptr, &now) == SIGPIPE) { }
        pthread_sigmask(SIG_SETMASK, &m_mask, nullptr);
        current = m_before;
    }
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;

private:
    MysqlChannel* m_before;
    sigset_t m_pipe {};
    sigset_t m_mask {};
    bool m_wasPending = false;
};

MysqlChannel::MysqlChannel(const MariaDbLibrary& library)
    : m_library(library)
    , m_handle(library.init(nullptr))
{
}

MysqlChannel::~MysqlChannel()
{
    if (m_wanted != 0)
        abandon();
    // A call that could not be ended has its stack still.
    if (m_handle != nullptr && m_wanted == 0) {
        const Entry entry(*this);
        m_library.close(m_handle);
    }
}

int MysqlChannel::waitForLibrary(my_socket socket, my_bool isForReading, int)
{
    if (current == nullptr)
        return 0;
    return current->await(socket, isForReading == 0) == Outcome::Ready ? 1 : 0;
}

MysqlChannel::Outcome MysqlChannel::await(int socket, bool forWriting)
{
    for (;;) {
        const auto now = Clock::now();
        if (now >= m_end)
            return Outcome::TimedOut;
        if (isCancelled && isCancelled())
            return Outcome::Interrupted;
        const auto until = isCancelled ? std::min(m_end, now + SocketWait::lookInterval) : m_end;
        const auto outcome = wait.wait(socket, forWriting, until);
        if (outcome != Outcome::TimedOut)
            return outcome;
    }
}

MysqlChannel::Outcome MysqlChannel::begin(
    const std::function<int()>& start, std::function<int(int)> go, Clock::time_point end)
{
    m_end = end;
    m_go = std::move(go);
    {
        const Entry entry(*this);
        m_wanted = start();
    }
    return resume(end);
}

MysqlChannel::Outcome MysqlChannel::resume(Clock::time_point end)
{
    m_end = end;
    while (m_wanted != 0) {
        m_socket = m_library.socket(m_handle);
        if (m_connected == nullptr)
            shorten(m_socket);
        const auto outcome = await(m_socket, (m_wanted & MYSQL_WAIT_WRITE) != 0);
        if (outcome != Outcome::Ready)
            return outcome;
        const Entry entry(*this);
        m_wanted = m_go(m_wanted & ~MYSQL_WAIT_TIMEOUT);
    }
    if (m_connected == nullptr || isLostSession(errorNumber()))
        m_socket = -1;
    return Outcome::Ready;
}

/// The library's handshake of TLS makes the socket wait by itself; after a moment of it, it asks
/// waitForLibrary() to wait.
void MysqlChannel::shorten(int socket)
{
    constexpr timeval moment { 0, 1'000 };
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &moment, sizeof moment);
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &moment, sizeof moment);
}

void MysqlChannel::abandon()
{
    constexpr int mostSteps = 64; // One for each address of the host, and a few.
    if (m_socket >= 0)
        shutdown(std::exchange(m_socket, -1), SHUT_RDWR);
    m_end = Clock::now();
    const Entry entry(*this);
    for (int step = 0; m_wanted != 0 && step < mostSteps; ++step)
        m_wanted = m_go(MYSQL_WAIT_READ | MYSQL_WAIT_WRITE | MYSQL_WAIT_TIMEOUT);
}

void MysqlChannel::setOptions(const MysqlAddress& address, bool usesTls)
{
    const auto set = [this](mysql_option option, const void* value) {
        m_library.options(m_handle, option, value);
    };
    set(MYSQL_OPT_NONBLOCK, &stackBytes);
    set(MARIADB_OPT_IO_WAIT, reinterpret_cast<const void*>(&MysqlChannel::waitForLibrary));
    // A server could ask for files of this machine.
    const unsigned no = 0;
    set(MYSQL_OPT_LOCAL_INFILE, &no);
    set(MYSQL_OPT_MAX_ALLOWED_PACKET, &mostPacketBytes);
    set(MYSQL_SET_CHARSET_NAME, "utf8mb4");
    const auto seconds = static_cast<unsigned>(
        std::chrono::ceil<std::chrono::seconds>(m_end - Clock::now()).count());
    set(MYSQL_OPT_CONNECT_TIMEOUT, &seconds);
    const unsigned protocol = address.isLocal() ? MYSQL_PROTOCOL_SOCKET : MYSQL_PROTOCOL_TCP;
    set(MYSQL_OPT_PROTOCOL, &protocol);
    const bool isVerified = usesTls && address.tls == MysqlTls::Verified;
    set(MARIADB_OPT_RESTRICTED_AUTH, address.isLocal() || isVerified ? allPlugins : safePlugins);
    if (!usesTls)
        return;
    const auto file
        = [](const QString& path) { return path.isEmpty() ? QByteArray() : path.toLocal8Bit(); };
    const QByteArray key = file(address.key);
    const QByteArray certificate = file(address.certificate);
    const QByteArray authorities = file(address.authorities);
    const auto textOrNull
        = [](const QByteArray& text) { return text.isEmpty() ? nullptr : text.constData(); };
    m_library.setTls(m_handle, textOrNull(key), textOrNull(certificate), textOrNull(authorities),
        nullptr, nullptr);
    const my_bool yes = 1;
    set(MYSQL_OPT_SSL_ENFORCE, &yes);
    const my_bool verifies = isVerified ? 1 : 0;
    set(MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verifies);
}

MysqlChannel::Outcome MysqlChannel::connect(
    const MysqlAddress& address, const QByteArray& secret, bool usesTls, Clock::time_point end)
{
    m_end = end;
    setOptions(address, usesTls);
    // They have to be there until the call has ended.
    const auto given = [](const QString& text) { return text.toUtf8(); };
    struct Words {
        QByteArray host, user, secret, database, socket;
    };
    const auto words = std::make_shared<Words>(Words { given(address.host), given(address.user),
        secret, given(address.database), given(address.socket) });
    const auto textOrNull
        = [](const QByteArray& text) { return text.isEmpty() ? nullptr : text.constData(); };
    const auto port = static_cast<unsigned>(address.port);
    const auto outcome = begin(
        [&] {
            return m_library.connectStart(&m_connected, m_handle,
                address.isLocal() ? nullptr : textOrNull(words->host), textOrNull(words->user),
                words->secret.constData(), textOrNull(words->database), port,
                textOrNull(words->socket), 0);
        },
        [this, words](
            int events) { return m_library.connectContinue(&m_connected, m_handle, events); },
        end);
    if (outcome == Outcome::Ready && m_connected != nullptr) {
        m_socket = m_library.socket(m_handle);
        fcntl(m_socket, F_SETFL, fcntl(m_socket, F_GETFL) | O_NONBLOCK);
    }
    return outcome;
}

MysqlChannel::Outcome MysqlChannel::query(std::string_view sql, Clock::time_point end)
{
    return begin([&] { return m_library.queryStart(&m_answer, m_handle, sql.data(), sql.size()); },
        [this](int events) { return m_library.queryContinue(&m_answer, m_handle, events); }, end);
}

MysqlChannel::Outcome MysqlChannel::fetch(MYSQL_RES* result, Clock::time_point end)
{
    return begin([&] { return m_library.fetchStart(&m_row, result); },
        [this, result](int events) { return m_library.fetchContinue(&m_row, result, events); },
        end);
}

} // namespace eventloupe
