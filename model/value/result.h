#pragma once

#include <QString>

#include <optional>
#include <utility>
#include <variant>

namespace eventloupe {

/// What kind of failure an Error is; callers branch on this, people read Error::message.
enum class ErrorCode {
    InvalidArgument, ///< The caller asked for something that makes no sense.
    InvalidInput, ///< A file, an expression or a payload is malformed.
    NotFound, ///< A stream, file, definition or position does not exist.
    AlreadyExists, ///< Something with that name is there already.
    DuplicateEvent, ///< An event id is stored already, with other content.
    VersionConflict, ///< A stream is not at the expected version.
    Rejected, ///< A command's guard refused it.
    ReadOnly, ///< The store or its folder cannot be written.
    Busy, ///< Another process holds the store for too long.
    DiskFull, ///< No room left on the device, or a file-size limit.
    InputOutput, ///< The operating system reported a read or write failure.
    Corrupt, ///< The store's content contradicts itself.
    NotOurs, ///< The file is not an Eventloupe store.
    NewerVersion, ///< The store was written by a newer Eventloupe.
    Cancelled, ///< The user or a newer request ended the work.
    Unsupported, ///< Not possible with this store or format.
    Internal, ///< A bug in Eventloupe.
};

/// A failure: a code for the program and a message for the person, which names place and mend.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString message;
};

/// A value or an Error. No exception leaves a room; this is what leaves it instead.
/// Reading the side that is not there is a bug and asserts.
template <class T> class [[nodiscard]] Result {
public:
    Result(T value)
        : m_content(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_content(std::in_place_index<1>, std::move(error))
    {
    }

    [[nodiscard]] bool ok() const { return m_content.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] const T& value() const&
    {
        Q_ASSERT(ok());
        return *std::get_if<0>(&m_content);
    }
    [[nodiscard]] T& value() &
    {
        Q_ASSERT(ok());
        return *std::get_if<0>(&m_content);
    }
    [[nodiscard]] T&& value() &&
    {
        Q_ASSERT(ok());
        return std::move(*std::get_if<0>(&m_content));
    }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    [[nodiscard]] const Error& error() const
    {
        Q_ASSERT(!ok());
        return *std::get_if<1>(&m_content);
    }

private:
    std::variant<T, Error> m_content;
};

/// Success without a value, or an Error.
template <> class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
    {
    }

    [[nodiscard]] bool ok() const { return !m_error.has_value(); }
    explicit operator bool() const { return ok(); }
    [[nodiscard]] const Error& error() const
    {
        Q_ASSERT(!ok());
        return *m_error;
    }

private:
    std::optional<Error> m_error;
};

} // namespace eventloupe
