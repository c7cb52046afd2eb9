// SHA-256 through the functions that OpenSSL 3 calls deprecated: they need no memory, while those that replace them
// first set up a library context, and crash where there is no memory for it.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/sha.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "lrtune/error.h"

namespace lrtune {
namespace {

std::string reason(int error) {
  switch (error) {
    case ENOENT:
      return "no such file or folder";
    case EACCES:
    case EPERM:
      return "permission denied";
    case EROFS:
      return "the file system is read-only";
    case ENOSPC:
      return "the disk is full";
    case EISDIR:
      return "is a folder";
    case ENOTDIR:
      return "part of the path is not a folder";
    case EBADF:
      return "it is closed";
    case EDQUOT:
      return "the disk quota is used up";
    case EFBIG:
      return "the file would exceed the size limit";
    case EMFILE:
    case ENFILE:
      return "too many files are open";
    case EIO:
      return "the disk reports an error";
    case ENAMETOOLONG:
      return "the name is too long";
    default:
      return fmt::format("system error {}", error);
  }
}

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ > STDERR_FILENO) ::close(fd_);
  }
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

// Through symbolic links to the file itself; a link that leads nowhere stands for itself.
std::filesystem::path target_of(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_symlink(path, error)) return path;
  std::filesystem::path target = std::filesystem::canonical(path, error);
  return error ? path : target;
}

// A rename or a new name reaches the disk with its folder; a file system that cannot sync folders is no reason to fail.
void flush_folder_of(const std::filesystem::path& path) {
  const Descriptor folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() >= 0) ::fsync(folder.get());
}

// Permissions of the file that is there, or of a new one.
mode_t permissions_of(const std::filesystem::path& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) == 0) return info.st_mode & 0777U;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

// A device, a pipe or a socket.
bool is_special(const std::filesystem::path& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

// 0, or the errno of the write that failed.
int write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

// Reads to the end, or until more than `most_bytes` are there. 0, or the errno of the read that failed.
int read_all(int fd, std::size_t most_bytes, std::string& bytes) {
  std::array<char, 1U << 16U> buffer{};
  for (;;) {
    const ssize_t count = ::read(fd, buffer.data(), buffer.size());
    if (count == 0) return 0;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
    if (bytes.size() > most_bytes) return 0;
  }
}

void write_to_special(const std::filesystem::path& path, std::string_view bytes) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  const int error = file.get() < 0 ? errno : write_all(file.get(), bytes);
  if (error != 0) throw Error(ProblemKind::file_not_written, path.string(), {{"reason", reason(error)}});
}

}  // namespace

std::string read_file(const std::filesystem::path& path, std::size_t most_bytes) {
  const bool standard_input = path == "-";
  const std::string name = standard_input ? "standard input" : path.string();
  const Descriptor file(standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) throw Error(ProblemKind::file_not_opened, name, {{"reason", reason(errno)}});
  struct stat info {};
  if (::fstat(file.get(), &info) == 0 && S_ISDIR(info.st_mode)) throw Error(ProblemKind::file_is_folder, name);
  std::string bytes;
  if (const int error = read_all(file.get(), most_bytes, bytes); error != 0)
    throw Error(ProblemKind::file_not_read, name, {{"reason", reason(error)}});
  if (bytes.size() > most_bytes) throw Error(ProblemKind::file_too_long, name, {{"most_bytes", most_bytes}});
  return bytes;
}

bool same_file(const std::filesystem::path& a, const std::filesystem::path& b) {
  std::error_code error;
  if (std::filesystem::equivalent(a, b, error) && !error) return true;
  const std::filesystem::path one = std::filesystem::weakly_canonical(std::filesystem::absolute(a, error), error);
  return !error && one == std::filesystem::weakly_canonical(std::filesystem::absolute(b, error), error);
}

void check_writable(const std::filesystem::path& path) {
  const bool is_there = ::access(path.c_str(), F_OK) == 0;
  if (is_there && ::access(path.c_str(), W_OK) != 0)
    throw Error(ProblemKind::file_not_written, path.string(), {{"reason", reason(errno)}});
  if (is_special(path)) return;
  const std::filesystem::path folder = folder_of(target_of(path));
  struct stat info {};
  if (::stat(folder.c_str(), &info) != 0)
    throw Error(ProblemKind::folder_unusable, path.string(), {{"folder", folder.string()}, {"reason", reason(errno)}});
  if (!S_ISDIR(info.st_mode)) throw Error(ProblemKind::folder_is_file, path.string(), {{"folder", folder.string()}});
  if (::access(folder.c_str(), W_OK) != 0)
    throw Error(ProblemKind::file_not_written, path.string(), {{"folder", folder.string()}, {"reason", reason(errno)}});
  if (::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode))
    throw Error(ProblemKind::file_is_folder, path.string());
}

