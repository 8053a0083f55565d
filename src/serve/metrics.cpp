#include "serve/metrics.hpp"

#include <algorithm>
#include <string_view>

namespace magnesia::serve {
namespace {

std::uint64_t value(const std::atomic<std::uint64_t>& counter) noexcept { return counter.load(std::memory_order_relaxed); }

void describe(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  out += "# HELP ";
  (out += name) += ' ';
  (out += help) += "\n# TYPE ";
  (out += name) += ' ';
  (out += type) += '\n';
}

void sample(std::string& out, std::string_view name, std::string_view labels, const std::string& number) {
  out += name;
  if (!labels.empty()) ((out += '{') += labels) += '}';
  ((out += ' ') += number) += '\n';
}

// Microseconds as seconds, which is the unit that Prometheus asks for.
std::string seconds(std::uint64_t microseconds) {
  std::string digits = std::to_string(microseconds);
  digits.insert(0, digits.size() < 7 ? 7 - digits.size() : 0, '0');
  digits.insert(digits.size() - 6, 1, '.');
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits;
}

struct Described {
  Event event;
  std::string_view name;
  std::string_view labels;
  std::string_view help;  // empty: another label of the one before
};

constexpr std::array<Described, events> described{{
    {Event::connection, "magnesia_connections_total", "", "Connections accepted."},
    {Event::connection_refused, "magnesia_connections_refused_total", "",
     "Connections over the limit, answered with 503 or closed."},
    {Event::connection_lost, "magnesia_connections_lost_total", "",
     "Connections closed by the client in the middle of an exchange."},
    {Event::handshake_failed, "magnesia_handshakes_failed_total", "", "TLS handshakes that failed."},
    {Event::request_too_slow, "magnesia_requests_too_slow_total", "", "Requests that did not come within the time for one."},
    {Event::feedback_kept, "magnesia_feedback_total", R"(kept="new")", "Entries of feedback, new ones and repeated ones."},
    {Event::feedback_repeated, "magnesia_feedback_total", R"(kept="repeated")", ""},
    {Event::feedback_failed, "magnesia_feedback_failed_total", "", "Requests whose feedback could not be kept."},
    {Event::log_line_dropped, "magnesia_log_lines_dropped_total", "", "Lines of the access log that nobody took in time."},
    {Event::card_info, "magnesia_cards_total", R"(indicator="info")", "Cards given, by how urgent they are."},
    {Event::card_warning, "magnesia_cards_total", R"(indicator="warning")", ""},
    {Event::card_critical, "magnesia_cards_total", R"(indicator="critical")", ""},
}};

std::string route_label(std::size_t route) { return "route=\"" + std::string{name(static_cast<Route>(route))} + '"'; }

}  // namespace

std::string_view name(Route route) noexcept {
  constexpr std::array<std::string_view, routes> names{"none", "discovery", "service", "feedback", "healthy", "ready", "metrics"};
  return names[static_cast<std::size_t>(route)];
}

void Metrics::count(const Finished& exchange) noexcept {
  if (exchange.status == 0) return count(Event::connection_lost);
  const auto route = static_cast<std::size_t>(exchange.note.route);
  const auto status = std::find(statuses.begin(), statuses.end(), exchange.status) - statuses.begin();
  by_status_[route][static_cast<std::size_t>(status)].fetch_add(1, std::memory_order_relaxed);
  const auto us = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(exchange.handled).count());
  const auto bucket = std::lower_bound(bounds_us.begin(), bounds_us.end(), us) - bounds_us.begin();
  by_time_[route][static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
  time_us_[route].fetch_add(us, std::memory_order_relaxed);
}

std::string Metrics::exposition() const {
  std::string out;
  for (const Described& one : described) {
    if (!one.help.empty()) describe(out, one.name, "counter", one.help);
    sample(out, one.name, one.labels, std::to_string(value(events_[static_cast<std::size_t>(one.event)])));
  }
  describe(out, "magnesia_connections", "gauge", "Connections that are open.");
  sample(out, "magnesia_connections", "", std::to_string(value(open_)));

  describe(out, "magnesia_requests_total", "counter", "Requests answered, by where they belong and the status of the answer.");
  for (std::size_t route = 0; route < routes; ++route) {
    for (std::size_t status = 0; status <= statuses.size(); ++status) {
      const std::uint64_t count = value(by_status_[route][status]);
      if (count == 0) continue;
      const std::string code = status == statuses.size() ? "other" : std::to_string(statuses[status]);
      sample(out, "magnesia_requests_total", route_label(route) + ",status=\"" + code + '"', std::to_string(count));
    }
  }
  describe(out, "magnesia_request_seconds", "histogram",
           "From the last byte of a request read to the last byte of its answer written.");
  for (std::size_t route = 0; route < routes; ++route) {
    std::uint64_t all = 0;
    for (std::size_t bucket = 0; bucket <= bounds_us.size(); ++bucket) {
      all += value(by_time_[route][bucket]);
      const std::string bound = bucket == bounds_us.size() ? "+Inf" : seconds(bounds_us[bucket]);
      sample(out, "magnesia_request_seconds_bucket", route_label(route) + ",le=\"" + bound + '"', std::to_string(all));
    }
    sample(out, "magnesia_request_seconds_sum", route_label(route), seconds(value(time_us_[route])));
    sample(out, "magnesia_request_seconds_count", route_label(route), std::to_string(all));
  }
  return out;
}

}  // namespace magnesia::serve
