/* Where knowledge files are found: the path that was given, $NRM_PATH, the program's own tree. */
#include "data/find.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct nrm_arena arena;
static char top[] = "/tmp/nrm-find.XXXXXX";

static void make_file(const char *name)
{
    FILE *file = fopen(nrm_arena_printf(&arena, "%s/%s", top, name), "w");
    cr_assert(file);
    fclose(file);
}

static void make_folders(void)
{
    cr_assert(mkdtemp(top));
    for (const char *const *name =
             (const char *const[]){"one", "one/maps", "two", "two/maps", NULL};
         *name; name++)
        cr_assert_eq(mkdir(nrm_arena_printf(&arena, "%s/%s", top, *name), 0700), 0);
    make_file("one/maps/a.yaml");
    make_file("two/maps/a.yaml");
    make_file("two/maps/b.yaml");
    setenv("NRM_PATH", nrm_arena_printf(&arena, ":%s/one::%s/two:", top, top), 1);
}

static void remove_folders(void)
{
    cr_assert_eq(system(nrm_arena_printf(&arena, "rm -rf %s", top)), 0);
    nrm_arena_free(&arena);
}

TestSuite(find, .init = make_folders, .fini = remove_folders);

Test(find, takes_the_first_directory_that_has_the_file)
{
    static const struct {
        const char *name, *found; /* below the test's own directory */
    } rows[] = {
        {"a", "one/maps/a.yaml"}, {"b", "two/maps/b.yaml"}, {"c", NULL}, {"", NULL},
        {"a.yaml", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *found = nrm_find(&arena, "maps", nrm_str(rows[i].name));
        if (!rows[i].found) {
            cr_expect_null(found, "%s", rows[i].name);
            continue;
        }
        cr_assert(found, "%s", rows[i].name);
        cr_expect_str_eq(found, nrm_arena_printf(&arena, "%s/%s", top, rows[i].found));
    }
}

Test(find, leaves_a_path_alone)
{
    static const char *const paths[] = {"./x.yaml", "/no/such/file", "maps/a", "../maps/a.yaml"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        cr_expect_str_eq(nrm_find(&arena, "maps", nrm_str(paths[i])), paths[i]);
}

Test(find, refuses_a_name_with_a_nul_byte)
{
    cr_expect_null(nrm_find(&arena, "maps", (struct nrm_str){"a\0b", 3}));
}

Test(find, names_the_places_for_a_message)
{
    const char *places = nrm_find_places(&arena, "maps");
    cr_expect(strstr(places, nrm_arena_printf(&arena, "%s/one/maps, %s/two/maps, ", top, top)) ==
                  places,
              "%s", places);
    unsetenv("NRM_PATH");
    cr_expect(nrm_find_places(&arena, "maps"), "the installed directory is always there");
}
