// A call of a service, as its body says it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cds/services.hpp"
#include "fhir/read.hpp"
#include "magnesia/cds_hooks.hpp"

namespace magnesia::cds {

/// What was sent for one prefetch key.
struct Supplied {
  std::string_view key;
  const json::Node* node = nullptr;
};

/// One order that is being written.
struct Draft {
  const json::Node* node = nullptr;
  std::string pointer;    ///< into the body
  std::string reference;  ///< "MedicationRequest/123"; empty where it has no id
  bool selected = false;  ///< this is what the clinician is ordering now
};

struct Call {
  Hook hook{};
  std::string_view instance;
  std::string_view patient;  ///< without "Patient/"
  const json::Node* orders = nullptr;
  std::vector<Draft> drafts;
  std::vector<Supplied> supplied;        ///< keys that say something
  std::vector<std::string_view> failed;  ///< keys whose search the client says has failed

  [[nodiscard]] bool has(std::string_view key) const noexcept;
};

/// Reads the body of a call to a service. Errors are by place: 400.
[[nodiscard]] Result<Call, Errors> read_call(const json::Node& body, std::string_view service, const Options& options);

}  // namespace magnesia::cds
