#include "fhir/resource.hpp"

#include "report/append.hpp"
#include "report/layout.hpp"
#include "report/names.hpp"
#include "report/page.hpp"

namespace magnesia::fhir {

void ResourceWriter::coding(std::string_view system, std::string_view code, std::string_view display, std::string_view version) {
  begin_object();
  member("system", system);
  member_if("version", version);
  member("code", code);
  member_if("display", display);
  end_object();
}

void ResourceWriter::concept_text(std::string_view key, std::string_view text) {
  begin(key);
  member("text", text);
  end_object();
}

void ResourceWriter::reference(std::string_view key, std::string_view reference, std::string_view display) {
  if (!key.empty()) this->key(key);
  begin_object();
  member_if("reference", reference);
  member_if("display", display);
  end_object();
}

void ResourceWriter::string_extension(std::string_view url, std::string_view text) {
  begin_object();
  member("url", url);
  member("valueString", text);
  end_object();
}

void ResourceWriter::code_extension(std::string_view url, std::string_view code) {
  begin_object();
  member("url", url);
  member("valueCode", code);
  end_object();
}

void ResourceWriter::narrative(std::string_view body) {
  begin("text");
  member("status", "generated");
  std::string div = "<div xmlns=\"http://www.w3.org/1999/xhtml\">";
  div += body;
  div += "</div>";
  member("div", div);
  end_object();
}

void ResourceWriter::day(std::string_view key, std::chrono::year_month_day day) {
  std::string text;
  report::append_day(text, day);
  member_if(key, text);
}

void ResourceWriter::quantity(std::string_view key, Exact value, Rounding way, std::string_view unit) {
  std::string number;
  report::append_number(number, value, way);
  begin(key);
  this->key("value");
  raw(number);
  member("unit", unit);
  member("system", ucum);
  member("code", unit);
  end_object();
}

void ResourceWriter::value_of(const Interval<Exact>& value, std::string_view unit, Rounding danger) {
  if (value.is_point()) return quantity("valueQuantity", value.low, danger, unit);
  begin("valueRange");
  if (value.low.finite()) quantity("low", value.low, Rounding::down, unit);
  if (value.high.finite()) quantity("high", value.high, Rounding::up, unit);
  end_object();
}

void append_paragraph(std::string& out, std::string_view text) {
  if (text.empty()) return;
  out += "<p>";
  report::append_escaped(out, report::printable(text));
  out += "</p>";
}

std::string_view usable_reference(std::string_view reference) noexcept {
  return reference.find('/') == std::string_view::npos ? std::string_view{} : reference;
}

}  // namespace magnesia::fhir
