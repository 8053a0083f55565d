// Build tool: embed_tool KNOWLEDGE OUTPUT.cpp. Writes the documents of the knowledge folder as a C++ source that defines what
// embedded.hpp declares. Runs on the machine that builds, and refuses what is no valid JSON.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "json/packed.hpp"
#include "knowledge/sha256.hpp"

namespace {

namespace fs = std::filesystem;
namespace json = magnesia::json;
using magnesia::knowledge::EmbeddedFile;

struct Document {
  std::string path;
  std::string text;
};

// Cases are read by the tests only, and schemas by editors.
bool is_embedded(const std::string& path) {
  return path.ends_with(".json") && !path.ends_with(".cases.json") && !path.starts_with("schema/");
}

bool read_documents(const fs::path& folder, std::vector<Document>& documents) {
  std::error_code failed;
  for (fs::recursive_directory_iterator at{folder, failed}, end; !failed && at != end; at.increment(failed)) {
    const std::string path = at->path().lexically_relative(folder).generic_string();
    if (!at->is_regular_file() || !is_embedded(path)) continue;
    std::ifstream file{at->path(), std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (!file) {
      std::cerr << path << ": found a file that cannot be read, expected a readable one\n";
      return false;
    }
    documents.push_back({path, std::move(text)});
  }
  if (failed) std::cerr << folder << ": found " << failed.message() << ", expected a folder of knowledge\n";
  std::ranges::sort(documents, {}, &Document::path);
  return !failed;
}

bool is_valid(const Document& document, json::Parser& parser) {
  magnesia::Errors errors;
  static_cast<void>(parser.parse(document.text, {}, errors));
  for (const magnesia::Error& error : errors) std::cerr << document.path << ':' << describe(error) << '\n';
  return errors.empty();
}

// A piece of a literal a line of the document. Octal escapes end after three digits, whatever follows them.
void write_literal(std::ostream& out, const std::string& text) {
  out << "    \"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '"' || byte == '\\') {
      out << '\\' << text[i];
    } else if (byte >= 0x20 && byte < 0x7f) {
      out << text[i];
    } else if (byte == '\n') {
      out << "\\n";
      if (i + 1 < text.size()) out << "\"\n    \"";
    } else {
      out << '\\' << char('0' + (byte >> 6)) << char('0' + (byte >> 3 & 7)) << char('0' + (byte & 7));
    }
  }
  out << '"';
}

void write_tree(std::ostream& out, const json::PackedTree& tree) {
  write_literal(out << "\nconstexpr char unescaped[] =\n", tree.unescaped);
  out << ";\n\nconstexpr std::string_view keys[] = {\n";
  for (const std::string_view key : tree.keys) {
    write_literal(out << "    {\n", std::string{key});
    out << ", " << key.size() << "},\n";
  }
  out << "    };\n\nconstexpr json::PackedNode nodes[] = {\n";
  for (const json::PackedNode& node : tree.nodes)
    out << '{' << node.offset << ',' << node.size << ',' << node.key << ",Type{" << static_cast<int>(node.type) << "},"
        << (node.escaped ? "true" : "false") << "},\n";
  out << "    };\n";
}

void write_source(std::ostream& out, const std::vector<Document>& documents, const std::string& joined,
                  const json::PackedTree& tree) {
  std::vector<EmbeddedFile> files;
  for (const Document& document : documents) files.push_back({document.path, document.text});

  out << "// Written by embed_tool from the folder knowledge/. Changes belong there.\n"
         "#include \"knowledge/embedded.hpp\"\n\n"
         "namespace magnesia::knowledge {\nnamespace {\n\nusing json::Type;\n\n";
  write_literal(out << "constexpr char documents[] =\n", joined);
  out << ";\n";
  write_tree(out, tree);
  // An array can't have no elements, so there is one too many, and the span leaves it out.
  out << "\nconstexpr EmbeddedFile files[] = {\n";
  std::size_t at = 1;
  for (const Document& document : documents) {
    write_literal(out << "    {\n", document.path);
    out << ",\n     {documents + " << at << ", " << document.text.size() << "}},\n";
    at += document.text.size() + 1;
  }
  out << "    {}};\n\n}  // namespace\n\n"
      << "std::string_view embedded_documents() noexcept { return {documents, " << joined.size() << "}; }\n\n"
      << "json::Packed embedded_tree() noexcept { return {embedded_documents(), {unescaped, " << tree.unescaped.size()
      << "}, keys, nodes}; }\n\n"
      << "std::span<const EmbeddedFile> embedded_files() noexcept { return {files, " << documents.size() << "}; }\n\n"
      << "std::string_view embedded_sha256() noexcept {\n  return \"" << magnesia::knowledge::sha256_of_pack(files)
      << "\";\n}\n\n"
      << "}  // namespace magnesia::knowledge\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: embed_tool KNOWLEDGE OUTPUT.cpp\n";
    return 2;
  }
  std::vector<Document> documents;
  if (!read_documents(argv[1], documents)) return 1;
  json::Parser parser;
  bool valid = true;
  std::string joined = "[";
  for (const Document& document : documents) {
    valid = is_valid(document, parser) && valid;
    if (joined.size() > 1) joined += ',';
    joined += document.text;
  }
  joined += ']';
  if (!valid) return 1;
  const auto root = parser.parse(joined, {.max_bytes = joined.size()});
  const magnesia::Result<json::PackedTree> tree = root ? pack(**root, joined) : root.error().front();
  if (!tree) {
    std::cerr << argv[1] << ':' << describe(tree.error()) << '\n';
    return 1;
  }
  std::ofstream out{argv[2], std::ios::binary};
  write_source(out, documents, joined, *tree);
  out.close();
  if (!out) {
    std::cerr << argv[2] << ": found a file that cannot be written, expected a writable one\n";
    return 1;
  }
}
