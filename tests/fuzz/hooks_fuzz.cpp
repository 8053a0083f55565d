// Any bytes: a call is answered by cards, or refused by an OperationOutcome, always by JSON that can be read, the same twice, and
// never by a suggestion to do more than was asked for; feedback is read, or refused likewise.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "json/parse.hpp"
#include "magnesia/cds_hooks.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace std::chrono_literals;
  using magnesia::json::Node;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  static const magnesia::cds::Service service{magnesia::Knowledge::embedded()};
  static magnesia::json::Parser parser;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto check_outcome = [&](const magnesia::cds::Response& response) {
    const auto root = parser.parse(response.body);
    require(root.has_value());
    const Node* const type = (*root)->find("resourceType");
    const Node* const issues = (*root)->find("issue");
    require(type != nullptr && type->text() == "OperationOutcome" && issues != nullptr && !issues->empty());
  };
  for (const std::string_view id : magnesia::cds::Service::ids()) {
    const magnesia::cds::Response response = service.answer(id, text, 2026y / 11 / 25);
    require(response.body == service.answer(id, text, 2026y / 11 / 25).body);
    if (response.status != 200) {
      constexpr std::array<int, 4> refusals{400, 412, 413, 422};
      require(std::find(refusals.begin(), refusals.end(), response.status) != refusals.end());
      check_outcome(response);
      continue;
    }
    const auto root = parser.parse(response.body);
    require(root.has_value());
    const Node* const cards = (*root)->find("cards");
    require(cards != nullptr);
    for (const Node& card : cards->children()) {
      require(card.find("summary")->text().size() < 4 * 140);
      require((card.find("suggestions") != nullptr) == (card.find("selectionBehavior") != nullptr));
    }
  }
  const auto feedback = magnesia::cds::Service::read_feedback("magnesia-orders", text);
  if (!feedback)
    check_outcome(feedback.error());
  else
    for (const magnesia::cds::Feedback& one : *feedback) require(!one.card.empty() && !one.timestamp.empty());
  return 0;
}
