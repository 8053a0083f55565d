// Page: lines of a report for a terminal.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "magnesia/report.hpp"
#include "report/layout.hpp"

namespace magnesia::report {

inline constexpr std::string_view bold = "1";
inline constexpr std::string_view faint = "2";

/// Lays lines out. Everything that it is given is made printable.
class Page {
 public:
  explicit Page(TextOptions options) : width_{static_cast<std::size_t>(std::max(options.width, 40))}, colour_{options.colour} {}

  void blank() { out_ += '\n'; }

  // `head`, then the text in a column that begins at `column`.
  void entry(std::size_t indent, std::string_view head, std::size_t column, std::string_view text, std::string_view style = {},
             std::string_view head_style = {}) {
    const std::string shown_head = printable(head);
    std::size_t at = indent + characters(shown_head);
    out_.append(indent, ' ');
    styled(shown_head, head_style);
    if (at + 1 > column && !head.empty()) {  // the head takes a line of its own
      out_ += '\n';
      at = 0;
    }
    bool first = true;
    for (const std::string& line : wrap(printable(text), width_ > column + 20 ? width_ - column : 20)) {
      if (!first) {
        out_ += '\n';
        at = 0;
      }
      first = false;
      out_.append(column - std::min(at, column), ' ');
      styled(line, style);
    }
    out_ += '\n';
  }
  void text(std::size_t indent, std::string_view text, std::string_view style = {}) { entry(indent, {}, indent, text, style); }
  void section(std::string_view title) {
    blank();
    text(0, title, bold);
  }

  // Cells of one row; the last two are columns of `amount` characters.
  void row(std::string_view name, std::string_view dose, std::string_view per_day, std::string_view style = {}) {
    const std::size_t amount = width_ >= 76 ? 19 : 12;
    const std::size_t first = width_ - 4 - 2 * amount;
    const std::array<std::vector<std::string>, 3> cells{wrap(printable(name), first), wrap(dose, amount), wrap(per_day, amount)};
    const std::size_t lines = std::max({cells[0].size(), cells[1].size(), cells[2].size()});
    for (std::size_t i = 0; i < lines; ++i) {
      std::string line = "  ";
      for (std::size_t column = 0; column < cells.size(); ++column) {
        const std::size_t begin = column == 0 ? 2 : 3 + first + (column - 1) * (amount + 1);
        if (i >= cells[column].size()) continue;
        line.append(begin - std::min(begin, characters(line)), ' ');
        line += cells[column][i];
      }
      styled(line, style);
      out_ += '\n';
    }
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void styled(std::string_view text, std::string_view style) {
    if (!colour_ || style.empty() || text.empty()) {
      out_ += text;
      return;
    }
    out_ += "\033[";
    out_ += style;
    out_ += 'm';
    out_ += text;
    out_ += "\033[0m";
  }

  std::string out_;
  std::size_t width_;
  bool colour_;
};

}  // namespace magnesia::report