namespace {

// Into a file without a name, which a killed process does not leave behind, until all is in it; then into place. False
// where a system or a file system has no such files, or no room: nothing is left then.
bool write_nameless(const std::filesystem::path& target, std::string_view bytes) {
  constexpr int kTries = 10;
  const Descriptor file(::open(folder_of(target).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
  if (file.get() < 0 || ::fchmod(file.get(), permissions_of(target)) != 0) return false;
  if (write_all(file.get(), bytes) != 0 || ::fsync(file.get()) != 0) return false;
  const std::string link = fmt::format("/proc/self/fd/{}", file.get());
  // A name cannot be given to a file while another has it: it needs one in between. A process that is killed at this
  // moment leaves it to the next one to take away, which may be one that writes at the same time.
  const std::string between = target.string() + ".lrtune-new";
  for (int i = 0; i < kTries; ++i) {
    ::unlink(between.c_str());
    if (::linkat(AT_FDCWD, link.c_str(), AT_FDCWD, between.c_str(), AT_SYMLINK_FOLLOW) != 0) {
      if (errno == EEXIST) continue;
      return false;
    }
    if (::rename(between.c_str(), target.c_str()) == 0) return true;
    if (errno != ENOENT) break;
  }
  ::unlink(between.c_str());
  return false;
}

// Into a file of a name of its own, then into place. 0, or the errno of what failed first; no file is left then.
int write_named(const std::filesystem::path& target, std::string_view bytes) {
  std::string name = target.string() + ".XXXXXX";
  Descriptor file(::mkstemp(name.data()));
  if (file.get() < 0) return errno;
  int error = ::fchmod(file.get(), permissions_of(target)) == 0 ? 0 : errno;
  if (error == 0) error = write_all(file.get(), bytes);
  if (error == 0 && ::fsync(file.get()) != 0) error = errno;
  if (::close(file.release()) != 0 && error == 0) error = errno;
  if (error == 0 && ::rename(name.c_str(), target.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(name.c_str());
  return error;
}

}  // namespace

void write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
  check_writable(path);
  if (is_special(path)) return write_to_special(path, bytes);
  const std::filesystem::path target = target_of(path);
  if (!write_nameless(target, bytes))
    if (const int error = write_named(target, bytes); error != 0)
      throw Error(ProblemKind::file_not_written, path.string(), {{"reason", reason(error)}});
  flush_folder_of(target);
}

AppendFile::AppendFile(std::filesystem::path path, AppendMode mode) : path_(std::move(path)), fd_(-1) {
  const int flags = (mode == AppendMode::record ? O_RDWR : O_WRONLY) | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY;
  do {
    if (fd_ >= 0) ::close(fd_);
    fd_ = ::open(path_.c_str(), flags, 0666);
    if (fd_ < 0) fail(ProblemKind::file_not_written);
  } while (mode == AppendMode::record && !hold());
  if (mode == AppendMode::record) flush_folder_of(path_);
}

// Takes the lock; false if whoever had it before has removed the file: the name is free, or another file's.
bool AppendFile::hold() {
  struct stat info {};
  const bool regular = ::fstat(fd_, &info) == 0 && S_ISREG(info.st_mode);
  // A file system without locks is no reason to fail.
  const bool taken = regular && ::flock(fd_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  struct stat named {};
  if (regular && !taken)
    return ::stat(path_.c_str(), &named) == 0 && named.st_dev == info.st_dev && named.st_ino == info.st_ino;
  ::close(fd_);
  if (taken) throw Error(ProblemKind::file_in_use, path_.string());
  throw Error(ProblemKind::file_cannot_grow, path_.string());
}

AppendFile::~AppendFile() {
  if (fd_ >= 0) ::close(fd_);
}

void AppendFile::fail(ProblemKind kind) const { throw Error(kind, path_.string(), {{"reason", reason(errno)}}); }

std::string AppendFile::read() const {
  std::string bytes;
  if (::lseek(fd_, 0, SEEK_SET) < 0) fail(ProblemKind::file_not_read);
  errno = read_all(fd_, std::numeric_limits<std::size_t>::max(), bytes);
  if (errno != 0) fail(ProblemKind::file_not_read);
  return bytes;
}

void AppendFile::cut(std::size_t bytes) {
  if (::ftruncate(fd_, static_cast<off_t>(bytes)) != 0) fail(ProblemKind::file_not_cut);
}

void AppendFile::append(std::string_view bytes) {
  errno = write_all(fd_, bytes);
  if (errno != 0) fail(ProblemKind::file_not_written);
}

void AppendFile::flush() {
  if (::fsync(fd_) != 0) fail(ProblemKind::file_not_flushed);
}

void AppendFile::remove() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  SHA256_Final(digest.data(), &context);
  std::string text;
  for (unsigned char byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace lrtune
