// Record terms: what the codes, units and words of a record stand for, beyond the names and codes of concepts.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/taxonomy.hpp"
#include "facts/vocabulary.hpp"

namespace magnesia::base {

/// How something gets into a person.
enum class Route : std::uint8_t { mouth, injection, surface };
inline constexpr std::size_t route_count = 3;

struct RecordTerms {
  struct Measurement {
    std::vector<std::string> called;  ///< parts of words in lower case, one of which is in every name of it
    std::optional<std::chrono::days> usable_for;
    std::vector<std::string> codes;  ///< that are used, as a server is asked for them: "http://loinc.org|33914-3"
  };
  struct Code {
    facts::Bounded of{};
    std::uint32_t dimensions = 0;  ///< bit of each Dimension that it can come in
    std::string expected;          ///< its units, as they are written
    std::string not_used;          ///< what could be used instead; empty: it is used
  };
  struct Status {
    facts::Is is{};
    ConceptId condition = no_concept;  ///< to have it is a yes
    std::chrono::days usable_for{};
    std::vector<std::string> codes;  ///< of the question, likewise
  };
  struct Answer {
    std::uint16_t status = 0;
    bool yes = false;
  };

  std::vector<std::string> systems;
  std::vector<std::string> uris;  ///< of each system: the one to write
  NameIndex system_names;         ///< URI to index in systems
  std::array<Measurement, facts::bounded_count> measurements;
  std::vector<Code> codes;
  NameIndex measurement_codes;  ///< "system code" to index in codes
  std::vector<Status> statuses;
  NameIndex status_codes;  ///< of questions: to index in statuses
  std::vector<Answer> answers;
  NameIndex answer_codes;                ///< to index in answers
  std::chrono::days given_usable_for{};  ///< a single administration
  NameIndex devices;                     ///< name, or "system code", to condition
  std::vector<ConceptId> lasting;
  NameIndex routes;                                            ///< name to Route
  std::array<std::vector<std::string>, route_count> in_names;  ///< words in the name of a product, in lower case
  ConceptId by_injection = no_concept;                         ///< the drug that magnesium then is
  NameIndex counter_ions;                                      ///< word to 0
  NameIndex units_of_dose;                                     ///< word to 0
};

}  // namespace magnesia::base
