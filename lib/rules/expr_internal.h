/* Inside the expression language: tokens, the tree, and what the parts that build it share. The
 * lexer makes tokens, the parser a tree of nodes, expr_resolve.c says what names mean, expr_check.c
 * whether types and words fit, expr_eval.c walks the tree. Nobody outside lib/rules/expr_*.c and
 * pattern.c includes this. */
#ifndef NRM_RULES_EXPR_INTERNAL_H
#define NRM_RULES_EXPR_INTERNAL_H

#include "rules/expr.h"

/* --- tokens --- */

enum expr_token_kind {
    TOKEN_END,
    TOKEN_WORD,  /* a name, a keyword, a function */
    TOKEN_VALUE, /* a number, text, duration or time written out: VALUE */
    TOKEN_MARK,  /* an operator or a bracket: the bytes of WORD */
    TOKEN_BROKEN /* told already */
};

struct expr_token {
    uint8_t kind;    /* enum expr_token_kind */
    uint32_t offset; /* where it starts in the text */
    uint32_t end;    /* behind its last byte */
    struct nrm_str word;
    struct nrm_value value;
};

/* --- the tree --- */

enum expr_op {
    OP_VALUE, /* literal */
    OP_NOW,
    OP_NAME,        /* name: index in the scope's values */
    OP_FIELD,       /* field of the case */
    OP_EVENT_FIELD, /* field of the event being looked at, or (of_subject) of the scope's event */
    OP_EVENT_AT,    /* when that event happened */
    OP_AND,
    OP_OR,
    OP_NOT,
    OP_COMPARE, /* two items, RELATION */
    OP_IS_WORD, /* the same, of a text field and a text written out: what guards are made of */
    OP_IN,      /* an item and a list */
    OP_NEGATIVE,
    OP_SUM, /* items with their SIGN */
    OP_PRODUCT,
    OP_HAS, /* scan, COND as the only item or none */
    OP_COUNT_EVENTS,
    OP_FIRST, /* scan; items: the field to take, then COND or none */
    OP_LAST,
    OP_COUNT, /* functions of nrm-expr(7) with their arguments as items */
    OP_ANY,
    OP_ALL,
    OP_AGE, /* the field is person.birth_date */
    OP_BETWEEN,
    OP_KNOWN,
    OP_DATE,
    OP_YEAR,
    OP_MONTH,
    OP_QUARTER,
    OP_DAYS_BETWEEN,
    OP_HOURS_BETWEEN,
    OP_LOWER,
    OP_CONTAINS,
    OP_STARTS,
    OP_SIZE,
    OP_DEFAULT,
    OP_IF
};

/* Sets of enum nrm_value_kind: what a node may give besides unknown. */
enum {
    KIND_BOOLEAN = 1 << NRM_VALUE_BOOLEAN,
    KIND_NUMBER = 1 << NRM_VALUE_NUMBER,
    KIND_TIME = 1 << NRM_VALUE_TIME,
    KIND_DURATION = 1 << NRM_VALUE_DURATION,
    KIND_STRING = 1 << NRM_VALUE_STRING,
    KIND_LIST = 1 << NRM_VALUE_LIST,
    KIND_SCALAR = KIND_BOOLEAN | KIND_NUMBER | KIND_TIME | KIND_DURATION | KIND_STRING,
    KIND_ANY = KIND_SCALAR | KIND_LIST,
    KIND_MAPPING = 1 << 7 /* only known() takes it */
};

/* How two values may lie to one another; a comparison asks for a set of these. */
enum { RELATION_LESS = 1, RELATION_EQUAL = 2, RELATION_GREATER = 4 };

struct expr_field {
    const struct nrm_str *keys; /* from the root of the case or of the event */
    uint32_t key_count;
    uint8_t as;      /* no field of the model: kind that the expression wants, or 0 */
    bool of_subject; /* event.x: of the scope's event, also inside a condition of has() */
    bool each;       /* a field of each mapping in the list that the keys lead to */
    bool varies;     /* event types disagree on it: looked up by the type of each event */
    const struct nrm_field *field; /* how to read it; NULL: varies, or not in the model */
};

struct expr_scan {
    uint64_t types[2]; /* bit set over nrm_event_types, of which there are at most 128 */
};

struct expr_node {
    uint8_t op;       /* enum expr_op */
    uint8_t kinds;    /* KIND_... */
    uint8_t relation; /* OP_COMPARE */
    char sign;        /* item of a sum or product: + - * / */
    bool negated;     /* OP_IN: not in */
    uint32_t offset;  /* where it starts in the text */
    uint32_t end;
    struct expr_node *items, *next;
    const char *label; /* what is missing where it is unknown, or NULL */
    /* what the words of literals compared with it must be: fields of the model that it may be */
    const struct nrm_field **choices;
    uint32_t choice_count;
    union {
        struct nrm_value value;
        struct expr_field field;
        struct expr_scan scan;
        uint32_t name;
    };
};

