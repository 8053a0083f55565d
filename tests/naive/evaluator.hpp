// The second evaluator: the rules of the knowledge evaluated by definition, one after another, straight from their documents.
// Slow and short. The compiled one must agree with it (tests/naive, tests/laws, tests/fuzz); the benchmarks compare their speed.
//
// It has its own way from a request to facts, rules in force and findings. What it takes from the library is what stands for
// itself and is tested alone: exact numbers, quantities, formulas, the equations for kidney function, the reading of labels and
// what an ingredient's statements come to, the JSON tree, the folding of names, and the decimals of a reported figure.
#pragma once

#include <compare>
#include <span>
#include <string>
#include <vector>

#include "magnesia/checker.hpp"
#include "tests/naive/facts.hpp"

namespace magnesia::naive {

/// One finding.
struct Said {
  std::string rule;
  std::string
      subject;  ///< "", "medications[1]", "magnesium[0]", "medications[1] magnesium[0]"; a drug that is magnesium: "magnesium(2)"
  Status status = Status::possible;

  friend auto operator<=>(const Said&, const Said&) = default;
};

struct Answer {
  std::vector<Said> findings;  ///< sorted
  Severity at_least = Severity::none;
  Severity at_most = Severity::none;

  friend bool operator==(const Answer&, const Answer&) = default;
};

/// The findings and range of an assessment in the same form.
[[nodiscard]] Answer answer_of(const Assessment& assessment);
/// Both answers, line by line where they differ; empty where they agree.
[[nodiscard]] std::string difference(const Answer& naive, const Answer& compiled);

class Evaluator {
 public:
  /// The first pack with the later ones laid over it; packs that Knowledge::load accepts.
  explicit Evaluator(std::span<const Pack> packs) : documents_{packs} {}

  /// Numbers must be such as Checker::validate accepts.
  [[nodiscard]] Answer evaluate(const Patient& patient, const Regimen& regimen, const Policy& policy = {}) const;
  [[nodiscard]] const Documents& documents() const noexcept { return documents_; }

 private:
  Documents documents_;
};

/// Strong Kleene truth of a condition, and what is not known where it is unknown. A fact that is absent makes both the
/// comparison and its opposite no. `product`: what {"salt": …} and the facts of a product speak of; null: any product.
struct Truth {
  Tri tri = Tri::yes;
  Causes causes;
};
[[nodiscard]] Truth truth_of(const json::Node& condition, const Facts& facts, const Product* product, bool negated = false);

}  // namespace magnesia::naive
