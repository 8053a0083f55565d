// What is found under which path: CDS Hooks, and what operators ask.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "magnesia/cds_hooks.hpp"
#include "serve/access_log.hpp"
#include "serve/exchange.hpp"
#include "serve/feedback_log.hpp"
#include "serve/metrics.hpp"
#include "serve/token.hpp"

namespace magnesia::serve {

struct EndpointSettings {
  std::string public_url;            ///< under which clients call us, without a slash at its end: what tokens are made for
  bool protects_discovery = false;   ///< discovery needs a token too
  std::vector<std::string> origins;  ///< whose pages may call from a browser; "*": all
  std::optional<std::chrono::year_month_day> as_of;  ///< none: today, by the clock and time zone of this machine
};

/// Shared by any number of threads.
class Endpoints final : public Handler {
 public:
  /// What is pointed to must outlive it. `tokens` null: whoever can reach us may call. `feedback` null: there is no such
  /// endpoint.
  Endpoints(const cds::Service& service, EndpointSettings settings, TokenVerifier* tokens, FeedbackLog* feedback,
            Metrics& metrics, AccessLog& log);

  [[nodiscard]] std::optional<Reply> admit(const Call& call, Note& note) override;
  [[nodiscard]] bool may_wait(const Note& note) const noexcept override { return note.route == Route::feedback; }
  [[nodiscard]] Reply answer(const Call& call, Note& note) override;
  [[nodiscard]] Reply fault(int status) const override;
  void finished(const Finished& exchange) noexcept override;

 private:
  struct Place {
    Route route = Route::none;
    std::string_view service;
  };
  [[nodiscard]] Place place_of(std::string_view path) const;
  [[nodiscard]] std::optional<Reply> refuse(const Call& call, const Place& place, Note& note);
  [[nodiscard]] std::optional<Reply> refuse_caller(const Call& call, Note& note);
  [[nodiscard]] Reply discover(const Call& call) const;
  [[nodiscard]] Reply give_cards(std::string_view service, std::string_view body);
  [[nodiscard]] Reply keep_feedback(std::string_view service, std::string_view body, const Note& note);
  [[nodiscard]] bool allows(std::string_view origin) const noexcept;
  [[nodiscard]] Reply for_origin(Reply reply, std::string_view origin) const;
  [[nodiscard]] std::chrono::year_month_day today() const;

  const cds::Service& service_;
  EndpointSettings settings_;
  TokenVerifier* tokens_;
  FeedbackLog* feedback_;
  Metrics& metrics_;
  AccessLog& log_;
  std::string discovery_tag_;
};

}  // namespace magnesia::serve