struct nrm_expr {
    struct expr_node *root;
};

/* --- while parsing --- */

struct expr_parser {
    struct nrm_arena *arena;
    const struct nrm_expr_context *context;
    const char *text; /* a copy, ended by NUL */
    uint32_t length;
    struct expr_token token; /* the next one */
    uint32_t previous_end;   /* behind the last token taken */
    unsigned depth;
    unsigned warnings;
    bool failed;
    uint64_t subject[2]; /* event types that the expression is about */
    uint64_t types[2];   /* those that bare names are fields of: of the innermost condition */
};

/* Start over TEXT and read the first token. False, told: too long. */
bool expr_begin(struct expr_parser *p, struct nrm_arena *arena, struct nrm_str text,
                const struct nrm_expr_context *context);
/* Tell the first mistake, at OFFSET of the text, and mark the parser as failed. Returns NULL. */
void *expr_fail(struct expr_parser *p, uint32_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void expr_warn(struct expr_parser *p, uint32_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* expr_lex.c: read the next token into p->token. */
void expr_advance(struct expr_parser *p);
/* The token behind the next one, without taking anything or telling mistakes. */
struct expr_token expr_peek(const struct expr_parser *p);
bool expr_at_mark(const struct expr_parser *p, const char *mark);
bool expr_at_word(const struct expr_parser *p, const char *word);
/* Take the mark or word where it is next. */
bool expr_accept_mark(struct expr_parser *p, const char *mark);
bool expr_accept_word(struct expr_parser *p, const char *word);
/* The next token as a message shows it. */
const char *expr_token_text(struct expr_parser *p);

/* expr_parse.c: as all that gives a node, NULL where something was told; nothing is read on then.
 */
struct expr_node *expr_parse_any(struct expr_parser *p);
struct expr_node *expr_parse_condition(struct expr_parser *p); /* refuses what is not boolean */
/* The expression of ROOT, behind which the text must be over. */
struct nrm_expr *expr_finish(struct expr_parser *p, struct expr_node *root);
struct expr_node *expr_node(struct expr_parser *p, enum expr_op op, unsigned kinds,
                            uint32_t offset);
/* The source text of a node, shortened, for messages. */
const char *expr_source(struct expr_parser *p, const struct expr_node *node);

/* expr_atom.c: a value written out, a name, a call, or an expression in brackets. */
struct expr_node *expr_parse_value(struct expr_parser *p);

/* expr_call.c: a call of a function; the name is taken, "(" is next. */
struct expr_node *expr_parse_call(struct expr_parser *p, struct expr_token name);
/* TYPE|TYPE...: event types as a set. False: told. */
bool expr_parse_types(struct expr_parser *p, uint64_t types[2]);
const char *expr_nearest_type(struct expr_parser *p, struct nrm_str word);
enum { EXPR_FUNCTIONS_MOST = 64 };
/* Fills NAMES, which has room for EXPR_FUNCTIONS_MOST; returns how many there are. */
size_t expr_function_names(const char **names);

#define EXPR_BIRTH_DATE "person.birth_date" /* what age() reads */

/* expr_resolve.c: the node that a path stands for. QUOTED: a segment is quoted; ROOTED: a dot
 * stands in front. */
struct expr_path {
    struct nrm_str *keys;
    uint32_t count;
    uint32_t offset;
    bool quoted, rooted;
};
struct expr_node *expr_resolve(struct expr_parser *p, const struct expr_path *path);
/* The same for the field behind first(...) and last(...), of events of TYPES. */
struct expr_node *expr_resolve_event(struct expr_parser *p, const struct expr_path *path,
                                     const uint64_t types[2]);
/* Make NODE look at EXPR_BIRTH_DATE. */
void expr_set_birth_date(struct expr_node *node);
/* "stage1_decision|stage2_decision". */
const char *expr_types_text(struct expr_parser *p, const uint64_t types[2]);

/* expr_check.c: all return false where it was told. */
bool expr_check_boolean(struct expr_parser *p, struct expr_node *node);
bool expr_check_compare(struct expr_parser *p, struct expr_node *left, struct expr_node *right,
                        const char *operator_text, bool ordered, uint32_t offset);
bool expr_check_in(struct expr_parser *p, struct expr_node *item, struct expr_node *list);
bool expr_check_lists(struct expr_parser *p, struct expr_node *a, struct expr_node *b);
/* Two results of one call, of which either may be given. */
bool expr_check_alike(struct expr_parser *p, struct expr_node *a, struct expr_node *b,
                      const char *what);
/* What holds the value of NODE: of first(...).field the field, where NODE's label is the event. */
const char *expr_value_label(const struct expr_node *node);
/* What to name where two known values cannot be compared: "exact time of rr_granted.at". */
const char *expr_exact_label(struct expr_parser *p, const struct expr_node *a,
                             const struct expr_node *b);
/* One more term of a sum or product that gives KINDS so far; sets KINDS. */
bool expr_check_term(struct expr_parser *p, uint8_t *kinds, struct expr_node *sum,
                     struct expr_node *term);
/* NODE as an argument that must be of KINDS; WHAT is the call, for the message. */
bool expr_check_argument(struct expr_parser *p, struct expr_node *node, unsigned kinds,
                         const char *what);
/* What is in a set of kinds: "a number", "text or a list". */
const char *expr_kinds_text(struct expr_parser *p, unsigned kinds);

/* --- while evaluating --- */

struct expr_frame {
    const struct nrm_scope *scope;
    const struct nrm_event *subject; /* event.x */
    const struct nrm_event *event;   /* the event being looked at */
    uint32_t steps;                  /* spent so far */
};

/* A truth value and, where it cannot be told, what is missing. */
struct expr_answer {
    enum nrm_truth truth;
    const char *missing;
};

/* Whether EXPR holds with EVENT (may be NULL) as the event that it is about. */
struct expr_answer expr_condition(const struct nrm_expr *expr, const struct nrm_scope *scope,
                                  const struct nrm_event *event);
struct nrm_value expr_value(struct expr_frame *frame, const struct expr_node *node);
/* The value of NODE's field in the case. */
struct nrm_value expr_case_field(struct expr_frame *frame, const struct expr_node *node,
                                 const char *missing);
struct expr_answer expr_truth(struct expr_frame *frame, const struct expr_node *node);
/* Take STEPS from the budget of NRM_EXPR_STEPS; false once it is spent. */
static inline bool expr_spend(struct expr_frame *frame, size_t steps)
{
    if (frame->steps > NRM_EXPR_STEPS || steps > NRM_EXPR_STEPS)
        return frame->steps = NRM_EXPR_STEPS + 1, false;
    frame->steps += (uint32_t)steps;
    return frame->steps <= NRM_EXPR_STEPS;
}
extern const char expr_too_much[]; /* what is missing where the budget is spent */

/* expr_compare.c */
/* How A may lie to B, both known: a set of RELATION_..., 0 where they are of different kinds. */
unsigned expr_relations(struct expr_frame *frame, const struct nrm_value *a,
                        const struct nrm_value *b);
/* Whether A lies to B in one of the WANTED relations. LABEL names what is missing where both are
 * known and it still cannot be told. */
struct expr_answer expr_compare(struct expr_frame *frame, const struct nrm_value *a,
                                const struct nrm_value *b, unsigned wanted, const char *label);
/* A value that is no list counts as a list of one. */
size_t expr_list_count(const struct nrm_value *list);
struct expr_answer expr_in(struct expr_frame *frame, const struct nrm_value *item,
                           const struct nrm_value *list);
struct expr_answer expr_any(struct expr_frame *frame, const struct nrm_value *a,
                            const struct nrm_value *b);
struct expr_answer expr_all(struct expr_frame *frame, const struct nrm_value *a,
                            const struct nrm_value *b);

/* expr_functions.c: sums, and functions of times and text; NODE's label names what is missing. */
struct nrm_value expr_sum(struct expr_frame *frame, const struct expr_node *node);
struct nrm_value expr_time_function(struct expr_frame *frame, const struct expr_node *node);
struct nrm_value expr_text_function(struct expr_frame *frame, const struct expr_node *node);

/* expr_text.c */
/* TEXT in small letters, whatever the locale; TEXT itself where there is nothing to change. */
struct nrm_str expr_lower(struct nrm_arena *arena, struct nrm_str text);
/* How many characters TEXT has. */
size_t expr_characters(struct nrm_str text);

static inline struct expr_answer expr_decided(bool truth)
{
    return (struct expr_answer){truth ? NRM_TRUE : NRM_FALSE, NULL};
}
static inline struct expr_answer expr_cannot_tell(const char *missing)
{
    return (struct expr_answer){NRM_CANNOT_TELL, missing};
}
static inline struct expr_answer expr_not(struct expr_answer answer)
{
    if (answer.truth != NRM_CANNOT_TELL)
        answer.truth = answer.truth == NRM_TRUE ? NRM_FALSE : NRM_TRUE;
    return answer;
}
static inline bool expr_types_has(const uint64_t types[2], size_t index)
{
    return types[index >> 6] >> (index & 63) & 1;
}
static inline struct nrm_arena *expr_scratch(const struct nrm_scope *scope)
{
    return scope->scratch ? scope->scratch : scope->c->arena;
}

#endif
