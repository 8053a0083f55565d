// A document of either kind: a request of our own, or a record.
#include "fhir/read.hpp"
#include "json/parse.hpp"
#include "request/request.hpp"

namespace magnesia::fhir {

Result<Record, Errors> read_document(std::string_view json, const Knowledge& knowledge, const ReadOptions& options) {
  json::Parser parser;
  Errors errors;
  const json::Node* const root = parser.parse(json, {.max_bytes = RequestReader::default_max_bytes}, errors);
  const bool is_record = root != nullptr && root->find("resourceType") != nullptr;
  Record record;
  if (root != nullptr && !is_record) request::read(*root, record.request, errors);
  if (!errors.empty()) return errors;
  if (!is_record) return record;
  const Part whole{root, {}, false};
  return read({&whole, 1}, knowledge, options);
}

}  // namespace magnesia::fhir
