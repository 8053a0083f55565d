// A titration as text and as JSON: docs/contract.md, "Out: a titration".
#include "magnesia/titration.hpp"

#include "json/write.hpp"
#include "magnesia/report.hpp"
#include "report/append.hpp"
#include "report/names.hpp"
#include "report/text_page.hpp"
#include "words/words.hpp"

namespace magnesia {

using json::Writer;
using report::bold;
using report::faint;
using report::Page;

namespace {

std::string amount(ElementalMass of) { return of.base().decimal(1) + " mg"; }

void write_amount(Writer& writer, std::string_view key, ElementalMass of, Rounding way) {
  std::string number;
  report::append_number(number, of.base(), way);
  writer.key(key);
  writer.begin_object();
  writer.key("value");
  writer.raw(number);
  writer.member("unit", "mg");
  writer.end_object();
}

void write_verdict(Writer& writer, Severity at_least, Severity at_most) {
  writer.key("verdict");
  writer.begin_object();
  writer.member("at_least", name(at_least));
  writer.member("at_most", name(at_most));
  writer.end_object();
}

void write_steps(Writer& writer, const Titration& titration) {
  writer.key("steps");
  writer.begin_array();
  for (const TitrationStep& step : titration.steps) {
    writer.begin_object();
    writer.member("day", step.day);
    write_amount(writer, "per_day", step.per_day, Rounding::up);
    write_amount(writer, "per_dose", step.per_dose, Rounding::up);
    write_verdict(writer, step.at_least, step.at_most);
    writer.end_object();
  }
  writer.end_array();
  writer.member("interval_days", titration.interval_days);
  writer.key("ceiling");
  writer.begin_object();
  std::string number;
  report::append_number(number, titration.ceiling.base(), Rounding::down);
  writer.key("value");
  writer.raw(number);
  writer.member("unit", "mg");
  writer.key("authority");
  if (titration.authority.empty())
    writer.null();
  else
    writer.string(titration.authority);
  writer.member("cut_short", titration.cut_short);
  writer.end_object();
  write_amount(writer, "source_most", titration.most, Rounding::up);
}

void write_refusal(Writer& writer, const Titration& titration) {
  writer.key("refused");
  writer.begin_object();
  writer.member("because", name(titration.refusal));
  writer.member("message", titration.why);
  writer.key("rules");
  writer.begin_array();
  for (const std::string_view rule : titration.rules) writer.string(rule);
  writer.end_array();
  writer.key("missing");
  writer.begin_array();
  for (const Missing& one : titration.missing) {
    writer.begin_object();
    writer.member("fact", one.fact);
    writer.member("question", one.question);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
}

void write_words(Writer& writer, const Titration& titration) {
  writer.member("evidence", name(titration.evidence));
  writer.member("hold", titration.hold);
  writer.key("stop");
  writer.begin_array();
  for (const std::string_view one : titration.stop) writer.string(one);
  writer.end_array();
  writer.member("ask", titration.ask);
  writer.key("sources");
  writer.begin_array();
  for (const Source& source : titration.sources) {
    writer.begin_object();
    writer.member("id", source.id);
    writer.member("grade", name(source.grade));
    writer.member("title", source.title);
    writer.member("locator", source.locator);
    writer.member("confirmed", source.confirmed);
    writer.end_object();
  }
  writer.end_array();
}

class Text {
 public:
  Text(const Titration& titration, TextOptions options)
      : titration_{titration}, base_{*titration.assessment.workspace().base}, page_{options} {}

  std::string write() {
    const bool refused = titration_.refusal != TitrationRefusal::none;
    page_.text(0, refused ? titration_.why : say("titration.title", {{"name", titration_.called}}), bold);
    if (!refused) page_.text(0, say(titration_.evidence == Status::established ? "titration.confirmed" : "titration.possible"));
    page_.text(0, base_.text("notice"), faint);
    if (refused && !titration_.missing.empty()) {
      page_.section(base_.text("section.missing"));
      for (const Missing& one : titration_.missing) page_.entry(2, "-", 4, one.question);
    }
    if (!refused) write_plan();
    if (!titration_.sources.empty()) {
      page_.section(base_.text("section.sources"));
      for (const Source& source : titration_.sources)
        page_.entry(2, "-", 4,
                    std::string{source.title} + ", " + std::string{source.locator} + " (" +
                        std::string{report::text_of(base_, "grade", name(source.confirmed ? source.grade : Grade::unconfirmed))} +
                        ')');
    }
    return page_.take();
  }

 private:
  std::string say(std::string_view key, std::initializer_list<words::Slot> slots = {}) const {
    std::string out;
    words::append_text(out, base_, key, slots);
    return out;
  }

  void write_plan() {
    page_.section(base_.text("titration.section.steps"));
    for (const TitrationStep& step : titration_.steps)
      page_.entry(2, say("titration.day", {{"day", std::to_string(step.day)}}), 16,
                  say("titration.step", {{"per-day", amount(step.per_day)},
                                         {"per-dose", amount(step.per_dose)},
                                         {"at_least", report::text_of(base_, "severity", name(step.at_least))},
                                         {"at_most", report::text_of(base_, "severity", name(step.at_most))}}));
    page_.text(2,
               say("titration.interval", {{"days", std::to_string(titration_.interval_days)}, {"because", titration_.because}}));
    page_.text(2, say(titration_.authority.empty() ? "titration.no-limit"
                      : titration_.cut_short       ? "titration.cut-short"
                                                   : "titration.ceiling",
                      {{"ceiling", amount(titration_.ceiling)},
                       {"most", amount(titration_.most)},
                       {"authority", titration_.authority_name}}));
    page_.section(base_.text("titration.section.stop"));
    page_.entry(2, "-", 4, titration_.hold);
    for (const std::string_view one : titration_.stop) page_.entry(2, "-", 4, one);
    page_.section(base_.text("titration.section.ask"));
    page_.text(2, titration_.ask);
    page_.text(2, say("plan.verdict", {{"headline", titration_.assessment.headline()}}));
  }

  const Titration& titration_;
  const base::Base& base_;
  Page page_;
};

}  // namespace

void append_json(std::string& out, const Titration& titration) {
  Writer writer{out};
  const bool refused = titration.refusal != TitrationRefusal::none;
  writer.begin_object();
  writer.member("magnesia", "titration/1");
  writer.member("status", refused ? "refused" : "planned");
  writer.key("titration");
  if (titration.id.empty())
    writer.null();
  else
    writer.string(titration.id);
  if (refused)
    write_refusal(writer, titration);
  else
    write_steps(writer, titration);
  if (!titration.id.empty()) write_words(writer, titration);
  writer.end_object();
}

std::string to_json(const Titration& titration) {
  std::string out;
  append_json(out, titration);
  return out;
}

std::string to_text(const Titration& titration, TextOptions options) {
  if (!titration.assessment.workspace().base) return {};
  return Text{titration, options}.write();
}

}  // namespace magnesia
