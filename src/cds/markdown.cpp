#include "cds/markdown.hpp"

#include "report/layout.hpp"

namespace magnesia::cds {

void append_markdown(std::string& out, std::string_view text) {
  const std::string shown = report::printable(text);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const char c = shown[i];
    const std::string_view rest = std::string_view{shown}.substr(i);
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      // GFM makes links of "www.", "https://" and of addresses of mail, wherever they stand.
      case ':': out += rest.starts_with("://") ? "&#58;" : ":"; break;
      case '@': out += "&#64;"; break;
      case '.': out += i >= 3 && (shown[i - 1] | 0x20) == 'w' && (shown[i - 2] | 0x20) == 'w' ? "&#46;" : "."; break;
      case '\\':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '!':
      case '|':
      case '~':
      case '#': out += '\\'; [[fallthrough]];
      default: out += c;
    }
  }
}

}  // namespace magnesia::cds
