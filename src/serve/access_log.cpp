#include "serve/access_log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <system_error>

#include "json/write.hpp"

namespace magnesia::serve {
namespace {

constexpr std::size_t most_waiting = std::size_t{1} << 20U;

std::int64_t microseconds(std::chrono::nanoseconds time) noexcept {
  return std::chrono::duration_cast<std::chrono::microseconds>(time).count();
}

}  // namespace

std::string timestamp(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count() % 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  const int length =
      std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900, parts.tm_mon + 1,
                    parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, static_cast<int>(ms));
  return std::string(text.data(), static_cast<std::size_t>(length));
}

Result<int> AccessLog::open(const std::string& path) {
  const int file =
      path == "-" ? ::dup(STDERR_FILENO) : ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return Error{ErrorKind::unreadable, path, std::generic_category().message(errno), "a file that can be written"};
  return file;
}

AccessLog::AccessLog(int file, Metrics& metrics) : file_{file}, metrics_{metrics} {
  if (file_ >= 0) writer_ = std::thread{[this] { run(); }};
}

AccessLog::~AccessLog() {
  if (file_ < 0) return;
  {
    const std::lock_guard lock{mutex_};
    ending_ = true;
  }
  filled_.notify_one();
  writer_.join();
  ::close(file_);
}

void AccessLog::write(const Finished& exchange) noexcept {
  if (file_ < 0) return;
  std::string line;
  json::Writer writer{line};
  writer.begin_object();
  writer.member("time", timestamp(std::chrono::system_clock::now()));
  writer.member("method", exchange.method);
  writer.member("route", name(exchange.note.route));
  writer.member("status", exchange.status);
  writer.member("bytes_in", static_cast<std::int64_t>(exchange.bytes_in));
  writer.member("bytes_out", static_cast<std::int64_t>(exchange.bytes_out));
  writer.member("us", microseconds(exchange.taken));
  writer.member("handled_us", microseconds(exchange.handled));
  if (!exchange.note.issuer.empty()) writer.member("issuer", exchange.note.issuer);
  if (!exchange.note.refusal.empty()) writer.member("refused", exchange.note.refusal);
  writer.end_object();
  line += '\n';
  take(line);
}

void AccessLog::event(std::string_view event, std::string_view what) noexcept {
  if (file_ < 0) return;
  std::string line;
  json::Writer writer{line};
  writer.begin_object();
  writer.member("time", timestamp(std::chrono::system_clock::now()));
  writer.member("event", event);
  writer.member("what", what);
  writer.end_object();
  line += '\n';
  take(line);
}

void AccessLog::take(std::string_view line) noexcept {
  {
    const std::lock_guard lock{mutex_};
    if (waiting_.size() + line.size() > most_waiting) return metrics_.count(Event::log_line_dropped);
    waiting_ += line;
  }
  filled_.notify_one();
}

void AccessLog::run() noexcept {
  std::string lines;
  for (;;) {
    {
      std::unique_lock lock{mutex_};
      filled_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      lines.swap(waiting_);
    }
    for (std::string_view rest = lines; !rest.empty();) {
      const ssize_t written = ::write(file_, rest.data(), rest.size());
      if (written >= 0) {
        rest.remove_prefix(static_cast<std::size_t>(written));
      } else if (errno != EINTR) {
        metrics_.count(Event::log_line_dropped, 1);
        break;
      }
    }
    lines.clear();
  }
}

}  // namespace magnesia::serve
