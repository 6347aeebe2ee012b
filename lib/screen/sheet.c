/* The questionnaire on paper; see sheet.h. */
#include "screen/sheet.h"

#include <stdio.h>

#include "base/wrap.h"

enum { WIDTH = 80 };

struct sheet {
    struct nrm_output *output;
    const struct nrm_indicator_set *set;
    struct nrm_str language;
    size_t width;
    unsigned number; /* of the question */
};

static void print(const struct sheet *sheet, const char *lead, struct nrm_str text)
{
    nrm_wrap(sheet->output, lead, text, 5, sheet->width);
}

/* A line to write on, to the edge of the sheet. */
static void print_line(const struct sheet *sheet, const char *label)
{
    size_t taken = nrm_text_width(nrm_str(label));
    nrm_output_text(sheet->output, label);
    for (; taken < sheet->width; taken++)
        nrm_output_add_char(sheet->output, '_');
    nrm_output_add_char(sheet->output, '\n');
}

static void print_head(const struct sheet *sheet)
{
    const struct nrm_indicator_set *set = sheet->set;
    struct nrm_buffer text = {0};
    print(sheet, "", nrm_phrase_in(&set->name, sheet->language));
    nrm_buffer_printf(&text, "Set %s, version %s", set->id, set->version);
    if (set->reviewed.precision != NRM_TIME_UNKNOWN) {
        nrm_buffer_add_str(&text, NRM_STR(", reviewed "));
        nrm_time_text(&set->reviewed, NULL, &text);
    }
    nrm_buffer_printf(&text, ". Source: %s", set->source ? set->source : "not named");
    print(sheet, "", (struct nrm_str){text.text, text.length});
    nrm_buffer_free(&text);
    nrm_output_add_char(sheet->output, '\n');
    print_line(sheet, "Case number (no name): ");
    print_line(sheet, "Date: ");
    print_line(sheet, "Filled in by (role): ");
    nrm_output_add_char(sheet->output, '\n');
    print(sheet, "",
          NRM_STR("A sign that is seen proves nothing, one that is not seen disproves nothing. "
                  "What was not asked stays not asked. A person who may be a child is a child: "
                  "fill in what you see and what services know, and do not interview."));
}

static void print_guards(const struct sheet *sheet, const struct nrm_care_list *guards)
{
    nrm_output_add_char(sheet->output, '\n');
    print(sheet, "", nrm_phrase_in(&guards->name, sheet->language));
    for (size_t i = 0; i < guards->count; i++) {
        const struct nrm_care_item *item = &guards->items[i];
        struct nrm_str text =
            nrm_phrase_in(item->sheet.count ? &item->sheet : &item->text, sheet->language);
        bool adult = item->tracks[NRM_ADULT], child = item->tracks[NRM_CHILD];
        const char *lead = adult && child ? " [_] " : adult ? " [_] Adult: " : " [_] Child: ";
        if ((adult && sheet->set->tracks[NRM_ADULT]) || (child && sheet->set->tracks[NRM_CHILD]))
            print(sheet, lead, text);
    }
}

static void print_indicator(struct sheet *sheet, const struct nrm_indicator *indicator)
{
    char lead[16];
    bool both = indicator->tracks[NRM_ADULT] && indicator->tracks[NRM_CHILD];
    bool question = indicator->question.count > 0;
    snprintf(lead, sizeof lead, "%3u. ", ++sheet->number);
    nrm_output_add_char(sheet->output, '\n');
    if (question)
        print(sheet, lead, nrm_phrase_in(&indicator->question, sheet->language));
    print(sheet, question ? "     Sign: " : lead, nrm_phrase_in(&indicator->sign, sheet->language));
    if (!both && sheet->set->tracks[NRM_ADULT] && sheet->set->tracks[NRM_CHILD])
        print(sheet, "     ",
              indicator->tracks[NRM_CHILD] ? NRM_STR("Only of a child.")
                                           : NRM_STR("Only of an adult."));
    if (indicator->explain.count)
        print(sheet, "     ", nrm_phrase_in(&indicator->explain, sheet->language));
    print(sheet, "     ", NRM_STR("[_] seen [_] not_seen [_] not_asked [_] refused"));
    nrm_output_printf(sheet->output, "     %s\n", indicator->id);
}

void nrm_sheet_print(struct nrm_output *output, const struct nrm_indicator_set *set,
                     const struct nrm_care_list *guards, struct nrm_str language, size_t width)
{
    struct sheet sheet = {output, set, language, width ? width : WIDTH, 0};
    print_head(&sheet);
    if (guards)
        print_guards(&sheet, guards);
    for (size_t i = 0; i < set->dimension_count; i++) {
        const struct nrm_dimension *dimension = &set->dimensions[i];
        bool titled = false;
        for (size_t j = 0; j < set->count; j++) {
            if (set->indicators[j].dimension != dimension)
                continue;
            if (!titled && dimension->name.count) {
                nrm_output_add_char(output, '\n');
                print(&sheet, "", nrm_phrase_in(&dimension->name, language));
            }
            titled = true;
            print_indicator(&sheet, &set->indicators[j]);
        }
    }
    nrm_output_add_char(output, '\n');
    print_line(&sheet, "What else was noticed: ");
}
