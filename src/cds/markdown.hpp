// Text in GitHub Flavored Markdown, in which a card's detail is written.
#pragma once

#include <string>
#include <string_view>

namespace magnesia::cds {

/// Appends text as it is to be read: what Markdown, HTML and links would take for theirs is escaped, control characters and line
/// ends are replaced. Names come from requests, so nothing in them may become markup.
void append_markdown(std::string& out, std::string_view text);

}  // namespace magnesia::cds
