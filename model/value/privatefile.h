#pragma once

#include "value/result.h"

#include <QByteArray>
#include <QFileDevice>
#include <QString>

#include <optional>

namespace eventloupe {

// Who may read what this program writes. Events are somebody's business: whatever may hold them is
// for its owner alone (0600, folders 0700) from its first byte on, since a file that is made
// readable and closed up later was open for a while. Two measures, each for what the other cannot
// know: beginPrivately() sets the process's umask, which also covers what libraries write for us
// and what somebody forgets; and what writes data names its mode, as here and in OutputFile, so
// that the rooms keep the promise in a program that has another umask.

/// Mode 0600.
inline constexpr QFileDevice::Permissions ownerOnly
    = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

/// To be called first in main(), before there are other threads: files that this process makes are
/// its owner's alone from now on.
void beginPrivately();

/// Gives a new file or folder the mode that the person's own umask asks for: for what is no data
/// and is shared with others, such as definitions. Nothing where beginPrivately() was not called.
void giveSharedMode(const QString& path);

/// QDir::mkpath() for definitions and other things that are no data; see giveSharedMode().
bool makeSharedFolder(const QString& path);

/// Makes a folder, and those above it that are missing, mode 0700. True where it is there then.
bool makePrivateFolder(const QString& path);

/// Puts bytes in place of a file's content: at any moment, also when the process is killed or the
/// power fails, the file holds all of the old content or all of the new one. A new file has mode
/// 0600, one that was there keeps its own; a link is followed. Blocks until the disk has it: not
/// for the GUI thread.
Result<void> writePrivately(const QString& file, const QByteArray& bytes);

/// A file's content; nothing where there is no file. InvalidInput where it is larger than `largest`
/// bytes; InputOutput where it is no regular file or cannot be read now, which may pass.
Result<std::optional<QByteArray>> readWhole(const QString& file, qint64 largest);

} // namespace eventloupe
