#include "cds/cards.hpp"

#include <algorithm>
#include <array>

#include "cds/markdown.hpp"
#include "fhir/links.hpp"
#include "fhir/needed_data.hpp"
#include "fhir/resource.hpp"
#include "fhir/uuid.hpp"
#include "json/utf8.hpp"
#include "report/layout.hpp"
#include "report/names.hpp"
#include "words/used.hpp"
#include "words/words.hpp"

namespace magnesia::cds {

using base::Base;
using detail::Record;
using detail::Workspace;
using report::text_of;

namespace {

constexpr std::size_t longest_summary = 139;  // fewer than 140 characters, in the units that JavaScript counts
constexpr std::size_t longest_label = 100;
constexpr std::size_t most_listed = 20;

// Codes of http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes; their words are among the texts.
constexpr std::string_view reason_system = "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes";
constexpr std::array<std::string_view, 7> reasons{"mitigate-risk-negative-outcome",
                                                  "action-performed-no-adverse-effect",
                                                  "action-completed",
                                                  "risk-benefit-ratio",
                                                  "expert-contradicts",
                                                  "cds-not-applicable",
                                                  "patient-refuses"};

// UTF-16 code units of valid UTF-8.
std::size_t units(std::string_view text) noexcept {
  std::size_t count = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    count += (byte & 0xC0U) == 0x80U ? 0U : byte >= 0xF0U ? 2U : 1U;
  }
  return count;
}

std::string cut(std::string text, std::size_t most) {
  if (units(text) <= most) return text;
  std::size_t count = 1;  // of the ellipsis
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = std::max<std::size_t>(json::character_length(text, at), 1);
    count += length == 4 ? 2 : 1;
    if (count > most) break;
    at += length;
  }
  text.resize(at);
  return text += "…";
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string_view first_sentence(std::string_view text) noexcept {
  const std::size_t end = text.find(". ");
  return end == std::string_view::npos ? text : text.substr(0, end + 1);
}

std::string_view indicator_of(const Card& card) noexcept {
  if (card.rule.empty() || card.severity <= Severity::minor) return "info";
  return card.severity == Severity::contraindicated && card.status == Status::established ? "critical" : "warning";
}

std::string summary_of(const Workspace& workspace, const Record& record, const Finding& finding) {
  const Base& base = *workspace.base;
  std::string head{text_of(base, "severity", name(finding.severity))};
  if (finding.status == Status::possible) {
    const std::string severity = std::move(head);
    head.clear();
    words::append_text(head, base, "cds.perhaps", {{"severity", severity}});
  }
  head = capitalised(std::move(head)) + ": ";
  std::string summary = report::printable(head + std::string{first_sentence(finding.message)});
  if (units(summary) <= longest_summary) return summary;
  const std::string subject = report::subject_of(workspace, record);
  summary = head + (subject.empty() ? std::string{base.text("cds.magnesium")} : subject) + " (" +
            std::string{text_of(base, "topic", name(finding.topic))} + ')';
  return cut(report::printable(summary), longest_summary);
}

// ---- Detail ----

class Detail {
 public:
  explicit Detail(const Base& base) : base_{base} {}

