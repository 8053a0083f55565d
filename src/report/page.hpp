// Pages of HTML: elements, escaping, and the style that all pages share.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/base.hpp"
#include "magnesia/verdict.hpp"

namespace magnesia::report {

/// Text between tags, or as the value of an attribute in double quotes.
void append_escaped(std::string& out, std::string_view text);

/// A page that needs nothing else: no fonts, no network. What is given as text is escaped; tags and attributes are the caller's.
class Html {
 public:
  explicit Html(const base::Base& base) : base_{base} {}

  /// Up to and with <body>. `more_style` is added to the style of all pages; `script_source`: what the page's policy lets run,
  /// in the words of Content-Security-Policy.
  void open_page(std::string_view title, std::string_view more_style = {}, std::string_view script_source = {});
  /// What a page about a person ends with: the knowledge that it speaks from.
  void write_footer(const Assessment& assessment);
  void close_page() { out_ += "</body>\n</html>\n"; }

  void raw(std::string_view markup) { out_ += markup; }
  void text(std::string_view text) { append_escaped(out_, text); }
  void element(std::string_view open, std::string_view content, std::string_view close) {
    raw(open);
    text(content);
    raw(close);
  }
  void key(std::string_view open, std::string_view key, std::string_view close) { element(open, base_.text(key), close); }
  void open_section(std::string_view id, std::string_view key);
  void part(std::string_view label, std::string_view content, std::string_view open = "<dd>");

  [[nodiscard]] const base::Base& base() const noexcept { return base_; }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  const base::Base& base_;
  std::string out_;
};

}  // namespace magnesia::report
