#include "fhir/links.hpp"

#include <algorithm>
#include <array>

#include "base/characters.hpp"

namespace magnesia::fhir {
namespace {

struct Scheme {
  std::string_view prefix;
  std::string_view address;
};
constexpr std::array<Scheme, 3> schemes{{{"doi:", "https://doi.org/"},
                                         {"pmid:", "https://pubmed.ncbi.nlm.nih.gov/"},
                                         {"PMC", "https://pmc.ncbi.nlm.nih.gov/articles/PMC"}}};

// What may stand in the path of an address as it is (RFC 3986, pchar and "/").
bool is_plain(char c) noexcept {
  return base::is_letter(c) || base::is_digit(c) || std::string_view{"-._~!$&'()*+,;=:@/"}.find(c) != std::string_view::npos;
}

}  // namespace

std::string link_of(std::string_view identifier) {
  while (!identifier.empty()) {
    const std::size_t end = std::min(identifier.find(';'), identifier.size());
    std::string_view one = identifier.substr(0, end);
    identifier.remove_prefix(std::min(end + 1, identifier.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    for (const Scheme& scheme : schemes) {
      const std::string_view rest = one.starts_with(scheme.prefix) ? one.substr(scheme.prefix.size()) : std::string_view{};
      if (!rest.empty() && std::all_of(rest.begin(), rest.end(), is_plain))
        return std::string{scheme.address} + std::string{rest};
    }
  }
  return {};
}

}  // namespace magnesia::fhir
