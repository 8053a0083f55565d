// Any bytes: a request is read, or refused with errors that say everything; and a used reader reads as a new one does.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "magnesia/request.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  static magnesia::RequestReader reader;
  static magnesia::Request request;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const magnesia::Errors errors = reader.read_into(request, text);
  for (const magnesia::Error& error : errors) require(!error.found.empty() && !error.expected.empty());
  const magnesia::Result<magnesia::Request, magnesia::Errors> fresh = magnesia::read_request(text);
  require(fresh.has_value() == errors.empty());
  require(fresh ? *fresh == request : fresh.error() == errors && request == magnesia::Request{});
  require(request.medications.size() == request.patient.medications.items().size());
  require(request.magnesium.size() == request.regimen.products().items().size());
  return 0;
}
