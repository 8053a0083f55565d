// A plan as a picture, and as a page with the picture in it.
#include <algorithm>

#include "magnesia/report.hpp"
#include "report/page.hpp"
#include "report/plan.hpp"
#include "words/words.hpp"

namespace magnesia {

using base::Base;
using report::append_escaped;

namespace {

// In units of the picture; an hour is 30 wide.
constexpr int left = 250;
constexpr int hour_width = 30;
constexpr int ribbon = 24 * hour_width;
constexpr int width = left + ribbon + 20;
constexpr int head_height = 64;
constexpr int row_height = 40;
constexpr int dot = 6;

constexpr int across(int minutes) noexcept { return left + minutes * hour_width / 60; }

class Picture {
 public:
  void raw(std::string_view markup) { out_ += markup; }
  void text(int x, int y, std::string_view anchor, std::string_view content, std::string_view more = {}) {
    out_ += "<text x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" text-anchor=\"";
    out_ += anchor;
    out_ += '"';
    out_ += more;
    out_ += '>';
    append_escaped(out_, content);
    out_ += "</text>\n";
  }
  void line(int x1, int y1, int x2, int y2, std::string_view more) {
    out_ += "<line x1=\"" + std::to_string(x1) + "\" y1=\"" + std::to_string(y1) + "\" x2=\"" + std::to_string(x2) + "\" y2=\"" +
            std::to_string(y2) + '"';
    out_ += more;
    out_ += "/>\n";
  }
  void rectangle(int x, int y, int wide, int high, std::string_view more) {
    out_ += "<rect x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" width=\"" + std::to_string(wide) +
            "\" height=\"" + std::to_string(high) + '"';
    out_ += more;
    out_ += "/>\n";
  }
  void circle(int x, int y) {
    out_ += "<circle cx=\"" + std::to_string(x) + "\" cy=\"" + std::to_string(y) + "\" r=\"" + std::to_string(dot) +
            "\" fill=\"#000\"/>\n";
  }
  void element(std::string_view open, std::string_view content, std::string_view close) {
    out_ += open;
    append_escaped(out_, content);
    out_ += close;
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

std::string sentence(const Base& base, const PlannedDoses& doses) {
  std::string out = doses.called + ": " + report::times_text(doses.times, doses.within);
  if (const std::string days = report::days_text(base, doses.days); !days.empty()) out += " (" + days + ')';
  return out + ", " + report::move_text(base, doses);
}

// Shortened to what fits into the column of names.
std::string shortened(std::string_view text) {
  constexpr std::size_t room = 34;
  std::string out;
  std::size_t characters = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U && ++characters > room) return out + "…";
    out += c;
  }
  return out;
}

// Minutes after the first midnight, perhaps on the day after.
int until(const TimeSpan& span) noexcept { return span.to.minutes + (span.to < span.from ? 1440 : 0); }

// Some time between these is meant.
void bar(Picture& picture, int from, int to, int middle) {
  constexpr int day = 1440;
  for (const int shift : {-day, 0}) {
    const int begin = std::max(from + shift, 0);
    const int end = std::min(to + shift, day);
    if (begin < end)
      picture.rectangle(across(begin), middle - 4, across(end) - across(begin), 8,
                        " fill=\"#fff\" stroke=\"#000\" stroke-width=\"2\"");
  }
}

// Hours at which a product would be too close to a drug, from one time of day to another.
void hatch(Picture& picture, int from, int to, int y) {
  constexpr int day = 1440;
  if (to - from >= day)
    return picture.rectangle(left, y, ribbon, 20, " fill=\"url(#hatch)\" stroke=\"#000\" stroke-width=\"0.5\"");
  for (const int shift : {-day, 0, day}) {
    const int begin = std::max(from + shift, 0);
    const int end = std::min(to + shift, day);
    if (begin < end)
      picture.rectangle(across(begin), y, across(end) - across(begin), 20,
                        " fill=\"url(#hatch)\" stroke=\"#000\" stroke-width=\"0.5\"");
  }
}

void hatch_all(Picture& picture, const Plan& plan, const PlannedDoses& product, const std::vector<PlannedDoses>& doses, int y) {
  for (const KeptWindow& kept : plan.because) {
    if (kept.magnesium != product.subject) continue;
    for (const PlannedDoses& drug : doses)
      if (drug.subject == kept.drug) {
        for (const TimeOfDay time : drug.times) hatch(picture, time.minutes - kept.after, time.minutes + kept.before, y);
        for (const TimeSpan& span : drug.within) hatch(picture, span.from.minutes - kept.after, until(span) + kept.before, y);
      }
  }
}

void draw_hours(Picture& picture, const Base& base, const Day& day, int bottom) {
  for (int hour = 0; hour <= 24; hour += 3) {
    picture.line(across(hour * 60), head_height - 8, across(hour * 60), bottom, " stroke=\"#bbb\" stroke-width=\"1\"");
    picture.text(across(hour * 60), head_height - 14, "middle", std::to_string(hour));
  }
  int level = 0;
  for (const report::Hour& hour : report::hours_of(base, day)) {
    picture.line(across(hour.time.minutes), head_height - 8, across(hour.time.minutes), bottom,
                 " stroke=\"#000\" stroke-width=\"1\" stroke-dasharray=\"2 4\"");
    picture.text(across(hour.time.minutes), 16 + 14 * (level++ % 2), "middle", hour.called, " font-style=\"italic\"");
  }
}

}  // namespace

namespace report {

void append_picture(std::string& out, const Plan& plan, const std::vector<PlannedDoses>& doses) {
  const Base& base = *plan.assessment.workspace().base;
  const int height = head_height + row_height * static_cast<int>(doses.size()) + 16;
  Picture picture;
  picture.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + std::to_string(width) + ' ' + std::to_string(height) +
              "\" role=\"img\" aria-labelledby=\"plan-title plan-description\" font-family=\"sans-serif\" font-size=\"12\">\n");
  picture.element("<title id=\"plan-title\">", base.text("plan.title"), "</title>\n");
  std::string description{base.text("plan.picture")};
  for (const PlannedDoses& one : doses) {
    description += ' ';
    description += sentence(base, one);
    description += '.';
  }
  picture.element("<desc id=\"plan-description\">", description, "</desc>\n");
  picture.raw(
      "<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
      "<line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\" stroke=\"#000\" stroke-width=\"1\"/></pattern></defs>\n");
  picture.rectangle(0, 0, width, height, " fill=\"#fff\"");
  draw_hours(picture, base, plan.day, height - 10);
  int y = head_height;
  for (const PlannedDoses& one : doses) {
    const int middle = y + row_height / 2;
    const std::string label = shortened(one.called);
    picture.text(left - 10, middle - 2, "end", label, one.moved || one.is_new() ? " font-weight=\"bold\"" : "");
    std::string remark = days_text(base, one.days);
    if (!remark.empty()) remark += "; ";
    remark += move_text(base, one);
    picture.text(left - 10, middle + 12, "end", remark, " font-size=\"10\"");
    picture.line(left, middle, left + ribbon, middle, " stroke=\"#000\" stroke-width=\"1\"");
    if (one.subject.magnesium) hatch_all(picture, plan, one, doses, middle - 10);
    const auto label_time = [&](int minutes, std::string_view time) {
      picture.text(across(minutes), middle - 11, "middle", time,
                   " font-weight=\"bold\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\"");
    };
    for (const TimeOfDay time : one.times) {
      picture.circle(across(time.minutes), middle);
      label_time(time.minutes, name(time));
    }
    for (const TimeSpan& span : one.within) {
      bar(picture, span.from.minutes, until(span), middle);
      label_time(span.from.minutes, report::time_text(span));
    }
    y += row_height;
  }
  picture.raw("</svg>\n");
  out += picture.take();
}

}  // namespace report

