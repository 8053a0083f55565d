// Each name and code of the knowledge leads to the concept that lists it, as people and records write it.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/base.hpp"
#include "facts/workspace.hpp"
#include "json/parse.hpp"
#include "magnesia/checker.hpp"
#include "tests/embedded.hpp"

namespace magnesia {
namespace {

using json::Node;
using tests::checker;

const base::Base& knowledge_base() { return *checker().knowledge().base(); }

std::string text_of(const Node& node, std::string_view key) {
  const Node* const member = node.find(key);
  return member == nullptr ? std::string{} : std::string{member->text()};
}

// As a record in capitals has it.
std::string shouted(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return name;
}

// Everything that a concept may be called by.
std::vector<Term> terms_of(const Node& of, const std::string& id) {
  std::vector<Term> terms;
  const auto add = [&](const std::string& name) {
    terms.push_back({name, {}});
    terms.push_back({shouted(name), {}});
  };
  add(id);
  add(text_of(of, "name"));
  if (const Node* const names = of.find("names"))
    for (const Node& name : names->children()) add(std::string{name.text()});
  if (const Node* const codes = of.find("codes"))
    for (const Node& code : codes->children()) terms.push_back(Term{text_of(code, "code"), text_of(code, "system")});
  return terms;
}

template <class Check>
int each_document(std::initializer_list<std::string_view> kinds, Check check) {
  int terms = 0;
  json::Parser parser;
  for (const Pack::Document& document : Pack::embedded().documents) {
    const Result<const Node*, Errors> root = parser.parse(document.text);
    if (!root) continue;  // the loader's tests report it
    if (std::find(kinds.begin(), kinds.end(), text_of(**root, "magnesia")) != kinds.end()) terms += check(**root);
  }
  return terms;
}

Assessment assessed(const Patient& patient, const Regimen& regimen) {
  Result<Assessment> answer = checker().assess(patient, regimen);
  EXPECT_TRUE(answer) << describe(answer.error());
  return answer ? *std::move(answer) : Assessment{};
}

TEST(Names, OfDrugsLeadToTheDrug) {
  const int terms = each_document({"drug/1", "drug-class/1"}, [](const Node& document) {
    const std::string id = text_of(document, "id");
    const std::vector<Term> all = terms_of(document, id);
    for (const Term& term : all) {
      Patient patient;
      patient.medications = exactly({Taken{term, {}}});
      const Assessment answer = assessed(patient, {});
      const auto& taken = answer.workspace().medications;
      EXPECT_TRUE(answer.unrecognised().empty()) << id << ": " << term.text;
      if (!taken.empty()) {
        EXPECT_EQ(knowledge_base().drugs[taken.front().drug].id, id) << term.text;
      }
    }
    return static_cast<int>(all.size());
  });
  EXPECT_GT(terms, 2000);
}

TEST(Names, OfConditionsLeadToTheCondition) {
  const int terms = each_document({"condition/1"}, [](const Node& document) {
    const std::string id = text_of(document, "id");
    const std::vector<Term> all = terms_of(document, id);
    for (const Term& term : all) {
      Patient patient;
      patient.conditions = exactly({Condition{term}});
      const Assessment answer = assessed(patient, {});
      const auto& had = answer.workspace().conditions;
      EXPECT_TRUE(answer.unrecognised().empty()) << id << ": " << term.text;
      if (!had.empty() && had.front() != base::no_concept) {
        EXPECT_EQ(knowledge_base().conditions[had.front()].id, id) << term.text;
      }
    }
    return static_cast<int>(all.size());
  });
  EXPECT_GT(terms, 500);
}

TEST(Names, OfSaltsLeadToTheSaltOrItsForm) {
  const base::Taxonomy& salts = knowledge_base().salts;
  const auto check = [&](const Node& of, const std::string& id, const std::string& salt) {
    std::vector<Term> all = terms_of(of, id);
    for (const Term& term : all) {
      if (term.text == id || term.text == shouted(id)) continue;  // a form is not called by its id
      const base::ConceptId found = term.system.empty() ? salts.names.find(term.text) : salts.by_code(term.system, term.text);
      ASSERT_NE(found, base::no_concept) << id << ": " << term.text;
      // A name that a form shares with its salt stands for the salt.
      EXPECT_TRUE(salts[found].id == id || salts[found].id == salt)
          << term.text << " leads to " << salts[found].id << ", not " << id;
    }
  };
  const int documents = each_document({"salt/1"}, [&](const Node& document) {
    const std::string salt = text_of(document, "id");
    check(document, salt, salt);
    for (const Node& form : document.find("forms")->children()) check(form, salt + '/' + text_of(form, "id"), salt);
    return 1;
  });
  EXPECT_GT(documents, 45);
}

}  // namespace
}  // namespace magnesia
