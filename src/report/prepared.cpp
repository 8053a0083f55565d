#include "report/prepared.hpp"

#include "json/output.hpp"
#include "words/words.hpp"

namespace magnesia::report {

using base::Base;
using json::Output;

namespace {

template <class Write>
std::string written(Write write) {
  std::string text;
  Output out{text};
  write(out);
  out.finish();
  return text;
}

void append_source(Output& out, const Source& source) {
  out += R"({"id":)";
  out.string(source.id);
  out += R"(,"grade":")";
  out += name(source.grade);
  out += R"(","title":)";
  out.string(source.title);
  out += R"(,"publisher":)";
  out.string(source.publisher);
  out += R"(,"locator":)";
  out.string(source.locator);
  out += source.confirmed ? R"(,"confirmed":true})" : R"(,"confirmed":false})";
}

void append_sources(Output& out, const Base& base, const std::vector<base::Citation>& citations) {
  out += R"("sources":[)";
  for (const base::Citation& citation : citations) {
    if (&citation != citations.data()) out += ',';
    append_source(out, words::source_of(base, citation));
  }
  out += ']';
}

std::vector<Prepared::Piece> sentences_of(const base::Rule& rule) {
  std::vector<Prepared::Piece> made;
  std::string text;  // behind the last placeholder
  Output out{text};
  const auto end_text = [&] {
    out.finish();
    made.push_back({std::move(text), {}});
    text.clear();
  };
  const auto sentence = [&](std::string_view key, const base::Template& words) {
    out += key;
    out += '"';
    for (const base::Segment& segment : words) {
      if (segment.slot.empty()) {
        out.characters(segment.text);
      } else {
        end_text();
        made.push_back({{}, segment.slot});
      }
    }
    out += '"';
  };
  sentence(R"(],"message":)", rule.message);
  sentence(R"(,"action":)", rule.action);
  if (!rule.mechanism.empty()) sentence(R"(,"mechanism":)", rule.mechanism);
  if (!rule.monitoring.empty()) sentence(R"(,"monitoring":)", rule.monitoring);
  out += R"(,"because":)";
  end_text();
  return made;
}

Prepared::Rule prepared(const Base& base, const base::Rule& rule) {
  Prepared::Rule made;
  made.head = written([&](Output& out) {
    out += R"({"rule":)";
    out.string(rule.id);
    out += R"(,"topic":")";
    out += name(rule.topic);
    out += R"(","severity":")";
    out += name(rule.severity);
    out += R"(","status":")";
  });
  made.grade = written([&](Output& out) {
    out += R"(","grade":")";
    out += name(rule.grade);
    out += R"(","subject":[)";
  });
  made.words = sentences_of(rule);
  made.sources = written([&](Output& out) {
    out += ',';
    append_sources(out, base, rule.citations);
    out += R"(,"smallest_change":)";
  });
  return made;
}

Prepared::Limit prepared(const Base& base, const base::Limit& limit) {
  Prepared::Limit made;
  made.authority = written([&](Output& out) {
    out += R"({"id":)";
    out.string(limit.id);
    out += R"(,"name":)";
    out.string(limit.name);
    out += '}';
  });
  made.sources = written([&](Output& out) {
    out += R"(,"authority":)";
    out.string(limit.id);
    out += R"(,"source":)";
    out.string(limit.citations.empty() ? std::string_view{} : std::string_view{base.sources[limit.citations[0].source].id});
    out += ',';
    append_sources(out, base, limit.citations);
    out += '}';
  });
  return made;
}

}  // namespace

std::shared_ptr<const Prepared> prepare(const Base& base) {
  auto made = std::make_shared<Prepared>();
  made->head = written([&](Output& out) {
    out += R"({"magnesia":"assessment/1","knowledge":{"id":)";
    out.string(base.id);
    out += R"(,"version":)";
    out.string(base.version);
    out += R"(,"sha256":)";
    out.string(base.sha256);
    out += R"(,"overlays":[)";
    for (const base::Overlay& overlay : base.overlays) {
      if (&overlay != base.overlays.data()) out += ',';
      out.string(overlay.summary);
    }
    out += R"(]},"as_of":)";
  });
  made->notice = written([&](Output& out) {
    out += R"(,"notice":)";
    out.string(base.text("notice"));
  });
  made->rules.reserve(base.rules.size());
  for (const base::Rule& rule : base.rules) made->rules.push_back(prepared(base, rule));
  made->limits.reserve(base.limits.size());
  for (const base::Limit& limit : base.limits) made->limits.push_back(prepared(base, limit));
  for (std::size_t fact = 0; fact < facts::measured_fact_count; ++fact)
    made->did_without[fact] = written([&](Output& out) {
      const DidWithout one = words::did_without(base, fact);
      out += R"({"fact":)";
      out.string(one.fact);
      out += R"(,"reason":)";
      out.string(one.reason);
      out += '}';
    });
  return made;
}

}  // namespace magnesia::report
