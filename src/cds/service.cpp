// What a call is answered with.
#include <algorithm>
#include <array>

#include "cds/call.hpp"
#include "cds/cards.hpp"
#include "cds/discovery.hpp"
#include "cds/respond.hpp"
#include "cds/rewrite.hpp"
#include "cds/suggest.hpp"
#include "fhir/resource.hpp"
#include "fhir/write_bundle.hpp"
#include "magnesia/fhir_write.hpp"
#include "words/words.hpp"

namespace magnesia::cds {

using detail::Workspace;
using json::Node;

namespace {

constexpr std::string_view fhir_json = "application/fhir+json";

// Queries of which an empty answer must have been given before anybody is told that there is no magnesium to be found.
bool is_of_medications(const Prefetch& one) noexcept {
  return one.answers.has(fhir::List::medication_requests) || one.answers.has(fhir::List::medication_statements);
}

struct Read {
  Call call;
  fhir::Record record;
  Assessment assessment;
};

class Answer {
 public:
  Answer(const Knowledge& knowledge, const Options& options, const std::vector<Prefetch>& asked, std::string_view id,
         std::chrono::year_month_day today)
      : knowledge_{knowledge}, base_{*knowledge.base()}, options_{options}, asked_{asked}, id_{id}, today_{today} {
    Policy policy = options.policy;
    policy.as_of = today;
    checker_.emplace(knowledge, std::move(policy));
  }

  [[nodiscard]] Response to(std::string_view body) {
    Result<const Node*, Errors> root = parser_.parse(body, {.max_bytes = Service::max_bytes});
    if (!root) return refuse_body(body, root.error());
    Result<Read, Response> read = this->read(**root);
    if (!read) return std::move(read).error();
    return respond(**root, *read);
  }

 private:
  // The call, the record that came with it, and what there is to say of it.
  [[nodiscard]] Result<Read, Response> read(const Node& body) const {
    Result<Call, Errors> call = read_call(body, id_, options_);
    if (!call) return Service::refuse(400, call.error());
    Read read{*std::move(call), {}, {}};
    std::vector<fhir::Part> parts;
    fhir::Lists none;  // what is said to be empty without a Bundle that says so
    if (read.call.orders != nullptr) parts.push_back({read.call.orders, {}, true});
    for (const Supplied& supplied : read.call.supplied) {
      const auto asked = std::find_if(asked_.begin(), asked_.end(), [&](const Prefetch& one) { return one.key == supplied.key; });
      const fhir::Lists answers = asked == asked_.end() ? fhir::Lists{} : asked->answers;
      if (supplied.node == nullptr)
        none |= answers;
      else
        parts.push_back({supplied.node, answers, false});
    }
    fhir::ReadOptions options = options_.reading;
    options.as_of = today_;
    options.patient = read.call.patient;
    options.known_empty = asked_lists(asked_);
    if (!parts.empty()) {
      Result<fhir::Record, Errors> record = fhir::read(parts, knowledge_, options);
      // No patient is named in what was sent: then it is all of the one whom the context names.
      if (!record && record.error().size() == 1 && record.error().front().kind == ErrorKind::unknown_name &&
          record.error().front().place.empty()) {
        options.patient.clear();
        record = fhir::read(parts, knowledge_, options);
      }
      if (!record) return Service::refuse(400, record.error());
      read.record = *std::move(record);
    }
    close_empty(read, none);
    if (std::optional<Error> error =
            checker_->assess_into(read.assessment, read.record.request.patient, read.record.request.regimen))
      return Service::refuse(422, {std::move(*error)});
    return read;
  }

  // null for a query, where the client is believed to mean "none".
  static void close_empty(Read& read, fhir::Lists none) {
    if (none.empty()) return;
    fhir::Record& record = read.record;
    record.lists |= none;
    if (none.has(fhir::List::conditions) && record.request.patient.conditions.completeness() == Completeness::unknown)
      record.request.patient.conditions = Listed<Condition>{known_none};
    const bool medications = none.has(fhir::List::medication_requests) && none.has(fhir::List::medication_statements);
    if (medications && record.request.patient.medications.completeness() == Completeness::unknown)
      record.request.patient.medications = Listed<Taken>{known_none};
    if (medications && record.request.regimen.products().completeness() == Completeness::unknown)
      record.request.regimen = Regimen{known_none};
  }

  [[nodiscard]] Ordered ordered_in(const Read& read) const {
    Ordered ordered;
    ordered.everything = !info(read.call.hook).orders;
    if (ordered.everything) return ordered;
    const auto mark = [&](const std::vector<fhir::Origin>& origins, std::vector<bool>& into) {
      for (const fhir::Origin& origin : origins)
        into.push_back(std::any_of(read.call.drafts.begin(), read.call.drafts.end(), [&](const Draft& draft) {
          return draft.selected && (origin.pointer == draft.pointer || origin.pointer.starts_with(draft.pointer + '/'));
        }));
    };
    mark(read.record.medications, ordered.medications);
    mark(read.record.magnesium, ordered.magnesium);
    return ordered;
  }

