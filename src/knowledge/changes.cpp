// What an overlay changes in the rules below it: only towards caution, or switched off with a reason.
#include <algorithm>

#include "knowledge/loader.hpp"

namespace magnesia::knowledge {

using json::Node;

std::optional<base::Window> read_window(Reader& read, const Node& rule);

namespace {

void say(base::Base& base, int pack, std::string_view text) {
  base::Overlay& overlay = base.overlays[static_cast<std::size_t>(pack - 1)];
  overlay.summary += overlay.changes++ == 0 ? ": " : "; ";
  overlay.summary += text;
}

void change_severity(Loader& loader, const Doc& doc, base::Rule& rule, const Node& node) {
  const auto severity = severity_named(node.text());
  if (!severity || *severity < rule.severity) {
    loader.read.fault(severity ? ErrorKind::unsafe : ErrorKind::unknown_name, node,
                      "a severity not below " + std::string{name(rule.severity)});
    return;
  }
  rule.severity = *severity;
  say(loader.base, doc.pack, std::string{rule.id} + " raised to " + std::string{name(*severity)});
}

void change_window(Loader& loader, const Doc& doc, base::Rule& rule) {
  const auto window = read_window(loader.read, *doc.node);
  if (!window) return;
  if (!rule.window || window->before < rule.window->before || window->after < rule.window->after) {
    loader.read.fault(ErrorKind::unsafe, *doc.node->find("window"), "a window that is not narrower on either side");
    return;
  }
  rule.window = window;
  say(loader.base, doc.pack, std::string{rule.id} + " window widened");
}

// A rule that an overlay adds in place of one below it.
void say_what_stands_in(Loader& loader) {
  base::Base& base = loader.base;
  for (std::size_t i = 0; i < base.rules.size(); ++i)
    if (const int pack = loader.kept_rules[i]->doc->pack; pack != 0)
      for (const std::uint16_t replaced : base.rules[i].replaces)
        say(base, pack, std::string{base.rules[i].id} + " in place of " + std::string{base.rules[replaced].id});
}

}  // namespace

void Loader::read_changes() {
  say_what_stands_in(*this);
  for (const Doc& doc : docs) {
    if (doc.kind != "change/1") continue;
    stand_at(doc);
    read.object(*doc.node, {"magnesia", "id", "rule", "severity", "window", "off", "because", "remarks"});
    const std::string_view id = read.string(*doc.node, "rule");
    const std::string_view because = read.string(*doc.node, "because");
    if (doc.pack == 0) {
      read.fault(ErrorKind::conflict, *doc.node, "a change", "a pack that is laid over another");
      continue;
    }
    const std::uint16_t found = rule_ids.find(id);
    if (found == base::no_concept) {
      if (!id.empty()) read.fault(ErrorKind::unknown_name, *doc.node->find("rule"), "the id of a rule that there is");
      continue;
    }
    base::Rule& rule = base.rules[found];
    if (const Node* const severity = doc.node->find("severity")) change_severity(*this, doc, rule, *severity);
    if (doc.node->find("window") != nullptr) change_window(*this, doc, rule);
    if (read.boolean(*doc.node, "off", false) && !because.empty()) {
      rule.off_because = because;
      rule.off_by = base.overlays[static_cast<std::size_t>(doc.pack - 1)].id;
      say(base, doc.pack, std::string{rule.id} + " switched off (" + rule.off_because + ')');
    }
  }
}

}  // namespace magnesia::knowledge
