// The verbs, their options, and what --help says of them.
#include <algorithm>

#include "cli/common.hpp"

namespace magnesia::cli {
namespace {

const std::vector<std::string_view> severities{"none", "minor", "moderate", "major", "contraindicated"};

constexpr std::string_view check_help =
    R"(Assesses one person: may they take this magnesium, how much elemental magnesium
is it, and when in the day should it be taken.

FILE is a request (docs/contract.md) or a FHIR R4 resource or Bundle, told apart
by what stands in it; - reads standard input. At most 16 MiB. Of FHIR, ages and
measurements count as of the day of --as-of, and what of them is not known is said
on standard error (docs/fhir.md).

The verdict is a range, from what is known already to the worst that the unknown
could bring. What is not given is not assumed: it widens the range, and the
report says what to ask first.

Examples:
  magnesia check person.json
  magnesia check person.json --format html > person.html
  magnesia check - --fail-at major < person.json || echo "look at this one"
  magnesia check person.json --knowledge embedded --knowledge our-hospital.json)";

constexpr std::string_view plan_help =
    R"(Finds times for all doses that keep every window between magnesium and medicines:
with the fewest changes, then the fewest occasions in the day, then nearest to the
preferred times. It says whether that is proved, and where no plan is possible,
which constraints cannot hold together and what could be done instead.

FILE is a request (docs/contract.md) or a FHIR R4 resource or Bundle; - reads
standard input. Magnesium may move unless it says "may_move": false; a medication
stays unless it says that it may.

Examples:
  magnesia plan person.json
  magnesia plan person.json --format svg > day.svg
  magnesia plan person.json --format ics --as-of 2026-12-01 > day.ics
  magnesia plan person.json --titrate --authority uk-evm)";

constexpr std::string_view elemental_help =
    R"(Works out the elemental magnesium of one dose from a label's words: in mg, mmol
and mEq, as an interval where the words leave the form open, and whether what is
claimed is possible. The name of a product of the catalogue (knowledge list product)
stands for its label, with its serving behind it or without.

Examples:
  magnesia elemental "500 mg magnesium oxide"
  magnesia elemental "Slow-Mag" --price 12.50 --servings 30
  magnesia elemental "Magnesium (as magnesium bisglycinate) 200 mg" --format json)";

constexpr std::string_view knowledge_help =
    R"(Looks into the knowledge that verdicts rest on.

  list [KIND...]    what it holds: conditions, drugs, drug-classes, facts, limits,
                    preferences, products, ranges, records, rules,
                    salts, sources, titrations
  show ID           one entry with its sources in full; a rule in words
  find TEXT         what is known under a name, brand, synonym or code (ICD-10-CM,
                    RxNorm, ATC, UNII), exact matches first; a code below one of
                    ICD-10-CM that is listed is found too; ends with 2 where
                    nothing is known under it
  validate PACK...  checks a pack, a folder or one file; more are overlays over it
  sources           every source, and how many statements rest on which grade
  reference DIR     writes all of it as pages to be read in a browser
  version           which knowledge this is, with its digest and overlays

Examples:
  magnesia knowledge find Synthroid
  magnesia knowledge show interaction.levothyroxine
  magnesia knowledge reference build/reference --knowledge knowledge
  magnesia knowledge validate embedded our-hospital.json)";

constexpr std::string_view serve_help =
    R"(Answers an electronic health record as a CDS Hooks service, until it is told to
stop (SIGTERM or SIGINT), and then finishes what it has in hand.

  GET  /cds-services                 what is offered
  POST /cds-services/ID              cards
  POST /cds-services/ID/feedback     what was done with them, kept in --feedback
  GET  /healthy, /ready, /metrics    for operators; metrics as Prometheus has them

Callers show a token that is signed (ES384 or RS384) by an --issuer. Only this
machine is listened to, unless --host says otherwise. docs/service.md says more.

Examples:
  magnesia serve --port 8080 --no-auth
  magnesia serve --port 8443 --host 0.0.0.0 --tls-certificate server.pem \
    --tls-key server.key --public-url https://cds.example.org \
    --issuer https://ehr.example.org=ehr-keys.json)";