  // An ordered drug of which there are rules about magnesium taken with it.
  [[nodiscard]] bool orders_a_partner(const Workspace& workspace, const Ordered& ordered) const {
    return std::any_of(workspace.medications.begin(), workspace.medications.end(), [&](const facts::Medication& medication) {
      if (!ordered.medication(medication.entry)) return false;
      const auto& rules = base_.rules_for_drug[medication.drug];
      return std::any_of(rules.begin(), rules.end(), [&](std::uint16_t at) {
        return base_.rules[at].scope == base::Scope::pair && base_.rules[at].severity >= options_.least;
      });
    });
  }

  [[nodiscard]] bool supplied(const Read& read, const Prefetch& one) const {
    return read.call.has(one.key) || (!one.answers.empty() && read.record.lists.has_all(one.answers));
  }

  // Whether any query that would tell the fact was answered, or there is none that would.
  [[nodiscard]] bool was_asked(const Read& read, std::string_view fact) const {
    bool any = false;
    for (const Prefetch& one : asked_) {
      if (std::find(one.tells.begin(), one.tells.end(), fact) == one.tells.end()) continue;
      if (supplied(read, one)) return true;
      any = true;
    }
    return !any;
  }

  // How far a list reaches: that it may lack something is not said at each order where it was sent, for it is all that there is
  // to be had; that an entry of it is too wide is.
  [[nodiscard]] Severity reach_of(const Read& read, const Missing& missing) const {
    struct OfList {
      std::string_view fact;
      facts::Ask detail;
    };
    static constexpr std::array<OfList, 3> lists{{{"conditions", facts::Ask::condition_detail},
                                                  {"medications", facts::Ask::medication_detail},
                                                  {"magnesium", facts::Ask::salt_detail}}};
    for (const OfList& list : lists)
      if (list.fact == missing.fact && was_asked(read, missing.fact))
        return read.assessment.workspace().could_reach[static_cast<std::size_t>(list.detail)];
    return missing.could_reach;
  }

  [[nodiscard]] static bool is_of(const Draft& draft, std::string_view path) noexcept {
    return path.starts_with(draft.pointer) && (path.size() == draft.pointer.size() || path[draft.pointer.size()] == '/');
  }

  [[nodiscard]] Unknown unknown_in(const Read& read, const std::vector<Card>& cards, bool magnesium) const {
    Unknown unknown;
    const bool timing_shown =
        std::any_of(cards.begin(), cards.end(), [](const Card& card) { return card.status == Status::possible; });
    if (magnesium)
      for (Missing one : read.assessment.missing()) {
        one.could_reach = reach_of(read, one);
        if (one.could_reach < options_.least || one.could_reach == Severity::none) continue;
        if (one.fact == "times" && timing_shown) continue;
        unknown.missing.push_back(one);
      }
    for (const Unrecognised& one : read.assessment.unrecognised()) {
      const bool of_an_order = std::any_of(read.call.drafts.begin(), read.call.drafts.end(),
                                           [&](const Draft& draft) { return draft.selected && is_of(draft, one.path); });
      if (magnesium || (of_an_order && read.assessment.workspace().product_count != 0)) unknown.unrecognised.push_back(&one);
    }
    if (magnesium && !unknown.empty())
      for (const fhir::Note& note : read.record.notes)
        if (note.outcome == fhir::Note::Outcome::stale) unknown.notes.push_back(&note);
    return unknown;
  }

  // Nothing was found, and nothing was sent from which anything could have been.
  [[nodiscard]] std::optional<Response> precondition(const Read& read, bool magnesium, bool partner) const {
    const Workspace& workspace = read.assessment.workspace();
    std::vector<const Prefetch*> needed;
    const bool unknown_magnesium = workspace.product_count == 0 && (partner || info(read.call.hook).hook == Hook::patient_view);
    for (const Prefetch& one : asked_) {
      if (one.tells.empty() || one.key == "patient") continue;
      if (magnesium ? false : !is_of_medications(one)) continue;
      if (supplied(read, one)) return std::nullopt;
      needed.push_back(&one);
    }
    if (!magnesium && !unknown_magnesium) return std::nullopt;
    const std::vector<Missing> missing = read.assessment.missing();
    std::vector<fhir::Issue> issues;
    for (const Missing& one : missing) {
      if (one.could_reach < options_.least) continue;
      std::string keys;
      for (const Prefetch* const query : needed)
        if (std::find(query->tells.begin(), query->tells.end(), one.fact) != query->tells.end())
          keys += (keys.empty() ? "" : ", ") + query->key;
      if (keys.empty()) continue;
      issues.push_back({"error", "required", std::string{one.question}, "prefetch: " + keys, {}});
    }
    if (issues.empty()) return std::nullopt;
    issues.insert(issues.begin(), {"error", "processing", std::string{base_.text("cds.precondition")}, {}, {}});
    Response response;
    response.status = 412;
    response.content_type = fhir_json;
    fhir::ResourceWriter writer{response.body};
    writer.begin_object();
    writer.member("resourceType", "OperationOutcome");
    fhir::write_issues(writer, issues);
    writer.end_object();
    return response;
  }

