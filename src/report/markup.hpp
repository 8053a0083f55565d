// Markup: a page that needs nothing else, and what stands in it.
#pragma once

#include <string>
#include <string_view>

#include "base/base.hpp"
#include "magnesia/verdict.hpp"

namespace magnesia::report {

/// The text with what markup is made of escaped, and made printable.
void append_escaped(std::string& out, std::string_view text);

/// Elements; what stands in them is escaped, and tags and attributes are written here only.
class Html {
 public:
  explicit Html(const base::Base& base) : base_{base} {}

  /// Everything before the header; and the end of main, with the footer.
  void begin(std::string_view title);
  void end(const Assessment& assessment);

  void raw(std::string_view markup) { out_ += markup; }
  void text(std::string_view text) { append_escaped(out_, text); }
  void element(std::string_view open, std::string_view content, std::string_view close) {
    raw(open);
    text(content);
    raw(close);
  }
  void key(std::string_view open, std::string_view key, std::string_view close) { element(open, base_.text(key), close); }
  void open_section(std::string_view id, std::string_view key) {
    out_ += "<section aria-labelledby=\"";
    out_ += id;
    out_ += "\"><h2 id=\"";
    out_ += id;
    key_only(key);
    out_ += "</h2>\n";
  }
  void part(std::string_view label, std::string_view content, std::string_view open = "<dd>") {
    if (content.empty()) return;
    key("<dt>", label, "</dt>");
    element(open, content, "</dd>\n");
  }
  [[nodiscard]] const base::Base& base() const noexcept { return base_; }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void key_only(std::string_view key) {
    out_ += "\">";
    text(base_.text(key));
  }

  const base::Base& base_;
  std::string out_;
};

}  // namespace magnesia::report