std::string to_svg(const Plan& plan) {
  std::string out;
  if (!plan.assessment.workspace().base) return out;
  if (plan.status != PlanStatus::impossible) {
    report::append_picture(out, plan, plan.doses);
    return out;
  }
  // No day to draw: what cannot hold together, in words.
  const Base& base = *plan.assessment.workspace().base;
  Picture picture;
  const int height = 40 + 18 * static_cast<int>(plan.conflicts.size());
  picture.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + std::to_string(width) + ' ' + std::to_string(height) +
              "\" role=\"img\" aria-labelledby=\"plan-title plan-description\" font-family=\"sans-serif\" font-size=\"12\">\n");
  picture.element("<title id=\"plan-title\">", base.text("plan.title"), "</title>\n");
  std::string description = report::status_text(plan);
  for (const Conflict& conflict : plan.conflicts) description += ' ' + conflict.message;
  picture.element("<desc id=\"plan-description\">", description, "</desc>\n");
  picture.rectangle(0, 0, width, height, " fill=\"#fff\"");
  picture.text(10, 20, "start", report::status_text(plan), " font-weight=\"bold\"");
  int y = 20;
  for (const Conflict& conflict : plan.conflicts) picture.text(20, y += 18, "start", conflict.message);
  picture.raw("</svg>\n");
  return picture.take();
}

