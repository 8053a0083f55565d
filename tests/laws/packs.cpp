#include "tests/laws/packs.hpp"

#include <set>
#include <string_view>

namespace magnesia::laws {

namespace {

std::string source(const std::string& grade) {
  return R"({"id": "g-)" + grade + R"(", "grade": ")" + grade +
         R"(", "title": "t", "publisher": "p", "year": 2026, "read": "2026-11-23"})";
}
const std::string three_sources =
    R"({"magnesia": "sources/1", "sources": [)" + source("label") + ", " + source("trial") + ", " + source("consumer") + "]}";

}  // namespace

std::string write(const Statement& statement) {
  const auto text = [](std::string_view key, const std::string& value) {
    return value.empty() ? std::string{} : ", \"" + std::string{key} + "\": \"" + value + '"';
  };
  const auto side = [](std::string_view key, int minutes) {
    return minutes < 0 ? std::string{}
                       : '"' + std::string{key} + R"(": {"value": )" + std::to_string(minutes) + R"(, "unit": "min"})";
  };
  std::string out = R"({"magnesia": "rule/1")" + text("id", statement.id) + text("scope", statement.scope) +
                    text("severity", statement.severity) + text("drug", statement.drug) + text("salt", statement.salt);
  if (!statement.when.empty()) out += ", \"when\": " + statement.when;
  if (statement.before >= 0 || statement.after >= 0)
    out += ", \"window\": {" + side("before", statement.before) + (statement.before >= 0 && statement.after >= 0 ? ", " : "") +
           side("after", statement.after) + '}';
  if (!statement.replaces.empty()) {
    out += ", \"replaces\": [";
    for (std::size_t i = 0; i < statement.replaces.size(); ++i) out += (i == 0 ? "\"" : ", \"") + statement.replaces[i] + '"';
    out += ']';
  }
  return out + R"(, "topic": "timing", "message": "m", "action": "a", "reviewed": "2026-11-23", "sources": [{"source": ")" +
         statement.source + R"(", "locator": "l", "confirmed": )" + (statement.confirmed ? "true" : "false") + "}]}";
}

Pack scaffold() {
  Pack pack = Pack::embedded();
  pack.name = "generated";
  pack.sha256.clear();
  std::erase_if(pack.documents, [](const Pack::Document& document) {
    static const std::set<std::string_view> few{"salts/magnesium-oxide.json",
                                                "salts/magnesium-citrate.json",
                                                "salts/magnesium-bisglycinate.json",
                                                "salts/magnesium-stearate.json",
                                                "limits/us-nasem.json",
                                                "limits/efsa.json",
                                                "limits/uk-evm.json"};
    const std::string_view folder = std::string_view{document.path}.substr(0, document.path.find('/'));
    const bool some = folder == "salts" || folder == "limits";
    return some ? !few.contains(document.path)
                : folder == "conditions" || folder == "drugs" || folder == "rules" || folder == "products" ||
                      folder == "preferences" || folder == "records" || folder == "titrations";
  });
  pack.documents.push_back({"sources/generated", three_sources});
  return pack;
}

Pack overlay(const std::string& id, const std::vector<std::string>& documents, bool sources) {
  std::string text = R"({"magnesia": "pack/1", "id": ")" + id + R"(", "version": "1", "date": "2026-11-23", "documents": [)";
  if (sources) text += three_sources;
  for (std::size_t i = 0; i < documents.size(); ++i) text += (i == 0 && !sources ? "" : ", ") + documents[i];
  return {id, {{id + ".json", text + "]}"}}, {}};
}

}  // namespace magnesia::laws
