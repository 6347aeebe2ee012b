/* Plain words for libyaml's messages; see yaml_words.h. A table, looked through from the top. */
#include "data/yaml_words.h"

#include <string.h>

static const char tab[] = "a tab is used for indentation; use spaces";
static const char directive[] =
    "a line that starts with % is for the YAML version only (%YAML 1.2); take it out, or put the "
    "text in quotes";
static const char anchor[] =
    "letters or digits must follow & and * here; text that starts with one of them must be in quotes";
static const char tag[] =
    "this is no tag that YAML knows; text that starts with ! must be in quotes";
static const char unclosed_quote[] =
    "the quoted text that starts here is never closed; put the closing quote at its end";
static const char escape[] =
    "a backslash in double quotes is followed by something that YAML does not know; write two "
    "backslashes, or use single quotes";

/* One row: where PROBLEM and CONTEXT are in libyaml's message (NULL: anything), these words. */
static const struct row {
    const char *problem, *context;
    struct nrm_yaml_words words;
} rows[] = {
    {"tab character", NULL, {tab, false, NULL}},
    {"document indicator", "quoted scalar", {unclosed_quote, true, NULL}},
    {"end of stream", "quoted scalar", {unclosed_quote, true, NULL}},
    {NULL, "parsing a quoted scalar", {escape, false, NULL}},
    {"cannot start any token", NULL,
     {"a value cannot start with this character; put the text in quotes", false, NULL}},
    {"could not find expected ':'", NULL,
     {"a colon is missing behind this key (key: value), or this line continues the one above and "
      "must be indented further",
      true, NULL}},
    {"mapping values are not allowed", NULL,
     {"a colon cannot stand here; put text that holds a colon in quotes, or start this key on a line "
      "of its own, indented like the keys beside it",
      false, NULL}},
    {"mapping keys are not allowed", NULL,
     {"a key cannot stand here; start it on a line of its own", false, NULL}},
    {"block sequence entries are not allowed", NULL,
     {"a list item (-) cannot stand here; start it on a line of its own below its key, or put the "
      "text in quotes",
      false, NULL}},
    {"did not find expected key", NULL,
     {"this does not continue the mapping; indent it like the keys beside it, and look for text "
      "behind a closing quote or bracket",
      false, "the mapping starts"}},
    {"did not find expected '-'", NULL,
     {"this does not continue the list; indent it like the items beside it, or start it with a dash",
      false, "the list starts"}},
    {"',' or ']'", NULL,
     {"a comma or the closing ] is missing before this", false, "the list starts"}},
    {"',' or '}'", NULL,
     {"a comma or the closing } is missing before this", false, "the mapping starts"}},
    {"expected <document start>", NULL,
     {"the document is over before this line; look at the brackets and the indentation above it, or "
      "start a new document with ---",
      false, NULL}},
    {"expected node content", NULL,
     {"a value is missing here; look for a comma, a bracket or a dash too many", false, NULL}},
    {"unexpected ':'", NULL,
     {"between brackets a colon must be followed by a space; put text that holds a colon in quotes",
      false, NULL}},
    {"indentation indicator", NULL,
     {"the number behind | or > cannot be 0; leave it out", false, NULL}},
    {"comment or line break", "block scalar",
     {"text cannot stand on the line of | or >; start it on the next line, indented", false, NULL}},
    {"incompatible YAML document", NULL,
     {"this YAML version is not known; take the %YAML line out", false, NULL}},
    {"undefined tag handle", NULL,
     {"no %TAG line says what this tag means; text that starts with ! must be in quotes", false,
      NULL}},
    {NULL, "directive", {directive, true, NULL}},
    {"duplicate %", NULL, {directive, false, NULL}},
    {NULL, "an anchor", {anchor, false, NULL}},
    {NULL, "an alias", {anchor, false, NULL}},
    {NULL, "a tag", {tag, true, NULL}},
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
            return rows[i].words;
    return (struct nrm_yaml_words){
        parser->problem ? parser->problem : "this is not YAML that can be read", false, NULL};
}
