// docs/contract.md, elemental/1 and error/1.
#include "magnesia/report.hpp"
#include "report/append.hpp"

namespace magnesia {

using json::Output;

namespace {

void append_bounds(Output& out, std::string_view key, const Interval<Exact>& value, std::string_view unit = {}) {
  out += ",\"";
  out += key;
  out += "\":{";
  report::append_bounds(out, value);
  if (!unit.empty()) {
    out += ",\"unit\":\"";
    out += unit;
    out += '"';
  }
  out += '}';
}

void append_texts(Output& out, std::string_view key, const std::vector<std::string>& texts) {
  out += ",\"";
  out += key;
  out += "\":[";
  for (const std::string& text : texts) {
    if (&text != &texts.front()) out += ',';
    out.string(text);
  }
  out += ']';
}

void append_error(Output& out, const Error& error) {
  out += R"("kind":")";
  out += name(error.kind);
  out += R"(","path":)";
  out.string(error.place);
  out += R"(,"message":)";
  out.string(describe(error));
  out += R"(,"found":)";
  out.string(error.found);
  out += R"(,"expected":)";
  out.string(error.expected);
}

void append_items(Output& out, std::span<const Elemental> items) {
  out += R"({"magnesia":"elemental/1","items":[)";
  for (const Elemental& item : items) {
    if (&item != items.data()) out += ',';
    out += R"({"text":)";
    out.string(item.text);
    append_bounds(out, "elemental", item.elemental, "mg");
    append_bounds(out, "mmol", item.mmol);
    append_bounds(out, "meq", item.meq);
    if (item.fraction)
      append_bounds(out, "fraction", *item.fraction);
    else
      out += R"(,"fraction":null)";
    append_texts(out, "readings", item.readings);
    out += R"(,"plausible":)";
    out += item.plausible == Tri::yes ? "true" : item.plausible == Tri::no ? "false" : "null";
    append_texts(out, "concerns", item.concerns);
    if (item.price) append_bounds(out, "price_per_100_mg", *item.price);
    out += '}';
  }
  out += "]}";
}

void append_errors(Output& out, std::span<const Error> errors, std::size_t line) {
  out += R"({"magnesia":"error/1","line":)";
  out.integer(static_cast<std::int64_t>(line));
  out += ',';
  append_error(out, errors.front());
  if (errors.size() > 1) {
    out += R"(,"others":[)";
    for (const Error& error : errors.subspan(1)) {
      if (&error != &errors[1]) out += ',';
      out += '{';
      append_error(out, error);
      out += '}';
    }
    out += ']';
  }
  out += '}';
}

}  // namespace

void append_json(std::string& out, std::span<const Elemental> items) {
  Output json{out};
  append_items(json, items);
  json.finish();
}

std::string to_json(std::span<const Elemental> items) {
  std::string out;
  append_json(out, items);
  return out;
}

void append_json(std::string& out, std::span<const Error> errors, std::size_t line) {
  Output json{out};
  append_errors(json, errors, line);
  json.finish();
}

}  // namespace magnesia
