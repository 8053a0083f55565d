// What every function of the C interface shares: nothing is thrown across it.
#pragma once

#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "magnesia/error.hpp"
#include "magnesia/magnesia.h"

namespace magnesia::c {

/// The status that `call` returns, or that of what it threw.
template <class Call>
magnesia_status guarded(Call call) noexcept {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    return MAGNESIA_OUT_OF_MEMORY;
  } catch (const std::length_error&) {  // a string that would be longer than memory
    return MAGNESIA_OUT_OF_MEMORY;
  } catch (...) {
    return MAGNESIA_FAULT;
  }
}

/// Text as it was given; none where there is a length and no text.
inline std::optional<std::string_view> text_of(const char* text, std::size_t size) noexcept {
  if (text == nullptr && size != 0) return std::nullopt;
  return text == nullptr ? std::string_view{} : std::string_view{text, size};
}

inline Error null_pointer(std::string place, std::string expected) {
  return {ErrorKind::missing_key, std::move(place), "a null pointer", std::move(expected)};
}

}  // namespace magnesia::c
