#include "cds/call.hpp"

#include <algorithm>

#include "fhir/node.hpp"

namespace magnesia::cds {

using json::Node;
using json::Type;

namespace {

class CallReader {
 public:
  CallReader(std::string_view service, const Options& options) : service_{service}, options_{options} {}

  [[nodiscard]] Result<Call, Errors> read(const Node& body) {
    if (body.type() != Type::object) {
      fault(ErrorKind::wrong_type, body, "an object: a request of CDS Hooks");
      return errors_;
    }
    read_hook(body);
    if (const Node* const instance = required(body, "hookInstance", Type::string, "a UUID")) call_.instance = instance->text();
    if (const Node* const authorization = body.find("fhirAuthorization"); authorization != nullptr)
      static_cast<void>(
          required(body, "fhirServer", Type::string, "the address of the FHIR server, which comes with fhirAuthorization"));
    if (const Node* const context = required(body, "context", Type::object, "an object: the context of the hook"))
      read_context(*context);
    if (const Node* const prefetch = body.find("prefetch")) read_prefetch(*prefetch);
    if (!errors_.empty()) return std::move(errors_);
    return std::move(call_);
  }

 private:
  void fault(ErrorKind kind, const Node& at, std::string expected) {
    errors_.push_back({kind, json::pointer(at), json::found(at), std::move(expected)});
  }

  // A member that must be there, of the type that it must have, and not empty.
  const Node* required(const Node& object, std::string_view key, Type type, std::string_view expected) {
    const Node* const member = object.find(key);
    if (member == nullptr) {
      errors_.push_back({ErrorKind::missing_key, json::pointer(object, key), "nothing", std::string{expected}});
      return nullptr;
    }
    if (member->type() != type || (type == Type::string && member->text().empty())) {
      fault(ErrorKind::wrong_type, *member, std::string{expected});
      return nullptr;
    }
    return member;
  }

  void read_hook(const Node& body) {
    std::string expected;
    for (const HookInfo& one : hooks) {
      if (one.service != service_) continue;
      if (!expected.empty()) expected += " or ";
      expected += one.name;
    }
    const Node* const hook = required(body, "hook", Type::string, expected);
    if (hook == nullptr) return;
    const auto* const known = std::find_if(
        hooks.begin(), hooks.end(), [&](const HookInfo& one) { return one.service == service_ && one.name == hook->text(); });
    if (known == hooks.end()) return fault(ErrorKind::unknown_name, *hook, expected);
    call_.hook = known->hook;
    known_hook_ = true;
  }

  void read_context(const Node& context) {
    if (const Node* const patient = required(context, "patientId", Type::string, "the id of a Patient")) {
      call_.patient = patient->text();
      if (call_.patient.starts_with("Patient/")) call_.patient.remove_prefix(8);
    }
    if (!known_hook_ || !info(call_.hook).orders) return;
    if (const Node* const orders =
            required(context, "draftOrders", Type::object, "a Bundle of the orders that are being written"))
      read_orders(*orders);
    if (call_.hook == Hook::order_sign) {
      for (Draft& draft : call_.drafts) draft.selected = true;
    } else if (const Node* const selections =
                   required(context, "selections", Type::array, "the ids of the orders that were selected")) {
      read_selections(*selections);
    }
  }

  void read_orders(const Node& orders) {
    if (fhir::text_of(orders, "resourceType") != "Bundle") {
      const Node* const type = orders.find("resourceType");
      errors_.push_back({ErrorKind::unknown_name, json::pointer(orders, "resourceType"),
                         type == nullptr ? "nothing" : json::found(*type), "Bundle"});
      return;
    }
    call_.orders = &orders;
    const Node* const entries = orders.find("entry");
    if (entries == nullptr) return;
    if (entries->type() != Type::array) return fault(ErrorKind::wrong_type, *entries, "an array of entries");
    for (const Node& entry : entries->children()) {
      const Node* const resource = entry.type() == Type::object ? fhir::object_of(entry, "resource") : nullptr;
      if (resource == nullptr || fhir::text_of(*resource, "resourceType").empty()) {
        fault(ErrorKind::missing_key, entry, "an entry with a resource");
        continue;
      }
      read_order(*resource);
    }
  }

  void read_order(const Node& resource) {
    Draft& draft = call_.drafts.emplace_back();
    draft.node = &resource;
    draft.pointer = json::pointer(resource);
    if (const std::string_view id = fhir::text_of(resource, "id"); !id.empty())
      draft.reference = std::string{fhir::text_of(resource, "resourceType")} + '/' + std::string{id};
    for (const std::string_view key : {"subject", "patient"}) {
      const Node* const subject = fhir::object_of(resource, key);
      const Node* const reference = subject == nullptr ? nullptr : subject->find("reference");
      if (reference == nullptr || call_.patient.empty()) continue;
      const std::string_view text = reference->text();
      const std::size_t slash = text.rfind('/');
      const bool same = slash != std::string_view::npos && text.substr(slash + 1) == call_.patient &&
                        (slash == 7 || (slash > 7 && text[slash - 8] == '/')) && text.substr(slash - 7, 7) == "Patient";
      if (!same) fault(ErrorKind::conflict, *reference, "the patient of the context");
    }
  }

  void read_selections(const Node& selections) {
    bool any = false;
    for (const Node& one : selections.children()) {
      if (one.type() != Type::string) {
        fault(ErrorKind::wrong_type, one, "the id of an order, such as MedicationRequest/103");
        continue;
      }
      for (Draft& draft : call_.drafts) {
        const std::string_view reference = draft.reference;
        const bool same =
            !reference.empty() && (one.text() == reference || one.text() == reference.substr(reference.find('/') + 1));
        draft.selected = draft.selected || same;
        any = any || same;
      }
    }
    // A selection of which the Bundle has nothing may be of a kind that was not sent; but not all of them.
    if (!any && !call_.drafts.empty()) fault(ErrorKind::unknown_name, selections, "ids of orders in draftOrders");
  }

  void read_prefetch(const Node& prefetch) {
    if (prefetch.type() == Type::null) return;
    if (prefetch.type() != Type::object) return fault(ErrorKind::wrong_type, prefetch, "an object of prefetched resources");
    for (const Node& member : prefetch.children()) {
      if (member.type() == Type::null) {
        if (options_.null_is_none) call_.supplied.push_back({member.key(), nullptr});
        continue;
      }
      const std::string_view type = member.type() == Type::object ? fhir::text_of(member, "resourceType") : std::string_view{};
      if (type.empty()) {
        fault(ErrorKind::wrong_type, member, "a FHIR resource");
      } else if (type == "OperationOutcome") {
        call_.failed.push_back(member.key());
      } else if (type == "Patient" && !call_.patient.empty() && !fhir::text_of(member, "id").empty() &&
                 fhir::text_of(member, "id") != call_.patient) {
        fault(ErrorKind::conflict, *member.find("id"), "the patient of the context");
      } else {
        call_.supplied.push_back({member.key(), &member});
      }
    }
  }

  std::string_view service_;
  const Options& options_;
  Call call_;
  Errors errors_;
  bool known_hook_ = false;
};

}  // namespace

bool Call::has(std::string_view key) const noexcept {
  return std::any_of(supplied.begin(), supplied.end(), [&](const Supplied& one) { return one.key == key; });
}

Result<Call, Errors> read_call(const Node& body, std::string_view service, const Options& options) {
  return CallReader{service, options}.read(body);
}

}  // namespace magnesia::cds
