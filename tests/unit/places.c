/* places - where regions, addresses, profiles and products are, and where nobody knows. */
#include "trace/places.h"
#include "unit.h"

static struct arena a;
static struct places *t;

/* The countries in words: "-" when the table says nothing, "*" for anywhere. */
static str
words(struct place p)
{
	str text = { 0 };

	if (!p.known)
		return STR("-");
	if (p.anywhere)
		return STR("*");
	for (size_t i = 0; i < p.count; i++)
		text = arena_printf(
		    &a, "%.*s%s%.*s", STR_F(text), i > 0 ? " " : "", STR_F(p.countries[i]));
	return text;
}

struct pair {
	const char *of, *is;
};

static void
regions(void)
{
	static const struct pair of[] = { { "eu-west-2", "GB" }, { "eu-central-2", "CH" },
		{ "europe-west2", "GB" }, { "europe-west6", "CH" }, { "europe-west4", "NL" },
		{ "France Central", "FR" }, { "SWEDENCENTRAL", "SE" }, { "us-east-1", "US" },
		{ "eu-west-9", "-" }, { "", "-" }, { "eu", "-" } };

	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		EXPECT(str_is(words(places_region(&a, t, str_of(of[i].of))), of[i].is), "%s",
		    of[i].of);
	unit_table("regions");
}

static void
hosts(void)
{
	static const struct pair of[] = {
		{ "https://bedrock-runtime.us-east-1.amazonaws.com/model/x", "US" },
		{ "https://europe-west4-aiplatform.googleapis.com/v1/x", "NL" },
		{ "https://aiplatform.googleapis.com/v1/locations/europe-west4/x", "*" },
		{ "https://api.openai.com/v1", "*" },
		{ "HTTPS://API.OPENAI.COM:443/v1", "*" },
		{ "https://us.api.openai.com", "US" },
		{ "https://x.openai.azure.com/openai", "-" },
		{ "https://swedencentral.api.cognitive.microsoft.com/", "SE" },
		{ "https://bucket.s3.eu-west-2.amazonaws.com", "GB" },
		{ "https://s3.amazonaws.com/eu-west-1", "-" },
		{ "https://user:eu-west-1@api.openai.com/", "*" },
		{ "https://qdrant.eu-central-1.aws.cloud.example.io:6333", "-" },
		{ "https://bedrock.eu-west-1.amazonaws.com.evil.example/", "-" },
		{ "https://bedrock-runtime.us-east-1.amazonaws.com./x", "US" },
		{ "https://example.com/bedrock-runtime.eu-west-1.amazonaws.com", "-" },
		{ "localhost", "-" },
		{ "", "-" },
	};

	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		EXPECT(str_is(words(places_host(&a, t, str_of(of[i].of))), of[i].is),
		    "%s: %.*s", of[i].of, STR_F(words(places_host(&a, t, str_of(of[i].of)))));
	unit_table("hosts");
}

static void
products(void)
{
	static const struct pair of[] = {
		{ "eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "DE SE IT ES IE FR" },
		{ "bedrock/eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "DE SE IT ES IE FR" },
		{ "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "US" },
		{ "global.anthropic.claude-sonnet-4-5-20250929-v1:0", "*" },
		{ "arn:aws:bedrock:eu-west-1:1:inference-profile/jp.anthropic.claude", "JP" },
		{ "anthropic.claude-sonnet-4-5-20250929-v1:0", "-" },
		{ "gpt-4.1", "-" },
	};

	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		EXPECT(str_is(words(places_profile(&a, t, str_of(of[i].of))), of[i].is),
		    "%s: %.*s", of[i].of,
		    STR_F(words(places_profile(&a, t, str_of(of[i].of)))));
	unit_table("profiles");
	str azure = STR("azure");
	CHECK(str_is(
	    words(places_sku(&a, t, azure, STR("GlobalStandard"), STR("francecentral"))), "*"));
	CHECK(str_is(
	    words(places_sku(&a, t, azure, STR("DataZoneBatch"), STR("eastus2"))), "US"));
	CHECK(places_sku(&a, t, azure, STR("DataZoneStandard"), STR("francecentral")).count ==
	    27);
	/* neither zone: nobody knows */
	CHECK(places_sku(&a, t, azure, STR("DataZoneStandard"), STR("norwayeast")).anywhere);
	CHECK(places_sku(&a, t, STR(""), STR("globalstandard"), STR("eastus2")).anywhere);
	CHECK(!places_sku(&a, t, STR("aws"), STR("GlobalStandard"), STR("eastus2")).known);
	CHECK(str_is(words(places_sku(&a, t, azure, STR("Standard"), STR("eastus2"))), "US"));
	CHECK(!places_sku(&a, t, azure, STR("DeveloperTier"), STR("eastus2")).known);
}

static void
areas(void)
{
	CHECK(places_in_area(t, STR("FR"), STR("EU")) &&
	    places_in_area(t, STR("FR"), STR("EEA")));
	CHECK(!places_in_area(t, STR("NO"), STR("EU")) &&
	    places_in_area(t, STR("NO"), STR("EEA")));
	CHECK(!places_in_area(t, STR("GB"), STR("EEA")) &&
	    places_in_area(t, STR("GB"), STR("UK")));
	CHECK(!places_in_area(t, STR("CH"), STR("EEA")) && places_is_area(t, STR("CH")));
	CHECK(places_word(&a, t, STR("EEA")).count == 30 &&
	    places_word(&a, t, STR("*")).anywhere);
	CHECK(!places_word(&a, t, STR("Europe")).known);
}

int
main(void)
{
	str why = { 0 };

	t = places_load(&a, NULL, &why);
	CHECK(t != NULL && places_digest(t).len == 64);
	CHECK(places_load(&a, "no/such/file", &why) == NULL && why.len > 0);
	regions();
	hosts();
	products();
	areas();
	arena_free(&a);
	return unit_done();
}