namespace {

void write_table(report::Html& html, const std::vector<PlannedDoses>& all) {
  html.raw("<table>\n<tbody>\n");
  for (const PlannedDoses& doses : all) {
    html.element("<tr><th scope=\"row\">", doses.called, "</th>");
    html.element("<td>", report::times_text(doses.times, doses.within), "");
    if (const std::string days = report::days_text(html.base(), doses.days); !days.empty()) html.element(" (", days, ")");
    html.element("</td><td>", report::amount_text(doses), "</td>");
    html.element("<td>", report::move_text(html.base(), doses), "</td></tr>\n");
  }
  html.raw("</tbody></table>\n");
}

void write_day(report::Html& html, const Plan& plan, const std::vector<PlannedDoses>& doses) {
  std::string picture;
  report::append_picture(picture, plan, doses);
  html.raw("<figure style=\"margin:0\">");
  html.raw(picture);
  html.raw("</figure>\n");
  write_table(html, doses);
}

}  // namespace

std::string to_html(const Plan& plan) {
  if (!plan.assessment.workspace().base) return {};
  report::Html html{*plan.assessment.workspace().base};
  const Base& base = html.base();
  html.open_page(base.text("plan.title"));
  html.key("<header>\n<h1>", "plan.title", "</h1>\n");
  html.element("<p class=\"do\">", report::status_text(plan), "</p>\n");
  if (plan.status != PlanStatus::impossible)
    html.element("<p>", report::counts_text(base, plan.changes, plan.occasions), "</p>\n");
  std::string verdict;
  words::append_text(verdict, base, "plan.verdict", {{"headline", plan.assessment.headline()}});
  html.element("<p>", verdict, "</p>\n");
  html.element("<p class=\"faint\">", base.text("notice"), "");
  html.element(" ", base.text("plan.clock"), "</p>\n</header>\n<main>\n");

  if (plan.status != PlanStatus::impossible) {
    html.open_section("day", "plan.section.day");
    write_day(html, plan, plan.doses);
    html.raw("</section>\n");
  }
  if (!plan.conflicts.empty()) {
    html.open_section("conflicts", "plan.section.conflicts");
    html.raw("<ul>\n");
    for (const Conflict& conflict : plan.conflicts) {
      html.element("<li>", conflict.message, "");
      html.element(" <span class=\"faint\">(", conflict.constraint, ")</span></li>\n");
    }
    html.raw("</ul></section>\n");
  }
  if (plan.offer) {
    html.open_section("offer", "plan.section.offer");
    html.element("<p>", plan.offer->text, " ");
    html.text(report::counts_text(base, plan.offer->changes, plan.offer->occasions));
    html.raw("</p>\n");
    write_day(html, plan, plan.offer->doses);
    html.raw("</section>\n");
  }
  if (!plan.because.empty()) {
    html.open_section("because", "plan.section.because");
    html.raw("<ul>\n");
    for (const KeptWindow& kept : plan.because) {
      html.element("<li>", report::kept_text(plan, kept), "");
      html.element(" <span class=\"faint\">(", kept.rule, ")</span></li>\n");
    }
    html.raw("</ul></section>\n");
  }
  if (!plan.unplanned.empty()) {
    html.open_section("unplanned", "plan.section.unplanned");
    html.raw("<ul>\n");
    for (const Unplanned& one : plan.unplanned) html.element("<li>", one.message, "</li>\n");
    html.raw("</ul></section>\n");
  }
  html.raw("</main>\n");
  html.write_footer(plan.assessment);
  html.close_page();
  return html.take();
}

}  // namespace magnesia