  void paragraph(std::string_view text) {
    if (text.empty()) return;
    if (!out_.empty()) out_ += "\n\n";
    append_markdown(out_, text);
  }
  void labelled(std::string_view key, std::string_view text) {
    if (text.empty()) return;
    heading(base_.text(key));
    out_ += ' ';
    append_markdown(out_, text);
  }
  void heading(std::string_view text) {
    if (!out_.empty()) out_ += "\n\n";
    out_ += "**";
    append_markdown(out_, text);
    out_ += ":**";
  }
  void begin_list(std::string_view key) {
    heading(base_.text(key));
    out_ += '\n';
  }
  void item(std::string_view text) {
    out_ += "\n- ";
    append_markdown(out_, text);
  }
  void item_with_link(std::string_view title, std::string_view url, std::string_view behind) {
    out_ += "\n- ";
    if (url.empty()) {
      append_markdown(out_, title);
    } else {
      out_ += '[';
      append_markdown(out_, title);
      out_ += "](<";
      out_ += url;
      out_ += ">)";
    }
    append_markdown(out_, behind);
  }
  // What every card rests on.
  void footing(const Assessment& assessment, std::string_view rule) {
    const Workspace& workspace = assessment.workspace();
    std::string text;
    if (!rule.empty()) text += std::string{base_.text("label.rule")} + ' ' + std::string{rule} + "; ";
    const KnowledgeIdentity identity = assessment.knowledge();
    text += std::string{base_.text("section.knowledge")} + ' ' + std::string{identity.id} + ' ' + std::string{identity.version} +
            " (" + std::string{identity.sha256.substr(0, 12)} + ')';
    for (const std::string_view overlay : assessment.overlays()) text += "; " + std::string{overlay};
    if (workspace.as_of.ok()) {
      std::string date;
      report::append_day(date, workspace.as_of);
      text += "; ";
      words::append_text(text, base_, "verdict.as-of", {{"date", date}});
    }
    paragraph(text);
    out_ += "\n\n_";
    append_markdown(out_, base_.text("notice"));
    out_ += '_';
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  const Base& base_;
  std::string out_;
};

bool uses(const Finding& finding, std::string_view fact) {
  return std::any_of(finding.because.begin(), finding.because.end(), [&](const Used& used) { return used.fact == fact; });
}

// How a value came about, and when what it comes from was measured.
void add_inputs(Detail& detail, const Assessment& assessment, const fhir::Record* record, const Finding& finding) {
  const Base& base = *assessment.workspace().base;
  for (const Derived& derived : assessment.derived()) {
    if (!uses(finding, derived.fact)) continue;
    std::string text{words::fact_name(base, derived.fact)};
    text += ": " + std::string{text_of(base, "equation", derived.equation)};
    if (!derived.stage.empty()) text += " (" + std::string{derived.stage} + ')';
    detail.item(text);
  }
  if (record == nullptr) return;
  for (const fhir::Measurement& measurement : record->measurements) {
    const bool from_it = std::any_of(finding.because.begin(), finding.because.end(),
                                     [&](const Used& used) { return fhir::tells(measurement.fact, used.fact); });
    if (!from_it || !measurement.on) continue;
    std::string date;
    report::append_day(date, *measurement.on);
    std::string text{words::fact_name(base, measurement.fact)};
    text += ": ";
    words::append_text(text, base, "cds.measured", {{"date", date}, {"reference", measurement.origin.reference}});
    detail.item(text);
  }
}

std::string detail_of(const Assessment& assessment, const fhir::Record* record, const Card& card) {
  const Workspace& workspace = assessment.workspace();
  const Base& base = *workspace.base;
  const Finding finding = words::finding_of(workspace, *card.about.front());
  Detail detail{base};
  if (finding.status == Status::possible) detail.paragraph(base.text("fhir.possible"));
  for (const Record* const one : card.about) {
    const std::string message = words::finding_of(workspace, *one).message;
    if (one == card.about.front() || message != finding.message) detail.paragraph(message);
  }
  detail.labelled("label.action", finding.action);
  std::vector<std::string> changes;
  for (const Record* const one : card.about) {
    std::string text = words::smallest_change(workspace, *one).text;
    if (std::find(changes.begin(), changes.end(), text) == changes.end()) changes.push_back(std::move(text));
  }
  for (const std::string& change : changes) detail.labelled("label.change", change);
  detail.labelled("label.monitoring", finding.monitoring);
  detail.labelled("label.mechanism", finding.mechanism);
  if (!finding.because.empty()) {
    detail.begin_list("cds.basis");
    std::vector<std::string> said;
    for (const Record* const one : card.about)
      for (const Used& used : words::used_by(workspace, *one)) {
        std::string text = report::basis_text(base, used);
        if (std::find(said.begin(), said.end(), text) != said.end()) continue;
        detail.item(text);
        said.push_back(std::move(text));
      }
    add_inputs(detail, assessment, record, finding);
  }
  detail.begin_list("section.sources");
  const auto& citations = base.rules[card.about.front()->rule].citations;
  for (std::size_t i = 0; i < finding.sources.size(); ++i) {
    const Source& source = finding.sources[i];
    std::string behind;
    if (!source.locator.empty()) behind += "; " + std::string{source.locator};
    behind += " (" + std::string{text_of(base, "grade", name(source.grade))};
    if (!source.confirmed) behind += ", " + std::string{base.text("sources.unconfirmed")};
    behind += ')';
    detail.item_with_link(source.title, fhir::link_of(base.sources[citations[i].source].identifier), behind);
  }
  detail.footing(assessment, card.rule);
  return detail.take();
}

std::vector<Link> links_of(const Base& base, const base::Rule& rule) {
  std::vector<Link> links;
  for (const base::Citation& citation : rule.citations) {
    const base::SourceEntry& source = base.sources[citation.source];
    std::string url = fhir::link_of(source.identifier);
    const bool known = std::any_of(links.begin(), links.end(), [&](const Link& link) { return link.url == url; });
    if (!url.empty() && !known) links.push_back({cut(std::string{source.title}, longest_label), std::move(url)});
  }
  return links;
}

// ---- Which findings ----

void add_order(const std::vector<fhir::Origin>& list, int entry, std::vector<std::string>& orders) {
  const auto at = static_cast<std::size_t>(entry);
  if (at >= list.size()) return;
  const std::string_view reference = fhir::usable_reference(list[at].reference);
  if (!reference.empty() && std::find(orders.begin(), orders.end(), reference) == orders.end()) orders.emplace_back(reference);
}

void add_product(const facts::Product& product, const fhir::Record& record, const Ordered& ordered,
                 std::vector<std::string>& orders) {
  if (ordered.product(product)) add_order(product.from_medication ? record.medications : record.magnesium, product.entry, orders);
}

// The orders that a card is about: the drug, the product, and where it is about the person all magnesium.
std::vector<std::string> orders_of(const Workspace& workspace, const Card& card, const fhir::Record& record,
                                   const Ordered& ordered) {
  if (ordered.everything) return {};
  std::vector<std::string> orders;
  bool about_person = true;
  for (const Record* const one : card.about) {
    const facts::Medication* const medication = words::medication_of(workspace, *one);
    const facts::Product* const product = words::product_of(workspace, *one);
    if (product != nullptr) about_person = false;
    if (product != nullptr) add_product(*product, record, ordered, orders);
    if (medication == nullptr || !ordered.medication(medication->entry)) continue;
    add_order(record.medications, medication->entry, orders);
    about_person = false;
  }
  return about_person ? magnesium_orders(workspace, record, ordered) : orders;
}

bool concerns(const Workspace& workspace, const Record& record, const Ordered& ordered, bool magnesium_ordered) {
  const facts::Medication* const medication = words::medication_of(workspace, record);
  const facts::Product* const product = words::product_of(workspace, record);
  if (product != nullptr && ordered.product(*product)) return true;
  if (medication == nullptr) return product == nullptr && magnesium_ordered;
  // A rule about a drug alone is about magnesium that is taken with it.
  if (product == nullptr && workspace.product_count == 0) return false;
  return ordered.medication(medication->entry) || (product == nullptr && magnesium_ordered);
}

void write_coding(json::Writer& writer, std::string_view system, std::string_view code, std::string_view display) {
  writer.begin_object();
  writer.member("system", system);
  writer.member("code", code);
  if (!display.empty()) writer.member("display", display);
  writer.end_object();
}

void write_suggestions(json::Writer& writer, const Card& card, const std::string& card_id) {
  writer.key("suggestions");
  writer.begin_array();
  for (const Suggestion& suggestion : card.suggestions) {
    writer.begin_object();
    writer.member("label", suggestion.label);
    writer.member("uuid", fhir::uuid_of({"suggestion", card_id, suggestion.label}));
    if (suggestion.recommended) writer.member("isRecommended", true);
    if (!suggestion.actions.empty()) {
      writer.key("actions");
      writer.begin_array();
      for (const Action& action : suggestion.actions) {
        writer.begin_object();
        writer.member("type", action.type);
        writer.member("description", suggestion.label);
        if (!action.resource.empty()) {
          writer.key("resource");
          writer.raw(action.resource);
        }
        if (!action.reference.empty()) writer.member("resourceId", action.reference);
        writer.end_object();
      }
      writer.end_array();
    }
    writer.end_object();
  }
  writer.end_array();
  writer.member("selectionBehavior", "at-most-one");
}

void write_card(json::Writer& writer, const Assessment& assessment, const Card& card, std::string_view instance) {
  const Base& base = *assessment.workspace().base;
  std::string orders;
  for (const std::string& order : card.orders) orders += order + ' ';
  const std::string id = fhir::uuid_of({"card", instance, card.summary, card.detail, orders});
  writer.begin_object();
  writer.member("uuid", id);
  writer.member("summary", card.summary);
  writer.member("indicator", indicator_of(card));
  writer.member("detail", card.detail);
  writer.key("source");
  writer.begin_object();
  writer.member("label", base.text("cds.source"));
  writer.key("topic");
  write_coding(writer, fhir::own::topic, name(card.topic), text_of(base, "topic", name(card.topic)));
  writer.end_object();
  if (!card.suggestions.empty()) write_suggestions(writer, card, id);
  if (!card.rule.empty()) {
    writer.key("overrideReasons");
    writer.begin_array();
    for (const std::string_view reason : reasons)
      write_coding(writer, reason_system, reason, text_of(base, "cds.override", reason));
    writer.end_array();
  }
  if (!card.links.empty()) {
    writer.key("links");
    writer.begin_array();
    for (const Link& link : card.links) {
      writer.begin_object();
      writer.member("label", link.label);
      writer.member("url", link.url);
      writer.member("type", "absolute");
      writer.end_object();
    }
    writer.end_array();
  }
  writer.key("extension");
  writer.begin_object();
  if (!card.orders.empty()) {
    writer.key("davinci-crd.associated-resource");
    writer.begin_array();
    for (const std::string& order : card.orders) {
      writer.begin_object();
      writer.member("reference", order);
      writer.end_object();
    }
    writer.end_array();
  }
  writer.key("magnesia.finding");
  writer.begin_object();
  if (!card.rule.empty()) {
    writer.member("rule", card.rule);
    writer.member("severity", name(card.severity));
    writer.member("status", name(card.status));
  }
  writer.member("knowledge", assessment.knowledge().sha256);
  writer.end_object();
  writer.end_object();
  writer.end_object();
}

}  // namespace

bool orders_magnesium(const Workspace& workspace, const Ordered& ordered) noexcept {
  const auto end = workspace.products.begin() + static_cast<std::ptrdiff_t>(workspace.product_count);
  return std::any_of(workspace.products.begin(), end, [&](const facts::Product& product) { return ordered.product(product); });
}

std::vector<Card> cards_of(const Assessment& assessment, const fhir::Record* record, const Ordered& ordered, Severity least) {
  const Workspace& workspace = assessment.workspace();
  const Base& base = *workspace.base;
  const bool magnesium_ordered = orders_magnesium(workspace, ordered) || ordered.everything;
  std::vector<Card> cards;
  for (const Status status : {Status::established, Status::possible})
    for (const Record& one : workspace.records) {
      const base::Rule& rule = base.rules[one.rule];
      if (one.status != status || rule.severity < least || rule.severity == Severity::none) continue;
      if (status == Status::possible && one.medication < 0) continue;
      if (!concerns(workspace, one, ordered, magnesium_ordered)) continue;
      const auto same = std::find_if(cards.begin(), cards.end(), [&](const Card& card) {
        return card.about.front()->rule == one.rule && card.status == status && card.about.front()->medication == one.medication;
      });
      if (same != cards.end()) {
        same->about.push_back(&one);
        continue;
      }
      Card card;
      card.rule = rule.id;
      card.severity = rule.severity;
      card.status = status;
      card.topic = rule.topic;
      card.about.push_back(&one);
      cards.push_back(std::move(card));
    }
  for (Card& card : cards) {
    card.summary = summary_of(workspace, *card.about.front(), words::finding_of(workspace, *card.about.front()));
    card.detail = detail_of(assessment, record, card);
    card.links = links_of(base, base.rules[card.about.front()->rule]);
    if (record != nullptr) card.orders = orders_of(workspace, card, *record, ordered);
  }
  return cards;
}

std::vector<std::string> magnesium_orders(const Workspace& workspace, const fhir::Record& record, const Ordered& ordered) {
  std::vector<std::string> orders;
  if (ordered.everything) return orders;
  for (std::size_t i = 0; i < workspace.product_count; ++i) add_product(workspace.products[i], record, ordered, orders);
  return orders;
}

Card card_of(const Assessment& assessment, const Unknown& unknown) {
  const Base& base = *assessment.workspace().base;
  Card card;
  Severity worst = Severity::none;
  for (const Missing& one : unknown.missing) worst = std::max(worst, one.could_reach);
  std::string summary;
  if (unknown.missing.empty())
    words::append_text(summary, base, "cds.unread");
  else
    words::append_text(summary, base, "cds.missing", {{"severity", text_of(base, "severity", name(worst))}});
  card.summary = cut(summary, longest_summary);

  Detail detail{base};
  if (!unknown.missing.empty()) {
    detail.begin_list("section.missing");
    for (const Missing& one : unknown.missing) {
      std::string text;
      words::append_text(text, base, "missing.ask",
                         {{"question", one.question}, {"severity", text_of(base, "severity", name(one.could_reach))}});
      detail.item(text);
    }
  }
  if (!unknown.unrecognised.empty()) {
    detail.begin_list("section.unrecognised");
    for (std::size_t i = 0; i < std::min(unknown.unrecognised.size(), most_listed); ++i)
      detail.item(unknown.unrecognised[i]->text + ": " +
                  std::string{text_of(base, "unrecognised", unknown.unrecognised[i]->kind)});
    if (unknown.unrecognised.size() > most_listed) {
      std::string more;
      words::append_text(more, base, "cds.more", {{"count", std::to_string(unknown.unrecognised.size() - most_listed)}});
      detail.item(more);
    }
  }
  if (!unknown.notes.empty()) {
    detail.begin_list("cds.not-used");
    for (const fhir::Note* const note : unknown.notes)
      detail.item(note->origin.reference + ": " + note->found + "; " + note->expected);
  }
  detail.footing(assessment, {});
  card.detail = detail.take();
  return card;
}

void append_cards(std::string& out, const Assessment& assessment, const std::vector<Card>& cards, std::string_view instance) {
  json::Writer writer{out};
  writer.begin_object();
  writer.key("cards");
  writer.begin_array();
  for (const Card& card : cards) write_card(writer, assessment, card, instance);
  writer.end_array();
  writer.end_object();
}

std::string to_cards(const Assessment& assessment, Severity least) {
  std::string out;
  if (!assessment.workspace().base) return R"({"cards":[]})";
  const Ordered everything{true, {}, {}};
  std::vector<Card> cards = cards_of(assessment, nullptr, everything, least);
  Unknown unknown;
  unknown.missing = assessment.missing();
  for (const Unrecognised& one : assessment.unrecognised()) unknown.unrecognised.push_back(&one);
  if (!unknown.empty()) cards.push_back(card_of(assessment, unknown));
  append_cards(out, assessment, cards, {});
  return out;
}

}  // namespace magnesia::cds
