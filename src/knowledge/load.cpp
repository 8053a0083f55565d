// From the documents of packs to Knowledge.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "json/read_file.hpp"
#include "knowledge/embedded.hpp"
#include "knowledge/loader.hpp"
#include "knowledge/sha256.hpp"
#include "magnesia/knowledge.hpp"
#include "report/prepared.hpp"
#include "rules/index.hpp"

namespace magnesia {

using json::Node;
using json::Type;
using knowledge::Doc;
using knowledge::EmbeddedFile;
using knowledge::Loader;

namespace {

constexpr std::size_t most_bytes_of_a_document = std::size_t{4} << 20U;
constexpr std::size_t most_bytes_of_a_pack = std::size_t{64} << 20U;

// All documents as the elements of one array, so that one tree holds them all.
struct Joined {
  std::string_view text;
  std::vector<std::string_view> paths;
  std::vector<int> packs;
};

Joined join(std::span<const Pack> packs, std::string& text) {
  Joined joined;
  std::size_t size = 2;
  for (const Pack& pack : packs)
    for (const Pack::Document& document : pack.documents) size += document.text.size() + 1;
  text.reserve(size);
  for (std::size_t i = 0; i < packs.size(); ++i)
    for (const Pack::Document& document : packs[i].documents) {
      text += joined.paths.empty() ? '[' : ',';
      text += document.text;
      joined.paths.emplace_back(document.path);
      joined.packs.push_back(static_cast<int>(i));
    }
  text += ']';
  joined.text = text;
  return joined;
}

// A fault of syntax concerns one document: read each alone, to name it and to find all the others.
void report_unreadable(std::span<const Pack> packs, const json::Bounds& bounds, Errors& errors) {
  json::Parser parser;
  for (const Pack& pack : packs)
    for (const Pack::Document& document : pack.documents) {
      Errors found;
      static_cast<void>(parser.parse(document.text, bounds, found));
      for (Error& error : found) {
        error.place = document.path + ':' + error.place;
        errors.push_back(std::move(error));
      }
    }
}

std::string_view text_member(const Node& node, std::string_view key) {
  const Node* const member = node.type() == Type::object ? node.find(key) : nullptr;
  return member != nullptr && member->type() == Type::string ? member->text() : std::string_view{};
}

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= base::longest_name && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

void read_pack_document(Loader& loader, const Doc& doc) {
  loader.read.object(*doc.node, {"magnesia", "id", "version", "date", "documents", "remarks"});
  const std::string_view id = loader.read.string(*doc.node, "id");
  const std::string_view version = loader.read.string(*doc.node, "version");
  const std::string_view date = loader.read.string(*doc.node, "date");
  if (doc.pack == 0) {
    loader.base.id = id;
    loader.base.version = version;
    loader.base.date = date;
  } else {
    base::Overlay& overlay = loader.base.overlays[static_cast<std::size_t>(doc.pack - 1)];
    overlay.id = id;
    overlay.version = version;
    overlay.summary = std::string{id} + ' ' + std::string{version};
  }
}

void add_document(Loader& loader, const Node& node, std::string_view path, int pack) {
  static constexpr std::array<std::string_view, 16> kinds{
      "pack/1", "ranges/1", "sources/1", "salt/1",    "limit/1",      "condition/1", "drug/1",   "drug-class/1",
      "rule/1", "fact/1",   "texts/1",   "product/1", "preference/1", "titration/1", "change/1", "record/1"};
  Doc doc{&node, path, text_member(node, "magnesia"), text_member(node, "id"), pack, {}};
  loader.stand_at(doc);
  if (std::find(kinds.begin(), kinds.end(), doc.kind) == kinds.end()) {
    const Node* const kind = node.type() == Type::object ? node.find("magnesia") : nullptr;
    loader.read.fault(ErrorKind::missing_key, kind != nullptr ? *kind : node,
                      "\"magnesia\": the kind of document, for example \"drug/1\"");
    return;
  }
  if (doc.kind != "sources/1" && !is_id(doc.id)) {
    const Node* const id = node.find("id");
    loader.read.fault(ErrorKind::missing_key, id != nullptr ? *id : node,
                      "\"id\": lower-case letters, digits, - and ., at most 160");
    return;
  }
  if (doc.kind == "pack/1") {
    if (const Node* const documents = node.find("documents"); documents != nullptr && documents->type() == Type::array)
      for (const Node& document : documents->children()) add_document(loader, document, path, pack);
  }
  loader.docs.push_back(doc);
}

std::string sha256_of(const Pack& pack) {
  std::vector<EmbeddedFile> files;
  for (const Pack::Document& document : pack.documents) files.push_back({document.path, document.text});
  return knowledge::sha256_of_pack(files);
}

std::string sha256_of_all(std::span<const Pack> packs) {
  const auto digest = [](const Pack& pack) { return pack.sha256.empty() ? sha256_of(pack) : pack.sha256; };
  if (packs.size() == 1) return digest(packs.front());
  knowledge::Sha256 all;
  for (const Pack& pack : packs) all.add(digest(pack) + '\n');
  return all.finish();
}

// Null where there is not one document for each path, or a fault already.
std::shared_ptr<base::Base> base_of(const Node& root, const Joined& joined, std::size_t overlays, std::string sha256,
                                    Errors& errors) {
  const bool one_each =
      std::distance(root.children().begin(), root.children().end()) == static_cast<std::ptrdiff_t>(joined.paths.size());
  if (!one_each || !errors.empty()) return nullptr;
  auto base = std::make_shared<base::Base>();
  base->sha256 = std::move(sha256);
  base->overlays.resize(overlays);
  Loader loader{*base, errors};
  loader.docs.reserve(joined.paths.size());
  std::size_t index = 0;
  for (const Node& document : root.children()) {
    add_document(loader, document, joined.paths[index], joined.packs[index]);
    ++index;
  }
  loader.run();
  if (!errors.empty()) return base;
  rules::index(*base);
  base->prepared = report::prepare(*base);
  return base;
}

}  // namespace

Result<Knowledge, Errors> Knowledge::load(std::span<const Pack> packs) {
  Errors errors;
  std::string text;
  const Joined joined = join(packs, text);
  if (packs.empty() || joined.paths.empty()) {
    errors.push_back(
        {ErrorKind::missing_key, packs.empty() ? "packs" : packs.front().name, "no document", "the documents of a pack"});
    return errors;
  }
  json::Parser parser;
  const Node* const root = parser.parse(joined.text, {.max_bytes = most_bytes_of_a_pack}, errors);
  const std::shared_ptr<base::Base> base =
      root == nullptr ? nullptr : base_of(*root, joined, packs.size() - 1, sha256_of_all(packs), errors);
  if (base == nullptr) {
    Errors by_document;
    report_unreadable(packs, {.max_bytes = most_bytes_of_a_pack}, by_document);
    return by_document.empty() ? errors : by_document;
  }
  if (!errors.empty()) return errors;
  base->own_documents = std::move(text);
  base->documents = base->own_documents;
  base->own_texts = parser.take_text();
  return Knowledge{base};
}

Pack Pack::embedded() {
  Pack pack;
  pack.name = "embedded";
  pack.sha256 = knowledge::embedded_sha256();
  for (const EmbeddedFile& file : knowledge::embedded_files())
    pack.documents.push_back({std::string{file.path}, std::string{file.text}});
  return pack;
}

Knowledge Knowledge::embedded() {
  Joined joined;
  joined.text = knowledge::embedded_documents();
  for (const EmbeddedFile& file : knowledge::embedded_files()) joined.paths.push_back(file.path);
  joined.packs.resize(joined.paths.size());
  Errors errors;
  const std::vector<Node> nodes = unpack(knowledge::embedded_tree());  // parsed when the library was built
  const std::shared_ptr<base::Base> base = base_of(nodes.front(), joined, 0, std::string{knowledge::embedded_sha256()}, errors);
  if (base == nullptr || !errors.empty()) {  // a fault of the build, which its tests exclude
    for (const Error& error : errors) std::fprintf(stderr, "magnesia: built with bad knowledge: %s\n", describe(error).c_str());
    std::abort();
  }
  base->documents = joined.text;
  return Knowledge{base};
}

Result<Pack> Pack::read(const std::string& path) {
  namespace fs = std::filesystem;
  Pack pack;
  pack.name = path;
  std::error_code failed;
  if (!fs::is_directory(path, failed)) {
    Result<std::string> text = json::read_file(path, most_bytes_of_a_pack);
    if (!text) return std::move(text).error();
    pack.documents.push_back({path, *std::move(text)});
    return pack;
  }
  for (auto at = fs::recursive_directory_iterator{path, failed}; !failed && at != fs::recursive_directory_iterator{};
       at.increment(failed)) {
    const std::string name = at->path().lexically_relative(path).generic_string();
    if (!at->is_regular_file(failed) || !name.ends_with(".json") || name.ends_with(".cases.json") || name.starts_with("schema/"))
      continue;
    Result<std::string> text = json::read_file(at->path().string(), most_bytes_of_a_document);
    if (!text) return std::move(text).error();
    pack.documents.push_back({name, *std::move(text)});
  }
  if (failed) return Error{ErrorKind::unreadable, path, failed.message(), "a folder that can be read"};
  std::sort(pack.documents.begin(), pack.documents.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return pack;
}

namespace knowledge {

void Loader::run() {
  int packs_named = 0;
  for (const Doc& doc : docs)
    if (doc.kind == "pack/1") {
      stand_at(doc);
      read_pack_document(*this, doc);
      ++packs_named;
    }
  if (packs_named != static_cast<int>(base.overlays.size()) + 1)
    read.errors().push_back({ErrorKind::missing_key, docs.empty() ? "pack" : std::string{docs.front().path},
                             std::to_string(packs_named) + " documents of kind pack/1", "one for each pack"});
  read_sources();
  declare_concepts();
  connect_concepts();
  if (!read.errors().empty()) return;  // names that are not known would show again in every rule
  read_ranges();
  read_questions();
  read_limits();
  read_preferences();
  read_titrations();
  read_texts();
  read_products();
  read_record_terms();
  read_rules();
  read_changes();
  check();
}

void Loader::check() {
  if (!read.errors().empty()) return;
  const rules::checks::Loaded loaded{base, [this](std::size_t rule) {
                                       stand_at(*kept_rules[rule]->doc);
                                       return read.place(*kept_rules[rule]->node);
                                     }};
  rules::checks::monotone(loaded, read.errors());
  rules::checks::contradiction(loaded, read.errors());
  rules::checks::replacement(loaded, read.errors());
  std::vector<const base::Rule*> interactions;
  base::Bits interact(base.drugs.words());
  for (const base::Rule& rule : base.rules) {
    if (rule.severity == Severity::none || rule.scope != base::Scope::pair || !rule.confirmed()) continue;
    interactions.push_back(&rule);
    base::set(interact, rule.drug);
  }
  for (const NoInteraction& said : no_interaction) {
    if (!base::test_any(interact, base.drugs.closure(said.drug))) continue;
    for (const base::Rule* const interaction : interactions) {
      const base::Rule& rule = *interaction;
      if (!base.drugs.is_a(said.drug, rule.drug)) continue;
      stand_at(*said.doc);
      read.fault(ErrorKind::conflict, *said.node, "\"no_interaction\", although " + std::string{rule.id} + " holds of the drug",
                 "one of the two");
    }
  }
}

}  // namespace knowledge

}  // namespace magnesia
