#include "c/knowledge.hpp"

#include "c/answer.hpp"

using magnesia::c::guarded;
using magnesia::c::text_of;

namespace magnesia::c {
namespace {

// Standard input is the caller's own: "-" is a file of that name.
std::string as_path(std::string_view path) { return path == "-" ? "./-" : std::string{path}; }

}  // namespace

Result<Knowledge, Errors> embedded() {
  const Pack pack = Pack::embedded();
  return Knowledge::load(std::span{&pack, 1});
}

}  // namespace magnesia::c

magnesia_status magnesia_packs_new(magnesia_packs** packs) noexcept {
  return guarded([&]() -> magnesia_status {
    if (packs == nullptr) return MAGNESIA_BAD_ARGUMENT;
    *packs = nullptr;
    *packs = std::make_unique<magnesia_packs>().release();
    return MAGNESIA_OK;
  });
}

magnesia_status magnesia_packs_add_embedded(magnesia_packs* packs) noexcept {
  return guarded([&]() -> magnesia_status {
    if (packs == nullptr) return MAGNESIA_BAD_ARGUMENT;
    packs->packs.push_back(magnesia::Pack::embedded());
    return MAGNESIA_OK;
  });
}

magnesia_status magnesia_packs_add_path(magnesia_packs* packs, const char* path, size_t path_size,
                                        magnesia_answer** error) noexcept {
  return guarded([&]() -> magnesia_status {
    if (error != nullptr) *error = nullptr;
    const auto given = text_of(path, path_size);
    if (packs == nullptr || !given) return MAGNESIA_BAD_ARGUMENT;
    if (given->find('\0') != std::string_view::npos)
      return magnesia::c::refuse(error, MAGNESIA_BAD_KNOWLEDGE,
                                 magnesia::Error{magnesia::ErrorKind::unreadable, magnesia::excerpt(*given),
                                                 "a path with a NUL in it", "a folder or file that can be read"});
    magnesia::Result<magnesia::Pack> pack = magnesia::Pack::read(magnesia::c::as_path(*given));
    if (!pack) return magnesia::c::refuse(error, MAGNESIA_BAD_KNOWLEDGE, std::move(pack).error());
    packs->packs.push_back(*std::move(pack));
    return MAGNESIA_OK;
  });
}

magnesia_status magnesia_packs_add_text(magnesia_packs* packs, const char* name, size_t name_size, const char* json,
                                        size_t json_size) noexcept {
  return guarded([&]() -> magnesia_status {
    const auto called = text_of(name, name_size);
    const auto text = text_of(json, json_size);
    if (packs == nullptr || !called || !text) return MAGNESIA_BAD_ARGUMENT;
    packs->packs.push_back({std::string{*called}, {{std::string{*called}, std::string{*text}}}, {}});
    return MAGNESIA_OK;
  });
}

void magnesia_packs_free(magnesia_packs* packs) noexcept { delete packs; }

magnesia_status magnesia_knowledge_new(const magnesia_packs* packs, magnesia_knowledge** knowledge,
                                       magnesia_answer** error) noexcept {
  return guarded([&]() -> magnesia_status {
    if (error != nullptr) *error = nullptr;
    if (knowledge == nullptr) return MAGNESIA_BAD_ARGUMENT;
    *knowledge = nullptr;
    magnesia::Result<magnesia::Knowledge, magnesia::Errors> loaded =
        packs == nullptr ? magnesia::c::embedded() : magnesia::Knowledge::load(packs->packs);
    if (!loaded) return magnesia::c::refuse(error, MAGNESIA_BAD_KNOWLEDGE, std::move(loaded).error());
    *knowledge = std::make_unique<magnesia_knowledge>(magnesia_knowledge{*std::move(loaded)}).release();
    return MAGNESIA_OK;
  });
}

void magnesia_knowledge_free(magnesia_knowledge* knowledge) noexcept { delete knowledge; }