  [[nodiscard]] Response respond(const Node& body, const Read& read) const {
    const Workspace& workspace = read.assessment.workspace();
    const Ordered ordered = ordered_in(read);
    const bool magnesium = orders_magnesium(workspace, ordered);
    const bool partner = !ordered.everything && orders_a_partner(workspace, ordered);
    std::vector<Card> cards;
    if (magnesium || !ordered.everything) cards = cards_of(read.assessment, &read.record, ordered, options_.least);
    if (cards.empty())
      if (std::optional<Response> refused = precondition(read, magnesium, partner)) return *std::move(refused);
    const Situation situation{read.call,
                              read.record,
                              ordered,
                              *checker_,
                              read.assessment,
                              options_.suggest_within,
                              [&](const std::vector<Changed>& changes) { return reassess(body, changes); }};
    suggest(situation, cards);
    if (const Unknown unknown = unknown_in(read, cards, magnesium); !unknown.empty()) {
      Card card = card_of(read.assessment, unknown);
      card.orders = magnesium_orders(workspace, read.record, ordered);
      for (const Draft& draft : read.call.drafts)
        if (draft.selected && !draft.reference.empty() && is_unread(unknown, draft)) card.orders.push_back(draft.reference);
      cards.push_back(std::move(card));
    }
    Response response;
    append_cards(response.body, read.assessment, cards, read.call.instance);
    return response;
  }

  [[nodiscard]] static bool is_unread(const Unknown& unknown, const Draft& draft) {
    return std::any_of(unknown.unrecognised.begin(), unknown.unrecognised.end(),
                       [&](const Unrecognised* one) { return is_of(draft, one->path); });
  }

  [[nodiscard]] std::optional<Assessment> reassess(const Node& body, const std::vector<Changed>& changes) const {
    Replacements instead;
    for (const Changed& change : changes) instead.emplace_back(change.draft->node, change.resource);
    std::string text;
    json::Writer writer{text};
    write_node(writer, body, instead);
    json::Parser parser;
    Result<const Node*, Errors> root = parser.parse(text, {.max_bytes = 2 * Service::max_bytes});
    if (!root) return std::nullopt;
    Result<Read, Response> then = read(**root);
    if (!then) return std::nullopt;
    return std::move(then->assessment);
  }

  const Knowledge& knowledge_;
  const base::Base& base_;
  const Options& options_;
  const std::vector<Prefetch>& asked_;
  std::string_view id_;
  std::chrono::year_month_day today_;
  std::optional<Checker> checker_;
  json::Parser parser_;
};

}  // namespace

Response Service::refuse(int status, const Errors& errors) {
  return {status, fhir_json, fhir::to_outcome(errors, fhir::Tell::without_found)};
}

Response no_such_service() {
  std::string expected;
  for (const std::string_view id : Service::ids()) expected += (expected.empty() ? "" : " or ") + std::string{id};
  return Service::refuse(404, {{ErrorKind::unknown_name, "service", {}, std::move(expected)}});
}

Response refuse_body(std::string_view body, const Errors& errors) {
  return Service::refuse(body.size() > Service::max_bytes ? 413 : 400, errors);
}

Service::Service(Knowledge knowledge, Options options)
    : knowledge_{std::move(knowledge)},
      options_{std::move(options)},
      asked_{std::make_shared<const std::vector<Prefetch>>(prefetches(*knowledge_.base()))},
      discovery_{discovery_of(*knowledge_.base(), *asked_, options_.version)} {}

std::vector<std::string_view> Service::ids() { return {patient_service, order_service}; }

bool Service::has(std::string_view id) noexcept { return id == patient_service || id == order_service; }

Response Service::answer(std::string_view id, std::string_view body, std::chrono::year_month_day today) const {
  if (!has(id)) return no_such_service();
  return Answer{knowledge_, options_, *asked_, id, today}.to(body);
}

}  // namespace magnesia::cds
