// Any bytes as HTTP requests, one behind the other: they are the same ones in whatever pieces the bytes come.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "serve/request_reader.hpp"

namespace {

using magnesia::serve::Call;
using magnesia::serve::Limits;
using magnesia::serve::RequestReader;

void require(bool holds) {
  if (!holds) std::abort();
}

// All requests that are whole, as text; stops where one is broken.
std::vector<std::string> requests(std::string_view bytes, std::size_t piece) {
  constexpr Limits limits{.header_bytes = 512, .body_bytes = 256};
  std::vector<std::string> all;
  RequestReader reader{limits};
  std::string waiting;
  while (!bytes.empty()) {
    waiting += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    for (bool moved = true; moved;) {
      const bool had_header = reader.has_header();
      const std::size_t taken = reader.take(waiting);
      require(taken <= waiting.size());
      waiting.erase(0, taken);
      moved = taken != 0 || reader.has_header() != had_header;
      if (reader.fault() != 0) {
        require(!reader.complete() && reader.fault() >= 400 && reader.fault() < 600);
        return all;
      }
      if (!reader.complete()) continue;
      const Call call = reader.call();
      require(!call.method.empty() && call.body.size() <= limits.body_bytes &&
              call.path.find_first_of("?\r\n ") == std::string_view::npos);
      std::string one;
      for (const std::string_view part :
           {call.method, call.path, call.authorization, call.content_type, call.content_encoding, call.origin, call.body})
        (one += part) += '\n';
      one += reader.keeps_alive() ? "stays" : "goes";
      all.push_back(std::move(one));
      reader = RequestReader{limits};
      moved = true;
    }
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
  require(requests(bytes, bytes.size() + 1) == requests(bytes, 1 + data[0] % 16));
  return 0;
}
