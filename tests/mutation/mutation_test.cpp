// No statement of the knowledge can be lost or weakened without a case that fails.
#include "mutants.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <thread>

#include "base/base.hpp"
#include "document.hpp"
#include "knowledge/cases.hpp"

namespace magnesia::mutation {
namespace {

using knowledge::Case;
using knowledge::differences;

#if defined(__SANITIZE_ADDRESS__) || !defined(NDEBUG)
constexpr std::size_t one_in = 40;  // slow builds look at a sample: what they look for is in the code, not in the knowledge
#else
constexpr std::size_t one_in = 1;
#endif

// What the mass of one formula unit is by the source that a salt's document cites for it; without a source it was added up from
// the elements' weights apart from the library.
struct Share {
  std::string_view form;
  int magnesium;  ///< atoms of magnesium
  std::string_view mass;
  std::string_view source;
};
constexpr auto shares = std::to_array<Share>({
#include "salt_shares.inc"
});

// A product of two salts in proportions that its label does not give lies between them.
struct Mixture {
  std::string_view form, least, most;
};
constexpr std::array mixtures{
    Mixture{"magnesium-bisglycinate/buffered", "magnesium-bisglycinate/dihydrate", "magnesium-oxide/anhydrous"}};

Exact share_of(std::string_view form) {
  const auto* const row = std::find_if(shares.begin(), shares.end(), [&](const Share& share) { return share.form == form; });
  return row == shares.end() ? Exact{}
                             : Exact::divide(Exact::ratio(24'305 * row->magnesium, 1000), *Exact::parse(row->mass), Rounding::up);
}

// Sources round masses to three digits at the worst; a molecule of water is more.
bool is_about(Exact share, Exact expected) {
  const Exact ratio = Exact::divide(share, expected, Rounding::up);
  return ratio > Exact::ratio(997, 1000) && ratio < Exact::ratio(1003, 1000);
}

std::vector<std::string> share_differences(const base::Base& base) {
  std::vector<std::string> all;
  std::map<std::string, Interval<Exact>, std::less<>> salts;  // over the forms that the table has
  const auto check = [&](std::string_view form, Exact least, Exact most) {
    const base::ConceptId id = base.salts.by_id(form);
    if (id == base::no_concept) return all.push_back(std::string{form} + " is not known");
    const Interval<Exact> share = base.salt_forms[id].share;
    if (!is_about(share.low, least) || !is_about(share.high, most)) all.push_back("the share of " + std::string{form});
  };
  for (const Share& row : shares) {
    const Exact expected = share_of(row.form);
    check(row.form, expected, expected);
    const auto [salt, first] = salts.try_emplace(std::string{row.form.substr(0, row.form.find('/'))}, expected);
    if (!first) salt->second = Interval<Exact>::hull(salt->second, expected);
  }
  for (const Mixture& row : mixtures) {
    check(row.form, share_of(row.least), share_of(row.most));
    const auto salt = salts.find(row.form.substr(0, row.form.find('/')));
    if (salt != salts.end()) salt->second = Interval<Exact>::hull(salt->second, {share_of(row.least), share_of(row.most)});
  }
  for (const auto& [salt, share] : salts) check(salt, share.low, share.high);  // its form not said
  return all;
}

struct Fixture {
  std::vector<std::string> faults;
  std::vector<Case> cases = knowledge::read_cases(std::string{MAGNESIA_SOURCE_DIR} + "/knowledge", faults);
  Pack pack = Pack::embedded();
  std::vector<Mutant> mutants = mutants_of(pack);
};

const Fixture& fixture() {
  static const Fixture made;
  return made;
}

enum class Fate : std::uint8_t { survived, killed, refused };

// One thread's copy of the pack, in which documents are exchanged and put back.
class Runner {
 public:
  explicit Runner(const Fixture& from) : from_{from}, pack_{from.pack} { pack_.sha256 = "a mutant"; }

  Fate run(const Mutant& mutant) {
    const Result<Knowledge, Errors> loaded = load(mutant);
    if (!loaded) return Fate::refused;
    if (about_shares(mutant.kind) && !share_differences(*loaded->base()).empty()) return Fate::killed;
    return noticed(mutant, *loaded) ? Fate::killed : Fate::survived;
  }

 private:
  static bool about_shares(Kind kind) {
    return kind == Kind::form_removed || kind == Kind::formula_hydrated || kind == Kind::mixture_narrowed;
  }

  Result<Knowledge, Errors> load(const Mutant& mutant) {
    std::vector<std::size_t> gone;
    for (const Edit& edit : mutant.edits) {
      if (edit.text)
        pack_.documents[edit.document].text = *edit.text;
      else
        gone.push_back(edit.document);
    }
    Result<Knowledge, Errors> loaded = gone.empty() ? Knowledge::load(std::span{&pack_, 1}) : load_without(gone);
    for (const Edit& edit : mutant.edits) pack_.documents[edit.document].text = from_.pack.documents[edit.document].text;
    return loaded;
  }

  Result<Knowledge, Errors> load_without(const std::vector<std::size_t>& gone) const {
    Pack pack{pack_.name, {}, pack_.sha256};
    for (std::size_t i = 0; i < pack_.documents.size(); ++i)
      if (std::find(gone.begin(), gone.end(), i) == gone.end()) pack.documents.push_back(pack_.documents[i]);
    return Knowledge::load(std::span{&pack, 1});
  }

  // The cases that were written for what changed come first: they notice most.
  bool noticed(const Mutant& mutant, const Knowledge& mutated) const {
    std::string beside = from_.pack.documents[mutant.edits.front().document].path;
    beside = '/' + beside.substr(0, beside.rfind('.')) + ".cases.json";
    const auto near = [&](const Case& one) { return one.rule == mutant.rule || one.file.ends_with(beside); };
    for (const bool now : {true, false})
      for (const Case& one : from_.cases)
        if (near(one) == now && !differences(one, mutated).empty()) return true;
    return false;
  }

  const Fixture& from_;
  Pack pack_;
};

std::vector<Fate> fates_of(const Fixture& from, const std::vector<const Mutant*>& mutants) {
  std::vector<Fate> fates(mutants.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    Runner runner{from};
    for (std::size_t i = next++; i < mutants.size(); i = next++) fates[i] = runner.run(*mutants[i]);
  };
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < std::max(1U, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  return fates;
}

// Mutants that no case can kill, each with its reason. Strict: one that is killed, or that is no mutant any more, fails the test.
struct Exclusion {
  std::string_view id, because;
};
constexpr auto exclusions = std::to_array<Exclusion>({
#include "exclusions.inc"
});

struct Count {
  int made = 0, killed = 0, refused = 0, unspoken = 0, excluded = 0, survived = 0;
  Count& operator+=(const Count& more) {
    made += more.made, killed += more.killed, refused += more.refused, unspoken += more.unspoken, excluded += more.excluded;
    survived += more.survived;
    return *this;
  }
};

void print(std::string_view what, const Count& count) {
  std::printf("%-24s%8d%8d%9d%10d%10d%10d\n", std::string{what}.c_str(), count.made, count.killed, count.refused, count.unspoken,
              count.excluded, count.survived);
}

void print(const std::array<Count, kind_count>& counts) {
  std::printf("%-24s%8s%8s%9s%10s%10s%10s\n", "statement", "mutants", "killed", "refused", "unspoken", "excluded", "survived");
  Count milder;
  Count sterner;
  for (std::size_t i = 0; i < kind_count; ++i) {
    const auto kind = static_cast<Kind>(i);
    print(name(kind), counts[i]);
    (towards_mild(kind) ? milder : sterner) += counts[i];
  }
  print("all that are milder", milder);
  print("all that are sterner", sterner);
}

TEST(Shares, AreThoseThatSourcesGive) {
  const Knowledge knowledge = Knowledge::embedded();
  const base::Base& base = *knowledge.base();
  for (const std::string& difference : share_differences(base)) ADD_FAILURE() << difference;
  std::set<std::string_view> rows;
  for (const Share& row : shares) {
    EXPECT_TRUE(rows.insert(row.form).second) << row.form << " stands there twice";
    const bool cited =
        std::any_of(base.sources.begin(), base.sources.end(), [&](const auto& source) { return source.id == row.source; });
    EXPECT_TRUE(row.source.empty() || cited) << row.source;
  }
  for (const Mixture& row : mixtures) rows.insert(row.form);
  for (base::ConceptId id = 0; id < base.salts.size(); ++id)
    EXPECT_TRUE(base.salts[id].id.find('/') == std::string::npos || rows.contains(base.salts[id].id))
        << base.salts[id].id << " has no row";
}

// Or what kills the mutants would be how they are written.
TEST(Mutation, WritingADocumentAgainChangesNothing) {
  const Fixture& from = fixture();
  Pack pack = from.pack;
  pack.sha256 = "written again";
  json::Parser parser;
  for (Pack::Document& document : pack.documents) document.text = written(value_of(**parser.parse(document.text)));
  const Result<Knowledge, Errors> loaded = Knowledge::load(std::span{&pack, 1});
  ASSERT_TRUE(loaded) << describe(loaded.error().front());
  for (const Case& one : from.cases) EXPECT_TRUE(differences(one, *loaded).empty()) << one.file << ": " << one.name;
}

TEST(Mutation, NoStatementCanBeLostOrWeakenedUnnoticed) {
  const Fixture& from = fixture();
  ASSERT_TRUE(from.faults.empty());
  const bool everything = std::getenv("MAGNESIA_MUTATE") != nullptr;  // ./dev mutate
  std::vector<const Mutant*> mutants;
  for (std::size_t i = 0; i < from.mutants.size(); i += one_in) mutants.push_back(&from.mutants[i]);
  const std::vector<Fate> fates = fates_of(from, mutants);

  std::map<std::string_view, std::string_view> excluded;
  for (const Exclusion& one : exclusions)
    EXPECT_TRUE(excluded.emplace(one.id, one.because).second) << one.id << " stands there twice";
  std::array<Count, kind_count> counts{};
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    const Mutant& mutant = *mutants[i];
    Count& count = counts[static_cast<std::size_t>(mutant.kind)];
    const bool survived = fates[i] == Fate::survived;
    const auto exclusion = excluded.find(mutant.id);
    EXPECT_TRUE(seen.insert(mutant.id).second) << mutant.id << ": two mutants of one name";
    ++count.made;
    if (!survived) ++(fates[i] == Fate::killed ? count.killed : count.refused);
    if (exclusion != excluded.end()) {
      ++count.excluded;
      EXPECT_TRUE(survived) << mutant.id << " is killed: strike it from exclusions.inc";
      EXPECT_FALSE(mutant.unspoken) << mutant.id << " is unspoken: strike it from exclusions.inc";
      if (everything) std::printf("excluded: %s: %s\n", mutant.id.c_str(), std::string{exclusion->second}.c_str());
    } else if (mutant.unspoken && survived) {
      ++count.unspoken;
    } else if (survived) {
      ++count.survived;
      if (everything || towards_mild(mutant.kind)) std::printf("survived: %s\n", mutant.id.c_str());
    }
  }
  for (const auto& [id, because] : excluded)
    EXPECT_TRUE(one_in > 1 || seen.contains(id)) << id << " is no mutant: strike it from exclusions.inc";
  print(counts);
  if (one_in > 1) return;
  Count milder;
  Count sterner;
  for (std::size_t i = 0; i < kind_count; ++i) (towards_mild(static_cast<Kind>(i)) ? milder : sterner) += counts[i];
  EXPECT_GE(milder.made, 1900);  // the generator still finds the statements
  EXPECT_EQ(milder.survived, 0) << "a milder answer that no case notices";
  EXPECT_EQ(sterner.survived, 0) << "a needless warning that no case notices";
}

}  // namespace
}  // namespace magnesia::mutation
