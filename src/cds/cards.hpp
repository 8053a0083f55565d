// Cards: what an assessment says about what is being ordered.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/workspace.hpp"
#include "magnesia/cds_hooks.hpp"

namespace magnesia::cds {

struct Action {
  std::string_view type;  ///< "update", "delete"
  std::string resource;   ///< of an update: JSON
  std::string reference;  ///< of a delete
};
/// One thing that could be done; all of its actions together.
struct Suggestion {
  std::string label;
  bool recommended = false;
  std::vector<Action> actions;
};
struct Link {
  std::string label;
  std::string url;
};

struct Card {
  std::string_view rule;  ///< empty: about what is not known
  Severity severity = Severity::none;
  Status status = Status::established;
  Topic topic = Topic::data;
  std::string summary;
  std::string detail;
  std::vector<Link> links;
  std::vector<Suggestion> suggestions;
  std::vector<std::string> orders;           ///< references of the orders that it is about
  std::vector<const detail::Record*> about;  ///< the findings that it puts together
};

/// What a call is about: entries of the request, by index; or everything.
struct Ordered {
  bool everything = false;
  std::vector<bool> medications;
  std::vector<bool> magnesium;

  [[nodiscard]] bool medication(int entry) const noexcept { return everything || has(medications, entry); }
  [[nodiscard]] bool product(const facts::Product& product) const noexcept {
    return everything || has(product.from_medication ? medications : magnesium, product.entry);
  }

 private:
  [[nodiscard]] static bool has(const std::vector<bool>& list, int entry) noexcept {
    const auto at = static_cast<std::size_t>(entry);
    return at < list.size() && list[at];
  }
};

/// Whether magnesium itself is among what is ordered.
[[nodiscard]] bool orders_magnesium(const detail::Workspace& workspace, const Ordered& ordered) noexcept;

/// A card for each finding from `least` on that concerns what is ordered; those that say the same of several products are one.
/// Only possible ones about the person are left to what is not known. The most urgent first. `record`: null where the person came
/// from elsewhere.
[[nodiscard]] std::vector<Card> cards_of(const Assessment& assessment, const fhir::Record* record, const Ordered& ordered,
                                         Severity least);

/// What is not known, in one card of information.
struct Unknown {
  std::vector<Missing> missing;
  std::vector<const magnesia::Unrecognised*> unrecognised;
  std::vector<const fhir::Note*> notes;  ///< what is stale or incomplete

  [[nodiscard]] bool empty() const noexcept { return missing.empty() && unrecognised.empty(); }
};
[[nodiscard]] Card card_of(const Assessment& assessment, const Unknown& unknown);

/// References of the orders of magnesium.
[[nodiscard]] std::vector<std::string> magnesium_orders(const detail::Workspace& workspace, const fhir::Record& record,
                                                        const Ordered& ordered);

/// Appends {"cards":[…]}. Ids follow from the call and the content of each card.
void append_cards(std::string& out, const Assessment& assessment, const std::vector<Card>& cards, std::string_view instance);

}  // namespace magnesia::cds
