// magnesia serve: the options, and the parts of the service put together.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "cli/person.hpp"
#include "json/read_file.hpp"
#include "magnesia/cds_hooks.hpp"
#include "serve/endpoints.hpp"
#include "serve/server.hpp"

namespace magnesia::cli {
namespace {

using std::chrono::seconds;

// Reads options; the first fault is kept.
class Options {
 public:
  explicit Options(const Given& given) : given_{given} {}

  [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }
  void fault(Error error) {
    if (!error_) error_ = std::move(error);
  }

  template <class Number>
  [[nodiscard]] Number number(std::string_view option, Number least, Number most, Number otherwise) {
    if (!given_.has(option)) return otherwise;
    const std::string_view text = given_.value_or(option, {});
    Number value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure == std::errc{} && end == text.data() + text.size() && value >= least && value <= most) return value;
    fault({ErrorKind::out_of_range, std::string{option}, excerpt(text),
           "a whole number from " + std::to_string(least) + " to " + std::to_string(most)});
    return otherwise;
  }

 private:
  const Given& given_;
  std::optional<Error> error_;
};

// scheme://host[:port], with a path only where one may be.
bool is_web_address(std::string_view text, bool may_have_path) {
  const std::size_t scheme = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : std::string_view::npos;
  if (scheme >= text.size() || text.back() == '/' || text.find_first_of("?# \t\"\r\n") != std::string_view::npos) return false;
  return may_have_path || text.find('/', scheme) == std::string_view::npos;
}

serve::ServerSettings server_settings(const Given& given, Options& options) {
  serve::ServerSettings settings;
  if (!given.has("--port")) options.fault({ErrorKind::missing_key, "--port", "nothing", "a port, or 0 for any that is free"});
  settings.address = given.value_or("--host", settings.address);
  settings.port = options.number<std::uint16_t>("--port", 0, 65'535, 0);
  settings.threads = options.number<unsigned>("--threads", 1, 256, std::clamp(std::thread::hardware_concurrency(), 1U, 256U));
  serve::Limits& limits = settings.limits;
  limits.connections = options.number<std::size_t>("--max-connections", 1, 100'000, limits.connections);
  limits.body_bytes = options.number<std::size_t>("--max-body", 1024, cds::Service::max_bytes, limits.body_bytes);
  limits.header_bytes = options.number<std::size_t>("--max-header", 1024, std::size_t{1} << 20U, limits.header_bytes);
  limits.bodies_bytes = std::max(limits.bodies_bytes, limits.body_bytes);
  limits.request_time = seconds{options.number<int>("--request-time", 1, 600, 10)};
  limits.idle_time = seconds{options.number<int>("--idle-time", 1, 3600, 60)};
  limits.grace = seconds{options.number<int>("--grace", 0, 3600, 10)};
  if (given.has("--tls-certificate") != given.has("--tls-key")) {
    options.fault({ErrorKind::missing_key, given.has("--tls-key") ? "--tls-certificate" : "--tls-key", "nothing",
                   "a file, as the other one has it"});
  } else if (given.has("--tls-key")) {
    settings.tls = {std::string{given.value_or("--tls-certificate", {})}, std::string{given.value_or("--tls-key", {})}};
  }
  if (!settings.tls && !given.has("--no-tls") && !serve::is_loopback(settings.address))
    options.fault({ErrorKind::unsafe, "--host", "an address that others reach, without TLS",
                   "--tls-certificate and --tls-key, or --no-tls behind a proxy that has TLS"});
  return settings;
}

std::vector<serve::Issuer> issuers(const Given& given, Options& options) {
  std::vector<serve::Issuer> all;
  for (const std::string& text : given.values("--issuer")) {
    const std::size_t equals = text.rfind('=');
    if (equals == std::string::npos || equals == 0) {
      options.fault(
          {ErrorKind::syntax, "--issuer", excerpt(text), "URI=FILE: whose tokens are accepted, and a JWK Set with their keys"});
      continue;
    }
    const std::string file = text.substr(equals + 1);
    const Result<std::string> json = json::read_file(file, serve::KeySet::max_bytes);
    if (!json) {
      options.fault(json.error());
      continue;
    }
    Result<serve::KeySet, Errors> keys = serve::KeySet::read(*json);
    if (!keys) {
      Error error = keys.error().front();
      error.place = file + error.place;
      options.fault(std::move(error));
      continue;
    }
    const std::string uri = text.substr(0, equals);
    if (std::any_of(all.begin(), all.end(), [&](const serve::Issuer& one) { return one.uri == uri; }))
      options.fault(
          {ErrorKind::duplicate_key, "--issuer", excerpt(uri) + " twice", "each issuer once, all its keys in one file"});
    all.push_back({uri, *std::move(keys)});
  }
  if (given.has("--no-auth") && !all.empty())
    options.fault({ErrorKind::conflict, "--no-auth", "issuers beside it", "one or the other"});
  if (!given.has("--no-auth") && all.empty())
    options.fault({ErrorKind::missing_key, "--issuer", "nobody whose tokens would be accepted",
                   "an issuer with its keys, or --no-auth to answer whoever calls"});
  return all;
}

serve::EndpointSettings endpoint_settings(const Given& given, Options& options, const Policy& policy) {
  serve::EndpointSettings settings;
  settings.public_url = given.value_or("--public-url", {});
  settings.protects_discovery = given.has("--protect-discovery");
  settings.origins = given.values("--allow-origin");
  if (policy.as_of != std::chrono::year_month_day{}) settings.as_of = policy.as_of;
  if (!given.has("--no-auth") && !is_web_address(settings.public_url, true))
    options.fault({settings.public_url.empty() ? ErrorKind::missing_key : ErrorKind::syntax, "--public-url",
                   settings.public_url.empty() ? "nothing" : excerpt(settings.public_url),
                   "the URL before /cds-services under which clients call, as their tokens name it"});
  for (const std::string& origin : settings.origins) {
    if (origin != "*" && !is_web_address(origin, false))
      options.fault({ErrorKind::syntax, "--allow-origin", excerpt(origin), "scheme://host or scheme://host:port, or *"});
  }
  return settings;
}

std::string url_of(const serve::ServerSettings& settings, std::uint16_t port) {
  const bool is_v6 = settings.address.find(':') != std::string::npos;
  return std::string{settings.tls ? "https://" : "http://"} + (is_v6 ? '[' + settings.address + ']' : settings.address) + ':' +
         std::to_string(port);
}

}  // namespace

Exit serve(const Given& given) {
  Options options{given};
  if (!given.operands().empty())
    options.fault({ErrorKind::unknown_key, "serve", excerpt(given.operands().front()), "options only"});
  const Result<Policy> policy = policy_of(given);
  if (!policy) return refuse(policy.error());
  const serve::ServerSettings server_options = server_settings(given, options);
  std::vector<serve::Issuer> trusted = issuers(given, options);
  serve::EndpointSettings endpoint_options = endpoint_settings(given, options, *policy);
  const serve::TokenPolicy token_policy{.lifetime = seconds{options.number<int>("--token-lifetime", 10, 86'400, 300)}};
  if (options.error()) return refuse(*options.error());

  std::optional<Knowledge> knowledge = load_knowledge(given.values("--knowledge"));
  if (!knowledge) return Exit::bad_knowledge;
  if (Errors errors = Checker{*knowledge, *policy}.validate({}, {}); !errors.empty()) {
    errors.front().place = "--authority";  // all that can be wrong of nobody who takes nothing
    return refuse(errors.front());
  }
  cds::Options cds_options;
  cds_options.policy = *policy;
  cds_options.least = *severity_named(given.value_or("--min-severity", name(cds_options.least)));
  if (given.value_or("--cds-hooks", "2.0.1") == "3.0.0") cds_options.version = cds::Version::v3_0_0;
  const cds::Service service{*std::move(knowledge), cds_options};

  const std::string feedback_path{given.value_or("--feedback", "magnesia-feedback.sqlite")};
  std::unique_ptr<serve::FeedbackLog> feedback;
  if (feedback_path != "none") {
    Result<std::unique_ptr<serve::FeedbackLog>> opened = serve::FeedbackLog::open(feedback_path);
    if (!opened) return refuse(opened.error());
    feedback = *std::move(opened);
  }
  const std::string log_path{given.value_or("--access-log", "-")};
  int log_file = -1;
  if (log_path != "none") {
    const Result<int> opened = serve::AccessLog::open(log_path);
    if (!opened) return refuse(opened.error());
    log_file = *opened;
  }

  serve::Metrics metrics;
  serve::AccessLog log{log_file, metrics};
  std::unique_ptr<serve::TokenVerifier> tokens;
  if (!trusted.empty()) tokens = std::make_unique<serve::TokenVerifier>(std::move(trusted), token_policy);
  serve::Endpoints endpoints{service, std::move(endpoint_options), tokens.get(), feedback.get(), metrics, log};
  std::signal(SIGPIPE, SIG_IGN);  // a closed log must not end the service
  const Result<std::unique_ptr<serve::Server>> server = serve::Server::open(server_options, endpoints, metrics);
  if (!server) return refuse(server.error());

  if (!tokens) complain("--no-auth: whoever can reach this address is answered");
  if (!print("listening on " + url_of(server_options, (*server)->port()) + '\n')) return Exit::bad_input;
  log.event("started", "");
  (*server)->run();
  log.event("stopped", "");
  return Exit::answered;
}

}  // namespace magnesia::cli
