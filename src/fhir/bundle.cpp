#include "fhir/bundle.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace magnesia::fhir {

namespace {

constexpr int deepest_bundle = 4;

struct CodedList {
  std::string_view type;
  List list;
};
constexpr std::array<CodedList, 8> lists{{{"Condition", List::conditions},
                                          {"MedicationRequest", List::medication_requests},
                                          {"MedicationStatement", List::medication_statements},
                                          {"MedicationAdministration", List::medication_administrations},
                                          {"NutritionOrder", List::nutrition_orders},
                                          {"Observation", List::observations},
                                          {"AllergyIntolerance", List::allergies},
                                          {"Device", List::devices}}};

// "Type/id" of a reference: without the server before it and the version behind it.
std::string_view relative(std::string_view reference) noexcept {
  if (const std::size_t history = reference.find("/_history/"); history != std::string_view::npos)
    reference = reference.substr(0, history);
  const std::size_t id = reference.rfind('/');
  if (id == std::string_view::npos || id == 0) return reference;
  const std::size_t type = reference.rfind('/', id - 1);
  return type == std::string_view::npos ? reference : reference.substr(type + 1);
}

// Whose a resource is.
const Node* subject_of(const Resource& resource) noexcept {
  for (const std::string_view key : {"subject", "patient"})
    if (const Node* const reference = object_of(*resource.node, key)) return reference;
  return nullptr;
}

// The type of resources that a search asked for, by the Bundle's link to itself.
std::optional<List> list_searched(const Node& bundle) {
  std::optional<List> found;
  each_of(bundle, "link", [&](const Node& link) {
    if (text_of(link, "relation") != "self") return;
    const std::string_view url = text_of(link, "url");
    const std::string_view path = url.substr(0, url.find('?'));
    found = list_of(path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1));
  });
  return found;
}

bool has_link(const Node& bundle, std::string_view relation) {
  bool found = false;
  each_of(bundle, "link", [&](const Node& link) { found = found || text_of(link, "relation") == relation; });
  return found;
}

bool says_error(const Node& outcome) {
  bool found = false;
  each_of(outcome, "issue", [&](const Node& issue) {
    const std::string_view severity = text_of(issue, "severity");
    found = found || severity == "error" || severity == "fatal";
  });
  return found;
}

}  // namespace

std::optional<List> list_of(std::string_view type) noexcept {
  for (const CodedList& one : lists)
    if (one.type == type) return one.list;
  return {};
}

Origin Resource::origin() const {
  std::string reference{type};
  if (!id.empty()) (reference += '/') += id;
  return {std::move(reference), pointer};
}

void Resources::of_bundle(Note::Outcome outcome, std::string pointer, std::string found, std::string_view expected,
                          bool matters) {
  of_bundles_.push_back({{outcome, {"Bundle", std::move(pointer)}, std::move(found), std::string{expected}}, matters});
}

void Resources::add(const Node& node, std::string pointer, std::string_view full_url, bool draft) {
  Resource resource{&node, text_of(node, "resourceType"), text_of(node, "id"), full_url, std::move(pointer), draft, false, {}};
  if (!resource.id.empty()) {
    const auto [at, is_new] = by_reference_.try_emplace(resource.origin().reference, all_.size());
    if (!is_new) resource.skip = "the same resource stands before it";
  }
  if (!full_url.empty()) by_reference_.try_emplace(std::string{full_url}, all_.size());
  all_.push_back(std::move(resource));
}

// False: what a search asked for may be more than it found.
bool Resources::collect_entry(const Node& entry, const std::string& pointer, const Part& part, int depth) {
  using enum Note::Outcome;
  const Node* const request = object_of(entry, "request");
  const std::string_view method = request == nullptr ? std::string_view{} : text_of(*request, "method");
  const Node* const resource = object_of(entry, "resource");
  if (method == "DELETE" || method == "GET" || method == "HEAD") {
    of_bundle(skipped, pointer, {}, "it asks a server to delete or to send something", false);
    return true;
  }
  if (method == "PATCH") {
    of_bundle(unread, pointer, "a PATCH", "whole resources", true);
    return false;
  }
  if (resource == nullptr) {
    const Node* const response = object_of(entry, "response");
    const std::string_view status = response == nullptr ? std::string_view{} : text_of(*response, "status");
    const bool done = status.starts_with('2');
    if (done)
      of_bundle(skipped, pointer, {}, "an answer without a resource", false);
    else
      of_bundle(unread, pointer, status.empty() ? "an entry without a resource" : "the answer " + excerpt(status), "a resource",
                true);
    return done;
  }
  const std::string_view type = text_of(*resource, "resourceType");
  if (type == "OperationOutcome") {
    const bool failed = says_error(*resource);
    if (failed)
      of_bundle(unread, pointer + "/resource", "an OperationOutcome with an error", "what was asked for", true);
    else
      of_bundle(skipped, pointer + "/resource", {}, "what a server says of its search", false);
    return !failed;
  }
  if (type == "Bundle") {
    collect_bundle(*resource, pointer + "/resource", part, depth + 1);
    return true;
  }
  if (type.empty()) {
    of_bundle(unread, pointer + "/resource", "no \"resourceType\"", "a resource of FHIR R4", true);
    return false;
  }
  add(*resource, pointer + "/resource", text_of(entry, "fullUrl"), part.drafts);
  return true;
}