constexpr std::string_view completion_help =
    R"(Prints what makes a shell complete this command's words.

  bash:  source <(magnesia completion bash)
  zsh:   magnesia completion zsh > "${fpath[1]}/_magnesia"
  fish:  magnesia completion fish > ~/.config/fish/completions/magnesia.fish)";

constexpr std::string_view exit_codes =
    R"(Exit codes: 0 answered, whatever the verdict; 1 --fail-at was reached; 2 the input
cannot be read; 3 the knowledge cannot be loaded.
)";

std::string padded(std::string text, std::size_t width) {
  text.append(width - std::min(width, text.size()), ' ');
  return text;
}

}  // namespace

std::span<const Command> commands() {
  static const std::vector<Command> all{
      {"check",
       "FILE|-",
       "assess one person: verdict, findings, intake, what to ask",
       check_help,
       {{"--format",
         "FORMAT",
         "text (default on a terminal), json (default elsewhere), html, fhir or cds",
         {"text", "json", "html", "fhir", "cds"}},
        {"--fail-at", "SEVERITY", "end with 1 if the worst that is possible reaches this", severities},
        {"--min-severity", "SEVERITY", "leave out findings that are milder, and count them", severities},
        {"--authority", "ID", "whose limit counts; \"strictest\" for the lowest (default us-nasem)", {}},
        {"--as-of", "YYYY-MM-DD", "the day of the assessment; of a FHIR record what counts for ages and measurements", {}},
        {"--patient", "ID", "whom of several patients in a FHIR record", {}},
        {"--history-settles", "", "a complete history may settle a measurement that was not made", {}},
        {"--record-is-complete", "", "take lists that may lack something as complete", {}},
        knowledge_option},
       {},
       true,
       &check},
      {"plan",
       "FILE|-",
       "a day without conflicts: times for all doses, and why",
       plan_help,
       {{"--format",
         "FORMAT",
         "text (default on a terminal), json (default elsewhere), html, svg, ics or fhir",
         {"text", "json", "html", "svg", "ics", "fhir"}},
        {"--authority", "ID", "whose limit counts; \"strictest\" for the lowest (default us-nasem)", {}},
        {"--as-of", "YYYY-MM-DD", "the day of the assessment, on which a calendar (ics) begins", {}},
        {"--patient", "ID", "whom of several patients in a FHIR record", {}},
        {"--titrate", "", "instead: how a dose is raised over days, where a source says so (text or json)", {}},
        {"--history-settles", "", "a complete history may settle a measurement that was not made", {}},
        {"--record-is-complete", "", "take lists that may lack something as complete", {}},
        knowledge_option},
       {},
       true,
       &plan},
      {"elemental",
       "TEXT...",
       "elemental magnesium of what a label says",
       elemental_help,
       {{"--format", "FORMAT", "text (default on a terminal) or json (default elsewhere)", {"text", "json"}},
        {"--price", "NUMBER", "what a pack costs: gives the price of 100 mg of magnesium", {}},
        {"--servings", "NUMBER", "how many doses as in TEXT are in the pack", {}},
        knowledge_option},
       {},
       false,
       &elemental},
      {"knowledge",
       "WHAT [WORD...]",
       "look into the knowledge, or check a pack",
       knowledge_help,
       {{"--cases", "", "validate: also run the cases beside the documents of a folder", {}},
        {"--format", "FORMAT", "show: text (default), or json, the document as it was written", {"text", "json"}},
        knowledge_option},
       {"list", "show", "find", "validate", "sources", "reference", "version"},
       true,
       &knowledge},
      {"serve",
       "--port N",
       "answer an electronic health record (CDS Hooks)",
       serve_help,
       {{"--port", "N", "the port to listen on; 0: any that is free, and say which", {}},
        {"--host", "ADDRESS", "the address to listen on (default 127.0.0.1)", {}},
        {"--tls-certificate", "FILE", "certificates, the server's first (PEM)", {}, false, true},
        {"--tls-key", "FILE", "its private key (PEM)", {}, false, true},
        {"--no-tls", "", "listen without TLS where others can reach it: behind a proxy", {}},
        {"--issuer", "URI=FILE", "accept tokens of this issuer, signed with a key of this JWK Set; again: another one", {}, true},
        {"--public-url", "URL", "what clients call, before /cds-services: what tokens are made for", {}},
        {"--token-lifetime", "SECONDS", "how far away a token's end may be (default 300)", {}},
        {"--protect-discovery", "", "what is offered needs a token too", {}},
        {"--no-auth", "", "answer whoever can reach it", {}},
        {"--allow-origin", "ORIGIN", "pages from there may call it in a browser; again: another one", {}, true},
        {"--feedback", "FILE", "where feedback is kept (default magnesia-feedback.sqlite), or none", {}, false, true},
        {"--access-log", "FILE", "a line for each request; - (default) for standard error, or none", {}, false, true},
        {"--threads", "N", "how many answer (default: one for each processor)", {}},
        {"--max-connections", "N", "more are answered with 503 (default 256)", {}},
        {"--max-body", "BYTES", "of a request (default 4194304)", {}},
        {"--max-header", "BYTES", "of a request (default 16384)", {}},
        {"--request-time", "SECONDS", "to read a request, and to write its answer (default 10)", {}},
        {"--idle-time", "SECONDS", "between requests (default 60)", {}},
        {"--grace", "SECONDS", "for requests in hand after a signal to stop (default 10)", {}},
        {"--cds-hooks", "VERSION", "of the specification", {"2.0.1", "3.0.0"}},
        {"--min-severity", "SEVERITY", "milder findings raise no card (default moderate)", severities},
        {"--authority", "ID", "whose limit counts; \"strictest\" for the lowest (default us-nasem)", {}},
        {"--as-of", "YYYY-MM-DD", "reckon as on this day (default: today)", {}},
        {"--history-settles", "", "a complete history may settle a measurement that was not made", {}},
        {"--record-is-complete", "", "take lists that may lack something as complete", {}},
        knowledge_option},
       {},
       false,
       &serve},
      {"completion",
       "bash|zsh|fish",
       "print completion for a shell",
       completion_help,
       {},
       {"bash", "zsh", "fish"},
       false,
       &complete},
  };
  return all;
}

