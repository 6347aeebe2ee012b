/* Plain words for libyaml's messages; see yaml_words.h. A table, looked through from the top. */
#include "data/yaml_words.h"

#include <string.h>

static const char tab[] = "a tab is used for indentation; use spaces";
static const char directive[] =
    "a line that starts with % is for the YAML version only (%YAML 1.2); take it out, or put the "
    "text in quotes";
static const char anchor[] = "letters or digits must follow & and * here; text that starts with "
                             "one of them must be in quotes";
static const char tag[] =
    "this is no tag that YAML knows; text that starts with ! must be in quotes";
static const char unclosed_quote[] =
    "the quoted text that starts here is never closed; put the closing quote at its end";
static const char escape[] =
    "a backslash in double quotes is followed by something that YAML does not know; write two "
    "backslashes, or use single quotes";

/* One row: where PROBLEM and CONTEXT are in libyaml's message (NULL: anything), these words. */
static const struct row {
    const char *problem, *context, *text;
    bool at_context;
    const char *opened;
} rows[] = {
    {.problem = "tab character", .text = tab},
    {.problem = "document indicator",
     .context = "quoted scalar",
     .at_context = true,
     .text = unclosed_quote},
    {.problem = "end of stream",
     .context = "quoted scalar",
     .at_context = true,
     .text = unclosed_quote},
    {.context = "parsing a quoted scalar", .text = escape},
    {.problem = "cannot start any token",
     .text = "a value cannot start with this character; put the text in quotes"},
    {.problem = "could not find expected ':'",
     .at_context = true,
     .text = "a colon is missing behind this key (key: value), or this line continues the one "
             "above and must be indented further"},
    {.problem = "mapping values are not allowed",
     .text = "a colon cannot stand here; put text that holds a colon in quotes, or start this key "
             "on a line of its own, indented like the keys beside it"},
    {.problem = "mapping keys are not allowed",
     .text = "a key cannot stand here; start it on a line of its own"},
    {.problem = "block sequence entries are not allowed",
     .text = "a list item (-) cannot stand here; start it on a line of its own below its key, or "
             "put the text in quotes"},
    {.problem = "did not find expected key",
     .opened = "the mapping starts",
     .text = "this does not continue the mapping; indent it like the keys beside it, and look for "
             "text behind a closing quote or bracket"},
    {.problem = "did not find expected '-'",
     .opened = "the list starts",
     .text = "this does not continue the list; indent it like the items beside it, or start it "
             "with a dash"},
    {.problem = "',' or ']'",
     .opened = "the list starts",
     .text = "a comma or the closing ] is missing before this"},
    {.problem = "',' or '}'",
     .opened = "the mapping starts",
     .text = "a comma or the closing } is missing before this"},
    {.problem = "expected <document start>",
     .text = "the document is over before this line; look at the brackets and the indentation "
             "above it, or start a new document with ---"},
    {.problem = "expected node content",
     .text = "a value is missing here; look for a comma, a bracket or a dash too many"},
    {.problem = "unexpected ':'",
     .text = "between brackets a colon must be followed by a space; put text that holds a colon in "
             "quotes"},
    {.problem = "indentation indicator",
     .text = "the number behind | or > cannot be 0; leave it out"},
    {.problem = "comment or line break",
     .context = "block scalar",
     .text = "text cannot stand on the line of | or >; start it on the next line, indented"},
    {.problem = "incompatible YAML document",
     .text = "this YAML version is not known; take the %YAML line out"},
    {.problem = "undefined tag handle",
     .text = "no %TAG line says what this tag means; text that starts with ! must be in quotes"},
    {.context = "directive", .at_context = true, .text = directive},
    {.problem = "duplicate %", .text = directive},
    {.context = "an anchor", .text = anchor},
    {.context = "an alias", .text = anchor},
    {.context = "a tag", .at_context = true, .text = tag},
};

static bool holds(const char *text, const char *part)
{
    return !part || (text && strstr(text, part));
}

struct nrm_yaml_words nrm_yaml_words(const yaml_parser_t *parser, unsigned char byte)
{
    if (parser->error == YAML_MEMORY_ERROR)
        return (struct nrm_yaml_words){"there is not enough memory to read this", false, NULL};
    bool token = holds(parser->problem, "cannot start any token");
    if (token && byte == '\t')
        return (struct nrm_yaml_words){tab, false, NULL};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (holds(parser->problem, rows[i].problem) && holds(parser->context, rows[i].context))
            return (struct nrm_yaml_words){rows[i].text, rows[i].at_context, rows[i].opened};
    return (struct nrm_yaml_words){
        parser->problem ? parser->problem : "this is not YAML that can be read", false, NULL};
}