void Resources::collect_bundle(const Node& bundle, const std::string& pointer, const Part& part, int depth) {
  using enum Note::Outcome;
  const std::string_view type = text_of(bundle, "type");
  if (depth > deepest_bundle)
    return of_bundle(unread, pointer, "Bundles within Bundles", "at most " + std::to_string(deepest_bundle) + " of them", true);
  if (type == "history") return of_bundle(unread, pointer, "a history", "one version of each resource", true);
  const std::optional<List> searched = list_searched(bundle);
  std::int64_t index = 0;
  bool whole = true;
  const Node* const entries = bundle.find("entry");
  if (entries != nullptr && entries->type() == Type::array)
    for (const Node& entry : entries->children()) {
      const std::string at = pointer + "/entry/" + std::to_string(index++);
      if (entry.type() == Type::object) {
        whole = collect_entry(entry, at, part, depth) && whole;
        continue;
      }
      of_bundle(unread, at, json::found(entry), "an entry", true);
      whole = false;
    }
  const Node* const total = bundle.find("total");
  const bool fewer = total != nullptr && total->type() == Type::number && Exact::parse(total->text()) &&
                     *Exact::parse(total->text()) > Exact{index};
  if (has_link(bundle, "next") || (type == "searchset" && fewer)) {
    of_bundle(unread, pointer, "one page of an answer", "all pages of it", true);
    whole = false;
  }
  if (!whole) return;
  answered_ |= part.answers;
  if (type == "searchset" && searched) answered_ |= *searched;
}

Errors Resources::collect(std::span<const Part> parts) {
  constexpr std::string_view expected = "a resource of FHIR R4, such as Bundle or Patient";
  Errors errors;
  for (const Part& part : parts) {
    const Node& node = *part.node;
    const std::string pointer = json::pointer(node);
    const Node* const type = node.find("resourceType");
    if (node.type() != Type::object || type == nullptr || type->type() != Type::string) {
      errors.push_back({ErrorKind::missing_key, pointer + "/resourceType",
                        node.type() == Type::object ? "no resource type" : json::found(node), std::string{expected}});
      continue;
    }
    if (type->text() == "Bundle") {
      collect_bundle(node, pointer, part, 1);
    } else {
      add(node, pointer, {}, part.drafts);
    }
  }
  return errors;
}

const Resource* Resources::find(std::string_view reference) const {
  if (const auto at = by_reference_.find(std::string{reference}); at != by_reference_.end()) return &all_[at->second];
  const auto at = by_reference_.find(std::string{relative(reference)});
  return at == by_reference_.end() ? nullptr : &all_[at->second];
}

const Node* Resources::follow(const Resource& from, const Node& reference) const {
  const std::string_view text = text_of(reference, "reference");
  if (text.starts_with('#')) {
    const Node* found = nullptr;
    each_of(*from.node, "contained", [&](const Node& one) {
      if (found == nullptr && text_of(one, "id") == text.substr(1)) found = &one;
    });
    return found;
  }
  if (text.empty()) return nullptr;
  const Resource* const found = find(text);
  return found == nullptr ? nullptr : found->node;
}

Errors Resources::choose_patient(std::string_view wanted) {
  Errors errors;
  if (!wanted.empty() && wanted.find('/') == std::string_view::npos) {
    const std::string with_type = "Patient/" + std::string{wanted};
    return choose_patient(with_type);
  }
  for (const Resource& resource : all_) {
    if (resource.type != "Patient" || !resource.skip.empty()) continue;
    if (!wanted.empty()) {
      if (resource.origin().reference == relative(wanted) || resource.full_url == wanted) patient_ = &resource;
    } else if (patient_ == nullptr) {
      patient_ = &resource;
    } else {
      errors.push_back(
          {ErrorKind::conflict, resource.pointer, "a second patient", "one patient, or the one that is meant named"});
    }
  }
  // Without a Patient, what is said is of the one that is referred to.
  std::string_view only;
  for (Resource& resource : all_) {
    if (resource.type == "Patient") {
      if (patient_ != nullptr && &resource != patient_ && resource.skip.empty()) resource.another = true;
      continue;
    }
    const Node* const subject = subject_of(resource);
    if (subject == nullptr) continue;
    const std::string_view reference = text_of(*subject, "reference");
    if (reference.empty() || reference.starts_with('#')) continue;
    const Resource* const of = find(reference);
    if (of != nullptr && of->type != "Patient") continue;  // of a group, a device or a place
    if (patient_ != nullptr) {
      resource.another = of != nullptr ? of != patient_ : relative(reference) != patient_->origin().reference;
    } else if (!wanted.empty()) {
      resource.another = relative(reference) != relative(wanted);
      if (!resource.another) only = reference;
    } else if (only.empty()) {
      only = reference;
    } else if (relative(only) != relative(reference)) {
      errors.push_back(
          {ErrorKind::conflict, resource.at(*subject), "a second patient", "one patient, or the one that is meant named"});
      break;
    }
  }
  if (!wanted.empty() && patient_ == nullptr && only.empty())
    errors.push_back({ErrorKind::unknown_name, "", "no patient " + excerpt(wanted), "the patient that the options name"});
  return errors;
}

}  // namespace magnesia::fhir