std::string help() {
  std::string out = R"(May this person take this magnesium, how much is it, and when in the day?

Usage: magnesia VERB [OPTION...]

)";
  for (const Command& command : commands())
    out += "  " + padded(std::string{command.name}, 12) + std::string{command.summary} + '\n';
  out += "\nmagnesia VERB --help says more. magnesia --version prints the version.\n";
  out += exit_codes;
  out += "It supports clinical judgement and does not replace it.\n";
  return out;
}

std::string help(const Command& command) {
  std::string out = "Usage: magnesia " + std::string{command.name} + ' ' + std::string{command.operands};
  if (!command.options.empty()) out += " [OPTION...]";
  out += "\n\n" + std::string{command.help} + "\n";
  if (!command.options.empty()) out += "\nOptions:\n";
  for (const Option& option : command.options) {
    std::string head = "  " + std::string{option.name};
    if (!option.value.empty()) head += ' ' + std::string{option.value};
    out += padded(head, 27);
    if (head.size() > 26) out += '\n' + std::string(27, ' ');
    // The help of an option is short enough for two lines at most.
    std::string text{option.help};
    constexpr std::size_t room = 53;
    while (text.size() > room) {
      const std::size_t blank = text.rfind(' ', room);
      out += text.substr(0, blank) + '\n' + std::string(27, ' ');
      text.erase(0, blank + 1);
    }
    out += text + '\n';
    if (!option.choices.empty() && option.name != "--format") {
      out += std::string(27, ' ');
      for (const std::string_view choice : option.choices) {
        out += choice;
        out += choice == option.choices.back() ? "\n" : ", ";
      }
    }
  }
  out += '\n';
  out += exit_codes;
  return out;
}

}  // namespace magnesia::cli
